import { type DistributionEntry, InputError, numberWords } from '@menusmith/core';
import { derivative, type Polynomial, reflected, signChanges, valueAt } from './polynomial.ts';
import { quantileRoot } from './quantile-root.ts';

/**
 * The distribution with quantile function F⁻¹(t) = Σ a_k t^k on [0, 1]; f = 1/(F⁻¹)′.
 *
 * F⁻¹ must rise throughout. Where it is flat at an end, the density is infinite there. F is solved for by safeguarded Newton
 * in the distance from the nearer end, so that F and 1 − F keep their relative accuracy.
 */
export const quantilePolynomial: DistributionEntry = {
  name: 'quantile-polynomial',
  doc: 'The distribution whose quantile function is a polynomial in the rank t ∈ [0, 1].',
  parameters: {
    coefficients: {
      kind: 'numbers',
      doc: 'coefficients of the quantile function, from the lowest power up',
      minLength: 2,
    },
  },
  examples: [
    { coefficients: [2, 1, 2] },
    { coefficients: [0, 1] },
    { coefficients: [0, 0, 1] },
    { coefficients: [0, 3, -3, 1] },
    { coefficients: [0.5, 1, -2, 2] },
  ],
  create({ coefficients }: { coefficients?: Polynomial }) {
    const quantile = coefficients!;
    requireRising(quantile);
    const fromTop = reflected(quantile);
    const min = quantile[0]!;
    const max = fromTop[0]!;
    const below = part(quantile, 1);
    const above = part(fromTop, -1);
    const middle = valueAt(quantile, 0.5);
    // Density, F and 1 − F are wanted at the same x one after the other.
    let at = Number.NaN;
    let rank: { readonly below: number; readonly above: number } = { below: 0, above: 1 };
    const rankOf = (x: number): typeof rank => {
      if (x === at) return rank;
      at = x;
      if (x <= middle) {
        const t = below.rankAt(x - min);
        rank = { below: t, above: 1 - t };
      } else {
        const r = above.rankAt(max - x);
        rank = { below: 1 - r, above: r };
      }
      return rank;
    };
    return {
      min,
      max,
      breakpoints: [],
      density(x) {
        if (!(x >= min && x <= max)) return 0;
        const slope = x <= middle ? below.slope(rankOf(x).below) : above.slope(rankOf(x).above);
        return 1 / Math.max(slope, 0);
      },
      cdf: (x) => (x <= min ? 0 : x >= max ? 1 : rankOf(x).below),
      survival: (x) => (x <= min ? 1 : x >= max ? 0 : rankOf(x).above),
      quantile: (u) =>
        u <= 0 ? min : u >= 1 ? max : u <= 0.5 ? min + below.distance(u) : max - above.distance(1 - u),
    };
  },
};

/** The half of the support next to one end: the distance from that end as a function of the rank's distance t ∈ [0, ½], and back. */
const part = (coefficients: Polynomial, sign: 1 | -1) => {
  const rising = coefficients.map((c, k) => (k === 0 ? 0 : sign * c));
  const slopes = derivative(rising);
  const distance = (t: number): number => valueAt(rising, t);
  const slope = (t: number): number => valueAt(slopes, t);
  const first = rising.findIndex((c) => c !== 0);
  const rankAt = (x: number): number => {
    if (!(x > 0)) return 0;
    const start = (x / Math.abs(rising[first]!)) ** (1 / first);
    return quantileRoot(x, 0.5, start, distance, slope);
  };
  return { distance, slope, rankAt };
};

const requireRising = (quantile: Polynomial): void => {
  const slopes = derivative(quantile);
  const size = slopes.reduce((sum, c) => sum + Math.abs(c), 0);
  const candidates = [0, ...signChanges(derivative(slopes)), 1];
  for (const t of candidates) {
    const slope = valueAt(slopes, t);
    // A flat end is a root of the derivative's derivative as well, found next to it.
    const isEnd = t < 1e-7 || t > 1 - 1e-7;
    if (Number.isFinite(size) && (isEnd ? slope >= -1e-14 * size && size > 0 : slope > 1e-14 * size))
      continue;
    throw new InputError(
      'not-increasing',
      `quantile-polynomial: expected a strictly increasing polynomial on [0, 1], got slope ${numberWords(slope)} at t = ${Number(t.toFixed(9))}`,
      ['coefficients'],
    );
  }
};
