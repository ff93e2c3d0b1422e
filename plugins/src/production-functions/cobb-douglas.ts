import { type Amounts, InputError, type ProductionFunctionEntry } from '@menusmith/core';
import { cobbDouglasSupply } from './cobb-douglas-supply.ts';

/**
 * Cobb–Douglas production function v(x, z) = Π x_j^{e_j} · Π (b_k + z_k)^{e_k} (paper, Section 4.3 and Lemma 4).
 *
 * The exponents sum to less than 1, so that cost is strictly convex: at 1 it is linear once shared inputs are
 * used (errata, F16).
 */
export const cobbDouglas: ProductionFunctionEntry = {
  name: 'cobb-douglas',
  doc: 'A product of powers of the inputs, Π x^e · Π (base + z)^e, with exponents that sum to less than 1.',
  parameters: {
    exponents: { kind: 'by-input', doc: 'exponent of each input', scope: 'any', above: 0 },
    base: {
      kind: 'by-input',
      doc: 'what there is of a shared input before any is bought',
      scope: 'shared',
      default: 0,
      min: 0,
    },
  },
  examples: [
    { exponents: { input: 0.25, output: 0.25, fineTuning: 0.25 }, base: { fineTuning: 1 } },
    { exponents: { input: 0.35, output: 0.2, fineTuning: 0.15 }, base: { fineTuning: 0.8 } },
    { exponents: { tokens: 0.5 }, base: {} },
    { exponents: { tokens: 0.3, prompts: 0.1, tuning: 0.2 }, base: { tuning: 0 } },
    {
      exponents: { tokens: 0.3, tuning: 0.1, storage: 0.25, review: 0.05 },
      base: { tuning: 1, storage: 0.2, review: 0 },
    },
  ],
  create({ exponents, base }, names) {
    const listed = [...names.task, ...names.shared];
    requireExponents(listed, exponents);
    const task = Float64Array.from(names.task, (name) => exponents[name]);
    const shared = Float64Array.from(names.shared, (name) => exponents[name]);
    const bases = Float64Array.from(names.shared, (name) => base?.[name] ?? 0);
    const degree = task.reduce((sum, exponent) => sum + exponent, 0);

    const value = (x: Amounts, z: Amounts): number => {
      let logarithm = 0;
      for (let j = 0; j < task.length; j++) logarithm += task[j]! * Math.log(x[j]!);
      for (let k = 0; k < shared.length; k++) logarithm += shared[k]! * Math.log(bases[k]! + z[k]!);
      return Math.exp(logarithm);
    };

    const valueWithGradient = (x: Amounts, z: Amounts, out: Float64Array): number => {
      const v = value(x, z);
      for (let j = 0; j < task.length; j++) out[j] = slope(v, task[j]!, x[j]!);
      for (let k = 0; k < shared.length; k++) {
        out[task.length + k] = slope(v, shared[k]!, bases[k]! + z[k]!);
      }
      if (!(v > 0)) markFirstUnits(out, task, x, shared, bases, z);
      return v;
    };

    return {
      value,
      gradient: valueWithGradient,
      valueWithGradient,
      ...(task.length > 0 && { degree }),
      closedForm: (inputs) => cobbDouglasSupply(inputs, names, task, shared, bases),
    };
  },
};

/** ∂v/∂t = e·v/t; 0 where t = 0 or v = 0, to be corrected by `markFirstUnits`. */
const slope = (v: number, exponent: number, amount: number): number =>
  v > 0 ? (exponent * v) / amount : v === 0 ? 0 : Number.NaN;

/** Where a single factor is 0, the derivative in its direction is infinite; where several are, it is 0. */
const markFirstUnits = (
  out: Float64Array,
  task: Float64Array,
  x: Amounts,
  shared: Float64Array,
  bases: Float64Array,
  z: Amounts,
): void => {
  let zeros = 0;
  let last = -1;
  for (let j = 0; j < task.length; j++) if (x[j] === 0) [zeros, last] = [zeros + 1, j];
  for (let k = 0; k < shared.length; k++) {
    if (bases[k]! + z[k]! === 0) [zeros, last] = [zeros + 1, task.length + k];
  }
  if (zeros === 1) out[last] = Number.POSITIVE_INFINITY;
};

const requireExponents = (names: readonly string[], exponents: Readonly<Record<string, number>>): void => {
  for (const name of names) {
    if (exponents[name]! > 0) continue;
    const message = `cobb-douglas: expected an exponent above 0 for input "${name}", got ${exponents[name] ?? 'none'}`;
    throw new InputError('exponent', message, ['exponents', name]);
  }
  const sum = names.reduce((total, name) => total + exponents[name]!, 0);
  if (sum < 1) return;
  const terms = names.map((name) => `${name} ${exponents[name]}`).join(' + ');
  throw new InputError(
    'exponent-sum',
    `cobb-douglas: expected exponents that sum to less than 1, got ${terms} = ${Number(sum.toPrecision(12))}`,
    ['exponents'],
  );
};
