import { type ConvexCost, costStretches } from './convex-cost.ts';
import type { CostPiece } from './cost-form.ts';

/** Relative differences of slopes that are rounding, and so many places a stretch at which they are compared. */
const SAME = 1e-12;
const PLACES = 16;

/** A convex cost in linear and quadratic pieces; undefined where it is anything else. */
export const costPieces = (given: ConvexCost): readonly CostPiece[] | undefined => {
  const { quality = (amount: number) => amount } = given;
  const pieces: CostPiece[] = [];
  for (const { from, to, first, last } of costStretches(given)) {
    const isEnd = !Number.isFinite(to);
    const at = (share: number): number => (isEnd ? from + share / (1 - share) : from + share * (to - from));
    const curvature = given.curvature(at(0.5));
    for (let n = 1; n < PLACES; n++) {
      const amount = at(n / PLACES);
      const slope = given.slope(amount);
      const risen = curvature * (quality(amount) - quality(from));
      if (!(Math.abs(slope - first - risen) <= SAME * slope)) return undefined;
    }
    // Straight without an end, or bent into infinity: no program has that.
    if (!(isEnd ? curvature > 0 : Number.isFinite(last))) return undefined;
    pieces.push({ rate: first, curvature: Math.max(0, curvature), length: quality(to) - quality(from) });
  }
  return pieces;
};
