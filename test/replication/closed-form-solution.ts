import type { Coordinates, Result, Solution, TypeResult } from '@menusmith/app';
import {
  allocationAggregates,
  allocationItem,
  type MenuContract,
  packageAggregates,
  packageItem,
} from '@menusmith/replication';

/** A solution that answers from closed forms: what the numeric path has to look like to those who read it. */
export function closedFormSolution(ρ: number, c: number, contract: MenuContract): Solution {
  const aggregates =
    (contract === 'allocations' ? allocationAggregates(ρ, c) : packageAggregates(ρ, c)) ??
    ({ profit: null, revenue: null } as const);
  const quote = ({ value, scale = 1 }: Coordinates): TypeResult => {
    const θ = value * scale ** (1 - 2 * ρ);
    const item = contract === 'allocations' ? allocationItem(value, scale, ρ, c) : packageItem(θ, ρ, c);
    const tasks = contract === 'allocations' ? scale : 1;
    const total = item.tokens * tasks;
    const price = item.price ?? Number.NaN;
    return {
      value,
      scale,
      excluded: !(item.virtualValue > 0),
      quality: item.quality,
      transfer: item.transfer,
      rent: item.rent,
      virtualValue: item.virtualValue,
      ironedVirtualValue: item.virtualValue,
      ...(contract === 'packages' && { index: { theta: θ, quality: item.quality } }),
      inputs: { input: total, output: total, fineTuning: item.fineTuning },
      perTask: { input: item.tokens, output: item.tokens },
      tariff: {
        upfront: item.upfront ?? Number.NaN,
        prices: { input: price, output: price, fineTuning: price },
        taskCap: contract === 'allocations' ? scale : null,
        markup: item.markup ?? Number.NaN,
      },
    };
  };
  const certificate = {
    of: 'population',
    attainedProfit: aggregates.profit,
    relativeGap: 0,
    maxIncentiveViolation: 0,
  };
  return { result: { ...aggregates, status: 'optimal', certificate, types: [] } as unknown as Result, quote };
}
