import {
  type Amounts,
  compileFormulas,
  derivative,
  InputError,
  type InputNames,
  isFormulaName,
  namesIn,
  numberWords,
  type ProductionFunctionEntry,
  parseFormula,
  separableProduction,
  substitute,
} from '@menusmith/core';

/**
 * Production function v(x, z) given by a formula in the inputs' names and parameters, differentiated symbolically.
 *
 * A concave v that is a sum of functions of one input each, as any of a single input is, has its supply by formula (`separableProduction`), with
 * kinks, straight pieces and a peak. Whether v is homogeneous in the task inputs, and of which degree, is found by trial: Euler's equation Σ x_j ∂v/∂x_j = σ·v at sampled
 * amounts, to 1e-9.
 */
export const expression: ProductionFunctionEntry = {
  name: 'expression',
  doc: 'A formula in the inputs and parameters: + - * / ^, exp, log, sqrt, min, max and abs.',
  parameters: {
    formula: { kind: 'text', doc: 'quality of a task, as in input^a * (1 + log(1 + fineTuning))^0.1' },
    parameters: { kind: 'by-name', doc: 'numbers that the formula calls by name', default: {} },
  },
  examples: [
    {
      parameters: {
        formula: 'input^a * output^b * (1 + log(1 + fineTuning))^0.1',
        parameters: { a: 0.3, b: 0.25 },
      },
      inputs: { task: ['input', 'output'], shared: ['fineTuning'] },
    },
    {
      parameters: {
        formula: '(1 - exp(-x))^0.4 * (1 - exp(-y))^0.3 * (b + z)^0.2',
        parameters: { b: 1 },
      },
      inputs: { task: ['x', 'y'], shared: ['z'] },
    },
    {
      // Every assumption of Section 2 holds, and yet C_q(0, s) > 0 (errata, S6).
      parameters: {
        formula: 'sqrt(b + z) * log(1 + sqrt(x * y) / sqrt(b + z))',
        parameters: { b: 1 },
      },
      inputs: { task: ['x', 'y'], shared: ['z'] },
    },
    {
      parameters: { formula: '(0.5 * x^-1 + 0.5 * y^-1)^-0.6', parameters: {} },
      inputs: { task: ['x', 'y'], shared: [] },
    },
    {
      // Saturates at 4.
      parameters: { formula: '4*x/(1 + x)', parameters: {} },
      inputs: { task: ['x'], shared: [] },
      without: ['infinite-marginal-product-at-zero'],
    },
    {
      // Peaks at x = 6, beyond which nobody goes.
      parameters: { formula: '6*x - x^2/2', parameters: {} },
      inputs: { task: ['x'], shared: [] },
      without: ['increasing', 'infinite-marginal-product-at-zero'],
    },
    {
      parameters: { formula: 'log(1 + x) + 0.5*(1 - exp(-z))', parameters: {} },
      inputs: { task: ['x'], shared: ['z'] },
      without: ['essential-task-inputs', 'infinite-marginal-product-at-zero'],
    },
  ],
  create({ formula: text, parameters = {} }, names) {
    const inputs = [...names.task, ...names.shared];
    requireNames(inputs, Object.keys(parameters));
    const formula = attempt(() => parseFormula(text, [...inputs, ...Object.keys(parameters)]));
    const v = substitute(formula, parameters);
    requireInputs(inputs, namesIn(v));
    const evaluate = compileFormulas([v, ...inputs.map((name) => derivative(v, name))], inputs);
    const evaluateValue = compileFormulas([v], inputs);

    const amounts = new Float64Array(inputs.length);
    const results = new Float64Array(inputs.length + 1);
    const taskCount = names.task.length;
    const value = (x: Amounts, z: Amounts): number => {
      amounts.set(x);
      amounts.set(z, taskCount);
      return evaluateValue(amounts, results);
    };
    const valueWithGradient = (x: Amounts, z: Amounts, out: Float64Array): number => {
      amounts.set(x);
      amounts.set(z, taskCount);
      evaluate(amounts, results);
      for (let k = 0; k < inputs.length; k++) out[k] = results[k + 1]!;
      return results[0]!;
    };
    requireQuality(value, names);
    const degree = degreeFound(valueWithGradient, names);
    const closedForm = separableProduction(v, inputs);
    return {
      value,
      gradient: valueWithGradient,
      valueWithGradient,
      ...(degree !== undefined && { degree }),
      ...(closedForm && { closedForm }),
    };
  },
};

