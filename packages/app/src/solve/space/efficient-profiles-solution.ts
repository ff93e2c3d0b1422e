import type { ListedBuyer } from '../../problem/finite-buyers.ts';
import type { ProfileBuyers, Study } from '../../study/study.ts';
import type { Solved } from '../solved.ts';
import { indexThreshold } from '../supply/fine-tuning-threshold.ts';
import { listedUse } from '../supply/input-use.ts';
import { profileSupplyOf, type StudyProfileSupply } from '../supply/profile-supply-of.ts';
import { efficientItems, profileQuote, totalsOfItems, worthTo } from './profile-items.ts';

/** The efficient allocation to buyers with value profiles, type by type (Prop. 1): welfare is certified in place of profit. */
export const solveEfficientProfiles = (
  study: Study,
  buyers: ProfileBuyers,
  listed: readonly ListedBuyer[],
): { readonly solved: Solved; readonly supply: StudyProfileSupply } => {
  const supply = profileSupplyOf(study, buyers.tasks);
  const items = efficientItems(buyers, supply.supply);
  const totals = totalsOfItems(buyers, items);
  const welfare = totals.grossValue - totals.cost;
  const threshold = indexThreshold(study);
  const types = items.map((item, n) => {
    const { name, value, scale } = listed[n]!;
    return {
      ...profileQuote(study, buyers, supply.supply, n, item, worthTo(buyers, n, item.point), threshold()),
      ...(name === undefined ? {} : { name }),
      ...(value === undefined || scale === undefined ? {} : { value, scale }),
    };
  });
  const solved: Solved = {
    method: 'efficient',
    totals,
    efficient: totals,
    certificate: {
      of: 'grid',
      attained: welfare,
      upperBound: totals.solved ? totals.servedSurplus : Number.NaN,
      maxIncentiveViolation: 0,
      maxParticipationViolation: 0,
    },
    money: welfare,
    conditions: [],
    pools: [],
    types,
    quote: ({ value, scale }) =>
      types.find((type) => type.value === value && type.scale === scale) ?? types[0]!,
    use: () => listedUse(types),
  };
  return { solved, supply };
};
