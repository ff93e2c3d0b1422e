import {
  compileFormula,
  InputError,
  type InputNames,
  namesIn,
  type ProductionFunction,
  type ProductionFunctionEntry,
  parseFormula,
} from '@menusmith/core';
import type { TaskAggregate } from './homogeneous-factors.ts';
import { homogeneousProduction } from './homogeneous-production.ts';

type Exponents = Readonly<Record<string, number>>;

/**
 * Cobb–Douglas production function v(x, z) = Π x_j^{e_j} · Π (b_k + z_k)^{e_k} (paper, Section 4.3 and Lemma 4).
 *
 * The exponents sum to less than 1, so that cost is strictly convex: at 1 it is linear once shared inputs are
 * used (errata, F16). Exponents that are formulas in i make the tasks differ (Section 8); there is then neither a
 * degree nor a closed form.
 */
export const cobbDouglas: ProductionFunctionEntry = {
  name: 'cobb-douglas',
  doc: 'A product of powers of the inputs, Π x^e · Π (base + z)^e, with exponents that sum to less than 1.',
  parameters: {
    exponents: {
      kind: 'by-input',
      doc: 'exponent of each input',
      scope: 'any',
      above: 0,
      formulaNames: ['i'],
    },
    base: {
      kind: 'by-input',
      doc: 'what there is of a shared input before any is bought',
      scope: 'shared',
      default: 0,
      min: 0,
    },
  },
  examples: [
    {
      parameters: { exponents: { input: 0.25, output: 0.25, fineTuning: 0.25 }, base: { fineTuning: 1 } },
      inputs: { task: ['input', 'output'], shared: ['fineTuning'] },
    },
    {
      parameters: { exponents: { input: 0.35, output: 0.2, fineTuning: 0.15 }, base: { fineTuning: 0.8 } },
      inputs: { task: ['input', 'output'], shared: ['fineTuning'] },
    },
    {
      parameters: { exponents: { tokens: 0.5 }, base: {} },
      inputs: { task: ['tokens'], shared: [] },
    },
    {
      parameters: { exponents: { tokens: 0.3, prompts: 0.1, tuning: 0.2 }, base: { tuning: 0 } },
      inputs: { task: ['tokens', 'prompts'], shared: ['tuning'] },
    },
    {
      parameters: {
        exponents: { tokens: 0.3, tuning: 0.1, storage: 0.25, review: 0.05 },
        base: { tuning: 1, storage: 0.2, review: 0 },
      },
      inputs: { task: ['tokens'], shared: ['tuning', 'storage', 'review'] },
    },
    {
      parameters: {
        exponents: { input: '0.2 + 0.1*i', output: '0.3 - 0.1*i', tuning: 0.2 },
        base: { tuning: 1 },
      },
      inputs: { task: ['input', 'output'], shared: ['tuning'] },
    },
  ],
  create({ exponents, base }, names) {
    const exponentsAt = exponentsByTask(exponents, [...names.task, ...names.shared]);
    const bases = Float64Array.from(names.shared, (name) => base?.[name] ?? 0);
    const ofTask = (i: number): ProductionFunction => productOfPowers(exponentsAt(i), bases, names);
    if (!exponentsAt.dependsOnTask) return ofTask(0);
    const { value, gradient, valueWithGradient } = ofTask(0.5);
    return { value, gradient: gradient!, valueWithGradient: valueWithGradient!, atTask: ofTask };
  },
};

const productOfPowers = (
  exponents: Exponents,
  bases: Float64Array,
  names: InputNames,
): ProductionFunction => {
  const task = Float64Array.from(names.task, (name) => exponents[name]!);
  const aggregate: TaskAggregate = {
    degree: task.reduce((sum, exponent) => sum + exponent, 0),
    logValue(x, elasticities) {
      elasticities?.set(task);
      let logarithm = 0;
      for (let j = 0; j < task.length; j++) logarithm += task[j]! * Math.log(x[j]!);
      return logarithm;
    },
    bundle: (costs) => costs.map((cost, j) => task[j]! / cost),
  };
  const shared = Float64Array.from(names.shared, (name) => exponents[name]!);
  return homogeneousProduction('cobb-douglas', names, aggregate, { exponents: shared, bases });
};

interface ExponentsByTask {
  (i: number): Exponents;
  readonly dependsOnTask: boolean;
}

/** Where exponents depend on i, they are checked at these many tasks, first and last among them. */
const CHECKED_TASKS = 65;

const exponentsByTask = (
  exponents: Readonly<Record<string, number | string | undefined>>,
  listed: readonly string[],
): ExponentsByTask => {
  let dependsOnTask = false;
  const functions = listed.map((name) => {
    const exponent = exponents[name];
    if (typeof exponent !== 'string') return [name, (): number => exponent ?? Number.NaN] as const;
    const formula = exponentFormula(exponent, name);
    dependsOnTask ||= namesIn(formula).size > 0;
    const evaluate = compileFormula(formula, ['i']);
    return [name, (i: number): number => evaluate([i])] as const;
  });
  const at = (i: number): Exponents => Object.fromEntries(functions.map(([name, of]) => [name, of(i)]));
  if (!dependsOnTask) requireExponents(listed, at(0), '');
  for (let m = 0; dependsOnTask && m < CHECKED_TASKS; m++) {
    const i = m / (CHECKED_TASKS - 1);
    requireExponents(listed, at(i), ` at i = ${i}`);
  }
  return Object.assign(at, { dependsOnTask });
};

const exponentFormula = (text: string, name: string): ReturnType<typeof parseFormula> => {
  try {
    return parseFormula(text, ['i']);
  } catch (error) {
    throw error instanceof InputError ? error.within('exponents', name) : error;
  }
};

const requireExponents = (names: readonly string[], exponents: Exponents, where: string): void => {
  for (const name of names) {
    if (exponents[name]! > 0) continue;
    const came = Number.isNaN(exponents[name]) ? 'none' : exponents[name];
    const message = `cobb-douglas: expected an exponent above 0 for input "${name}", got ${came}${where}`;
    throw new InputError('exponent', message, ['exponents', name]);
  }
  const sum = names.reduce((total, name) => total + exponents[name]!, 0);
  if (sum < 1) return;
  const terms = names.map((name) => `${name} ${Number(exponents[name]!.toPrecision(12))}`).join(' + ');
  throw new InputError(
    'exponent-sum',
    `cobb-douglas: expected exponents that sum to less than 1, got ${terms} = ${Number(sum.toPrecision(12))}${where}`,
    ['exponents'],
  );
};
