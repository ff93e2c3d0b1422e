import { type CostForm, formOnTasks, jumpCost } from '@menusmith/core';
import { screeningProblem } from '../../problem/screening-problem.ts';
import type { Study } from '../../study/study.ts';
import { isSolvedAlone, studySupply } from './supply-of.ts';

const none = new Float64Array(0);
const found = new WeakMap<Study['technology'], { readonly form: CostForm | undefined }>();

/**
 * How C depends on q, for solvers that must know: as it is given; in straight pieces, where production of one input is so; or linear up to the most
 * there is, where tasks are served each on its own, all or nothing. Undefined where it is anything else.
 */
export const costFormOf = (study: Study): CostForm | undefined => {
  const { technology } = study;
  if (technology.kind === 'cost') {
    const problem = screeningProblem(study);
    return formOnTasks(technology.supply, problem.kind === 'space' ? problem.tasks.positions : none);
  }
  let known = found.get(technology);
  if (known === undefined) {
    known = { form: formOf(study) };
    found.set(technology, known);
  }
  return known.form;
};

const formOf = (study: Study): CostForm | undefined => {
  const { technology: how } = study;
  if (how.kind !== 'production' || how.production.atTask || how.production.degree !== undefined)
    return undefined;
  if (!isSolvedAlone(how)) return undefined;
  const { supply } = studySupply(study);
  return supply.form ?? jumpCost(supply);
};
