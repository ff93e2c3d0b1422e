import { bestTiers, type Study, screenedBuyers } from '@menusmith/app/browser';
import { type Bundle, InputError, salesToPopulation, salesToTypes } from '@menusmith/core';
import type { Offer, SalesAnswer, TiersAnswer } from './messages.ts';

/** The best menu of so many tiers, for buyers who differ in one number. */
export const tiersOf = (study: Study, count: number): TiersAnswer => {
  try {
    const buyers = screenedBuyers(study);
    if (buyers.kind === 'any')
      return {
        complaint: 'Tiers can be moved here where buyers differ in one number: choose token packages.',
      };
    const { full, menus } = bestTiers(study, { counts: [count] });
    const { types } = buyers;
    const range =
      'mass' in types ? ([0, Math.max(...types.value)] as const) : ([types.min, types.max] as const);
    return { full, menu: menus[0]!, range };
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return {
      complaint:
        error.code === 'scale'
          ? 'A tier is for buyers of some values and some scales; choose token packages, where one number stands for both.'
          : error.message,
    };
  }
};

/** Free choice among the tiers at these prices, or none. */
export const salesOf = (study: Study, offers: readonly Offer[]): SalesAnswer | undefined => {
  const buyers = screenedBuyers(study);
  if (buyers.kind === 'any') return undefined;
  const bundles = offers.map(
    (offer): Bundle => ({ ...offer, servedValue: 0, inputs: new Float64Array(), model: 0 }),
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
