import { concentration, type Distribution, isSingularAt } from './distribution.ts';
import { type EfficientSupply, supplyPoint } from './efficient-supply.ts';
import { piecesBetween } from './quadrature.ts';
import { type ScaleMenu, scaleMenu, type Totals } from './scale-menu.ts';
import type { ServedValue } from './served-value.ts';
import { integrateTypes } from './type-integral.ts';

/** Value-scale buyers with independent w and s (Section 4.2): one screening problem a scale. */
export interface ValueScaleProblem {
  readonly values: Distribution;
  readonly scales: Distribution;
  readonly served: ServedValue;
  readonly supply: EfficientSupply;
}

/**
 * Proposition 4 (Section 4.2). Let w and s be independent. Serve every scale as if it were known: type (w, s) gets the cost-minimising tokens for
 * q(w, s) with φ(w) = C_q(q(w, s), s), and pays T(w, s) = w q(w, s) − ∫₀ʷ q(k, s) dk. Under Assumption 1 nobody gains by reporting another scale, so
 * this menu earns what observable scales would, and is optimal.
 *
 * Where φ falls it is ironed; whether Assumption 1 holds is computed (`boundedRents`), not assumed. This is the menu of one scale.
 */
export const menuAtScale = ({ values, served, supply }: ValueScaleProblem, scale: number): ScaleMenu =>
  scaleMenu({ types: values, served, supply, scale });

/** The scales in (from, to) at which supply at this value changes its regime, to rounding: regimes change once each as s grows. */
const regimeChanges = (supply: EfficientSupply, value: number, from: number, to: number): number[] => {
  const point = supplyPoint(supply.inputs.length);
  const regime = (scale: number): number => {
    supply.supply(value, scale, point);
    return point.quality > 0 ? point.regime : -1;
  };
  const changes: number[] = [];
  const search = (low: number, atLow: number, high: number, atHigh: number): void => {
    if (atLow === atHigh) return;
    const middle = low + (high - low) / 2;
    if (!(middle > low && middle < high)) {
      changes.push(high);
      return;
    }
    const atMiddle = regime(middle);
    search(low, atLow, middle, atMiddle);
    search(middle, atMiddle, high, atHigh);
  };
  const steps = 8;
  let low = from + (to - from) * 1e-9;
  let atLow = regime(low);
  for (let i = 1; i <= steps; i++) {
    const high = from + ((to - from) * i) / steps;
    const atHigh = regime(high);
    search(low, atLow, high, atHigh);
    low = high;
    atLow = atHigh;
  }
  return changes;
};

/** Scales at which the totals of one scale are not smooth in s: where a regime starts at an end, pool or breakpoint of the values. */
export const scaleBreakpoints = ({ scales, served, supply }: ValueScaleProblem): number[] => {
  const nudge = 1e-12 * (served.max - served.min);
  const levels = [served.min, served.max, ...served.breakpoints.flatMap((x) => [x - nudge, x + nudge])]
    .map((x) => served.at(x))
    .filter((level) => level > 0 && Number.isFinite(level));
  const distinct = [...new Set(levels)];
  const found = distinct.flatMap((level) => regimeChanges(supply, level, scales.min, scales.max));
  return [...found, ...scales.breakpoints, ...concentration(scales)]
    .filter((s) => s > scales.min && s < scales.max)
    .sort((a, b) => a - b);
};

/** Expectations over values and scales: E over s of the totals at s. */
export const valueScaleTotals = (problem: ValueScaleProblem): Totals => {
  const { scales, values: types } = problem;
  // Where the density of values starts or ends like a power, so does what a regime adds as it reaches the end of the support.
  const isSingularInside = isSingularAt(types, types.min) || isSingularAt(types, types.max);
  const ends = [scales.min, ...scaleBreakpoints(problem), scales.max];
  let innerError = 0;
  let solved = true;
  const { values, error } = integrateTypes(
    scales,
    (s, mass, _, out) => {
      const totals = menuAtScale(problem, s).totals();
      innerError = Math.max(innerError, totals.error);
      solved &&= totals.solved;
      out[0] = mass * totals.servedSurplus;
      out[1] = mass * totals.cost;
      out[2] = mass * totals.grossValue;
      out[3] = mass * totals.rent;
      out[4] = mass * totals.excluded;
      out[5] = mass * totals.fineTuned;
    },
    6,
    piecesBetween(ends, (end) =>
      end === scales.max ? isSingularAt(scales, end) : end === scales.min || isSingularInside,
    ),
  );
  return {
    servedSurplus: values[0]!,
    cost: values[1]!,
    grossValue: values[2]!,
    rent: values[3]!,
    excluded: values[4]!,
    fineTuned: values[5]!,
    error: error + innerError,
    solved,
  };
};
