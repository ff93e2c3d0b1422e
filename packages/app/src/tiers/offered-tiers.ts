import { bundleOffer, countedOffer, type Offer, profileSale, worthToTypes } from '@menusmith/core';
import { offerSales } from '../plans/evaluate-plans.ts';
import { soldProblem } from '../problem/sold-problem.ts';
import { continuumMarket } from '../solve/space/continuum-market.ts';
import { tierTerms } from './best-tiers.ts';
import type { FewTiers } from './few-tiers.ts';
import { outsideOf } from './profile-tiers.ts';
import { takersOf } from './tier-takers.ts';
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
  const market = buyers.kind === 'space' ? continuumMarket(study, buyers) : undefined;
  if (market) {
    const items = tiers.map(({ profile = [], cost }, k) => ({
      quality: Float64Array.from(profile),
      transfer: transfers[k]!,
      cost,
    }));
    const { profit, shares } = market.sale(items);
    const ranges = market.ranges(items);
    const saleOf = (share: number, k: number): OfferedTiers['sales'][number] =>
      share > 0
        ? { share, from: null, to: null, ...(ranges[k] ? { buyers: { range: ranges[k] } } : {}) }
        : null;
    return { profit, sales: Array.from(shares, saleOf) };
  }
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
