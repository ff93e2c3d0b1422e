import {
  type CurvedSupply,
  curvedSupplyByIndex,
  curvedSupplyNumeric,
  curvedSupplyTaskByTask,
  type FiniteProblem,
  InputError,
  supplyPoint,
  technology,
} from '@menusmith/core';
import { degreeOf } from '../study/degree.ts';
import type { ProfileTasks, Study } from '../study/study.ts';
import { costFormOf } from './cost-form-of.ts';
import type { FiniteBuyers } from './finite-buyers.ts';
import { isSolvedAlone, type StudySupply, studySupply } from './supply-of.ts';

/**
 * Supply with curvature, as the finite solver needs it: task by task where cost is given outright, through the index where the production
 * function has one, else by the first-order conditions of all tasks at once.
 */
export const finiteSupply = (
  study: Study,
  { weights, positions }: ProfileTasks,
): { supply: CurvedSupply; path: StudySupply['path']; evaluations: () => number } => {
  const { technology: how, solver } = study;
  const tasks = weights.length;
  const own = studySupplyWhereCounted(study);
  if (how.kind === 'cost') return { ...own, supply: curvedSupplyTaskByTask(own.supply, tasks) };
  const degree = degreeOf(how);
  const isAlike = how.kind === 'models' || how.production.atTask === undefined;
  if (degree !== undefined && isAlike)
    return { ...own, supply: curvedSupplyByIndex(own.supply, degree, tasks) };
  if (how.kind === 'models') {
    throw new InputError(
      'models',
      'a choice of models with contract allocations needs models of one degree in the task inputs, or one that is best for everybody',
      ['models'],
    );
  }
  const { production, inputs } = how;
  if (isAlike && isSolvedAlone(how)) return { ...own, supply: curvedSupplyTaskByTask(own.supply, tasks) };
  const made = (i: number) => technology(production.atTask ? production.atTask(i) : production, inputs);
  const curved = curvedSupplyNumeric(
    made(0.5),
    tasks,
    production.atTask ? Array.from(positions, (i) => made(i).gradient) : undefined,
  );
  let count = 0;
  return {
    path: solver.supply === 'closed-form' ? 'closed-form' : 'numeric',
    evaluations: () => count,
    supply: {
      ...curved,
      supply: (values, taskWeights, size, out) => {
        count++;
        curved.supply(values, taskWeights, size, out);
      },
    },
  };
};

const studySupplyWhereCounted = (study: Study): StudySupply =>
  study.technology.kind === 'production' && study.technology.production.atTask
    ? { supply: noSupply, path: 'numeric', evaluations: () => 0 }
    : studySupply(study);

const noSupply = { inputs: [], supply: () => {}, slopes: () => {}, kinks: () => [] };

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

/** The problem that these buyers make, with the form of its cost where there is one. */
export const problemOf = (
  study: Study,
  { types, mass }: FiniteBuyers,
  supply: FiniteProblem['supply'],
): FiniteProblem => {
  const form = costFormOf(study);
  return { types, mass, supply, ...(form ? { cost: form } : {}) };
};
