import { type ProfilePoint, profilePoint } from '@menusmith/core';
import type { ProfileTasks, Study } from '../study/study.ts';
import { profileSupplyOn } from './profile-supply-of.ts';

/** Inputs of an item: totals over the tasks, and task inputs task by task. */
export interface ItemInputs {
  readonly inputs: Readonly<Record<string, number>>;
  readonly perTask: Readonly<Record<string, readonly number[]>>;
}

/** Inputs of the items that are made efficiently for served values, told task by task. An item of no quality takes none. */
export const itemInputs = (
  study: Study,
  tasks: ProfileTasks,
): ((served: Float64Array, profile: Float64Array) => ItemInputs) => {
  if (study.technology.kind === 'cost') return () => ({ inputs: {}, perTask: {} });
  const { supply } = profileSupplyOn(study, tasks);
  const point: ProfilePoint = profilePoint(supply);
  return (served, profile) => {
    const isServed = profile.some((q) => q > 0);
    if (isServed) supply.supply(served, point);
    return inputsAt(point, supply, isServed);
  };
};

const inputsAt = (
  { taskInputs, sharedInputs }: ProfilePoint,
  { inputs, weights }: ReturnType<typeof profileSupplyOn>['supply'],
  isServed: boolean,
): ItemInputs => {
  const taskCount = inputs.filter(({ scope }) => scope === 'task').length;
  const totals: Record<string, number> = {};
  const perTask: Record<string, number[]> = {};
  inputs.forEach(({ name }, i) => {
    if (i >= taskCount) {
      totals[name] = isServed ? sharedInputs[i - taskCount]! : 0;
      return;
    }
    const amounts = new Array<number>(weights.length).fill(0);
    let total = 0;
    for (let m = 0; isServed && m < weights.length; m++) {
      amounts[m] = taskInputs[m * taskCount + i]!;
      total += weights[m]! * amounts[m]!;
    }
    totals[name] = total;
    perTask[name] = amounts;
  });
  return { inputs: totals, perTask };
};
