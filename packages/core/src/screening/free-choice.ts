/**
 * The one rule of ties, wherever buyers choose freely: what they have from two items differs by rounding alone where it differs by at most this share of
 * the money at stake, the largest transfer or worth.
 */
export const TIE = 1e-12;

/**
 * What a buyer takes: of the items that she likes equally well, within `tie` of the best, the one that brings the seller most, and of those that bring her as
 * much the first; −1 where none, worth `nothing` to her and 0 to the seller, is as good. Lowering the k-th transfer by k ε makes every such choice strict,
 * at a cost of as little as one likes. An item that is no number is not taken.
 */
export const freeChoice = (
  utilities: ArrayLike<number>,
  margins: ArrayLike<number>,
  tie: number,
  nothing = 0,
): number => {
  const count = utilities.length;
  let best = nothing;
  for (let k = 0; k < count; k++) if (utilities[k]! > best) best = utilities[k]!;
  let taken = -1;
  let most = nothing >= best - tie ? tie : Number.NEGATIVE_INFINITY;
  for (let k = 0; k < count; k++) {
    if (!(utilities[k]! >= best - tie) || !(margins[k]! > most)) continue;
    most = margins[k]! + tie;
    taken = k;
  }
  return taken;
};
