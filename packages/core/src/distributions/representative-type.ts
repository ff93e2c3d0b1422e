import { massEnds, massSplits } from '../integration/mass-splits.ts';
import { integrate, piecesBetween } from '../integration/quadrature.ts';
import { root } from '../integration/root.ts';
import { type Copula, independence } from './copula.ts';
import { crowdedDistribution } from './crowded-distribution.ts';
import { dependentType } from './dependent-type.ts';
import { type Distribution, hasInfiniteDensity, isSingularAt } from './distribution.ts';
import { mixedDistribution, partsOf } from './mixed-distribution.ts';

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
  const last = latest.get(values);
  if (last?.scales === scales && last.degree === degree && last.dependence === dependence) return last.made;
  const made = distributionOfIndex(values, scales, degree, dependence);
  latest.set(values, { scales, degree, dependence, made });
  return made;
};

/** The last F_θ of each distribution of values: what it remembers serves the pictures, and the next study in which only costs are others. */
const latest = new WeakMap<
  Distribution,
  {
    readonly scales: Distribution;
    readonly degree: number;
    readonly dependence: Copula | undefined;
    readonly made: Distribution;
  }
>();

const distributionOfIndex = (
  values: Distribution,
  scales: Distribution,
  degree: number,
  dependence?: Copula,
): Distribution => {
  const isIndependent = dependence === undefined || dependence.independent;
  const isCrowded = hasInfiniteDensity(values) || hasInfiniteDensity(scales);
  if (!isIndependent && isCrowded && isSmooth(values, scales))
    return crowdedDistribution(values, scales, 1 - degree, dependence);
  if (!isIndependent || !isCrowded) {
    return spreadDistribution(values, scales, degree, isIndependent ? undefined : dependence);
  }
  // A mixture of values and scales is one of representative types.
  const pairs = partsOf(values).flatMap((value) =>
    partsOf(scales).map((scale) => ({
      weight: value.weight * scale.weight,
      of:
        isSmooth(value.of, scale.of) && (hasInfiniteDensity(value.of) || hasInfiniteDensity(scale.of))
          ? crowdedDistribution(value.of, scale.of, 1 - degree)
          : spreadDistribution(value.of, scale.of, degree, alongCurve(value.of, scale.of)),
    })),
  );
  return pairs.length === 1 ? pairs[0]!.of : mixedDistribution(pairs);
};

/** Tables pay where there are few corners. */
const isSmooth = (...all: readonly Distribution[]): boolean =>
  all.every(({ breakpoints }) => breakpoints.length === 0);

/** Below an infinite density at a top, types are as near to one another as under a copula, and the same care is needed. */
const alongCurve = (...all: readonly Distribution[]): Copula | undefined =>
  all.some((of) => of.density(of.max) === Number.POSITIVE_INFINITY) ? independence : undefined;

/** So many types F_θ is remembered at. */
const MOST_KNOWN = 10_000;

