import {
  type EfficientSupply,
  type Input,
  numericProfileSupply,
  numericSupply,
  type PointWithInputs,
  type ProductionFunction,
  type ProfileSupply,
  pointWithInputs,
  root,
  type SupplyPoint,
  supplyPoint,
  type Technology,
  technology,
} from '@menusmith/core';
import { cobbDouglas } from '@menusmith/plugins';

/** v = x^α y^β (b + z)^γ and the costs of its tokens (eq. (1)). */
export interface CobbDouglas {
  readonly name: string;
  readonly α: number;
  readonly β: number;
  readonly γ: number;
  readonly cx: number;
  readonly cy: number;
  readonly cz: number;
  readonly b: number;
}

/** Example 1's: fine-tuning starts at θ̂ = 1/2. */
export const exampleTechnology: CobbDouglas = {
  name: 'technology of Example 1',
  α: 1 / 4,
  β: 1 / 4,
  γ: 1 / 4,
  cx: 1 / 8,
  cy: 1 / 8,
  cz: 1 / 8,
  b: 1,
};

/** One in which no two tokens are alike, so that a wrong exponent shows: θ̂ = .836. */
export const asymmetric: CobbDouglas = {
  name: 'asymmetric technology',
  α: 0.35,
  β: 0.2,
  γ: 0.15,
  cx: 0.07,
  cy: 0.21,
  cz: 0.4,
  b: 0.8,
};

const tokens = (names: readonly [number, number, number?]): Input[] =>
  names.map((cost, k) => ({
    name: ['input', 'output', 'fineTuning'][k]!,
    scope: k < 2 ? 'task' : 'shared',
    cost: cost!,
    max: Number.POSITIVE_INFINITY,
  }));

export const productionOf = ({ α, β, γ, b }: CobbDouglas): ProductionFunction =>
  cobbDouglas.create(
    { exponents: { input: α, output: β, fineTuning: γ }, base: { fineTuning: b } },
    { task: ['input', 'output'], shared: ['fineTuning'] },
  );

/** v(x, y, z). */
export const produced = (of: CobbDouglas, x: number, y: number, z: number): number =>
  productionOf(of).value(Float64Array.of(x, y), Float64Array.of(z));

/** The technology, with no closed form within reach. Costs may be scaled: m·c are the prices of a two-part tariff. */
export const technologyOf = (of: CobbDouglas, scaled = 1): Technology =>
  technology(productionOf(of), tokens([scaled * of.cx, scaled * of.cy, scaled * of.cz]));

/** Technology of any v(x, y, z). */
export const anyTechnology = (
  v: (x: number, y: number, z: number) => number,
  costs: readonly [number, number, number],
): Technology => technology({ value: (x, z) => v(x[0]!, x[1]!, z[0]!) }, tokens(costs));

/** Technology of ERRATA S6: all assumptions of Section 2, yet v ≤ √(xy). */
const s6Costs = [0.1, 0.15, 0.1] as const;
export const s6Technology = (): Technology =>
  anyTechnology((x, y, z) => {
    const r = Math.sqrt(1 + z);
    return r * Math.log1p(Math.sqrt(x * y) / r);
  }, s6Costs);
export const s6Threshold = 2 * Math.sqrt(s6Costs[0] * s6Costs[1]);

/** x^α y^β alone, fine-tuning being held where it is. */
export const taskTechnology = ({ α, β, cx, cy }: CobbDouglas): Technology =>
  technology(
    cobbDouglas.create(
      { exponents: { input: α, output: β }, base: {} },
      { task: ['input', 'output'], shared: [] },
    ),
    tokens([cx, cy]),
  );

export const numericOf = (of: CobbDouglas): EfficientSupply => numericSupply(technologyOf(of));

/** What is supplied at (φ, s), in a point of its own. */
export const supplied = (supply: EfficientSupply, value: number, scale = 1): SupplyPoint => {
  const point = supplyPoint(supply.inputs.length);
  supply.supply(value, scale, point);
  return point;
};

/** A step profile w(·): values on tasks of given measures. */
export interface Profile {
  readonly values: readonly number[];
  readonly weights: readonly number[];
}

/** Supply to profiles on tasks of these measures. */
export interface SupplyOnTasks {
  readonly supply: ProfileSupply;
  readonly weights: Float64Array;
}

/** The same from v and its gradient alone. */
export const supplyOnTasks = (made: Technology, weights: readonly number[]): SupplyOnTasks => ({
  supply: numericProfileSupply(made, weights.length),
  weights: Float64Array.from(weights),
});

export const suppliedTo = (
  { supply, weights }: SupplyOnTasks,
  values: readonly number[],
): PointWithInputs => {
  const point = pointWithInputs(supply);
  supply.supply(Float64Array.from(values), weights, weights.length, point);
  return point;
};

/** x, y and z at task m. */
export const tokensAt = (
  { inputs: { task, shared } }: PointWithInputs,
  m: number,
): readonly [number, number, number] => [task[2 * m]!, task[2 * m + 1]!, shared[0]!];

/** Totals X = ∫x, Y = ∫y of a profile's tokens. */
export const totalTokens = (
  { weights }: SupplyOnTasks,
  { inputs: { task } }: PointWithInputs,
): [number, number] => {
  let [x, y] = [0, 0];
  weights.forEach((weight, m) => {
    x += weight * task[2 * m]!;
    y += weight * task[2 * m + 1]!;
  });
  return [x, y];
};

/** ∫ a b di. */
export const inner = (weights: ArrayLike<number>, a: ArrayLike<number>, b: ArrayLike<number>): number =>
  Array.from(weights).reduce((sum, weight, m) => sum + weight * a[m]! * b[m]!, 0);

/** Cost of quality q on s tasks, from supply: the φ at which q is supplied is C_q(q, s). */
export interface NumericCost {
  readonly cost: number;
  readonly marginalCost: number;
  readonly point: SupplyPoint;
}

export const costOf = (supply: EfficientSupply, quality: number, scale = 1): NumericCost => {
  const point = supplyPoint(supply.inputs.length);
  const excess = (logValue: number): number => {
    supply.supply(Math.exp(logValue), scale, point);
    return point.quality > 0 ? Math.log(point.quality / quality) : -1e3;
  };
  let [low, high] = [-1, 1];
  while (excess(low) > 0) low *= 2;
  while (excess(high) < 0) high *= 2;
  const marginalCost = Math.exp(root(excess, low, high));
  supply.supply(marginalCost, scale, point);
  // The last bits of q are carried to C along its slope.
  const cost = point.cost + marginalCost * (quality - point.quality);
  return { cost, marginalCost, point };
};

/** Computes once, when it is first asked for. */
export const once = <T>(make: () => T): (() => T) => {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
};

/** f′ by central differences of order 2, where only its sign matters. */
export const secant = (f: (x: number) => number, x: number, step = 1e-3 * Math.abs(x)): number =>
  (f(x + step) - f(x - step)) / (2 * step);

/** f′ by central differences of order 6. */
export const derivative = (f: (x: number) => number, x: number, step = 1e-2 * Math.abs(x)): number => {
  const difference = (k: number): number => f(x + k * step) - f(x - k * step);
  return (45 * difference(1) - 9 * difference(2) + difference(3)) / (60 * step);
};

/** f″ by central differences of order 4. */
export const curvature = (f: (x: number) => number, x: number, step = 1e-2 * Math.abs(x)): number => {
  const sum = (k: number): number => f(x + k * step) + f(x - k * step);
  return (16 * sum(1) - sum(2) - 30 * f(x)) / (12 * step * step);
};
