import { type EfficientSupply, type ScaleSpending, simulateSpending, surplusTable } from '@menusmith/core';
import type { ImplementationResult } from '../result.ts';
import type { Implementation } from '../study/study.ts';
import { highestOf, implementByTariffs, type ScaleToImplement } from './tariff-implementation.ts';

/** Offers the direct menu as the study asks, to buyers who choose freely. */
export const implementAs = (
  implementation: Exclude<Implementation, 'direct'>,
  profit: number,
  supply: EfficientSupply,
  scales: readonly ScaleToImplement[],
): ImplementationResult => {
  if (implementation === 'maximum-spend') return implementBySpending(profit, supply, scales);
  const tariffs = implementByTariffs(profit, supply, scales);
  if (tariffs.deviatingShare === 0) return tariffs;
  // Where tariffs lose something, what caps on spending would keep stands beside them.
  const { attainedProfit, maxDeviationGain } = implementBySpending(profit, supply, scales);
  return { ...tariffs, maximumSpend: { attainedProfit, maxDeviationGain } };
};

/**
 * Offers the direct menu as maximum-spend items, cell by cell of the distribution of types. Profit is the direct menu's plus changes that are taken on
 * the cells, as with two-part tariffs.
 */
const implementBySpending = (
  profit: number,
  supply: EfficientSupply,
  scales: readonly ScaleToImplement[],
): ImplementationResult => {
  const offers = scales.map(({ scale, weight, cells, schedule }): ScaleSpending => {
    const table = surplusTable(supply, scale, highestOf(cells));
    return { scale, weight, cells, table, schedule };
  });
  const { profitChange, maxDeviationGain, deviatingShare, worst } = simulateSpending(
    offers,
    1e-8 * Math.abs(profit),
  );
  return {
    kind: 'maximum-spend',
    attainedProfit: profit + profitChange,
    maxDeviationGain,
    deviatingShare,
    ...(worst
      ? {
          worst: {
            value: worst.value,
            ...(scales.length > 1 ? { scale: worst.scale } : {}),
            gain: worst.gain,
            spendingCap: worst.takes.cap,
            upfront: worst.takes.fee,
          },
        }
      : {}),
  };
};
