import { integrate } from '../integration/quadrature.ts';
import { root } from '../integration/root.ts';
import type { Copula } from './copula.ts';
import { dependentType } from './dependent-type.ts';
import type { Distribution } from './distribution.ts';
import { representativeType } from './representative-index.ts';
import { type TypeCurve, typeCurve } from './type-curve.ts';

/** f_θ, F_θ and 1 − F_θ inside the support. */
interface CurveIntegrals {
  upper(t: number): TypeMass;
  cdf(t: number): number;
}

interface TypeMass {
  readonly density: number;
  readonly survival: number;
}

/** So many types F_θ is remembered at. */
const MOST_KNOWN = 10_000;
/** This share of the median type stands for the limit at a lower end of 0. */
const NEAR_ZERO = 1e-12;

/**
 * F_θ by quadrature along the curve of every type, for densities that are finite or where tables do not pay; see `representativeDistribution`. Density and
 * survival are wanted at the same type, one after the other and again by every condition: one pass computes both, once.
 */
export const spreadDistribution = (
  values: Distribution,
  scales: Distribution,
  degree: number,
  dependence?: Copula,
): Distribution => {
  const min = representativeType(values.min, scales.min, degree);
  const max = representativeType(values.max, scales.max, degree);
  const curve = typeCurve(values, scales, degree);
  const { upper, cdf: inner } = dependence
    ? dependentIntegrals(values, scales, degree, dependence, curve)
    : independentIntegrals(values, scales, degree, curve);

  const massAt = (t: number): TypeMass => {
    if (t < min || t >= max) return { density: 0, survival: t <= min ? 1 : 0 };
    if (t > min) return upper(t);
    // Only its limit matters, for φ at the lower end; above a positive corner of the support few types are near it.
    const near = NEAR_ZERO * representativeType(values.quantile(0.5), scales.quantile(0.5), degree);
    return { density: min > 0 ? 0 : upper(near).density, survival: 1 };
  };
  const known = new Map<number, TypeMass>();
  const mass = (t: number): TypeMass => {
    let found = known.get(t);
    if (found === undefined) {
      found = massAt(t);
      if (known.size >= MOST_KNOWN) known.clear();
      known.set(t, found);
    }
    return found;
  };
  const cdf = (t: number): number => (t <= min ? 0 : t >= max ? 1 : inner(t));
  // In the lower half by F_θ, in the upper one by 1 − F_θ, so that both tails keep their accuracy.
  const missing = (t: number, u: number): number => (u < 0.5 ? cdf(t) - u : 1 - u - mass(t).survival);
  const { breakpoints, steepAt } = curve;

  return {
    min,
    max,
    breakpoints,
    ...(steepAt.length > breakpoints.length ? { steepAt } : {}),
    density: (t) => mass(t).density,
    survival: (t) => mass(t).survival,
    cdf,
    quantile: (u) => (u <= 0 ? min : u >= 1 ? max : root((t) => missing(t, u), min, max)),
  };
};

/** ∫ over the scales of what values say at t s^{σ−1}, with the scales at which every value, or none, is large enough. */
const independentIntegrals = (
  values: Distribution,
  scales: Distribution,
  degree: number,
  { partAt }: TypeCurve,
): CurveIntegrals => {
  const a = 1 - degree;
  // Just below the top, where a density may be infinite.
  const highest = values.max * (1 - 2 ** -53);
  return {
    upper: (t) => {
      const { to, pieces } = partAt(t);
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
      // Above `to`, t s^{σ−1} is below every value.
      return { density: sums[0]!, survival: sums[1]! + scales.survival(to) };
    },
    cdf: (t) => {
      const { from, pieces } = partAt(t);
      const { values: sums } = integrate(
        (y, out) => {
          const s = Math.exp(y);
          out[0] = values.cdf(t * Math.exp(-a * y)) * scales.density(s) * s;
        },
        1,
        pieces,
      );
      return sums[0]! + scales.cdf(from); // below `from`, t s^{σ−1} is above every value
    },
  };
};

/** The same under a copula, from both ends of the curve. */
const dependentIntegrals = (
  values: Distribution,
  scales: Distribution,
  degree: number,
  dependence: Copula,
  { partAt }: TypeCurve,
): CurveIntegrals => {
  const dependent = dependentType(values, scales, 1 - degree, dependence);
  return {
    upper: (t) => {
      const { from, to } = partAt(t);
      const { density, survival } = dependent.upper(t, from, to);
      return { density, survival: survival + scales.survival(to) };
    },
    cdf: (t) => {
      const { from, to } = partAt(t);
      return dependent.lower(t, from, to) + scales.cdf(from);
    },
  };
};
