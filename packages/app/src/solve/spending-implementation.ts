import { simulateSpending } from '@menusmith/core';
import type { ImplementationResult } from '../result.ts';
import { type OfferedScale, simulationResult } from './offered-scale.ts';

/** Offers the direct menu as maximum-spend items. */
export const implementBySpending = (
  profit: number,
  offered: readonly OfferedScale[],
): ImplementationResult => {
  const simulated = simulateSpending(offered, 1e-8 * Math.abs(profit));
  return { kind: 'maximum-spend', ...simulationResult(profit, offered, simulated) };
};
