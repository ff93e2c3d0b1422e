import { type EfficientSupply, supplyPoint, type TaskCosts } from '../efficient-supply.ts';
import { type ProfileSupply, supplyNothing as supplyNoProfile } from '../profile-supply.ts';
import { supplyTaskByTask } from '../supply-task-by-task.ts';
import { type CostForm, hasJumps, piecesOn } from './cost-form.ts';

/** Costs that differ among tasks, or are bound together, as an entry makes them; there is no supply to tasks that are alike. */
export const suppliedByTask = (byTask: TaskCosts): EfficientSupply => ({
  inputs: [],
  byTask,
  supply: supplyNothing,
  slopes: supplyNothing,
  kinks: () => [],
});

const supplyNothing: EfficientSupply['supply'] = (_value, _scale, out) => {
  Object.assign(out, { ...supplyPoint(0), inputs: out.inputs, quality: Number.NaN, solved: false });
};

/** The supply of every task at these positions in [0, 1]; one alone where tasks are alike. */
export const taskSupplies = (cost: EfficientSupply, positions: Float64Array): readonly EfficientSupply[] => {
  const { byTask } = cost;
  return byTask === undefined ? [cost] : Array.from(positions, (i, m) => byTask.at(m, i));
};

/** The whole cost in pieces that solvers know; undefined where that of some task is anything else. */
export const formOnTasks = (cost: EfficientSupply, positions: Float64Array): CostForm | undefined => {
  if (cost.byTask === undefined) return cost.form;
  const supplies = taskSupplies(cost, positions);
  const isJumping = supplies.some(({ form }) => form !== undefined && hasJumps(form));
  // Beside a task on which quality jumps the others are to be written down as well.
  const forms = supplies.map(({ form, nearForm }) => form ?? (isJumping ? nearForm?.() : undefined));
  const tasks = forms.flatMap((form) => (form === undefined ? [] : [piecesOn(form, 0)]));
  const { total } = cost.byTask;
  if (tasks.length < forms.length) return undefined;
  const exact = forms.map((form) => form?.exact?.[0]);
  return {
    tasks,
    ...(exact.some((own) => own !== undefined) && { exact }),
    ...(total === undefined ? {} : { total }),
  };
};

/** The supply to profiles at a cost that is given outright. */
export const profileSupplyAtCost = (cost: EfficientSupply, positions: Float64Array): ProfileSupply => {
  const form = formOnTasks(cost, positions);
  return form?.total === undefined
    ? supplyTaskByTask(taskSupplies(cost, positions), positions.length)
    : supplyWithin(form, form.total, positions.length);
};

/**
 * Supply at linear costs with Σ q ≤ total, the sum over tasks without their weights: S(φ) = max Σ ω (φ − rate) q, a fractional knapsack. What is
 * worth most a unit, ω (φ − rate), is served first; what a further unit would be worth is the multiplier of the total.
 */
const supplyWithin = (form: CostForm, total: number, tasks: number): ProfileSupply => {
  const pieces = Array.from({ length: tasks }, (_, m) => piecesOn(form, m)).flatMap((own, m) =>
    own.map((piece) => ({ ...piece, m, worth: 0 })),
  );
  return {
    inputs: [],
    tasks,
    mostRank: 0,
    supply: (values, weights, count, out) => {
      supplyNoProfile(count, out);
      for (const piece of pieces) piece.worth = weights[piece.m]! * (values[piece.m]! - piece.rate);
      const wanted = pieces.filter(({ worth }) => worth > 0).sort((a, b) => b.worth - a.worth);
      let left = total;
      for (const { m, rate, length, worth } of wanted) {
        const amount = Math.min(length, left);
        left -= amount;
        out.quality[m]! += amount;
        out.cost += weights[m]! * rate * amount;
        out.surplus += worth * amount;
      }
      out.solved = count === tasks && Number.isFinite(out.surplus);
    },
  };
};
