import { type FiniteProblem, InputError, supplyPoint } from '@menusmith/core';
import { keptChoices } from '../plans/kept-plans.ts';
import type { FiniteBuyers } from '../problem/finite-buyers.ts';
import type { Study } from '../study/study.ts';
import { surplusWeightOf } from '../study/terms.ts';
import { costFormOf } from './cost-form-of.ts';
import { studySupply } from './supply-of.ts';

/**
 * The study with the one model that serves everybody best in place of a choice of models. With several in use the least cost is not convex,
 * and allocations between them would be lotteries: refused.
 */
export const withConvexCost = (study: Study, largestIndex: number): Study => {
  const { technology: how } = study;
  if (how.kind !== 'models') return study;
  const { supply } = studySupply(study);
  const point = supplyPoint(supply.inputs.length);
  const used = new Set<number>();
  const most = 2 * largestIndex;
  const places = [0, ...supply.kinks(1, most), most];
  for (let i = 1; i < places.length; i++) {
    for (const t of [0.01, 0.5, 0.99]) {
      supply.supply(places[i - 1]! + t * (places[i]! - places[i - 1]!), 1, point);
      if (point.quality > 0) used.add(point.model);
    }
  }
  const [first = 0] = used;
  if (used.size > 1) {
    const names = [...used].map((model) => how.models[model]!.name).join(', ');
    throw new InputError(
      'not-convex',
      `with contract allocations and types that are not independent one model must be best for all; here ${names} are used, which makes the ` +
        'least cost not convex. Packages, and independent value and scale, do solve such a choice',
      ['models'],
    );
  }
  return { ...study, technology: how.models[first]! };
};

/**
 * The problem that these buyers make, with the form of its cost where there is one, and what today's plans promise them. Of these they choose among all
 * models of the study `asked` for, whichever is left of them to serve them.
 */
export const problemOf = (
  study: Study,
  buyers: FiniteBuyers,
  supply: FiniteProblem['supply'],
  asked: Study = study,
): FiniteProblem => {
  const { types, mass } = buyers;
  const form = costFormOf(study);
  const { keep } = asked.terms;
  const promised = keep && {
    participation: Float64Array.from(keptChoices(keep, asked, buyers), ({ utility }) => keep.share * utility),
  };
  return {
    types,
    mass,
    supply,
    surplusWeight: surplusWeightOf(study.terms),
    ...(form ? { cost: form } : {}),
    ...promised,
  };
};
