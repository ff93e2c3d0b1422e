import { type EfficientSupply, surplusTable } from '@menusmith/core';
import type { ImplementationResult } from '../result.ts';
import type { Implementation } from '../study/study.ts';
import type { OfferedScale, ScaleToImplement } from './offered-scale.ts';
import { implementBySpending } from './spending-implementation.ts';
import { implementByTariffs } from './tariff-implementation.ts';

/** Cells so few, as of listed types, err by their table alone: it is finer. */
const MOST_LISTED = 64;
const LISTED_KNOTS = 1536;

/**
 * Offers the direct menu as the study asks, to buyers who choose freely, cell by cell of the distribution of types.
 *
 * Profits are the direct menu's plus changes that are taken on the cells, so that errors of the cells cancel where nothing changes.
 */
export const implementAs = (
  implementation: Exclude<Implementation, 'direct'>,
  profit: number,
  supply: EfficientSupply,
  scales: readonly ScaleToImplement[],
): ImplementationResult => {
  const offered = scales.map((scale): OfferedScale => {
    const highest = scale.cells.edges.at(-1)!;
    const knots = scale.cells.value.length > MOST_LISTED ? undefined : LISTED_KNOTS;
    return { ...scale, table: surplusTable(supply, scale.scale, highest, knots) };
  });
  if (implementation === 'maximum-spend') return implementBySpending(profit, offered);
  const tariffs = implementByTariffs(profit, offered);
  if (tariffs.deviatingShare === 0) return tariffs;
  // Where tariffs lose something, what caps on spending would keep stands beside them.
  const { attainedProfit, maxDeviationGain } = implementBySpending(profit, offered);
  return { ...tariffs, maximumSpend: { attainedProfit, maxDeviationGain } };
};
