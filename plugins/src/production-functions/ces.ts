import { InputError, type ProductionFunctionEntry } from '@menusmith/core';
import type { TaskAggregate } from './homogeneous-factors.ts';
import { homogeneousProduction } from './homogeneous-production.ts';

/**
 * Production with a constant elasticity of substitution 1/(1 − r): v(x, z) = (Σ a_j x_j^r)^{degree/r} · Π (b_k + z_k)^{e_k}.
 *
 * r → 0 is Cobb–Douglas with exponents degree·a_j, where the shares a_j sum to 1. With r > 0 a task is made without some of its inputs;
 * with r above the degree inputs are substitutes. Neither is so in the paper's Section 2, and neither is needed to solve.
 */
export const ces: ProductionFunctionEntry = {
  name: 'ces',
  doc: 'Task inputs with a constant elasticity of substitution: (Σ share·x^r)^(degree/r) · Π (base + z)^exponent.',
  parameters: {
    shares: { kind: 'by-input', doc: 'weight of each task input', scope: 'task', above: 0 },
    substitution: {
      kind: 'number',
      doc: 'r: below 0 inputs are complements, towards 1 substitutes',
      below: 1,
    },
    degree: { kind: 'number', doc: 'degree in the task inputs', above: 0, below: 1 },
    shared: {
      kind: 'fields-by-input',
      doc: 'power of each shared input',
      scope: 'shared',
      fields: {
        exponent: { kind: 'number', doc: 'exponent of the input', above: 0, below: 1 },
        base: { kind: 'number', doc: 'what there is before any is bought', default: 0, min: 0 },
      },
    },
  },
  examples: [
    {
      parameters: {
        shares: { input: 0.6, output: 0.4 },
        substitution: -3,
        degree: 0.5,
        shared: { fineTuning: { exponent: 0.25, base: 1 } },
      },
      inputs: { task: ['input', 'output'], shared: ['fineTuning'] },
    },
    {
      parameters: {
        shares: { input: 1, output: 2, reasoning: 0.5 },
        substitution: -0.5,
        degree: 0.6,
        shared: { tuning: { exponent: 0.1, base: 0 }, storage: { exponent: 0.2, base: 0.5 } },
      },
      inputs: { task: ['input', 'output', 'reasoning'], shared: ['tuning', 'storage'] },
    },
    {
      parameters: {
        shares: { input: 0.5, output: 0.7 },
        substitution: 0.3,
        degree: 0.5,
        shared: { fineTuning: { exponent: 0.3, base: 2 } },
      },
      inputs: { task: ['input', 'output'], shared: ['fineTuning'] },
      without: ['essential-task-inputs'],
    },
    {
      parameters: { shares: { small: 0.3, large: 0.9 }, substitution: 0.9, degree: 0.4, shared: {} },
      inputs: { task: ['small', 'large'], shared: [] },
      without: ['essential-task-inputs', 'positive-cross-partials'],
    },
  ],
  create({ shares, substitution, degree, shared = {} }, names) {
    const weights = Float64Array.from(names.task, (name) => requireShare(name, shares[name]));
    requireSubstitution(substitution);
    const factors = names.shared.map((name) => requireFactor(name, shared[name]));
    const sum = factors.reduce((total, { exponent }) => total + exponent, degree);
    if (!(degree > 0 && sum < 1)) {
      const terms = names.shared.map((name) => ` + ${name} ${shared[name].exponent}`).join('');
      const message = `ces: expected a degree above 0 and with the exponents below 1, got degree ${degree}${terms} = ${Number(sum.toPrecision(12))}`;
      throw new InputError('exponent-sum', message, ['degree']);
    }
    if (weights.length === 0) {
      throw new InputError('no-task-inputs', 'ces: expected at least one task input, got none', ['shares']);
    }
    return homogeneousProduction('ces', names, cesAggregate(weights, substitution, degree), {
      exponents: Float64Array.from(factors, ({ exponent }) => exponent),
      bases: Float64Array.from(factors, ({ base = 0 }) => base),
    });
  },
};

const cesAggregate = (weights: Float64Array, r: number, degree: number): TaskAggregate => {
  const logs = new Float64Array(weights.length);
  const parts = new Float64Array(weights.length);
  return {
    degree,
    logValue(x, elasticities) {
      for (let j = 0; j < weights.length; j++) logs[j] = Math.log(x[j]!);
      const logarithm = logPowerSum(weights, logs, r, parts);
      if (elasticities) for (let j = 0; j < parts.length; j++) elasticities[j] = degree * parts[j]!;
      return (degree / r) * logarithm;
    },
    bundle(costs) {
      // At least cost, input j's share of cost is a_j (a_j/c_j)^{r/(1−r)} over its sum.
      const costShares = new Float64Array(weights.length);
      const logRatios = weights.map((weight, j) => Math.log(weight / costs[j]!));
      logPowerSum(weights, logRatios, r / (1 - r), costShares);
      return costShares.map((share, j) => (degree * share) / costs[j]!);
    },
  };
};

/** Below this all powers e^{r·l} are near 1, and the sum is taken of their distances from it, so that r → 0 loses nothing. */
const NEAR = 0.5;

/** log Σ a_j e^{r·l_j}, and each term's part of the sum. No l overflows it; −∞ stands for an amount of 0. */
const logPowerSum = (a: Float64Array, l: Float64Array, r: number, parts: Float64Array): number => {
  let furthest = 0;
  let largest = Number.NEGATIVE_INFINITY;
  for (let j = 0; j < a.length; j++) {
    furthest = Math.max(furthest, Math.abs(r * l[j]!));
    largest = Math.max(largest, r * l[j]!);
  }
  const reference = furthest < NEAR ? 0 : largest;
  let total = 0;
  let distance = 0;
  for (let j = 0; j < a.length; j++) {
    total += a[j]!;
    distance += a[j]! * Math.expm1(r * l[j]! - reference);
    parts[j] = a[j]! * Math.exp(r * l[j]! - reference);
  }
  const sum = parts.reduce((before, part) => before + part, 0);
  for (let j = 0; j < a.length; j++) parts[j]! /= sum;
  // An infinite term is the whole sum, and no sum is of nothing but zeros.
  if (Math.abs(largest) === Number.POSITIVE_INFINITY) return largest;
  return reference + (reference === 0 ? Math.log(total) + Math.log1p(distance / total) : Math.log(sum));
};

const requireShare = (name: string, share: number | undefined): number => {
  if (share! > 0) return share!;
  throw new InputError('share', `ces: expected a share above 0 for input "${name}", got ${share ?? 'none'}`, [
    'shares',
    name,
  ]);
};

const requireSubstitution = (r: number): void => {
  if (r < 1 && r !== 0 && r > Number.NEGATIVE_INFINITY) return;
  const message =
    r === 0
      ? 'ces: a substitution of 0 is Cobb–Douglas: use cobb-douglas with exponents degree·share'
      : `ces: expected a substitution below 1, got ${r}`;
  throw new InputError('substitution', message, ['substitution']);
};

const requireFactor = (
  name: string,
  factor: { readonly exponent: number; readonly base?: number } | undefined,
): { readonly exponent: number; readonly base?: number } => {
  if (factor && factor.exponent > 0) return factor;
  const came = factor === undefined ? 'none' : factor.exponent;
  const message = `ces: expected an exponent above 0 for shared input "${name}", got ${came}`;
  throw new InputError('exponent', message, ['shared', name]);
};
