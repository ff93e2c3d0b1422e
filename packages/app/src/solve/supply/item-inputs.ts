import {
  type CostForm,
  type CostPiece,
  hasJumps,
  type Input,
  isLinear,
  mostOf,
  type ProfileInputs,
  type ProfileSupply,
  pointWithInputs,
  taskCost,
  taskInputCount,
} from '@menusmith/core';
import type { ProfileTasks, Study } from '../../study/study.ts';
import { costFormOf } from './cost-form-of.ts';
import { profileSupplyOf } from './profile-supply-of.ts';

/** Inputs of an item: totals over the tasks, and task inputs task by task. */
interface ItemInputs {
  readonly inputs: Readonly<Record<string, number>>;
  readonly perTask: Readonly<Record<string, readonly number[]>>;
}

/**
 * Inputs of an item that is made efficiently for served values, told task by task. An item of no quality takes none. Where there is a choice of models,
 * `made` says which of them makes it, or the chances of a lottery over them: the inputs are those of that model, or the ones expected.
 */
export type InputsOfItem = (
  served: Float64Array,
  profile: Float64Array,
  made?: number | Float64Array,
) => ItemInputs;

export const itemInputs = (study: Study, tasks: ProfileTasks): InputsOfItem => {
  if (study.technology.kind === 'cost') return () => ({ inputs: {}, perTask: {} });
  const { weights } = tasks;
  const { supply } = profileSupplyOf(study, tasks);
  const form = costFormOf(study);
  // Beside a cost with straight pieces nothing is resold, and what an item costs is the seller's.
  if (form !== undefined && hasJumps(form) && supply.inputs.length === 1)
    return amountsAtCost(form, supply, weights);
  if (form !== undefined && isLinear(form)) return partsOfTheMost(form.tasks[0]![0]!, supply, weights);
  // Of a lottery between the seller's item and what she has outside, the seller makes a share.
  const models = (supply.models ?? [{ supply }]).map((model) => inputsFrom(model.supply, weights));
  return (served, profile, made = 0) => {
    if (typeof made === 'number') return models[made]!(served, profile);
    const used = models.map((_, l) => l).filter((l) => made[l]! > 0);
    if (used.length === 0) return models[0]!(served, new Float64Array(profile.length));
    const parts = used.map((l) => models[l]!(served, profile));
    return expected(
      parts,
      used.map((l) => made[l]!),
    );
  };
};

const inputsFrom = (supply: ProfileSupply, weights: Float64Array): InputsOfItem => {
  const point = pointWithInputs(supply);
  return (served, profile) => {
    const isServed = profile.some((q) => q > 0);
    if (isServed) supply.supply(served, weights, weights.length, point);
    return inputsAt(point.inputs, supply, weights, isServed);
  };
};

/** Inputs of the same name add up, whichever model uses them. */
const expected = (parts: readonly ItemInputs[], shares: readonly number[]): ItemInputs => {
  const inputs: Record<string, number> = {};
  const perTask: Record<string, number[]> = {};
  parts.forEach((part, i) => {
    const share = shares[i]!;
    for (const [name, amount] of Object.entries(part.inputs))
      inputs[name] = (inputs[name] ?? 0) + share * amount;
    for (const [name, amounts] of Object.entries(part.perTask))
      perTask[name] = amounts.map((amount, m) => (perTask[name]?.[m] ?? 0) + share * amount);
  });
  return { inputs, perTask };
};

/** Of a single input there is what a task's quality costs, at its price; of a lottery with what she has outside, in a share of all cases. */
const amountsAtCost = (form: CostForm, supply: ProfileSupply, weights: Float64Array): InputsOfItem => {
  const [{ cost: price }] = supply.inputs as [Input];
  const most = mostOf(form.tasks[0]!);
  const amounts: ProfileInputs = { task: new Float64Array(weights.length), shared: new Float64Array(0) };
  return (_, profile, made) => {
    // The seller's product is the first of the models.
    const share = typeof made === 'object' && made[0]! > 0 ? made[0]! : 1;
    // A solver may exceed the most by its rounding.
    profile.forEach((q, m) => {
      amounts.task[m] = (share * taskCost(form, m, Math.min(most, Math.max(0, q / share)))) / price;
    });
    return inputsAt(
      amounts,
      supply,
      weights,
      profile.some((q) => q > 0),
    );
  };
};

/** All or nothing: a value far beyond the rate buys the most. */
const FAR = 1e9;

/** Where cost is linear up to the most there is, part of that takes the same part of its inputs. */
const partsOfTheMost = (
  { rate, length: most }: CostPiece,
  supply: ProfileSupply,
  weights: Float64Array,
): InputsOfItem => {
  const tasks = weights.length;
  const point = pointWithInputs(supply);
  supply.supply(new Float64Array(tasks).fill(FAR * rate), weights, tasks, point);
  const all = point.inputs.task.slice();
  const perTask = taskInputCount(supply.inputs);
  return (_, profile) => {
    all.forEach((amount, i) => {
      point.inputs.task[i] = amount * (profile[Math.floor(i / perTask)]! / most);
    });
    return inputsAt(
      point.inputs,
      supply,
      weights,
      profile.some((q) => q > 0),
    );
  };
};

const inputsAt = (
  amounts: ProfileInputs,
  { inputs }: ProfileSupply,
  weights: Float64Array,
  isServed: boolean,
): ItemInputs => {
  const taskCount = taskInputCount(inputs);
  const totals: Record<string, number> = {};
  const perTask: Record<string, number[]> = {};
  inputs.forEach(({ name }, i) => {
    if (i >= taskCount) {
      totals[name] = isServed ? amounts.shared[i - taskCount]! : 0;
      return;
    }
    const own = new Array<number>(weights.length).fill(0);
    let total = 0;
    for (let m = 0; isServed && m < weights.length; m++) {
      own[m] = amounts.task[m * taskCount + i]!;
      total += weights[m]! * own[m]!;
    }
    totals[name] = total;
    perTask[name] = own;
  });
  return { inputs: totals, perTask };
};
