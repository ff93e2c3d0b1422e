import { InputError } from '@menusmith/core';
import type { Study } from '../study/study.ts';
import { plainTerms, surplusWeightOf } from '../study/terms.ts';
import type { ScreeningProblem } from './screening-problem.ts';

type Term = keyof Study['terms'];

/** The terms that each kind of problem is solved under; a new term, or kind, is refused until it stands here. */
const solved: Readonly<Record<ScreeningProblem['kind'], readonly Term[]>> = {
  'continuous-chain': ['objective', 'outside', 'keep'],
  'listed-chain': ['objective', 'outside', 'keep'],
  'scale-chains': ['objective', 'outside', 'keep'],
  space: ['objective', 'outside', 'keep'],
};

/** The terms that a study has beyond profit alone. */
const termsIn = ({ terms }: Study): readonly Term[] =>
  (Object.keys(terms) as Term[]).filter((term) =>
    term === 'objective' ? surplusWeightOf(terms) > 0 : terms[term] !== plainTerms[term],
  );

/** Throws InputError where a study has terms that its kind of problem is not solved under: a number that leaves them out would mislead. */
export const requireSolvable = (study: Study, kind: ScreeningProblem['kind']): void => {
  requireHonoured(study, solved[kind], 'this kind of buyers and contract');
};

/** Throws InputError where a command does not honour a term of the study. */
export const requireHonoured = (study: Study, honoured: readonly Term[], who: string): void => {
  const left = termsIn(study).find((term) => !honoured.includes(term));
  if (left === undefined) return;
  throw new InputError('unsupported', `${left} is not supported by ${who} yet; expected a study without it`, [
    left,
  ]);
};
