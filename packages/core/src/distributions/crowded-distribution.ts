import { InputError } from '../input-error.ts';
import { lazyTable, type Table } from '../integration/lazy-table.ts';
import { root } from '../integration/root.ts';
import { LEAST_POWER } from '../limits.ts';
import type { Copula } from './copula.ts';
import { crowdedType, type TypePoint } from './crowded-type.ts';
import type { Distribution } from './distribution.ts';
import { distributionTails } from './distribution-tails.ts';
import { massSplits } from './mass-splits.ts';

const PANEL = 2;
/** Types this near to a corner, relative to it, are one. */
const NEAREST = 2 ** -54;

/**
 * F_θ of value and scale, independent or under a copula, smooth inside their supports, where a density is infinite at an end of its support: tabulated from corner to corner of the supports, as logarithms
 * over log(distance from the lower corner/distance from the upper one), where powers of the distances are straight lines.
 */
export const crowdedDistribution = (
  values: Distribution,
  scales: Distribution,
  a: number,
  copula?: Copula,
): Distribution => {
  requirePowers(values, 'value');
  requirePowers(scales, 'scale');
  const { corners, at, limitAt } = crowdedType(values, scales, a, copula);
  const [min, max] = [corners.BC, corners.AD];
  const breakpoints = [...new Set([corners.AC, corners.BD])]
    .filter((t) => t > min && t < max)
    .sort((x, y) => x - y);
  const ends = [min, ...breakpoints, max];
  const limits = ends.map(limitAt);

  const tables: Table[] = breakpoints.concat(max).map((to, i) => {
    const from = ends[i]!;
    const evaluated: TypePoint = { density: 0, cdf: 0, survival: 0 };
    return lazyTable(
      (x, out) => {
        if (x < 0) at(from, (to - from) / (1 + Math.exp(-x)), evaluated);
        else at(to, -(to - from) / (1 + Math.exp(x)), evaluated);
        out[0] = Math.log(evaluated.density);
        out[1] = Math.log(evaluated.cdf);
        out[2] = Math.log(evaluated.survival);
      },
      3,
      PANEL,
    );
  });

  // Density and survival are wanted at the same t one after the other.
  let last = Number.NaN;
  const logs = new Float64Array(3);
  const look = (t: number): void => {
    if (t === last) return;
    last = t;
    let i = 0;
    while (t > ends[i + 1]!) i++;
    const [from, to] = [ends[i]!, ends[i + 1]!];
    const nearest = Math.max(NEAREST * from, Number.MIN_VALUE);
    tables[i]!(Math.log(Math.max(t - from, nearest) / Math.max(to - t, NEAREST * to)), logs);
  };
  const density = (t: number): number => {
    if (!(t >= min && t <= max)) return 0;
    const limit = limits[ends.indexOf(t)];
    if (limit === 'infinite') return Number.POSITIVE_INFINITY;
    if (limit === 'zero') return 0;
    look(t === 0 ? NEAREST * max : t);
    return Math.exp(logs[0]!);
  };
  const cdf = (t: number): number => {
    if (t <= min) return 0;
    if (t >= max) return 1;
    look(t);
    return Math.exp(logs[1]!);
  };
  const survival = (t: number): number => {
    if (t <= min) return 1;
    if (t >= max) return 0;
    look(t);
    return Math.exp(logs[2]!);
  };
  return {
    min,
    max,
    breakpoints,
    steepAt: [...massSplits(values), values.max].flatMap((w) =>
      [...massSplits(scales), scales.max].map((s) => w * s ** a),
    ),
    density,
    cdf,
    survival,
    quantile: (u) => {
      if (u <= 0) return min;
      if (u >= 1) return max;
      return root(u < 0.5 ? (t) => cdf(t) - u : (t) => 1 - u - survival(t), min, max);
    },
  };
};

const requirePowers = (of: Distribution, name: string): void => {
  const { bottomPower, topPower } = distributionTails(of);
  const power = Math.min(bottomPower, topPower);
  if (power >= LEAST_POWER) return;
  const message = `expected a share of buyers next to an end that falls at least like their distance to the power ${LEAST_POWER} (shapes of at least that), got ${power.toPrecision(3)}`;
  throw new InputError('limit', message, ['buyers', name]);
};
