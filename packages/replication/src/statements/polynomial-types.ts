import {
  boundedRents,
  type Distribution,
  integrate,
  iron,
  root,
  type ServedValue,
  scaleMenu,
} from '@menusmith/core';
import { beta, mixture, uniform } from '@menusmith/plugins';
import { supplyByShares } from './expenditure-shares.ts';
import { type CobbDouglas, numericOf } from './technology.ts';

/** Beta(a, b) with weight; a and b whole numbers, so that F is a polynomial. Beta(1, 1) is U[0, 1]. */
export type Part = readonly [weight: number, a: number, b: number];

/** A mixture of Betas on [0, 1]: as the plugins make it, and as exact polynomials. */
export interface PolynomialTypes {
  readonly name: string;
  readonly numeric: Distribution;
  readonly density: (x: number) => number;
  readonly survival: (x: number) => number;
  readonly virtualValue: (x: number) => number;
}

const binomial = (n: number, k: number): number => {
  let value = 1;
  for (let i = 1; i <= k; i++) value = (value * (n - k + i)) / i;
  return value;
};

/** f = a·C(a+b−1, a)·x^{a−1}(1−x)^{b−1} and 1 − F = Σ_{j<a} C(a+b−1, j) x^j (1−x)^{a+b−1−j}: only positive terms. */
const betaDensity = (x: number, a: number, b: number): number =>
  a * binomial(a + b - 1, a) * x ** (a - 1) * (1 - x) ** (b - 1);
const betaSurvival = (x: number, a: number, b: number): number => {
  const n = a + b - 1;
  let sum = 0;
  for (let j = 0; j < a; j++) sum += binomial(n, j) * x ** j * (1 - x) ** (n - j);
  return sum;
};

export const polynomialTypes = (name: string, parts: readonly Part[]): PolynomialTypes => {
  const density = (x: number): number =>
    parts.reduce((sum, [weight, a, b]) => sum + weight * betaDensity(x, a, b), 0);
  const survival = (x: number): number =>
    parts.reduce((sum, [weight, a, b]) => sum + weight * betaSurvival(x, a, b), 0);
  const unit = { min: 0, max: 1 };
  const of = ([, a, b]: Part): Distribution =>
    a === 1 && b === 1 ? uniform.create(unit) : beta.create({ a, b, ...unit });
  const numeric =
    parts.length === 1
      ? of(parts[0]!)
      : mixture.create({ parts: parts.map((part) => ({ weight: part[0], of: of(part) })) });
  const virtualValue = (x: number): number => (x < 1 ? x - survival(x) / density(x) : 1);
  return { name, numeric, density, survival, virtualValue };
};

/** Buyers of the statements on value and scale: F = Beta(2, 3), regular and IGFR. */
export const betaValues = polynomialTypes('w ~ Beta(2, 3)', [[1, 2, 3]]);
export const uniformValues = polynomialTypes('w ~ U[0, 1]', [[1, 1, 1]]);

/** The distributions of ERRATA F and G. */
export const g1 = polynomialTypes('.05 U + .95 Beta(6, 9)', [
  [0.05, 1, 1],
  [0.95, 6, 9],
]);
export const g2 = polynomialTypes('.02 U + .98 Beta(2, 7)', [
  [0.02, 1, 1],
  [0.98, 2, 7],
]);
export const g3 = polynomialTypes('.05 U + .95 Beta(7, 10)', [
  [0.05, 1, 1],
  [0.95, 7, 10],
]);
export const g4 = polynomialTypes('.02 U + .98 Beta(4, 9)', [
  [0.02, 1, 1],
  [0.98, 4, 9],
]);
export const g5 = polynomialTypes('.85 Beta(4, 10) + .15 Beta(8, 2)', [
  [0.85, 4, 10],
  [0.15, 8, 2],
]);
export const bimodal = polynomialTypes('.5 Beta(2, 8) + .5 Beta(8, 2)', [
  [0.5, 2, 8],
  [0.5, 8, 2],
]);

/** The menu at one scale on the numeric path. */
export const numericMenu = (types: PolynomialTypes, of: CobbDouglas, scale = 1) =>
  scaleMenu({ types: types.numeric, served: iron(types.numeric), supply: numericOf(of), scale });

/** An item from exact polynomials and expenditure shares. */
export interface ExactItem {
  readonly quality: number;
  readonly cost: number;
  readonly rent: number;
  readonly transfer: number;
  readonly markup: number;
  /** p_0 = T − mC. */
  readonly fee: number;
}

/** The value at which φ reaches a level, φ increasing there. */
export const exactCutoff = ({ virtualValue }: PolynomialTypes, level: number): number =>
  level >= 1 ? 1 : root((x) => virtualValue(x) - level, 0.02, 1);

/** The item of value w at scale s, rents by quadrature of q(φ(k), s) from the first value served. */
export const exactItem = (types: PolynomialTypes, of: CobbDouglas, w: number, s = 1): ExactItem => {
  const quality = (k: number): number => supplyByShares(types.virtualValue(k), s, of).quality;
  const start = exactCutoff(types, 0);
  const threshold = root((φ) => (supplyByShares(Math.exp(φ), s, of).fineTunes ? 1 : -1), -20, 20);
  const kink = exactCutoff(types, Math.exp(threshold));
  const ends = [start, ...(kink > start && kink < w ? [kink] : []), w];
  const pieces = ends.slice(1).map((to, i) => ({
    from: ends[i]!,
    to,
    singular: i === 0 ? ('from' as const) : ('none' as const),
  }));
  const write = (k: number, out: Float64Array): void => {
    out[0] = quality(k);
  };
  const rent = w > start ? integrate(write, 1, pieces).values[0]! : 0;
  const φ = types.virtualValue(w);
  const served = supplyByShares(φ, s, of);
  const transfer = w * served.quality - rent;
  const markup = w / φ;
  return {
    quality: served.quality,
    cost: served.cost,
    rent,
    transfer,
    markup,
    fee: transfer - markup * served.cost,
  };
};

/** Utility of value w under a tariff: max over q of wq − mC(q, s) − p_0 = m·S(w/m, s) − p_0. */
export const tariffUtilityByShares = (
  w: number,
  { markup, fee }: Pick<ExactItem, 'markup' | 'fee'>,
  of: CobbDouglas,
  s = 1,
): number => markup * supplyByShares(w / markup, s, of).surplus - fee;

/** Everything that a value-scale problem needs of the values, ironed. */
export const servedBy = (types: PolynomialTypes): ServedValue => iron(types.numeric);

/** Ratio of the two sides of Assumption 1 or 2 (at most 1 where it holds). */
export const largestRatio = (
  which: 'bounded-rent' | 'bounded-rent-tariff',
  problem: Parameters<typeof boundedRents>[0],
  gridSize?: number,
): number => 1 - (boundedRents(problem, gridSize).find(({ name }) => name === which)?.margin ?? Number.NaN);
