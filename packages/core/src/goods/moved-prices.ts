/** A menu of no more items has the price of each looked for. */
const FEW = 24;
/** Prices move by this share of `largest` at first, and then by half of it, so often; what pays is doubled as long as it does. */
const FIRST = 0.01;
const HALVINGS = 9;
const MOST_ROUNDS = 4;
const MOST_DOUBLINGS = 5;

/** Prices of few items at which the objective is larger: each is moved as long as that pays, by ever smaller steps. Those of many items are left as they are. */
export const movedPrices = (
  transfers: Float64Array,
  objectiveOf: (transfers: Float64Array) => number,
  largest = transfers.reduce((most, paid) => Math.max(most, Math.abs(paid)), 0),
): Float64Array => {
  if (transfers.length > FEW) return transfers;
  let best = { transfers, objective: objectiveOf(transfers) };
  const isBetter = (k: number, by: number): boolean => {
    const moved = best.transfers.slice();
    moved[k]! += by;
    const objective = objectiveOf(moved);
    if (!(objective > best.objective)) return false;
    best = { transfers: moved, objective };
    return true;
  };
  for (let halving = 0, step = FIRST * largest; halving < HALVINGS; halving++, step /= 2)
    for (let round = 0, isMoving = true; isMoving && round < MOST_ROUNDS; round++) {
      isMoving = false;
      for (let k = 0; k < transfers.length; k++) {
        const sign = [1, -1].find((each) => isBetter(k, each * step));
        if (sign === undefined) continue;
        isMoving = true;
        for (let n = 1; n <= MOST_DOUBLINGS && isBetter(k, sign * step * 2 ** n); n++);
      }
    }
  return best.transfers;
};
