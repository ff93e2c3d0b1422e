import type { Amounts, InputNames, ProductionFunction } from '@menusmith/core';
import type { SharedFactors, TaskAggregate } from './homogeneous-factors.ts';
import { homogeneousSupply } from './homogeneous-supply.ts';

/** v(x, z) = h(x) · Π (b_k + z_k)^{e_k}, with its gradient, its degree and its closed form. */
export const homogeneousProduction = (
  who: string,
  names: InputNames,
  aggregate: TaskAggregate,
  factors: SharedFactors,
): ProductionFunction => {
  const { exponents, bases } = factors;
  const taskCount = names.task.length;
  const elasticities = new Float64Array(taskCount);

  const logShared = (z: Amounts, logarithm: number): number => {
    for (let k = 0; k < exponents.length; k++) logarithm += exponents[k]! * Math.log(bases[k]! + z[k]!);
    return logarithm;
  };
  const value = (x: Amounts, z: Amounts): number => Math.exp(logShared(z, aggregate.logValue(x)));

  const valueWithGradient = (x: Amounts, z: Amounts, out: Float64Array): number => {
    const v = Math.exp(logShared(z, aggregate.logValue(x, elasticities)));
    let isEdge = v === 0;
    for (let j = 0; j < taskCount; j++) {
      out[j] = (elasticities[j]! * v) / x[j]!;
      isEdge ||= x[j] === 0;
    }
    for (let k = 0; k < exponents.length; k++) {
      out[taskCount + k] = (exponents[k]! * v) / (bases[k]! + z[k]!);
    }
    if (isEdge) writeEdgeSlopes(x, z, v, out);
    return v;
  };

  /** From an amount of zero the first unit raises v infinitely fast, if alone it raises v at all; what v = 0 would not is 0. */
  const writeEdgeSlopes = (x: Amounts, z: Amounts, v: number, out: Float64Array): void => {
    const [first, more] = [Float64Array.from(x), Float64Array.from(z)];
    const slopeFrom = (amounts: Float64Array, j: number): number => {
      const amount = amounts[j]!;
      amounts[j] = amount + 1;
      const after = value(first, more);
      amounts[j] = amount;
      return after > v ? Number.POSITIVE_INFINITY : 0;
    };
    for (let j = 0; j < taskCount; j++) {
      if (v === 0 || x[j] === 0) out[j] = slopeFrom(first, j);
    }
    for (let k = 0; k < exponents.length; k++) {
      if (v === 0) out[taskCount + k] = slopeFrom(more, k);
    }
  };

  return {
    value,
    gradient: valueWithGradient,
    valueWithGradient,
    ...(taskCount > 0 && { degree: aggregate.degree }),
    closedForm: (inputs) => homogeneousSupply(who, inputs, names, aggregate, factors),
  };
};
