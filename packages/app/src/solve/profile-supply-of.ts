import {
  InputError,
  numericProfileSupply,
  type ProfileSupply,
  supplyByIndex,
  supplyTaskByTask,
  technology,
} from '@menusmith/core';
import { degreeOf } from '../study/degree.ts';
import type { ProfileBuyers, ProfileTasks, Study } from '../study/study.ts';
import { isSolvedAlone, studySupply } from './supply-of.ts';

/** The supply to value profiles, the path that was taken, and how often it was asked. */
export interface StudyProfileSupply {
  readonly supply: ProfileSupply;
  readonly path: 'closed-form' | 'numeric';
  readonly evaluations: () => number;
}

/** The supply to profiles on these tasks, uncounted. */
export const profileSupplyOn = (
  study: Study,
  tasks: ProfileTasks,
): Omit<StudyProfileSupply, 'evaluations'> => {
  const { technology: how, solver } = study;
  const { weights, positions } = tasks;
  if (how.kind === 'models')
    throw new InputError(
      'unsupported',
      'a choice of models for profiles is not supported under this contract yet',
      ['models'],
    );
  if (how.kind === 'cost') return { supply: supplyTaskByTask(how.supply, weights), path: 'closed-form' };
  const { production, inputs } = how;
  if (production.atTask) {
    const gradients = Array.from(positions, (i) => technology(production.atTask!(i), inputs).gradient);
    const middle = technology(production.atTask(0.5), inputs);
    return { supply: numericProfileSupply(middle, weights, gradients), path: 'numeric' };
  }
  const degree = degreeOf(how);
  if (degree !== undefined && solver.supply !== 'numeric') {
    const { supply, path } = studySupply(study);
    return { supply: supplyByIndex(supply, degree, weights), path };
  }
  if (isSolvedAlone(how)) {
    const { supply, path } = studySupply(study);
    return { supply: supplyTaskByTask(supply, weights), path };
  }
  return { supply: numericProfileSupply(technology(production, inputs), weights), path: 'numeric' };
};

/**
 * Through the representative type where the production function has one; task by task where cost is given outright; else, and where the
 * study asks for the numeric path, by the first-order conditions of all tasks at once.
 */
export const studyProfileSupply = (study: Study, buyers: ProfileBuyers): StudyProfileSupply => {
  const { supply, path } = profileSupplyOn(study, buyers.tasks);
  let count = 0;
  const counted: ProfileSupply = {
    ...supply,
    supply: (values, out) => {
      count++;
      supply.supply(values, out);
    },
  };
  return { supply: counted, path, evaluations: () => count };
};
