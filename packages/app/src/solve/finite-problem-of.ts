import { type FiniteProblem, withOutsideOption, withRival } from '@menusmith/core';
import { keptChoices } from '../plans/kept-plans.ts';
import type { FiniteBuyers } from '../problem/finite-buyers.ts';
import type { Study } from '../study/study.ts';
import { surplusWeightOf } from '../study/terms.ts';
import { costFormOf } from './cost-form-of.ts';
import { outsideWorth } from './outside-worth.ts';
import { profileSupplyOf } from './profile-supply-of.ts';

/** The problem that these buyers make, with the form of its cost where there is one, and what today's plans promise them, or what they have outside. */
export const problemOf = (
  study: Study,
  buyers: FiniteBuyers,
  supply: FiniteProblem['supply'],
): FiniteProblem => {
  const { types, mass } = buyers;
  const form = costFormOf(study);
  const { keep } = study.terms;
  const promised = keep && {
    participation: Float64Array.from(keptChoices(keep, study, buyers), ({ utility }) => keep.share * utility),
  };
  const problem: FiniteProblem = {
    types,
    mass,
    supply,
    surplusWeight: surplusWeightOf(study.terms),
    ...(form ? { cost: form } : {}),
    ...promised,
  };
  const { outside } = study.terms;
  if (outside === undefined) return problem;
  if (outside.kind !== 'rival') return withOutsideOption(problem, outsideWorth(outside, buyers));
  const rival = profileSupplyOf({ ...study, technology: outside.technology }, buyers.tasks);
  return withRival(problem, rival.supply);
};
