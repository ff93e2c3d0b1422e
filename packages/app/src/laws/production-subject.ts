import type {
  Input,
  ProductionFunction,
  ProductionFunctionEntry,
  ProductionFunctionExample,
} from '@menusmith/core';
import type { LawPoint } from './law.ts';

/** A production function with the inputs that it was created for: task inputs first, then shared ones. */
export interface ProductionSubject {
  readonly production: ProductionFunction;
  readonly inputs: readonly Input[];
  /** Assumptions that are not claimed of it. */
  readonly without?: ProductionFunctionExample['without'];
}

/**
 * The subject of the laws for an example of a production function entry: costs differ from input to input, and `cap` limits shared ones.
 */
export const productionSubject = (
  entry: ProductionFunctionEntry,
  { parameters, inputs: names, without = [] }: ProductionFunctionExample,
  cap = Number.POSITIVE_INFINITY,
): ProductionSubject => {
  const { task, shared } = names;
  const inputs = [...task, ...shared].map((name, j): Input => {
    const scope = j < task.length ? 'task' : 'shared';
    return {
      name,
      scope,
      cost: 0.05 + 0.4 * ((0.381966 * (j + 1)) % 1),
      max: scope === 'shared' ? cap : Number.POSITIVE_INFINITY,
    };
  });
  return { production: entry.create(parameters, names), inputs, without };
};

/** v and its gradient as functions of one list of amounts, and such a list by the inputs' names. */
export const inTotal = ({ production, inputs }: ProductionSubject) => {
  const task = inputs.filter((input) => input.scope === 'task').length;
  const split = (all: readonly number[]): [Float64Array, Float64Array] => [
    Float64Array.from(all.slice(0, task)),
    Float64Array.from(all.slice(task)),
  ];
  return {
    count: inputs.length,
    task,
    v: (all: readonly number[]): number => production.value(...split(all)),
    gradient(all: readonly number[]): Float64Array {
      const out = new Float64Array(inputs.length);
      production.gradient?.(...split(all), out);
      return out;
    },
    at: (all: readonly number[]): LawPoint =>
      Object.fromEntries(inputs.map(({ name }, j) => [name, all[j]!])),
  };
};
