import { integrate } from '../integration/quadrature.ts';
import { type Copula, independence } from './copula.ts';
import { type CornerDensity, independentCornerDensity, measuredCornerDensity } from './corner-density.ts';
import { type Corners, crowdedCurves } from './crowded-curve.ts';
import type { Distribution } from './distribution.ts';

/** f_θ, F_θ and 1 − F_θ at an index. */
export interface TypePoint {
  density: number;
  cdf: number;
  survival: number;
}

/** F_θ of one value and one scale under a copula, each smooth inside its support and with whatever density at its ends. */
export interface CrowdedType {
  readonly corners: Corners;
  /** At the index corner + offset, the offset being exact. */
  at(corner: number, offset: number, out: TypePoint): void;
  /** What the density starts with at a corner. */
  limitAt(corner: number): CornerDensity;
}

/**
 * log θ = log w + (1−σ) log s is a sum, and without dependence its density a convolution; under a copula, one weighted by its density: an integral over
 * log s along the curve w s^{1−σ} = t.
 */
export const crowdedType = (
  values: Distribution,
  scales: Distribution,
  a: number,
  copula: Copula = independence,
): CrowdedType => {
  const curves = crowdedCurves(values, scales, a);
  const { corners, value: w, scale: s, curveAt } = curves;

  const at: CrowdedType['at'] = (corner, offset, out) => {
    const { pieces, place, below, above } = curveAt(corner, offset);
    const { values: sums } = integrate(
      (x, sum) => {
        const jacobian = place(x);
        const mass = s.density * s.type * jacobian;
        if (mass === 0) {
          sum.fill(0);
          return;
        }
        const dense = w.density * w.type;
        sum[0] = dense === 0 ? 0 : copula.density(w.cdf, s.cdf, w.survival, s.survival) * dense * mass;
        sum[1] = copula.conditional(w.cdf, s.cdf, w.survival, s.survival) * mass;
        sum[2] = copula.conditionalSurvival(w.cdf, s.cdf, w.survival, s.survival) * mass;
      },
      3,
      pieces,
    );
    out.density = sums[0]! / (corner + offset);
    out.cdf = sums[1]! + below();
    out.survival = sums[2]! + above();
  };

  const point: TypePoint = { density: 0, cdf: 0, survival: 0 };
  const densityAt = (corner: number, offset: number): number => {
    at(corner, offset, point);
    return point.density;
  };
  const limitAt = (corner: number): CornerDensity =>
    copula.independent
      ? independentCornerDensity(values, scales, a, curves, corner)
      : measuredCornerDensity(densityAt, curves, corner);
  return { corners, at, limitAt };
};
