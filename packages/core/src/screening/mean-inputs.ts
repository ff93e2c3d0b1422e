import { integrateTypes } from '../distributions/type-integral.ts';
import { supplyPoint } from '../supply/efficient-supply.ts';
import type { ScaleMenu } from './scale-menu.ts';
import type { ScaleProblem } from './scale-problem.ts';

/** E[X_j], the mean of every input over the types of one scale, in the order of the supply's inputs; task inputs over all tasks. */
export const meanInputs = (
  { types, served, supply, scale }: ScaleProblem,
  { pieces }: Pick<ScaleMenu, 'pieces'>,
): Float64Array => {
  const point = supplyPoint(supply.inputs.length);
  const tasks = supply.inputs.map(({ scope }) => (scope === 'task' ? scale : 1));
  return integrateTypes(
    types,
    (w, mass, _, out) => {
      supply.supply(served.at(w), scale, point);
      for (let i = 0; i < tasks.length; i++) out[i] = tasks[i]! * point.inputs[i]! * mass;
    },
    tasks.length,
    pieces,
    'mass',
  ).values;
};
