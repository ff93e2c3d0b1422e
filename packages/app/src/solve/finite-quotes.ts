import type { PopulationMenu } from '@menusmith/core';
import type { Coordinates, TypeResult } from '../result.ts';
import type { Study } from '../study/study.ts';
import type { FiniteBuyers } from './finite-buyers.ts';
import { itemInputs } from './item-inputs.ts';

/** ∫ q over the first `scale` tasks: `quality`, from `start` on, is that of the blocks that end at `scales`. */
const usedQuality = (
  scales: ArrayLike<number>,
  scale: number,
  quality: ArrayLike<number>,
  start = 0,
): number => {
  let past = 0;
  let used = 0;
  for (let l = 0; l < scales.length && past < scale; l++) {
    used += (Math.min(scales[l]!, scale) - past) * quality[start + l]!;
    past = scales[l]!;
  }
  return used;
};

/** A listed type's item; of other values and scales, the item that they like best, in quality of their own tasks. */
export const quoteAmong =
  (types: readonly TypeResult[], grid: FiniteBuyers['grid']) =>
  (buyer: Coordinates): TypeResult => {
    const listed = types.find((type) => type.value === buyer.value && type.scale === buyer.scale);
    if (listed !== undefined || grid === undefined) return listed ?? types[0]!;
    const { value, scale = 1 } = buyer;
    const utility = ({ profile, transfer }: TypeResult): number =>
      value * usedQuality(grid.scales, scale, profile!) - transfer!;
    const best = types.reduce((a, b) => (utility(b) > utility(a) ? b : a));
    const { mass: _, name: __, ...item } = best;
    // Of tariffs she would not choose by the items that other types make of them.
    return { ...item, tariff: null, value, scale, rent: Math.max(0, utility(best)) };
  };

/** What a buyer of any value and scale takes from the completed menu. */
export const quoteFrom = (study: Study, menu: PopulationMenu) => {
  const { scales, quality, transfers, served } = menu;
  const fine = scales.length;
  const weights = scales.map((s, j) => (j === 0 ? s : s - scales[j - 1]!));
  const inputsOf = itemInputs(study, { weights, positions: new Float64Array(fine) });
  return ({ value, scale = scales.at(-1)! }: Coordinates): TypeResult => {
    let best = 0;
    let choice = -1;
    for (let k = 0; k < transfers.length; k++) {
      const utility = value * usedQuality(scales, scale, quality, k * fine) - transfers[k]!;
      if (utility > best) {
        best = utility;
        choice = k;
      }
    }
    const own = (of: Float64Array): Float64Array =>
      choice < 0 ? new Float64Array(fine) : of.slice(choice * fine, (choice + 1) * fine);
    const profile = own(quality);
    const item = inputsOf(own(served), profile);
    let total = 0;
    for (let m = 0; m < fine; m++) total += weights[m]! * profile[m]!;
    return {
      value,
      scale,
      excluded: choice < 0,
      quality: total,
      transfer: choice < 0 ? 0 : transfers[choice]!,
      rent: best,
      virtualValue: null,
      ironedVirtualValue: null,
      inputs: item.inputs,
      perTask: item.perTask,
      tariff: null,
    };
  };
};
