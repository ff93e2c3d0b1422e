/** The most that a served value falls by in a step, in logarithms: where its quality moves the other way, and at all. */
const FAR_DOWN = 1;
const LEAST_LOG = -200;

/** Beyond so many times itself a served value rises with the length in logarithms. */
const FAR_UP = 20;

/**
 * Where a served value p goes that changes by the share `relative` in the linear model, as its quality changes by the share r.
 *
 * p goes so that q, taken to be a power of p on the way, is linear in the length: exact for power laws, however steep, and p stays above 0.
 * Only up a supply that is inelastic it is p that is linear: there q hardly moves, and p would go too far. Where it rises 20 times and more, the values of
 * other tasks that rise with it make quality rise far more than the model knows: p then stays below `most`, and half the length is half the way in
 * logarithms.
 */
export const movedServedValue = (
  p: number,
  relative: number,
  r: number,
  length: number,
  most: number,
): number => {
  const moved = movedFreely(p, relative, r, length);
  if (!(moved > FAR_UP * p)) return moved;
  const farthest = Math.min(movedFreely(p, relative, r, 1), Math.max(most, FAR_UP * p));
  return Math.min(moved, p * Math.max(FAR_UP, farthest / p) ** length);
};

const movedFreely = (p: number, relative: number, r: number, length: number): number => {
  const power = relative / r;
  if (!(power > 0))
    return relative > 0 ? p * (1 + length * relative) : p * Math.exp(length * Math.max(relative, -FAR_DOWN));
  if (power > 1 && relative > 0) return p * (1 + length * relative);
  return p * Math.exp(Math.max(power * Math.log1p(length * r), LEAST_LOG));
};
