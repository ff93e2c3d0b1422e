import {
  type Bundle,
  type ProfileBundle,
  profileSale,
  salesToPopulation,
  salesToTypes,
  worthToTypes,
} from '@menusmith/core';
import { finiteBuyersOf } from '../solve/finite-buyers.ts';
import type { FewTiers } from './few-tiers.ts';
import { takersOf } from './profile-tiers.ts';
import { screenedBuyers } from './screened-buyers.ts';
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
  const buyers = screenedBuyers(study);
  if (buyers.kind === 'any') {
    const finite = finiteBuyersOf(buyers.buyers);
    const bundles = tiers.map(({ profile = [], cost }): ProfileBundle => {
      const quality = Float64Array.from(profile);
      return { served: new Float64Array(), quality, cost, worth: worthToTypes(finite.types, quality) };
    });
    const { profit, choices } = profileSale(bundles, transfers, finite.mass);
    return {
      profit,
      sales: tiers.map((_, k) => {
        const taken = takersOf(finite, choices, k);
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
    buyers.kind === 'population'
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
