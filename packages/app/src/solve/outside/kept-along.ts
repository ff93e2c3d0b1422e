import type { ChainMenu, Distribution, PlanUtility } from '@menusmith/core';
import type { Kept } from '../../study/study.ts';
import { isKept } from './kept-types.ts';

/** Cells of a stretch in which types keep their plan or do not. */
const CELLS = 32;

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
    return isKept({ utility, margin: payment - cost }, { rent, margin: transfer - own }, money);
  };
  let kept = 0;
  for (const { kind, from, to } of menu.stretches) {
    if (kind === 'level' || share < 1) continue;
    const ends = [from, ...plans.breakpoints.filter((x) => x > from && x < to), to];
    ends.slice(1).forEach((end, i) => {
      const width = (end - ends[i]!) / CELLS;
      for (let cell = 0; cell < CELLS; cell++) {
        const low = ends[i]! + cell * width;
        if (keeps(low + width / 2)) kept += types.survival(low) - types.survival(low + width);
      }
    });
  }
  return { share: kept, isKept: keeps };
};
