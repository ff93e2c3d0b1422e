import {
  type ChainParticipation,
  fallbackItem,
  leastCosts,
  madeItem,
  type OfferedItem,
  populationOffers,
  type ScaleOffer,
} from '@menusmith/core';
import type { FiniteBuyers } from '../../problem/finite-buyers.ts';
import type { Coordinates, TypeResult } from '../../result.ts';
import type { Study, ValueScaleBuyers } from '../../study/study.ts';
import { populationSupply } from '../outside/population-fallbacks.ts';
import { costFormOf } from '../supply/cost-form-of.ts';
import { ALMOST_SURE, modelsOf } from './finite-listing.ts';
import type { SoldToPopulation } from './finite-population.ts';
import { madeInputs } from './made-inputs.ts';

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

/** Whether what she has without it is worth more to a buyer than this item, or as much as nothing. */
const isLeft = (line: OfferedItem | undefined, { utility }: ChainParticipation, value: number): boolean => {
  const lead = utility(value) - (line ? value * line.quality - line.transfer : 0);
  return line === undefined || line.isNone ? lead >= 0 : lead > 0;
};

const EXACT = 1e-11;
const ONE = Float64Array.of(1);

/** What a buyer of any value and scale takes from the population's menu, or has without it. */
export const quoteFrom = (
  study: Study,
  buyers: ValueScaleBuyers,
  { menu, fallbackAt, hasLotteries }: Pick<SoldToPopulation, 'menu' | 'fallbackAt' | 'hasLotteries'>,
): ((buyer: Coordinates) => TypeResult) => {
  const { scales } = menu;
  const offerAt = populationOffers(menu, buyers.value);
  const { supply } = populationSupply(study, buyers, scales.length);
  const names = supply.models?.map(({ name }) => name) ?? [];
  // Inputs are told of an item, where totals need its cost alone.
  const exact = { ...menu, costOf: leastCosts(supply, costFormOf(study), hasLotteries, EXACT) };
  const inputsOf = madeInputs(study);
  let last: ScaleOffer | undefined;
  return ({ value, scale = scales.at(-1)! }) => {
    const own = Math.min(scale, scales.at(-1)!);
    // A picture asks for many values of one scale in a row.
    if (last?.scale !== own) last = offerAt(own);
    const line = last.taken.findLast(({ from }, choice) => choice === 0 || from <= value);
    const fallback = fallbackAt?.(own);
    const isTaken = line !== undefined && !line.isNone;
    const left =
      fallback && isLeft(line, fallback, value)
        ? fallbackItem(fallback.of(value), { value, scale: own }, exact.costOf)
        : undefined;
    const whole = left ? left.made : isTaken ? madeItem(exact, line.item, own) : undefined;
    // Who is sure to have what there is outside has nothing of the seller's.
    const isElsewhere = whole?.resold !== undefined && whole.shares.at(-1)! > ALMOST_SURE;
    const made = isElsewhere ? undefined : whole;
    const weights = made?.weights ?? Float64Array.of(own);
    const { inputs, perTask } = inputsOf(
      made ?? { weights, served: new Float64Array(1), quality: new Float64Array(1), shares: ONE },
    );
    let [quality, end] = [0, 0];
    const taskEnds: number[] = [];
    weights.forEach((weight, m) => {
      quality += weight * ((made?.quality[m] ?? 0) - (made?.resold?.quality[m] ?? 0));
      end += weight;
      taskEnds.push(end);
    });
    const { model, lottery } = made && supply.models ? modelsOf(names, made.shares) : {};
    const paid = left?.transfer ?? (made === undefined ? 0 : line!.transfer);
    return {
      value,
      scale,
      excluded: made === undefined,
      ...(model !== undefined && study.technology.kind === 'models' ? { model } : {}),
      ...(lottery ? { lottery } : {}),
      quality,
      transfer: paid - (made?.resold?.cost ?? 0),
      rent: left
        ? fallback!.utility(value)
        : whole === undefined
          ? 0
          : Math.max(0, value * line!.quality - line!.transfer),
      virtualValue: null,
      ironedVirtualValue: null,
      inputs,
      perTask,
      ...(Object.keys(perTask).length === 0 ? {} : { taskEnds }),
      tariff: null,
      ...(fallback ? { takes: isElsewhere ? 'outside' : (left?.takes ?? 'menu') } : {}),
    };
  };
};
