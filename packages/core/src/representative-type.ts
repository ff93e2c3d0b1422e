import type { Copula } from './copula.ts';
import { type Distribution, isSingularAt } from './distribution.ts';
import { integrate, piecesBetween } from './quadrature.ts';
import { root } from './root.ts';

/** θ = w s^{1−σ}: the representative type of a value-scale buyer (eq. (12)). */
export const representativeType = (value: number, scale: number, degree: number): number =>
  value === 0 || scale === 0 ? 0 : value * Math.exp((1 - degree) * Math.log(scale));

/**
 * Distribution F_θ of the representative type θ = w s^{1−σ}: the push-forward of the joint distribution of w and s.
 *
 *     1 − F_θ(t) = ∫ (1 − F_{w|s}(t s^{σ−1})) f_s(s) ds,    f_θ(t) = ∫ f_{w|s}(t s^{σ−1}) s^{σ−1} f_s(s) ds
 *
 * Each by quadrature over the scales that matter, so that both keep their relative accuracy in the upper tail. Without a copula,
 * or with an independent one, F_{w|s} = F_w; otherwise it is ∂C/∂v at the ranks of value and scale.
 */
export const representativeDistribution = (
  values: Distribution,
  scales: Distribution,
  degree: number,
  dependence?: Copula,
): Distribution => {
  const {
    density: densityGiven,
    survival: survivalGiven,
    cdf: cdfGiven,
  } = givenScale(values, scales, dependence);
  const a = 1 - degree;
  const index = (value: number, scale: number): number => representativeType(value, scale, degree);
  const min = index(values.min, scales.min);
  const max = index(values.max, scales.max);
  // Just inside the support: at an end a density may be infinite, and a rank of 0 or 1 decides the other under a copula.
  const valueInside = insideOf(values);
  const scaleInside = insideOf(scales);
  /** The scale at which value w has index t. */
  const scaleOf = (t: number, w: number): number =>
    w > 0 ? Math.exp(Math.log(t / w) / a) : Number.POSITIVE_INFINITY;
  const clamp = (s: number): number => Math.min(scales.max, Math.max(scales.min, s));

  // A copula may have fractional powers or worse in every corner.
  const isDependent = dependence !== undefined && !dependence.independent;
  const isSingularTop = isDependent || isSingularAt(values, values.max);
  const isSingularBottom = isDependent || isSingularAt(values, values.min);
  const isSingularScale = isDependent || isSingularAt(scales, scales.max);
  // Next to the top t itself is rounded by so much of its distance from there: what is finer is noise.
  const toleranceAt = (t: number): number => Math.max(1e-13, (2 ** -50 * max) / (max - t));
  // In y = log s, s^{σ−1} is an exponential however small the scale.
  const piecesAt = (t: number) => {
    const from = clamp(scaleOf(t, values.max));
    const to = clamp(scaleOf(t, values.min));
    const inner = [...values.breakpoints.map((w) => clamp(scaleOf(t, w))), ...scales.breakpoints];
    const ends = [from, ...inner.filter((s) => s > from && s < to).sort((x, y) => x - y), to].map(Math.log);
    const last = ends.length - 1;
    const isSingular = (end: number): boolean =>
      end === ends[0]
        ? isSingularTop || from === scales.min
        : end === ends[last]
          ? to < scales.max
            ? isSingularBottom
            : isSingularScale
          : false;
    return { from, to, pieces: piecesBetween(ends, isSingular) };
  };

  // Density and survival are wanted at the same t one after the other: one pass computes both.
  let at = Number.NaN;
  let density = 0;
  let survival = 0;
  const compute = (t: number): void => {
    if (t === at) return;
    at = t;
    density = 0;
    survival = t <= min ? 1 : 0;
    if (t < min || t >= max) return;
    if (t === min) {
      // Only its limit matters, for φ at the lower end; above a positive corner of the support few types are near it.
      density = min > 0 ? 0 : densityNear(max * 1e-12);
      return;
    }
    const { to, pieces } = piecesAt(t);
    const { values: sums } = integrate(
      (y, out) => {
        const shrink = Math.exp(-a * y);
        const s = scaleInside(Math.exp(y));
        const fs = scales.density(s) * s;
        const w = valueInside(t * shrink);
        out[0] = densityGiven(w, s) * shrink * fs;
        out[1] = survivalGiven(w, s) * fs;
      },
      2,
      pieces,
      toleranceAt(t),
    );
    density = sums[0]!;
    survival = sums[1]! + scales.survival(to); // above `to`, t s^{σ−1} is below every value
  };
  const densityNear = (t: number): number => {
    const { pieces } = piecesAt(t);
    return integrate(
      (y, out) => {
        const shrink = Math.exp(-a * y);
        const s = scaleInside(Math.exp(y));
        out[0] = densityGiven(valueInside(t * shrink), s) * shrink * scales.density(s) * s;
      },
      1,
      pieces,
    ).values[0]!;
  };
  const cdf = (t: number): number => {
    if (t <= min) return 0;
    if (t >= max) return 1;
    const { from, pieces } = piecesAt(t);
    const { values: sums } = integrate(
      (y, out) => {
        const s = scaleInside(Math.exp(y));
        out[0] = cdfGiven(valueInside(t * Math.exp(-a * y)), s) * scales.density(s) * s;
      },
      1,
      pieces,
      toleranceAt(t),
    );
    return sums[0]! + scales.cdf(from); // below `from`, t s^{σ−1} is above every value
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
    cdf,
    quantile: (u) => {
      if (u <= 0) return min;
      if (u >= 1) return max;
      return root(
        (t) => {
          if (u < 0.5) return cdf(t) - u;
          compute(t);
          return 1 - u - survival;
        },
        min,
        max,
      );
    },
  };
};

