import { type CostForm, formOnTasks, jumpCost } from '@menusmith/core';
import type { Study } from '../study/study.ts';
import { isSolvedAlone, studySupply } from './supply-of.ts';

const found = new WeakMap<Study['technology'], { readonly form: CostForm | undefined }>();

/**
 * How C depends on q, for solvers that must know: as it is given, or linear up to the most there is, where tasks are served each on its own, all or
 * nothing; undefined where it is anything else.
 */
export const costFormOf = (study: Study): CostForm | undefined => {
  const { technology, buyers } = study;
  if (technology.kind === 'cost')
    return formOnTasks(
      technology.supply,
      buyers.kind === 'profiles' ? buyers.tasks.positions : new Float64Array(0),
    );
  let known = found.get(technology);
  if (known === undefined) {
    known = { form: formOf(study) };
    found.set(technology, known);
  }
  return known.form;
};

const formOf = (study: Study): CostForm | undefined => {
  const { technology: how } = study;
  if (how.kind !== 'production' || how.production.atTask || how.production.closedForm) return undefined;
  return isSolvedAlone(how) ? jumpCost(studySupply(study).supply) : undefined;
};
