import { type CostForm, type ProfilePoint, type ProfileSupply, profilePoint } from '@menusmith/core';
import type { ProfileTasks, Study } from '../study/study.ts';
import { costFormOf } from './cost-form-of.ts';
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
  const form = costFormOf(study);
  if (form?.kind === 'linear') return partsOfTheMost(form, supply);
  const point: ProfilePoint = profilePoint(supply);
  return (served, profile) => {
    const isServed = profile.some((q) => q > 0);
    if (isServed) supply.supply(served, point);
    return inputsAt(point, supply, isServed);
  };
};

/** All or nothing: a value far beyond the rate buys the most. */
const FAR = 1e9;

/** Where cost is linear up to the most there is, part of that takes the same part of its inputs. */
const partsOfTheMost = (
  { rate, max }: Extract<CostForm, { kind: 'linear' }>,
  supply: ProfileSupply,
): ReturnType<typeof itemInputs> => {
  const point = profilePoint(supply);
  supply.supply(new Float64Array(supply.weights.length).fill(FAR * rate), point);
  const most = point.taskInputs.slice();
  const perTask = most.length / supply.weights.length;
  return (_, profile) => {
    most.forEach((amount, i) => {
      point.taskInputs[i] = amount * (profile[Math.floor(i / perTask)]! / max);
    });
    return inputsAt(
      point,
      supply,
      profile.some((q) => q > 0),
    );
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
