import { limits, requireWithin } from '../limits.ts';
import { type Copula, independence } from './copula.ts';
import { crowdedDistribution } from './crowded-distribution.ts';
import { type Distribution, hasInfiniteDensity } from './distribution.ts';
import { massSplits } from './mass-splits.ts';
import { mixedDistribution, partsOf } from './mixed-distribution.ts';
import { spreadDistribution } from './spread-distribution.ts';

/**
 * Distribution F_θ of the representative type θ = w s^{1−σ}: the push-forward of the joint distribution of w and s.
 *
 *     1 − F_θ(t) = ∫ (1 − F_{w|s}(t s^{σ−1})) f_s(s) ds,    f_θ(t) = ∫ f_{w|s}(t s^{σ−1}) s^{σ−1} f_s(s) ds
 *
 * Each by quadrature over the scales that matter, so that both keep their relative accuracy in the upper tail. Without a copula,
 * or with an independent one, F_{w|s} = F_w; otherwise it is ∂C/∂v at the ranks of value and scale. `isTabulated` is for those who ask for it at thousands of types, as
 * chains beside promises do: where value and scale are smooth it is then read from tables, about 1e-13 of it away. Throws InputError 'limit' for mixtures of too many
 * parts, and for densities that are too crowded to be told from a mass.
 */
export const representativeDistribution = (
  values: Distribution,
  scales: Distribution,
  degree: number,
  dependence?: Copula,
  isTabulated = false,
): Distribution => {
  const last = latest.get(values);
  const isLast =
    last?.scales === scales &&
    last.degree === degree &&
    last.dependence === dependence &&
    last.isTabulated === isTabulated;
  if (isLast) return last.made;
  requireWithin(limits.indexParts, partsOf(values).length + partsOf(scales).length, ['buyers']);
  const made =
    isTabulated && isTable(values) && isTable(scales)
      ? crowdedDistribution(values, scales, 1 - degree, dependence?.independent ? undefined : dependence)
      : distributionOfIndex(values, scales, degree, dependence);
  latest.set(values, { scales, degree, dependence, isTabulated, made });
  return made;
};

/** The last F_θ of each distribution of values: what it remembers serves the pictures, and the next study in which only costs are others. */
const latest = new WeakMap<
  Distribution,
  {
    readonly scales: Distribution;
    readonly degree: number;
    readonly dependence: Copula | undefined;
    readonly isTabulated: boolean;
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

/** Between corners nothing is steep. */
const isTable = (of: Distribution): boolean => isSmooth(of) && massSplits(of).length === 0;

/** Below an infinite density at a top, types are as near to one another as under a copula, and the same care is needed. */
const alongCurve = (...all: readonly Distribution[]): Copula | undefined =>
  all.some((of) => of.density(of.max) === Number.POSITIVE_INFINITY) ? independence : undefined;

export { type DistributionByDistance, tabulatedDistribution } from './distribution-tails.ts';
export { type MixedDistribution, mixedDistribution, partsOf as mixtureParts } from './mixed-distribution.ts';