const spreadDistribution = (
  values: Distribution,
  scales: Distribution,
  degree: number,
  dependence?: Copula,
): Distribution => {
  const a = 1 - degree;
  const index = (value: number, scale: number): number => representativeType(value, scale, degree);
  const min = index(values.min, scales.min);
  const max = index(values.max, scales.max);
  const dependent = dependence && dependentType(values, scales, a, dependence);
  // Just below the top, where a density may be infinite.
  const highest = values.max * (1 - 2 ** -53);
  /** The scale at which value w has index t. */
  const scaleOf = (t: number, w: number): number =>
    w > 0 ? Math.exp(Math.log(t / w) / a) : Number.POSITIVE_INFINITY;
  const clamp = (s: number): number => Math.min(scales.max, Math.max(scales.min, s));

  const isSingularTop = isSingularAt(values, values.max);
  const isSingularBottom = isSingularAt(values, values.min);
  const isSingularScale = isSingularAt(scales, scales.max);
  // Beyond these no value adds anything.
  const [lowestValue, highestValue] = massEnds(values);
  const valueEnds = [...values.breakpoints, ...massSplits(values)];
  const scaleEnds = [...scales.breakpoints, ...massSplits(scales)];
  // In y = log s, s^{σ−1} is an exponential however small the scale.
  const piecesAt = (t: number) => {
    const from = clamp(scaleOf(t, highestValue));
    const to = clamp(scaleOf(t, lowestValue));
    const inner = [...valueEnds.map((w) => clamp(scaleOf(t, w))), ...scaleEnds];
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

  // Density and survival are wanted at the same t, one after the other and again by every condition: one pass computes both, once.
  const known = new Map<number, { readonly density: number; readonly survival: number }>();
  let density = 0;
  let survival = 0;
  const compute = (t: number): void => {
    const before = known.get(t);
    if (before !== undefined) {
      ({ density, survival } = before);
      return;
    }
    evaluate(t);
    if (known.size >= MOST_KNOWN) known.clear();
    known.set(t, { density, survival });
  };
  const evaluate = (t: number): void => {
    density = 0;
    survival = t <= min ? 1 : 0;
    if (t < min || t >= max) return;
    if (t === min) {
      // Only its limit matters, for φ at the lower end; above a positive corner of the support few types are near it.
      density = min > 0 ? 0 : densityNear(1e-12 * index(values.quantile(0.5), scales.quantile(0.5)));
      return;
    }
    const { from, to, pieces } = piecesAt(t);
    if (dependent !== undefined) {
      const part = dependent.upper(t, from, to);
      density = part.density;
      survival = part.survival + scales.survival(to);
      return;
    }
    const { values: sums } = integrate(
      (y, out) => {
        const shrink = Math.exp(-a * y);
        const s = Math.exp(y);
        const fs = scales.density(s) * s;
        const w = Math.min(highest, t * shrink);
        out[0] = values.density(w) * shrink * fs;
        out[1] = values.survival(w) * fs;
      },
      2,
      pieces,
    );
    density = sums[0]!;
    survival = sums[1]! + scales.survival(to); // above `to`, t s^{σ−1} is below every value
  };
  const densityNear = (t: number): number => {
    const { from, to, pieces } = piecesAt(t);
    if (dependent !== undefined) return dependent.upper(t, from, to).density;
    return integrate(
      (y, out) => {
        const shrink = Math.exp(-a * y);
        const s = Math.exp(y);
        out[0] = values.density(t * shrink) * shrink * scales.density(s) * s;
      },
      1,
      pieces,
    ).values[0]!;
  };
  const cdf = (t: number): number => {
    if (t <= min) return 0;
    if (t >= max) return 1;
    const { from, to, pieces } = piecesAt(t);
    if (dependent !== undefined) return dependent.lower(t, from, to) + scales.cdf(from);
    const { values: sums } = integrate(
      (y, out) => {
        const s = Math.exp(y);
        out[0] = values.cdf(t * Math.exp(-a * y)) * scales.density(s) * s;
      },
      1,
      pieces,
    );
    return sums[0]! + scales.cdf(from); // below `from`, t s^{σ−1} is above every value
  };

  const corners = (ofValues: readonly number[], ofScales: readonly number[]): number[] => {
    const all = ofValues.flatMap((w) => ofScales.map((s) => index(w, s)));
    return [...new Set(all)].filter((t) => t > min && t < max).sort((x, y) => x - y);
  };
  const breakpoints = corners(
    [values.min, ...values.breakpoints, values.max],
    [scales.min, ...scales.breakpoints, scales.max],
  );
  const steepAt = corners([values.min, ...valueEnds, values.max], [scales.min, ...scaleEnds, scales.max]);

  return {
    min,
    max,
    breakpoints,
    ...(steepAt.length > breakpoints.length ? { steepAt } : {}),
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

export { type DistributionByDistance, tabulatedDistribution } from './distribution-tails.ts';
export { type MixedDistribution, mixedDistribution } from './mixed-distribution.ts';
