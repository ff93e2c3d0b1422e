import type { Distribution } from './distribution.ts';
import { integrate, piecesBetween } from './quadrature.ts';
import { root } from './root.ts';

/** θ = w s^{1−σ}: the representative type of a value-scale buyer (eq. (12)). */
export const representativeType = (value: number, scale: number, degree: number): number =>
  value === 0 || scale === 0 ? 0 : value * Math.exp((1 - degree) * Math.log(scale));

/**
 * Distribution F_θ of the representative type θ = w s^{1−σ}, for independent w and s: the push-forward of their joint distribution.
 *
 *     1 − F_θ(t) = ∫ (1 − F_w(t s^{σ−1})) f_s(s) ds,    f_θ(t) = ∫ f_w(t s^{σ−1}) s^{σ−1} f_s(s) ds
 *
 * Each by quadrature over the scales that matter, so that both keep their relative accuracy in the upper tail.
 */
export const representativeDistribution = (
  values: Distribution,
  scales: Distribution,
  degree: number,
): Distribution => {
  const a = 1 - degree;
  const index = (value: number, scale: number): number => representativeType(value, scale, degree);
  const min = index(values.min, scales.min);
  const max = index(values.max, scales.max);
  /** The scale at which value w has index t. */
  const scaleOf = (t: number, w: number): number =>
    w > 0 ? Math.exp(Math.log(t / w) / a) : Number.POSITIVE_INFINITY;
  const clamp = (s: number): number => Math.min(scales.max, Math.max(scales.min, s));

  const piecesAt = (t: number) => {
    const from = clamp(scaleOf(t, values.max));
    const to = clamp(scaleOf(t, values.min));
    const inner = [...values.breakpoints.map((w) => clamp(scaleOf(t, w))), ...scales.breakpoints];
    const ends = [from, ...inner.filter((s) => s > from && s < to).sort((x, y) => x - y), to];
    return { from, to, pieces: piecesBetween(ends, () => false) };
  };

  // Density, survival and cdf are wanted at the same t one after the other: one pass computes all three.
  let at = Number.NaN;
  let density = 0;
  let survival = 0;
  let cdf = 0;
  const compute = (t: number): void => {
    if (t === at) return;
    at = t;
    if (t <= min || t >= max) {
      density = 0;
      survival = t <= min ? 1 : 0;
      cdf = 1 - survival;
      if (t < min || t > max) return;
      if (t === max) return;
      density = densityAtMin();
      return;
    }
    const { from, to, pieces } = piecesAt(t);
    const { values: sums } = integrate(
      (s, out) => {
        const shrink = Math.exp(-a * Math.log(s));
        const w = t * shrink;
        const fs = scales.density(s);
        out[0] = values.density(w) * shrink * fs;
        out[1] = values.survival(w) * fs;
        out[2] = values.cdf(w) * fs;
      },
      3,
      pieces,
    );
    density = sums[0]!;
    survival = sums[1]! + scales.survival(to); // above `to`, t s^{σ−1} is below every value
    cdf = sums[2]! + scales.cdf(from); // below `from`, above every value
  };
  /** Only the limit matters, for φ at the lower end: with a positive lower corner few types are near it. */
  const densityAtMin = (): number => {
    if (min > 0) return 0;
    const nearby = max * 1e-12;
    const { pieces } = piecesAt(nearby);
    return integrate(
      (s, out) => {
        const shrink = Math.exp(-a * Math.log(s));
        out[0] = values.density(nearby * shrink) * shrink * scales.density(s);
      },
      1,
      pieces,
    ).values[0]!;
  };

  const corners = [values.min, ...values.breakpoints, values.max].flatMap((w) =>
    [scales.min, ...scales.breakpoints, scales.max].map((s) => index(w, s)),
  );
  const breakpoints = [...new Set(corners)].filter((t) => t > min && t < max).sort((x, y) => x - y);

  return {
    min,
    max,
    breakpoints,
    density: (t) => {
      compute(t);
      return density;
    },
    survival: (t) => {
      compute(t);
      return survival;
    },
    cdf: (t) => {
      compute(t);
      return cdf;
    },
    quantile: (u) => {
      if (u <= 0) return min;
      if (u >= 1) return max;
      return root(
        (t) => {
          compute(t);
          return u < 0.5 ? cdf - u : 1 - u - survival;
        },
        min,
        max,
      );
    },
  };
};