const attempt = <T>(parse: () => T): T => {
  try {
    return parse();
  } catch (error) {
    throw error instanceof InputError ? error.within('formula') : error;
  }
};

const requireNames = (inputs: readonly string[], parameters: readonly string[]): void => {
  const odd = inputs.find((name) => !isFormulaName(name));
  if (odd !== undefined) {
    const better = odd.replace(/[^\p{L}\p{N}_]+(.?)/gu, (_, next: string) => next.toUpperCase());
    const message = `expression: a formula cannot name the input "${odd}"; a name of letters, digits and _ can stand there, as ${better}`;
    throw new InputError('input-name', message, ['formula']);
  }
  const twice = parameters.find((name) => inputs.includes(name));
  if (twice !== undefined) {
    const message = `expression: expected a name that no input has, got "${twice}"`;
    throw new InputError('parameter-name', message, ['parameters', twice]);
  }
};

const requireInputs = (inputs: readonly string[], appear: ReadonlySet<string>): void => {
  const unused = inputs.filter((name) => !appear.has(name));
  if (unused.length === 0) return;
  const message = `expression: expected a formula that depends on every input, got one without ${unused.join(', ')}`;
  throw new InputError('unused-input', message, ['formula']);
};

const POINTS = 24;

/** Ordinary amounts: one of everything first, then between a tenth and ten of each. */
const ordinaryAmounts = ({ task, shared }: InputNames): readonly (readonly [Float64Array, Float64Array])[] =>
  Array.from({ length: POINTS }, (_, index) => {
    // √2, √6, √10, … are irrational, so that their multiples fill [0, 1) evenly.
    const amount = (k: number): number => 10 ** (2 * ((index * Math.sqrt(4 * k + 2) + 0.5) % 1) - 1);
    const x = Float64Array.from(task, (_, j) => amount(j));
    const z = Float64Array.from(shared, (_, k) => amount(task.length + k));
    return [x, z] as const;
  });

/** Halvings of amounts over which a quality that has fallen below zero beyond a peak must be above it. */
const HALVINGS = 10;

/** Beyond a peak quality may fall as far as it likes, as nobody goes there. */
const isBeyondPeak = (value: (x: Amounts, z: Amounts) => number, x: Amounts, z: Amounts): boolean =>
  Array.from({ length: HALVINGS }, (_, k) => 0.5 ** (k + 1)).some((share) => {
    const [task, shared] = [x, z].map((amounts) => amounts.map((amount) => share * amount));
    return value(task!, shared!) > 0;
  });

const requireQuality = (value: (x: Amounts, z: Amounts) => number, names: InputNames): void => {
  for (const [x, z] of ordinaryAmounts(names)) {
    const quality = value(x, z);
    if (quality > 0 && quality < Number.POSITIVE_INFINITY) continue;
    if (Number.isFinite(quality) && isBeyondPeak(value, x, z)) continue;
    const at = [...names.task, ...names.shared].map(
      (name, k) => `${name} = ${Number((k < x.length ? x[k]! : z[k - x.length]!).toPrecision(4))}`,
    );
    const message = `expression: expected a positive finite quality, got ${numberWords(quality, 6)} at ${at.join(', ')}`;
    throw new InputError('quality', message, ['formula']);
  }
};

/** The σ in (0, 1) with Σ x_j ∂v/∂x_j = σ·v at all ordinary amounts, and at thousandfold and thousandth ones; undefined where none is. */
const degreeFound = (
  valueWithGradient: (x: Amounts, z: Amounts, out: Float64Array) => number,
  names: InputNames,
): number | undefined => {
  if (names.task.length === 0) return undefined;
  const out = new Float64Array(names.task.length + names.shared.length);
  let least = Number.POSITIVE_INFINITY;
  let most = Number.NEGATIVE_INFINITY;
  for (const [x, z] of ordinaryAmounts(names)) {
    for (const factor of [1, 1e-3, 1e3]) {
      const scaled = x.map((amount) => factor * amount);
      const v = valueWithGradient(scaled, z, out);
      const sigma = scaled.reduce((sum, amount, j) => sum + (amount * out[j]!) / v, 0);
      if (!(sigma > 0 && sigma < 1)) return undefined;
      least = Math.min(least, sigma);
      most = Math.max(most, sigma);
    }
  }
  if (!(most - least <= 1e-9)) return undefined;
  // Rounding is not part of the degree: 0.3 + 0.25 is meant as 0.55.
  return Number(((least + most) / 2).toPrecision(12));
};
