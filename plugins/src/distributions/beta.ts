import { type DistributionByDistance, type DistributionEntry, tabulatedDistribution } from '@menusmith/core';
import incompleteBeta from '@stdlib/stats-base-dists-beta-cdf';
import betaDensity from '@stdlib/stats-base-dists-beta-pdf';
import betaQuantile from '@stdlib/stats-base-dists-beta-quantile';
import { onSupport } from './on-support.ts';
import { quantileRoot } from './quantile-root.ts';
import { requireSupport, stretchedShapes } from './support.ts';

/**
 * Beta distribution on [min, max]: f(t) = t^{a−1} (1−t)^{b−1} / B(a, b) at t = (x − min)/(max − min).
 *
 * The density is infinite at min if a < 1 and at max if b < 1. Each end is approached through the distance
 * from that end, 1 − F being the distribution function of Beta(b, a) there.
 */
export const beta: DistributionEntry = {
  name: 'beta',
  doc: 'Beta distribution with shapes a and b, stretched to [min, max].',
  parameters: stretchedShapes,
  examples: [
    { a: 2, b: 3, min: 0, max: 1 },
    { a: 1, b: 1, min: 0, max: 2 },
    { a: 0.5, b: 0.7, min: 1, max: 3 },
    { a: 2, b: 12, min: 0, max: 1 },
    { a: 30, b: 40, min: 0, max: 10 },
  ],
  create({ a, b, min, max }) {
    requireSupport('beta', min, max);
    const width = max - min;
    const unitDensity = powerDensity(a, b);
    const [below, above] = [mass(a, b), mass(b, a)];
    // Quantiles are told by their distance from the nearer end.
    const lowerHalf = incompleteBeta(0.5, a, b);
    const densityAt = (fromMin: number, fromMax: number): number =>
      unitDensity(fromMin / width, fromMax / width) / width;
    const distribution: DistributionByDistance = {
      ...onSupport({
        min,
        max,
        density: (x) => densityAt(x - min, max - x),
        cdf: (x) => below((x - min) / width, (max - x) / width),
        survival: (x) => above((max - x) / width, (x - min) / width),
        quantile: (u) =>
          u <= lowerHalf ? min + width * unitQuantile(u, a, b) : max - width * unitQuantile(1 - u, b, a),
      }),
      at: (fromMin, fromMax) => ({
        density: densityAt(fromMin, fromMax),
        cdf: below(fromMin / width, fromMax / width),
        survival: above(fromMax / width, fromMin / width),
      }),
    };
    return tabulatedDistribution(distribution);
  },
};

/**
 * t^{a−1} (1−t)^{b−1} / B(a, b), from t and 1 − t: the library's density is accurate at any shapes, but ten times slower than two powers, which do as
 * long as none of them leaves the range of numbers.
 */
const powerDensity = (a: number, b: number): ((t: number, oneMinusT: number) => number) => {
  const fromLibrary = (t: number, oneMinusT: number): number =>
    t <= oneMinusT ? betaDensity(t, a, b) : betaDensity(oneMinusT, b, a);
  // 1/B(a, b), from the density in the middle.
  const scale = betaDensity(0.5, a, b) * 2 ** (a + b - 2);
  if (!(Math.abs(a + b) < 100)) return fromLibrary;
  return (t, oneMinusT) => {
    const lower = a === 1 ? 1 : t ** (a - 1);
    const upper = b === 1 ? 1 : oneMinusT ** (b - 1);
    const density = scale * lower * upper;
    return density > 1e-250 && density < 1e250 ? density : fromLibrary(t, oneMinusT);
  };
};

const NEXT_TO_END = 2 ** -20;

/** I_t(a, b), from t and 1 − t: whichever of the two is small is the accurate one. Near 1, I rises like t^a, so that a rounded t counts a times. */
const mass = (a: number, b: number): ((t: number, oneMinusT: number) => number) => {
  const nextToOne = massNextToOne(a, b);
  return (t, oneMinusT) => {
    if (t > oneMinusT) {
      if (oneMinusT < nextToOne.from) return nextToOne.mass(oneMinusT);
      const rest = incompleteBeta(oneMinusT, b, a);
      if (rest < 1 - 1 / Math.max(2, a) || oneMinusT < NEXT_TO_END) return 1 - rest;
    }
    return incompleteBeta(t, a, b);
  };
};

/** Shapes below leave so little mass away from their end that 1 − (1 − I) is mostly rounding. */
const SMALL_SHAPE = 1e-3;
/** Of the three terms of a series, so far that the fourth is below rounding. */
const THREE_TERMS = 1e-5;

/**
 * I_t(a, b) where b is small, from x = 1 − t below `from`: most of the mass is nearer to 1 still, and 1 − I = x^b/(b B(a, b))·(1 + b Σ), Σ = (1−a) x/(1+b) +
 * (1−a)(2−a) x²/(2 (2+b)) + …, is next to 1. Of I = −expm1(log(1 − I)) the logarithm grows by b log(x/x₀) from where the library tells I itself.
 */
const massNextToOne = (
  a: number,
  b: number,
): { readonly from: number; readonly mass: (oneMinusT: number) => number } => {
  // A power of 2, so that 1 − x₀ is no rounded number.
  const from = Math.min(NEXT_TO_END, 2 ** Math.floor(Math.log2(THREE_TERMS / Math.max(1, a))));
  if (!(b <= SMALL_SHAPE * Math.min(1, a) && from >= Number.EPSILON))
    return { from: 0, mass: () => Number.NaN };
  const series = (x: number): number =>
    Math.log1p(b * (1 - a) * x * (1 / (1 + b) + ((2 - a) * x) / (2 * (2 + b))));
  const start = Math.log1p(-incompleteBeta(1 - from, a, b)) - series(from);
  return { from, mass: (x) => -Math.expm1(start + b * Math.log(x / from) + series(x)) };
};

/** Below, I_t is its first term to rounding. */
const FIRST_TERM = 1e-18;

const unitQuantile = (p: number, a: number, b: number): number => {
  // I_t = tᵃ/(a B(a, b)) next to 0; where a is small most of the mass may be at numbers too small to be told from 0.
  const beta = 2 ** (2 - a - b) / betaDensity(0.5, a, b);
  const first = Math.exp(Math.log(p * a * beta) / a);
  if (first < FIRST_TERM) return first;
  return quantileRoot(
    p,
    1,
    betaQuantile(p, a, b),
    (t) => incompleteBeta(t, a, b),
    (t) => betaDensity(t, a, b),
  );
};
