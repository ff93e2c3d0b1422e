import { InputError, type PlanUtility, planUtility } from '@menusmith/core';
import type { FiniteBuyers } from '../problem/finite-buyers.ts';
import { type ContinuousChain, type ListedChain, screeningProblem } from '../problem/screening-problem.ts';
import type { Kept, Study } from '../study/study.ts';
import { type BuyerChoice, choicesAlongLine, planChoices } from './plan-choices.ts';
import { planOffers } from './plan-offers.ts';

/** u(θ) of today's plans along a line: in full, of which types are to have `share`. */
export const keptUtility = (
  { plans }: Kept,
  study: Study,
  { types, scale, isScaleFixed }: Pick<ContinuousChain, 'types' | 'scale' | 'isScaleFixed'>,
): PlanUtility => {
  const offers = keeping(() => planOffers(plans, study, { scale, isScaleFixed, highest: types.max }));
  return planUtility(offers, types);
};

/** The most that today's plans promise anybody, of listed types or at the upper end of a distribution; money. */
export const largestPromise = (keep: Kept, study: Study): number => {
  const problem = screeningProblem(study);
  const most = (choices: readonly BuyerChoice[]): number =>
    choices.reduce((largest, { utility }) => Math.max(largest, utility), 0);
  switch (problem.kind) {
    case 'continuous-chain':
      return keep.share * keptUtility(keep, study, problem).utility(problem.types.max);
    case 'scale-chains': {
      const { values: types, scales } = problem;
      const line = { types, scale: scales.max, isScaleFixed: true };
      return keep.share * keptUtility(keep, study, line).utility(types.max);
    }
    case 'listed-chain':
      return keep.share * most(keptAlongLine(keep, study, problem));
    case 'space':
      return keep.share * most(keptChoices(keep, study, problem));
  }
};

/** What every type along a line takes of today's plans, by free choice of plan, model and inputs. */
export const keptAlongLine = ({ plans }: Kept, study: Study, chain: ListedChain): readonly BuyerChoice[] => {
  const { value } = chain.types;
  return keeping(() => choicesAlongLine(plans, study, chain, value));
};

/** What every type of a list takes of today’s plans, in full: `share` of her utility is what she is to have at least. */
export const keptChoices = ({ plans }: Kept, study: Study, buyers: FiniteBuyers): readonly BuyerChoice[] => {
  const known = chosen.get(buyers);
  if (known?.study === study) return known.choices;
  const choices = keeping(() => planChoices(plans, study, buyers.listed, buyers.tasks));
  chosen.set(buyers, { study, choices });
  return choices;
};
/** The choices of the study that asked last: its solve and its result both ask. */
const chosen = new WeakMap<
  FiniteBuyers,
  { readonly study: Study; readonly choices: readonly BuyerChoice[] }
>();

/** What is wrong with a plan is said of the field that names today's menu. */
const keeping = <T>(work: () => T): T => {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    const field = error.field.length > 0 ? `${error.field.join('.')}: ` : '';
    throw new InputError(error.code, `today’s plans: ${field}${error.message}`, ['keep', 'menu']);
  }
};
