import {
  type Bundle,
  type ProfileBundle,
  profileSale,
  salesToPopulation,
  salesToTypes,
  worthToTypes,
} from '@menusmith/core';
import { soldProblem } from '../problem/sold-problem.ts';
import type { FewTiers } from './few-tiers.ts';
import { takersOf } from './profile-tiers.ts';
import type { TierResult } from './tiers-result.ts';

/** What items sell at given prices to buyers who choose freely; an item that nobody takes is null. */
export interface OfferedTiers {
  readonly profit: number;
  readonly sales: readonly (Pick<TierResult, 'share' | 'from' | 'to' | 'buyers'> | null)[];
}

/** The items of a small menu at other prices, one an item. */
export const offeredTiers = (
  { menu: { tiers }, study }: Exclude<FewTiers, { complaint: string }>,
  transfers: readonly number[],
): OfferedTiers => {
  const buyers = soldProblem(study);
  if (buyers.kind === 'space') {
    const bundles = tiers.map(({ profile = [], cost }): ProfileBundle => {
      const quality = Float64Array.from(profile);
      return { served: new Float64Array(), quality, cost, worth: worthToTypes(buyers.types, quality) };
    });
    const { profit, choices } = profileSale(bundles, transfers, buyers.mass);
    return {
      profit,
      sales: tiers.map((_, k) => {
        const taken = takersOf(buyers, choices, k);
        return taken && { from: null, to: null, ...taken };
      }),
    };
  }
  const bundles = tiers.map(
    ({ quality, cost }, k): Bundle => ({
      quality,
      cost,
      transfer: transfers[k]!,
      servedValue: 0,
      inputs: new Float64Array(),
      model: 0,
    }),
  );
  const { profit, sales } =
    buyers.kind === 'continuous-chain'
      ? salesToPopulation(bundles, buyers.types)
      : salesToTypes(bundles, buyers.types);
  return {
    profit,
    sales: bundles.map((bundle) => {
      const sale = sales.find((candidate) => candidate.bundle === bundle);
      return sale ? { from: sale.from, to: sale.to, share: sale.share } : null;
    }),
  };
};
