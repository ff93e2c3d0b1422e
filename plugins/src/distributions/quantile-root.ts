/**
 * The t in [0, width] with G(t) = p, for G increasing from 0 with derivative g.
 *
 * Newton on log G, which is concave for the distributions here, so that small p keep their relative accuracy;
 * a step that leaves the bracket is replaced by a bisection. t is the distance from an end of the support.
 */
export const quantileRoot = (
  p: number,
  width: number,
  start: number,
  G: (t: number) => number,
  g: (t: number) => number,
): number => {
  let low = 0;
  let high = width;
  let t = start > 0 && start < width ? start : width / 2;
  for (let step = 0; step < 200; step++) {
    const mass = G(t);
    if (mass === p) return t;
    if (mass < p) low = t;
    else high = t;
    const move = (mass * Math.log(p / mass)) / g(t) || 0;
    let next = t + move;
    const inside = next > low && next < high;
    if (inside && Math.abs(move) <= 1e-16 * t) return next;
    // Far below a median near 0 the root may be many binary orders away: halve the logarithm instead.
    if (!inside) next = low > 0 && high > 4 * low ? Math.sqrt(low * high) : low + (high - low) / 2;
    if (next === low || next === high || next === t) return nearest(p, t, next, G);
    t = next;
  }
  return t;
};

const nearest = (p: number, a: number, b: number, G: (t: number) => number): number =>
  Math.abs(G(a) - p) <= Math.abs(G(b) - p) ? a : b;

/** A support, and the share of the types that is in [from, to], with its density. */
interface MassOnSupport {
  readonly min: number;
  readonly max: number;
  mass(from: number, to: number): number;
  density(x: number): number;
}

/**
 * The type of rank u, 0 < u < 1, from a guess. Below the median it is found from the lower end; above it from the upper one, with the survival function
 * for G, unless that end is the farther: the type would then be rounded as max is, and not as it could be itself.
 */
export const quantileFromEnds = (
  u: number,
  { min, max, mass, density }: MassOnSupport,
  guess: number,
): number => {
  const width = max - min;
  return u <= 0.5 || max - guess > guess - min
    ? min +
        quantileRoot(
          u,
          width,
          guess - min,
          (t) => mass(min, min + t),
          (t) => density(min + t),
        )
    : max -
        quantileRoot(
          1 - u,
          width,
          max - guess,
          (t) => mass(max - t, max),
          (t) => density(max - t),
        );
};
