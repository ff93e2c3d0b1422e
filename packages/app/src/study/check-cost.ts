import { InputError, largestOf, supplyPoint, taskSupplies } from '@menusmith/core';
import type { Buyers, CostTechnology, ProfileBuyers } from './study.ts';

/**
 * Throws InputError where a cost that is given outright does not go with the buyers: costs by task need buyers who have tasks, as many as there are
 * costs; a total needs them listed; and a cost of which a unit never costs as much as it is worth to somebody has no most.
 */
export const checkCost = ({ use, supply }: CostTechnology, buyers: Buyers): void => {
  const { byTask } = supply;
  if (byTask !== undefined && buyers.kind !== 'profiles') {
    const what = byTask.total === undefined ? 'costs that differ from task to task' : 'a total over tasks';
    const message = `${use}: ${what} ${byTask.total === undefined ? 'need' : 'needs'} buyers whose tasks are told apart; expected profiles, or a file with one column a task, got ${buyers.kind}`;
    throw new InputError('tasks-differ', message);
  }
  if (buyers.kind !== 'profiles') {
    requireMost(use, [supply], highestOf(buyers));
    return;
  }
  const { positions } = buyers.tasks;
  if (byTask?.total !== undefined && buyers.refined !== undefined) {
    const message = 'a sum over tasks needs them listed; buyers.tasks: { weights: [..] } would do';
    throw new InputError('tasks-differ', message, ['total']);
  }
  if (byTask?.count !== undefined && byTask.count !== positions.length) {
    const message = `${use}: expected costs for ${positions.length} tasks, which is what buyers have, got ${byTask.count}`;
    throw new InputError('tasks', message);
  }
  requireMost(use, taskSupplies(supply, positions), highestOnTasks(buyers));
};

/** Throws where some value buys no end of quality: then no menu is best. */
const requireMost = (
  use: string,
  supplies: ReturnType<typeof taskSupplies>,
  highest: ArrayLike<number>,
): void => {
  const point = supplyPoint(0);
  for (let m = 0; m < highest.length; m++) {
    const value = highest[m]!;
    if (!(value > 0 && value < Number.POSITIVE_INFINITY)) continue;
    supplies[supplies.length === 1 ? 0 : m]!.supply(value, 1, point);
    if (point.surplus !== Number.POSITIVE_INFINITY) continue;
    const message =
      `${use}: expected a cost that rises faster and faster, got one of which a further unit always costs less than the ${Number(value.toPrecision(6))} ` +
      'that it is worth to a buyer: the surplus has no maximum. A max, or a cost with a growing slope, would do';
    throw new InputError('unbounded-surplus', message);
  }
};

const highestOf = (buyers: Exclude<Buyers, ProfileBuyers>): readonly number[] => {
  if (buyers.kind === 'value-scale') return [buyers.value.max];
  if ('types' in buyers) return [largestOf(buyers.types.map(({ value }) => value))];
  return [buyers.type.max];
};

const highestOnTasks = ({ types, tasks }: ProfileBuyers): Float64Array =>
  tasks.weights.map((_, m) => types.reduce((most, { values }) => Math.max(most, values[m]!), 0));
