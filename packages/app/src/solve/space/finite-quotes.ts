import {
  type ChainParticipation,
  curvedPoint,
  madeItem,
  type OfferedItem,
  type PopulationMenu,
  populationOffers,
  profileCost,
  type ScaleOffer,
  type ScaleParticipation,
} from '@menusmith/core';
import type { FiniteBuyers } from '../../problem/finite-buyers.ts';
import type { Coordinates, TypeResult } from '../../result.ts';
import type { Study, ValueScaleBuyers } from '../../study/study.ts';
import { costFormOf } from '../supply/cost-form-of.ts';
import { itemInputs } from '../supply/item-inputs.ts';
import { profileSupplyOf } from '../supply/profile-supply-of.ts';

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

/** Whether what she has outside is worth more to a buyer than this item, or as much as nothing. */
const isLeft = (line: OfferedItem | undefined, { utility }: ChainParticipation, value: number): boolean => {
  const lead = utility(value) - (line ? value * line.quality - line.transfer : 0);
  return line === undefined || line.isNone ? lead >= 0 : lead > 0;
};

const EXACT = 1e-11;

/** What a buyer of any value and scale takes from the population's menu. */
export const quoteFrom = (
  study: Study,
  { value: values }: ValueScaleBuyers,
  menu: PopulationMenu,
  outsideAt?: ScaleParticipation,
): ((buyer: Coordinates) => TypeResult) => {
  const { scales } = menu;
  const offerAt = populationOffers(menu, values);
  const { supply } = profileSupplyOf(study, {
    weights: new Float64Array(scales.length),
    positions: new Float64Array(scales.length),
  });
  const point = curvedPoint(supply);
  // Inputs are told of an item, where totals need its cost alone.
  const exact = { ...menu, costOf: profileCost(supply, costFormOf(study), EXACT) };
  let last: { offer: ScaleOffer; inputsOf: Map<number, ReturnType<typeof itemInputs>> } | undefined;
  return ({ value, scale = scales.at(-1)! }) => {
    const own = Math.min(scale, scales.at(-1)!);
    // A picture asks for many values of one scale in a row.
    if (last?.offer.scale !== own) last = { offer: offerAt(own), inputsOf: new Map() };
    const { taken } = last.offer;
    let choice = 0;
    while (choice + 1 < taken.length && taken[choice + 1]!.from <= value) choice++;
    const line = taken[choice];
    const outside = outsideAt?.(own);
    const isOutside = outside !== undefined && isLeft(line, outside, value);
    const made =
      line === undefined || line.isNone || isOutside ? undefined : madeItem(exact, line.item, own, point);
    const weights = made?.weights ?? Float64Array.of(own);
    let inputsOf = last.inputsOf.get(weights.length);
    if (inputsOf === undefined) {
      inputsOf = itemInputs(study, { weights, positions: new Float64Array(weights.length) });
      last.inputsOf.set(weights.length, inputsOf);
    }
    const { inputs, perTask } = inputsOf(
      made?.served ?? new Float64Array(1),
      made?.quality ?? new Float64Array(1),
      made?.model ?? 0,
    );
    let [quality, end] = [0, 0];
    const taskEnds: number[] = [];
    weights.forEach((weight, m) => {
      quality += weight * (made?.quality[m] ?? 0);
      end += weight;
      taskEnds.push(end);
    });
    return {
      value,
      scale,
      excluded: made === undefined,
      ...(made && supply.models ? { model: supply.models[made.model]!.name } : {}),
      quality,
      transfer: made === undefined ? 0 : line!.transfer,
      rent: isOutside
        ? outside.utility(value)
        : made === undefined
          ? 0
          : Math.max(0, value * line!.quality - line!.transfer),
      virtualValue: null,
      ironedVirtualValue: null,
      inputs,
      perTask,
      ...(Object.keys(perTask).length === 0 ? {} : { taskEnds }),
      tariff: null,
      ...(outside ? { takes: isOutside ? 'outside' : 'menu' } : {}),
    };
  };
};
