import {
  type CostForm,
  InputError,
  mostOf,
  type ProductionFunction,
  type ProfileSupply,
  piecesOn,
  pointWithInputs,
  supplyToOneTask,
  taskInputCount,
} from '@menusmith/core';
import { modelSupplies } from '../solve/supply/supply-of.ts';
import type { CostTechnology, ProductionTechnology, Study } from '../study/study.ts';
import type { ProvedMenu } from './proved-menu.ts';

/** Amounts of inputs: task by task, of a cost given outright quality itself; and shared. */
export interface ProofAmounts {
  readonly task: readonly (readonly number[])[];
  readonly shared?: readonly number[];
  /** The price of a total. */
  readonly total?: number;
}

/** A model, the seller's or a rival's, as a proof needs it. */
export interface Maker {
  readonly technology: ProductionTechnology | CostTechnology;
  /** What serves the values φ, task by task: amounts, as they are or so many times as much, and what they make, as the checker computes it. */
  serve(values: Float64Array, factor?: number): Served;
  /**
   * Amounts at which a tangent bounds S(φ) closely: no more of anything pays there, or two for a task, between which the best one lies. φ is right to
   * roundings of `size`.
   */
  boundAt(values: Float64Array, size: number): ProofAmounts;
}

interface Served {
  readonly amounts: ProofAmounts;
  readonly quality: Float64Array;
  readonly cost: number;
}

/** What a proof says of a model is told by these, on tasks that count with weights. */
interface Making {
  readonly technology: ProductionTechnology | CostTechnology;
  readonly supply: ProfileSupply;
  readonly weights: Float64Array;
  readonly positions: ArrayLike<number>;
  /** Supply tells inputs of all tasks together, and not of each. */
  readonly isTotal: boolean;
  /** How cost depends on quality, where that is known. */
  readonly form?: CostForm | undefined;
}

/** The seller's models, and then a rival's that could be resold, in the order of a problem's own models; with the costs of the study, which capacity has not raised. */
export const makersOf = (
  study: Study,
  { study: priced, problem: { supply, types, outsideTask, elsewhere, cost }, tasks }: ProvedMenu,
): readonly Maker[] => {
  const { weights } = types;
  const own = study.technology.kind === 'models' ? study.technology.models : [study.technology];
  const { outside } = study.terms;
  const rival = elsewhere !== undefined && outside?.kind === 'rival' ? [outside.technology] : [];
  const alongLine =
    own.length > 1 ? modelSupplies(priced)?.map((model) => supplyToOneTask(model.supply)) : undefined;
  const supplies = supply.models?.map((model) => model.supply) ?? alongLine ?? [supply];
  const count = outsideTask ?? weights.length;
  const isLine = count === 1;
  return [...own, ...rival].map((technology, l) =>
    makerOf({
      technology,
      supply: supplies[l]!,
      weights,
      positions:
        tasks && !isLine ? tasks.positions : Array.from({ length: count }, (_, m) => (m + 0.5) / count),
      isTotal: isLine && study.contract !== 'packages',
      form: cost,
    }),
  );
};

/** φ may be higher than in floating point by this share of the size of what it is made of. */
const ROUNDED = 4e-15;
/** What is best for values that are lower or higher by this share lies on both sides of what is best. */
const APART = 1e-9;
/** For values so many times as high all is used that there is. */
const FAR = 1e9;

export const makerOf = (making: Making): Maker => {
  const { technology, supply, weights, positions, isTotal, form } = making;
  const count = positions.length;
  const point = pointWithInputs(supply);
  const perTask = technology.kind === 'cost' ? 1 : taskInputCount(supply.inputs);
  const share = isTotal ? 1 / weights[0]! : 1;
  const padded = new Float64Array(supply.tasks);
  const amountsFor = (values: Float64Array, factor = 1): ProofAmounts => {
    values.forEach((value, m) => {
      padded[m] = factor * value;
    });
    supply.supply(padded, weights, Math.max(count, supply.tasks), point);
    if (technology.kind === 'cost') return { task: Array.from(values, (_, m) => [point.quality[m]!]) };
    const { task, shared } = point.inputs;
    return {
      task: Array.from(values, (_, m) =>
        Array.from(task.subarray(m * perTask, (m + 1) * perTask), (each) =>
          point.quality[m]! > 0 ? share * each : 0,
        ),
      ),
      ...(shared.length > 0 ? { shared: Array.from(shared) } : {}),
    };
  };
  return {
    technology,
    serve: (values, factor = 1) => {
      const best = amountsFor(values);
      const amounts = factor === 1 ? best : timesAsMuch(best, factor);
      return { amounts, quality: qualityOf(making, amounts), cost: costOf(making, amounts, point.cost) };
    },
    boundAt: (given, size) => {
      const values = given.map((value) => Math.max(value, 0) + ROUNDED * size);
      if (technology.kind === 'cost' || (perTask === 1 && technology.inputs.length === 1)) {
        const [fewer, more, most] = [1 - APART, 1 + APART, FAR].map(
          (factor) => amountsFor(values, factor).task,
        );
        return {
          task: fewer!.map(([x = 0], m) =>
            apart(
              x,
              more![m]![0]!,
              Math.min(most![m]![0]!, form ? mostOf(piecesOn(form, m)) : Number.POSITIVE_INFINITY),
            ),
          ),
          ...(form?.total === undefined ? {} : { total: priceOfTotal(form, form.total, values, weights) }),
        };
      }
      return enough(making, values, (factor) => amountsFor(values, factor));
    },
  };
};

