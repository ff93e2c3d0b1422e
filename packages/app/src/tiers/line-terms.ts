import { namesIn } from '@menusmith/core';
import type { OneNumberProblem } from '../problem/sold-problem.ts';
import { outsideAlongLine } from '../solve/outside/outside-worth.ts';
import type { Objective, OutsideOption, Study } from '../study/study.ts';
import { plainTerms, surplusWeightOf } from '../study/terms.ts';
import type { TierMenu } from './tiers-result.ts';

/** What counts beside profit where few items are sold to buyers along a line. */
export interface LineTerms {
  readonly objective: Objective;
  /** κ. */
  readonly surplusWeight: number;
  /** What everybody has who takes nothing; money. */
  readonly outside: number;
}

export const plainLine: LineTerms = { objective: plainTerms.objective, surplusWeight: 0, outside: 0 };

/** The terms of a study whose buyers have the same outside, along a line; undefined where they do not. */
export const lineTermsOf = ({ terms }: Study, buyers: OneNumberProblem): LineTerms | undefined => {
  const outside = terms.outside === undefined ? 0 : sameOutside(terms.outside, buyers);
  return outside === undefined
    ? undefined
    : { objective: terms.objective, surplusWeight: surplusWeightOf(terms), outside };
};

const sameOutside = (outside: OutsideOption, buyers: OneNumberProblem): number | undefined => {
  if (outside.kind === 'utility' && namesIn(outside.formula).size === 0)
    return outside.at(outside.names.map(() => 0));
  if (outside.kind === 'rival' || buyers.kind !== 'listed-chain') return undefined;
  const [first = 0, ...others] = outsideAlongLine(outside, buyers);
  return others.every((own) => own === first) ? first : undefined;
};

/** What is maximised, in the study's weights, from profit and κ times the surplus beyond what is outside; nothing where it is profit. */
export const countedObjective = ({
  objective: weights,
  surplusWeight,
  outside,
}: LineTerms): {
  (objective: number): Pick<TierMenu, 'objective'>;
  /** The same number, profit where nothing else counts. */
  of(objective: number): number;
} => {
  const of = (objective: number): number =>
    surplusWeight > 0 ? weights.profit * (objective + surplusWeight * outside) : objective;
  const counted = (objective: number): Pick<TierMenu, 'objective'> =>
    surplusWeight > 0 ? { objective: of(objective) } : {};
  return Object.assign(counted, { of });
};
