import type { FiniteProblem } from '@menusmith/core';
import { keptChoices } from '../../plans/kept-plans.ts';
import type { FiniteBuyers } from '../../problem/finite-buyers.ts';
import type { Study } from '../../study/study.ts';
import { surplusWeightOf } from '../../study/terms.ts';
import { typesBesideOutside } from '../outside/outside-product.ts';
import { costFormOf } from '../supply/cost-form-of.ts';

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
  return typesBesideOutside(study, buyers, problem);
};