const timesAsMuch = ({ task, shared }: ProofAmounts, factor: number): ProofAmounts => ({
  task: task.map((x) => x.map((amount) => factor * amount)),
  ...(shared ? { shared: shared.map((amount) => factor * amount) } : {}),
});

/** An amount below the best one, and one above it; one where the best is none, or the most there is. */
const apart = (fewer: number, more: number, most: number): readonly number[] => {
  if (fewer !== more) return [fewer, more];
  return more === 0 || more >= most ? [more] : [(1 - APART) * more, (1 + APART) * more];
};

/** The price of the last unit of a total, where costs are linear: what a unit brings on the best tasks that exhaust it, or 0. */
const priceOfTotal = (form: CostForm, total: number, values: Float64Array, weights: Float64Array): number => {
  const gains = Array.from(values, (value, m) =>
    piecesOn(form, m).map(({ rate, length }) => ({ gain: weights[m]! * (value - rate), length })),
  ).flat();
  let left = total;
  for (const { gain, length } of gains.sort((a, b) => b.gain - a.gain)) {
    left -= length;
    if (left < 0) return Math.max(0, gain);
  }
  return 0;
};

/** v of amounts, task by task: what the checker computes, and not the solver's to its tolerance. */
const qualityOf = ({ technology, positions }: Making, { task, shared = [] }: ProofAmounts): Float64Array => {
  const z = Float64Array.from(shared);
  return Float64Array.from(task, (x, m) => {
    if (technology.kind === 'cost') return x[0]!;
    const { production } = technology;
    return x.every((each) => each === 0)
      ? 0
      : onTask(production, positions[m]!).value(Float64Array.from(x), z);
  });
};

const onTask = (production: ProductionFunction, position: number): ProductionFunction =>
  production.atTask?.(position) ?? production;

const costOf = (
  { technology, weights }: Making,
  { task, shared = [] }: ProofAmounts,
  cost: number,
): number => {
  if (technology.kind === 'cost') return cost;
  const perTask = task[0]!.length;
  const spent = (amounts: readonly number[], from: number): number =>
    amounts.reduce((sum, x, j) => sum + technology.inputs[from + j]!.cost * x, 0);
  return task.reduce((sum, x, m) => sum + weights[m]! * spent(x, 0), 0) + spent(shared, perTask);
};

/** Where the first bit of an input would be worth infinitely much, there is so much of it at least. */
const LITTLE = [0, 1e-30, 1e-24, 1e-18, 1e-12];
/** What is best for values that are higher by one of these shares is enough for the values themselves, in numbers right to rounding. */
const RAISES = [0, 1e-13, 1e-12, 1e-11, 1e-10, 1e-9, 1e-8, 1e-7, 1e-6];
/** A gradient in floating point is right to this share. */
const ROUNDING = 2e-14;

/** Amounts at which more of anything costs more than it is worth, or all is used that there is; `best` gives those for values so many times as high. */
const enough = (
  making: Making,
  values: Float64Array,
  best: (factor: number) => ProofAmounts,
): ProofAmounts => {
  const { technology, supply, positions, weights } = making;
  if (technology.kind === 'cost') return best(1);
  const { production } = technology;
  const { inputs } = supply;
  const perTask = taskInputCount(inputs);
  const slopes = new Float64Array(inputs.length);
  const pays = (worth: number, j: number, amount: number): boolean => {
    const { cost, max } = inputs[j]!;
    return !(amount >= max || worth * (1 + ROUNDING) <= cost);
  };
  const isEnough = ({ task, shared = [] }: ProofAmounts): boolean => {
    const z = Float64Array.from(shared);
    const gains = new Float64Array(shared.length);
    const isTaskEnough = task.every((x, m) => {
      const own = onTask(production, positions[m]!);
      if (own.gradient === undefined) own.valueWithGradient?.(Float64Array.from(x), z, slopes);
      else own.gradient(Float64Array.from(x), z, slopes);
      gains.forEach((gain, k) => {
        if (values[m]! > 0) gains[k] = gain + weights[m]! * values[m]! * slopes[perTask + k]!;
      });
      return values[m] === 0 || x.every((amount, j) => !pays(values[m]! * slopes[j]!, j, amount));
    });
    return isTaskEnough && gains.every((gain, k) => !pays(gain, perTask + k, z[k]!));
  };
  for (const little of LITTLE)
    for (const raise of RAISES) {
      const { task, shared } = best(1 + raise);
      const atLeast = (amounts: readonly number[], from: number): number[] =>
        amounts.map((x, j) => Math.min(Math.max(little, x), inputs[from + j]!.max));
      const raised = {
        task: task.map((x) => atLeast(x, 0)),
        ...(shared ? { shared: atLeast(shared, perTask) } : {}),
      };
      if (isEnough(raised)) return raised;
    }
  throw new InputError(
    'proof',
    '--proof: expected inputs of which more does not pay, found none near the best ones',
  );
};