/** x, moved by a rounding inside the support where it is at an end or beyond. */
const insideOf = ({ min, max }: Distribution): ((x: number) => number) => {
  const lowest = min + 2 ** -52 * Math.abs(min);
  const highest = max - 2 ** -53 * Math.abs(max);
  return (x) => Math.min(highest, Math.max(lowest, x));
};

/** Density, survival and distribution function of the value, given the scale. */
interface ConditionalValue {
  density(value: number, scale: number): number;
  survival(value: number, scale: number): number;
  cdf(value: number, scale: number): number;
}

const givenScale = (
  values: Distribution,
  scales: Distribution,
  dependence: Copula | undefined,
): ConditionalValue => {
  if (dependence === undefined || dependence.independent) return values;
  const ranks = { value: Number.NaN, scale: Number.NaN, u: 0, v: 0, uRest: 0, vRest: 0 };
  // Density and survival are asked at the same buyer one after the other.
  const look = (w: number, s: number): void => {
    if (w !== ranks.value) {
      ranks.value = w;
      ranks.u = values.cdf(w);
      ranks.uRest = values.survival(w);
    }
    if (s !== ranks.scale) {
      ranks.scale = s;
      ranks.v = scales.cdf(s);
      ranks.vRest = scales.survival(s);
    }
  };
  return {
    density: (w, s) => {
      look(w, s);
      const { u, v, uRest, vRest } = ranks;
      const density = values.density(w);
      // A node that rounds into a corner, where the copula may be infinite, has no weight.
      const isCorner = u * uRest === 0 && v * vRest === 0;
      return density === 0 || isCorner ? 0 : density * dependence.density(u, v, uRest, vRest);
    },
    survival: (w, s) => {
      look(w, s);
      return dependence.conditionalSurvival(ranks.u, ranks.v, ranks.uRest, ranks.vRest);
    },
    cdf: (w, s) => {
      look(w, s);
      return dependence.conditional(ranks.u, ranks.v, ranks.uRest, ranks.vRest);
    },
  };
};
