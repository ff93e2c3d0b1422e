import {
  type FiniteProblem,
  type PointWithInputs,
  type ProductionFunction,
  pointWithInputs,
  taskInputCount,
} from '@menusmith/core';
import type { Study } from '../study/study.ts';

/** What serves somebody: amounts of task inputs task by task, and of shared inputs; or quality task by task, at a cost given outright. */
export interface ProofAmounts {
  readonly task?: readonly (readonly number[])[];
  readonly shared?: readonly number[];
  readonly quality?: readonly number[];
}

/** What serves the values φ, task by task: amounts, and the quality and cost that they make. */
export type Serving = (values: Float64Array) => {
  readonly amounts: ProofAmounts;
  readonly quality: Float64Array;
  readonly cost: number;
};

export const amountsFor = (study: Study, { supply, types: { weights } }: FiniteProblem): Serving => {
  const count = weights.length;
  const point: PointWithInputs = pointWithInputs(supply);
  const perTask = taskInputCount(supply.inputs);
  // Along a line supply tells totals over the tasks that its one weight counts.
  const share = study.contract === 'packages' || count > 1 ? 1 : 1 / weights[0]!;
  const qualityOf = qualityBy(study);
  return (values) => {
    supply.supply(values, weights, count, point);
    if (study.technology.kind === 'cost') {
      const quality = point.quality.slice(0, count);
      return { amounts: { quality: Array.from(quality) }, quality, cost: point.cost };
    }
    const shared = point.inputs.shared;
    const task = Array.from({ length: count }, (_, m) =>
      Array.from(point.inputs.task.subarray(m * perTask, (m + 1) * perTask), (each) =>
        point.quality[m]! > 0 ? share * each : 0,
      ),
    );
    const quality = Float64Array.from(task, (x) => qualityOf(Float64Array.from(x), shared));
    return { amounts: { task, shared: Array.from(shared) }, quality, cost: point.cost };
  };
};

/** v of amounts: the quality that the checker computes, and not the solver's to its tolerance. */
const qualityBy = ({ technology }: Study): ProductionFunction['value'] =>
  technology.kind === 'production'
    ? (x, z) => (x.every((each) => each === 0) ? 0 : technology.production.value(x, z))
    : () => Number.NaN;
