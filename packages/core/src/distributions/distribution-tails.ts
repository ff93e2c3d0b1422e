import { lazyTable } from '../integration/lazy-table.ts';
import type { Distribution } from './distribution.ts';

/** A distribution that can tell types apart however close they are to an end of its support. */
export interface DistributionByDistance extends Distribution {
  /** Density, F and 1 − F at the type that is so far from the ends; both distances are given, and the smaller one is exact. */
  at(
    fromMin: number,
    fromMax: number,
  ): { readonly density: number; readonly cdf: number; readonly survival: number };
}

/** A distribution, smooth inside its support, at a type that is given by its distances from both ends of the support, so that it is never rounded next to them. */
export interface Tails {
  /** Puts the type, rounded, with its density, F and 1 − F into the fields below. */
  at(type: number, fromMin: number, fromMax: number): void;
  type: number;
  density: number;
  cdf: number;
  survival: number;
  /** The powers of the distance with which F and 1 − F start at their ends. */
  readonly bottomPower: number;
  readonly topPower: number;
}

/** Nearer to an end, relative to it, a type is rounded too much: there the tail is a power of the distance. */
const NEAR = 2 ** -44;
/** Where the end is 0, and nothing is rounded: relative to the width. */
const NEAREST = 1e-200;
const PANEL = 2;

/** Writes three numbers, for the type that is so far from both ends. */
type ByDistance = (fromMin: number, fromMax: number, out: Float64Array) => void;

/**
 * Logarithms of density, F and 1 − F, tabulated over log(fromMin/fromMax): powers are straight lines there, and a function that is
 * smooth inside the support has no singularity nearer than π i.
 */
const tableOfLogarithms = (evaluate: ByDistance, width: number): ByDistance => {
  // A panel reaches beyond the least of numbers, where a distance would be 0 and its logarithm none.
  const distance = (x: number): number => Math.max(width / (1 + Math.exp(-x)), Number.MIN_VALUE);
  const table = lazyTable((x, out) => evaluate(distance(x), distance(-x), out), 3, PANEL);
  return (fromMin, fromMax, out) => table(Math.log(fromMin / fromMax), out);
};

const logarithms =
  (of: DistributionByDistance): ByDistance =>
  (fromMin, fromMax, out) => {
    const { density, cdf, survival } = of.at(fromMin, fromMax);
    out[0] = Math.log(density);
    out[1] = Math.log(cdf);
    out[2] = Math.log(survival);
  };

/**
 * A distribution, smooth inside its support, evaluated only at the nodes of a table that is made as it is asked for, and read from there: for those whose F is
 * slow to evaluate. Density, F and 1 − F keep their relative accuracy, about 1e-14, in both tails.
 */
export const tabulatedDistribution = (of: DistributionByDistance): DistributionByDistance => {
  const { min, max } = of;
  const table = tableOfLogarithms(logarithms(of), max - min);
  const logs = new Float64Array(3);
  // Density and survival are wanted at the same type one after the other.
  let known = Number.NaN;
  let density = 0;
  let survival = 0;
  const look = (fromMin: number, fromMax: number): void => {
    table(fromMin, fromMax, logs);
    density = Math.exp(logs[0]!);
    survival = Math.exp(logs[2]!);
  };
  /** False outside the support and at its ends, where there are no logarithms. */
  const isInside = (x: number): boolean => {
    if (x === known) return true;
    if (!(x > min && x < max)) return false;
    look(x - min, max - x);
    known = x;
    return true;
  };
  return {
    ...of,
    density: (x) => (isInside(x) ? density : of.density(x)),
    cdf: (x) => (isInside(x) ? Math.exp(logs[1]!) : of.cdf(x)),
    survival: (x) => (isInside(x) ? survival : of.survival(x)),
    at(fromMin, fromMax) {
      if (!(fromMin > 0 && fromMax > 0)) return of.at(fromMin, fromMax);
      known = Number.NaN;
      look(fromMin, fromMax);
      return { density, cdf: Math.exp(logs[1]!), survival };
    },
  };
};

export const distributionTails = (of: Distribution): Tails => {
  const { min, max } = of;
  const width = max - min;
  const nearMin = Math.max(NEAR * Math.abs(min), NEAREST * width);
  const nearMax = Math.max(NEAR * Math.abs(max), NEAREST * width);

  const byPowers: ByDistance = (fromMin, fromMax, out) => {
    const isLow = fromMin < fromMax;
    const x = isLow ? min + Math.max(fromMin, nearMin) : max - Math.max(fromMax, nearMax);
    const [distance, own] = isLow ? [x - min, of.cdf(x)] : [max - x, of.survival(x)];
    const density = of.density(x);
    // x is rounded: from there on by the power that the tail follows.
    const power = own > 0 ? (density * distance) / own : 1;
    const shift = Math.log((isLow ? fromMin : fromMax) / distance);
    const mass = Math.log(own) + power * shift;
    const isSmall = mass < -Math.LN2;
    const rest = isSmall ? Math.log1p(-Math.exp(mass)) : Math.log(isLow ? of.survival(x) : of.cdf(x));
    out[0] = Math.log(density) + (power - 1) * shift;
    out[1] = isLow ? mass : rest;
    out[2] = isLow ? rest : mass;
  };
  const evaluate = 'at' in of ? logarithms(of as DistributionByDistance) : byPowers;
  const table = tableOfLogarithms(evaluate, width);
  const logs = new Float64Array(3);
  const powerAt = (fromMin: number, fromMax: number): number => {
    evaluate(fromMin, fromMax, logs);
    const power = Math.exp(
      logs[0]! + Math.log(Math.min(fromMin, fromMax)) - logs[fromMin < fromMax ? 1 : 2]!,
    );
    return power > 0 ? power : 1;
  };
  const [bottomPower, topPower] = [powerAt(nearMin, width), powerAt(width, nearMax)];
  const tails: Tails = {
    at(type, fromMin, fromMax) {
      if (!(fromMin > 0 && fromMax > 0))
        logs.fill(Number.NEGATIVE_INFINITY).fill(0, fromMin > 0 ? 1 : 2, fromMin > 0 ? 2 : 3);
      else table(fromMin, fromMax, logs);
      tails.type = type;
      tails.density = Math.exp(logs[0]!);
      tails.cdf = Math.exp(logs[1]!);
      tails.survival = Math.exp(logs[2]!);
    },
    type: 0,
    density: 0,
    cdf: 0,
    survival: 0,
    bottomPower,
    topPower,
  };
  return tails;
};
