import {
  bestProfileSupply,
  numericProfileSupply,
  type ProfileSupply,
  profileSupplyAtCost,
  supplyByIndex,
  supplyTaskByTask,
  technology,
} from '@menusmith/core';
import { degreeOf } from '../../study/degree.ts';
import type { ProfileTasks, Study } from '../../study/study.ts';
import { isSolvedAlone, type StudySupply, studySupply } from './supply-of.ts';

/** The supply to value profiles, the path that was taken, and how often it was asked. */
export interface StudyProfileSupply {
  readonly supply: ProfileSupply;
  readonly path: StudySupply['path'];
  readonly evaluations: () => number;
}

/**
 * The study's supply to profiles on these tasks: task by task where cost is given outright or no input is shared, through the index where the
 * production function has one, else by the first-order conditions of all tasks at once; where there is a choice of models, by the best of them.
 */
export const profileSupplyOf = (study: Study, tasks: ProfileTasks): StudyProfileSupply => {
  const { supply: made, path } = uncounted(study, tasks);
  let count = 0;
  const supply: ProfileSupply = {
    ...made,
    supply: (values, weights, size, out) => {
      count++;
      made.supply(values, weights, size, out);
    },
  };
  return { supply, path, evaluations: () => count };
};

const uncounted = (
  study: Study,
  { weights, positions }: ProfileTasks,
): Omit<StudyProfileSupply, 'evaluations'> => {
  const { technology: how } = study;
  const tasks = weights.length;
  if (how.kind === 'production' && how.production.atTask) {
    const made = (i: number) => technology(how.production.atTask!(i), how.inputs);
    const gradients = Array.from(positions, (i) => made(i).gradient);
    return { supply: numericProfileSupply(made(0.5), tasks, gradients), path: 'numeric' };
  }
  if (how.kind === 'cost') return { supply: profileSupplyAtCost(how.supply, positions), path: 'closed-form' };
  if (how.kind === 'models') {
    const models = how.models.map((model) => ({
      name: model.name,
      ...uncounted({ ...study, technology: model }, { weights, positions }),
    }));
    const isClosed = models.every(({ path }) => path === 'closed-form');
    return { supply: bestProfileSupply(models), path: isClosed ? 'closed-form' : 'numeric' };
  }
  const degree = degreeOf(how);
  if (degree !== undefined) {
    const { supply, path } = studySupply(study);
    return { supply: supplyByIndex(supply, degree, tasks), path };
  }
  if (isSolvedAlone(how)) {
    const { supply, path } = studySupply(study);
    return { supply: supplyTaskByTask(supply, tasks), path };
  }
  return { supply: numericProfileSupply(technology(how.production, how.inputs), tasks), path: 'numeric' };
};
