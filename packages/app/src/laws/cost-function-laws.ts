import {
  curvedPoint,
  type EfficientSupply,
  mostOf,
  piecesOn,
  profileSupplyAtCost,
  taskCost,
  taskSupplies,
} from '@menusmith/core';
import { efficientSupplyLaws, samples, slopesAt } from './efficient-supply-laws.ts';
import { type Law, notClaimed, Tightest } from './law.ts';
import { haltonPoints, logarithmic } from './sampling.ts';

/** Tasks on which a cost that differs from task to task is tried, where it says of no number. */
const TASKS = 3;

const positionsOf = ({ byTask }: EfficientSupply): Float64Array => {
  const count = byTask?.count ?? TASKS;
  return Float64Array.from({ length: count }, (_, m) => (m + 0.5) / count);
};

/** A law of the cost of one task, tried on every task. */
const onEachTask = (law: Law<EfficientSupply>): Law<EfficientSupply> => ({
  ...law,
  check(cost) {
    if (cost.byTask === undefined) return law.check(cost);
    const verdicts = taskSupplies(cost, positionsOf(cost)).map((own) => law.check(own));
    return verdicts.find(({ holds }) => !holds) ?? verdicts[0]!;
  },
});

const taskLaws: readonly Law<EfficientSupply>[] = [
  ...efficientSupplyLaws,
  {
    name: 'additive-cost',
    statement: 'Supply and cost are proportional to the number of tasks.',
    check(supply) {
      const tightest = new Tightest();
      for (const [value, scale] of samples()) {
        const at = { value, scale };
        const one = slopesAt(supply, value, 1);
        const many = slopesAt(supply, value, scale);
        tightest.equal('quality', many.quality, scale * one.quality, 1e-12 * many.quality, at);
        tightest.equal('cost', many.cost, scale * one.cost, 1e-12 * many.cost, at);
      }
      return tightest.verdict();
    },
  },
  {
    name: 'cost-form',
    statement:
      'The declared form is true: costs are those of its linear and quadratic pieces, and quality ends with them.',
    check(supply) {
      const { form } = supply;
      if (form === undefined) return notClaimed('no form is declared');
      const pieces = piecesOn(form, 0);
      const tightest = new Tightest();
      for (const [value, scale] of samples()) {
        const at = { value, scale };
        const { quality, cost } = slopesAt(supply, value, scale);
        tightest.atMost('quality', quality, scale * mostOf(pieces), 1e-12 * quality, at);
        tightest.equal('cost', cost, scale * taskCost(form, 0, quality / scale), 1e-12 * cost, at);
      }
      return tightest.verdict();
    },
  },
  {
    name: 'task-cost',
    statement: 'The declared cost c(q) of a task is what its supply costs.',
    check(supply) {
      const { taskCost } = supply;
      if (taskCost === undefined) return notClaimed('no cost of a task is declared');
      const tightest = new Tightest();
      for (const [value] of samples()) {
        const { quality, cost } = slopesAt(supply, value, 1);
        tightest.equal('c(q)', taskCost(quality), cost, 1e-12 * cost, { value });
      }
      return tightest.verdict();
    },
  },
];

/** Profiles of values on the tasks of a cost, over orders of magnitude, some of them below 0. */
const profiles = (tasks: number): readonly Float64Array[] =>
  haltonPoints(40, 2 * tasks).map((u) =>
    Float64Array.from(
      { length: tasks },
      (_, m) => logarithmic(u[m]!, 0.02, 20) * (u[tasks + m]! < 0.2 ? -1 : 1),
    ),
  );

/** The laws of a cost given outright: those of its efficient supply to every task, and to all of them together. */
export const costFunctionLaws: readonly Law<EfficientSupply>[] = [
  ...taskLaws.map(onEachTask),
  {
    name: 'supply-to-profiles',
    statement:
      'What a profile is supplied costs what is declared, keeps to the total, and leaves as much as any other profile’s supply would.',
    check(cost) {
      if (cost.byTask === undefined) return notClaimed('tasks are alike, and each is on its own');
      const positions = positionsOf(cost);
      const tasks = positions.length;
      const supply = profileSupplyAtCost(cost, positions);
      const { total = Number.POSITIVE_INFINITY } = cost.byTask;
      const costs = taskSupplies(cost, positions).map(({ taskCost }) => taskCost);
      const weights = Float64Array.from(positions, (_, m) => 1 / (m + 1));
      const supplied = profiles(tasks).map((values) => {
        const point = curvedPoint(supply);
        supply.supply(values, weights, tasks, point);
        return { values, point };
      });
      const tightest = new Tightest();
      supplied.forEach(({ values, point }, profile) => {
        const at = { profile };
        const sum = (term: (m: number) => number): number => weights.reduce((all, _, m) => all + term(m), 0);
        tightest.atMost(
          'Σ q',
          sum((m) => point.quality[m]!),
          total,
          1e-12 * total,
          at,
        );
        tightest.equal('solved', Number(point.solved), 1, 0, at);
        const declared = sum((m) => weights[m]! * (costs[m]?.(point.quality[m]!) ?? Number.NaN));
        if (costs.every((own) => own !== undefined))
          tightest.equal('cost', point.cost, declared, 1e-12 * declared, at);
        for (const other of supplied) {
          const gross = sum((m) => weights[m]! * values[m]! * other.point.quality[m]!);
          const unit = 1e-12 * (point.surplus + other.point.cost + Math.abs(gross));
          tightest.atLeast('surplus', point.surplus, gross - other.point.cost, unit, at);
        }
      });
      return tightest.verdict();
    },
  },
];
