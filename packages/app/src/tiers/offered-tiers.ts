import { bundleOffer, countedOffer, type Offer, profileSale, worthToTypes } from '@menusmith/core';
import { offerSales } from '../plans/evaluate-plans.ts';
import { soldProblem } from '../problem/sold-problem.ts';
import { tierTerms } from './best-tiers.ts';
import type { FewTiers } from './few-tiers.ts';
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
  const offers = tiers.map(({ quality, cost }, k) =>
    bundleOffer({ quality, cost, transfer: transfers[k]! }, k),
  );
  const { profit, plans } = offerSales(offers, offers.length, study, buyers);
  return {
    profit,
    sales: plans.map(({ share, range }) =>
      range === undefined ? null : { share, from: range[0], to: range[1] },
    ),
  };
};
