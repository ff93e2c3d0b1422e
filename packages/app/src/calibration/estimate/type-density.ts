import erfc from '@stdlib/math-base-special-erfc';
import type { Component } from './normal-mixture.ts';

/**
 * A density of log θ: a mixture of normal distributions, up to a point beyond which it falls as e^{−shape·x} if there is a tail. θ is then lognormal in
 * parts, with a Pareto tail.
 *
 * Body and tail meet without a jump, which is what fixes the tail's share (Scollnik 2007): 1 − F over θf has none either, and virtual values only a kink.
 */
export interface TypeDensity {
  /** Weights sum to 1; with a tail they are those before the body is cut off. */
  readonly components: readonly Component[];
  readonly tail?: Tail;
}

interface Tail {
  /** log θ where it begins. */
  readonly from: number;
  readonly shape: number;
}

/** A density with what does not depend on the point worked out. */
export interface PreparedDensity extends TypeDensity {
  /** What the body is multiplied by. */
  readonly body: number;
  /** Mass of the tail; 0 without one. */
  readonly share: number;
}

export const prepared = (density: TypeDensity): PreparedDensity => {
  const { components, tail } = density;
  if (tail === undefined) return { ...density, body: 1, share: 0 };
  const below = mixtureBelow(components, tail.from);
  const at = mixtureAt(components, tail.from);
  const body = 1 / (below + at / tail.shape);
  return { ...density, body, share: (body * at) / tail.shape };
};

const densityAt = ({ components, tail, body, share }: PreparedDensity, x: number): number =>
  tail !== undefined && x >= tail.from
    ? share * tail.shape * Math.exp(-tail.shape * (x - tail.from))
    : body * mixtureAt(components, x);

/** Mass above x. */
export const massAbove = ({ components, tail, body, share }: PreparedDensity, x: number): number => {
  if (tail === undefined) return mixtureAbove(components, x);
  if (x >= tail.from) return share * Math.exp(-tail.shape * (x - tail.from));
  return share + body * (mixtureBelow(components, tail.from) - mixtureBelow(components, x));
};

const mixtureAt = (components: readonly Component[], x: number): number => {
  let sum = 0;
  for (const { weight, mean, deviation } of components) {
    const z = (x - mean) / deviation;
    sum += (weight / deviation) * Math.exp(-0.5 * z * z);
  }
  return sum * PEAK;
};
const PEAK = 1 / Math.sqrt(2 * Math.PI);

const mixtureBelow = (components: readonly Component[], x: number): number =>
  components.reduce((sum, one) => sum + one.weight * normalBelow((x - one.mean) / one.deviation), 0);

const mixtureAbove = (components: readonly Component[], x: number): number =>
  components.reduce((sum, one) => sum + one.weight * normalBelow((one.mean - x) / one.deviation), 0);

export const normalBelow = (z: number): number => erfc(-z / Math.SQRT2) / 2;

/** The point above which this mass is, by bisection to rounding. */
export const pointBelowMass = (density: PreparedDensity, mass: number): number => {
  const { components, tail } = density;
  let low = Math.min(...components.map(({ mean, deviation }) => mean - 40 * deviation));
  let high = Math.max(...components.map(({ mean, deviation }) => mean + 40 * deviation), tail?.from ?? low);
  while (massAbove(density, high) > mass) high += high - low;
  for (let k = 0; k < 200 && low < high; k++) {
    const middle = (low + high) / 2;
    if (middle === low || middle === high) break;
    if (massAbove(density, middle) > mass) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
};

/** Gauss–Hermite nodes and weights for E h(z), z standard normal, exact to degree 9 (Abramowitz and Stegun 25.4.46, table 25.10). */
const nodes = [-2.8569700138728056, -1.3556261799742659, 0, 1.3556261799742659, 2.8569700138728056];
const weights = [
  0.011257411327720689, 0.22207592200561266, 0.53333333333333333, 0.22207592200561266, 0.011257411327720689,
];

/** Density of log θ plus normal noise of variance v at x: exact without a tail, by five nodes with one. */
export const noisyDensityAt = (density: PreparedDensity, x: number, v: number): number => {
  if (!(v > 0)) return densityAt(density, x);
  if (density.tail === undefined) {
    let sum = 0;
    for (const { weight, mean, deviation } of density.components) {
      const variance = deviation * deviation + v;
      sum += (weight / Math.sqrt(variance)) * Math.exp((-0.5 * (x - mean) ** 2) / variance);
    }
    return sum * PEAK;
  }
  const noise = Math.sqrt(v);
  let sum = 0;
  for (let q = 0; q < nodes.length; q++) sum += weights[q]! * densityAt(density, x - noise * nodes[q]!);
  return sum;
};

/** What is expected of log θ where x was measured with noise of variance v, and its standard deviation: shrunk towards where types are. */
export const expectedType = (
  density: PreparedDensity,
  x: number,
  v: number,
): { readonly mean: number; readonly deviation: number } => {
  if (!(v > 0)) return { mean: x, deviation: 0 };
  const noise = Math.sqrt(v);
  let [mass, first, second] = [0, 0, 0];
  // The noise spans ±5 deviations; a smooth integrand that ends in zeros has the trapezoidal rule exact to many digits.
  for (let k = -20; k <= 20; k++) {
    const z = k / 4;
    const weight = Math.exp(-0.5 * z * z) * densityAt(density, x - noise * z);
    mass += weight;
    first -= weight * z;
    second += weight * z * z;
  }
  // Where no type is likely the measurement is all that there is.
  if (!(mass > 0)) return { mean: x, deviation: noise };
  const mean = first / mass;
  return { mean: x + noise * mean, deviation: noise * Math.sqrt(Math.max(0, second / mass - mean * mean)) };
};
