import { integrateTypes } from '../distributions/type-integral.ts';
import type { ChainBound } from './chain-bound.ts';
import type { ChainProblem } from './chain-problem.ts';
import type { Draw } from './chain-service.ts';
import type { ServedStretch } from './chain-stretches.ts';
import type { Totals } from './scale-menu.ts';

/** Expectations over the types of a chain whose types have something outside, in money per buyer. */
export interface ChainTotals extends Totals {
  /** Share of buyers who end with the outside product, by lot or by choice; they count as excluded, too. */
  readonly outside: number;
  /** Share of buyers whose item is a lottery. */
  readonly lotteries: number;
  /** Mean of each of the seller's inputs, in the supply's order; task inputs over all tasks. */
  readonly inputs: Float64Array;
}

/** What is summed over types, in this order; behind them the masses that each model of the seller serves, and his inputs. */
const sums = {
  worth: 0,
  cost: 1,
  elsewhere: 2,
  rentOverLowest: 3,
  excluded: 4,
  outside: 5,
  fineTuned: 6,
  lotteries: 7,
} as const;
const COUNT = 8;

/** Totals of a menu along stretches, U of the lowest type being `lowest`. */
export const chainTotals = (
  { types, supply, scale = 1 }: Pick<ChainProblem, 'types' | 'supply' | 'scale'>,
  stretches: readonly ServedStretch[],
  lowest: number,
  bound: ChainBound,
): ChainTotals => {
  const inputsFrom = COUNT + (supply.models?.length ?? 1);
  const tasks = supply.inputs.map(({ scope }) => (scope === 'task' ? scale : 1));
  const components = inputsFrom + tasks.length;
  const total = new Float64Array(components);
  let [wrong, size] = [0, 0];
  let solved = true;
  const isFineTuned = ({ inputs, quality }: Draw): boolean =>
    quality > 0 && supply.inputs.some(({ scope }, i) => scope === 'shared' && inputs[i]! > 0);
  /** Own cost, payments elsewhere, and shares. */
  const addDraw = (out: Float64Array, draw: Draw, mass: number): void => {
    out[draw.isOutside ? sums.elsewhere : sums.cost]! += mass * draw.cost;
    if (draw.isOutside) out[sums.outside]! += mass;
    for (let j = 0; j < tasks.length; j++) out[inputsFrom + j]! += mass * tasks[j]! * draw.inputs[j]!;
    if (draw.isOutside || !(draw.quality > 0)) out[sums.excluded]! += mass;
    else out[COUNT + draw.model]! += mass;
    if (isFineTuned(draw)) out[sums.fineTuned]! += mass;
  };
  for (const { at, pieces } of stretches) {
    const own = integrateTypes(
      types,
      (type, mass, length, out) => {
        const served = at(type);
        solved &&= served.solved;
        out.fill(0);
        out[sums.worth] = mass * type * served.quality;
        out[sums.rentOverLowest] = length * served.quality * types.survival(type);
        for (const draw of served.draws) addDraw(out, draw, mass * draw.share);
        if (served.draws.length > 1) out[sums.lotteries] = mass;
      },
      components,
      pieces,
    );
    own.values.forEach((value, c) => {
      total[c]! += value;
    });
    wrong += own.wrong[sums.worth]! + own.wrong[sums.cost]! + own.wrong[sums.rentOverLowest]!;
    size += own.size[sums.worth]!;
  }
  return {
    servedSurplus: bound.upperBound,
    cost: total[sums.cost]!,
    grossValue: total[sums.worth]! - total[sums.elsewhere]!,
    rent: lowest + total[sums.rentOverLowest]!,
    excluded: total[sums.excluded]!,
    outside: total[sums.outside]!,
    fineTuned: total[sums.fineTuned]!,
    lotteries: total[sums.lotteries]!,
    ...(supply.models ? { models: Array.from(total.subarray(COUNT, inputsFrom)) } : {}),
    inputs: total.slice(inputsFrom),
    error: size > 0 ? (wrong + bound.wrong) / size : 0,
    solved,
  };
};
