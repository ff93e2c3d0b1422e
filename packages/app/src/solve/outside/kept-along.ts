import type { ChainMenu, Distribution, PlanUtility } from '@menusmith/core';
import type { Kept } from '../../study/study.ts';
import { type AsKnown, isKept } from './kept-types.ts';

/** Cells of a stretch in which types keep their plan or do not. */
const CELLS = 32;
/** How often the way from one that does to the next that does not is halved. */
const HALVED = 24;

/** Along a line menus are known to the rounding of roots and sums. */
const TO_ROUNDING: AsKnown = { surplus: 1e-10, margin: 1e-10 };

/** Who keeps one of today's plans, of types along a line. */
export interface KeptAlong {
  readonly share: number;
  isKept(type: number): boolean;
}

/** Types keep their plan by `isKept`, which can be only where their rent is what they are promised. */
export const keptAlong = (
  { share }: Kept,
  plans: PlanUtility,
  types: Distribution,
  menu: ChainMenu,
): KeptAlong => {
  const money = Math.max(menu.item(types.max).transfer, plans.choice(types.max).payment);
  const keeps = (type: number): boolean => {
    if (share < 1) return false;
    const { offer, utility, payment, cost } = plans.choice(type);
    if (offer < 0) return false;
    const { rent, transfer, cost: own } = menu.item(type);
    return isKept({ utility, margin: payment - cost }, { rent, margin: transfer - own }, money, TO_ROUNDING);
  };
  let kept = 0;
  for (const { kind, from, to } of menu.stretches) {
    if (kind === 'level' || share < 1) continue;
    const ends = [from, ...plans.breakpoints.filter((x) => x > from && x < to), to];
    ends.slice(1).forEach((end, i) => {
      const start = ends[i]!;
      const width = (end - start) / CELLS;
      const middles = Array.from({ length: CELLS }, (_, cell) => start + (cell + 0.5) * width);
      const known = middles.map(keeps);
      /** Where a cell begins, or where it turns between two middles who keeps. */
      const edge = (cell: number): number => {
        if (cell === 0) return start;
        if (cell === CELLS) return end;
        if (known[cell - 1] === known[cell]) return start + cell * width;
        let [low, high] = [middles[cell - 1]!, middles[cell]!];
        for (let halved = 0; halved < HALVED; halved++) {
          const middle = low + (high - low) / 2;
          if (keeps(middle) === known[cell]) high = middle;
          else low = middle;
        }
        return high;
      };
      known.forEach((isKeeping, cell) => {
        if (isKeeping) kept += types.survival(edge(cell)) - types.survival(edge(cell + 1));
      });
    });
  }
  return { share: kept, isKept: keeps };
};
