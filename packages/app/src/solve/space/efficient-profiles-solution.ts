import { participationOf } from '@menusmith/core';
import type { SpaceProblem } from '../../problem/screening-problem.ts';
import type { Study } from '../../study/study.ts';
import { listedElsewhere } from '../outside/elsewhere.ts';
import type { Solved } from '../solved.ts';
import { indexThreshold } from '../supply/fine-tuning-threshold.ts';
import { listedUse } from '../supply/input-use.ts';
import { profileSupplyOf, type StudyProfileSupply } from '../supply/profile-supply-of.ts';
import { problemOf } from './finite-problem-of.ts';
import { efficientItems, profileQuote, totalsOfItems, worthTo } from './profile-items.ts';

/**
 * The efficient allocation to buyers with value profiles, type by type (Prop. 1): welfare is certified in place of profit. Nothing is hidden, so that who has
 * more outside than the seller can make for her is left to it.
 */
export const solveEfficientProfiles = (
  study: Study,
  problem: SpaceProblem,
): { readonly solved: Solved; readonly supply: StudyProfileSupply } => {
  const { profiles, listed, mass } = problem;
  const buyers = profiles!;
  const supply = profileSupplyOf(study, buyers.tasks);
  const { keep: _, ...terms } = study.terms;
  const worth =
    terms.outside && participationOf(problemOf({ ...study, terms }, problem, supply.supply)).least;
  const items = efficientItems(buyers, supply.supply, worth);
  const left = items.reduce((sum, { outside }, n) => (outside === undefined ? sum : sum + mass[n]!), 0);
  const totals = { ...totalsOfItems(buyers, items), ...(worth ? { outside: left } : {}) };
  const welfare = totals.grossValue - totals.cost;
  const threshold = indexThreshold(study);
  const types = items.map((item, n) => {
    const { name, value, scale } = listed[n]!;
    return {
      ...profileQuote(study, buyers, supply.supply, n, item, worthTo(buyers, n, item.point), threshold()),
      ...(name === undefined ? {} : { name }),
      ...(value === undefined || scale === undefined ? {} : { value, scale }),
      ...(worth ? { takes: item.outside === undefined ? ('menu' as const) : ('outside' as const) } : {}),
    };
  });
  const solved: Solved = {
    method: 'efficient',
    totals,
    efficient: () => totals,
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
    ...(worth ? { elsewhere: () => listedElsewhere(mass, worth) } : {}),
  };
  return { solved, supply };
};
