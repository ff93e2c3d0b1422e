import {
  type Bundle,
  countedOffer,
  type Offer,
  profileSale,
  salesToPopulation,
  salesToTypes,
  worthToTypes,
} from '@menusmith/core';
import { soldProblem } from '../problem/sold-problem.ts';
import { tierTerms } from './best-tiers.ts';
import type { FewTiers } from './few-tiers.ts';
import { lineTermsOf } from './line-terms.ts';
import { outsideOf, takersOf } from './profile-tiers.ts';
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
  const buyers = soldProblem(study, tierTerms);
  if (buyers.kind === 'space') {
    const outside = outsideOf(study, buyers);
    const bundles = tiers.map(({ profile = [], cost }): Offer => {
      const worth = worthToTypes(buyers.types, Float64Array.from(profile));
      return countedOffer(worth, cost, { surplusWeight: 0, ...(outside ? { outside } : {}) });
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
  const { outside } = lineTermsOf(study, buyers);
  const bundles = tiers.map(
    ({ quality, cost }, k): Bundle => ({
      quality,
      cost: cost + outside,
      transfer: transfers[k]! + outside,
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
