import { type Distribution, hasInfiniteDensity, isSingularAt } from '../distributions/distribution.ts';
import { massSplits } from '../distributions/mass-splits.ts';
import { integrateTypes } from '../distributions/type-integral.ts';
import { type Integral, type Piece, piecesBetween } from '../integration/quadrature.ts';
import { type EfficientSupply, supplyPoint } from '../supply/efficient-supply.ts';
import { meanInputs } from './mean-inputs.ts';
import { type ScaleMenu, scaleMenu, type Totals } from './scale-menu.ts';
import type { ServedValue } from './served-value.ts';

/** Stretches of scales of which each is searched for bends by itself. */
const BEND_STRETCHES = 8;
/** The search begins a little above the lowest scale, which may be 0, where there is nothing to sell. */
const ABOVE_LOWEST = 1e-9;

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

/** Where supply only bends, a change of regime that is known to this, relative to the range, costs an integral its square. */
const BEND = 2 ** -30;

/**
 * The scales in (from, to) at which supply at this value changes its regime: to rounding, or, where that is enough, where quality does not jump to
 * within 2⁻³⁰ of the range. Regimes change once each as s grows.
 */
const regimeChanges = (
  supply: EfficientSupply,
  value: number,
  from: number,
  to: number,
  atBends = 0,
): number[] => {
  const point = supplyPoint(supply.inputs.length);
  let model = -1;
  const regime = (scale: number): number => {
    supply.supply(value, scale, point);
    model = point.quality > 0 ? point.model : -1;
    return point.quality > 0 ? point.regime : -1;
  };
  /** Models that take turns differ in quality; so may a model and nothing at all. */
  const isJump = (low: number, high: number): boolean => {
    regime(low);
    const below = model;
    regime(high);
    return below !== model;
  };
  const changes: number[] = [];
  const search = (low: number, atLow: number, high: number, atHigh: number, shortest: number): void => {
    if (atLow === atHigh) return;
    const middle = low + (high - low) / 2;
    const isRounding = !(middle > low && middle < high);
    const isShort = high - low <= shortest;
    if (isRounding || (isShort && !isJump(low, high))) {
      changes.push(high);
      return;
    }
    const next = isShort ? 0 : shortest;
    const atMiddle = regime(middle);
    search(low, atLow, middle, atMiddle, next);
    search(middle, atMiddle, high, atHigh, next);
  };
  let low = from + (to - from) * ABOVE_LOWEST;
  let atLow = regime(low);
  for (let i = 1; i <= BEND_STRETCHES; i++) {
    const high = from + ((to - from) * i) / BEND_STRETCHES;
    const atHigh = regime(high);
    search(low, atLow, high, atHigh, atBends * (to - from));
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
  return [...found, ...scales.breakpoints]
    .filter((s) => s > scales.min && s < scales.max)
    .sort((a, b) => a - b);
};

/** Expectations over values and scales. */
export const valueScaleTotals = (problem: ValueScaleProblem): Totals =>
  isCrowded(problem.scales) ? totalsByScale(problem) : totalsByValue(problem);

/** Where types crowd together, next to an infinite density or in a narrow peak, an integral over them takes long, and had better be taken once. */
const isCrowded = (of: Distribution): boolean => massSplits(of).length > 0 || hasInfiniteDensity(of);

/** E over s of the totals at s. */
const totalsByScale = (problem: ValueScaleProblem): Totals => {
  let innerError = 0;
  let solved = true;
  const count = problem.supply.models?.length ?? 0;
  const { values, error } = overScales(problem, 6 + count, (menu, mass, out) => {
    const totals = menu.totals();
    innerError = Math.max(innerError, totals.error);
    solved &&= totals.solved;
    out[0] = mass * totals.servedSurplus;
    out[1] = mass * totals.cost;
    out[2] = mass * totals.grossValue;
    out[3] = mass * totals.rent;
    out[4] = mass * totals.excluded;
    out[5] = mass * totals.fineTuned;
    totals.models?.forEach((share, k) => {
      out[6 + k] = mass * share;
    });
  });
  return {
    servedSurplus: values[0]!,
    cost: values[1]!,
    grossValue: values[2]!,
    rent: values[3]!,
    excluded: values[4]!,
    fineTuned: values[5]!,
    ...(count > 0 ? { models: Array.from(values.subarray(6)) } : {}),
    error: error + innerError,
    solved,
  };
};

/** E[X_j] over values and scales, in the order of the supply's inputs. */
export const valueScaleInputs = (problem: ValueScaleProblem): Float64Array => {
  const { values: types, served, supply } = problem;
  return overScales(problem, supply.inputs.length, (menu, mass, out) => {
    const inputs = meanInputs({ types, served, supply, scale: menu.scale }, menu);
    for (let i = 0; i < inputs.length; i++) out[i] = mass * inputs[i]!;
  }).values;
};

/** E over s of something of the menu at s. */
const overScales = (
  problem: ValueScaleProblem,
  components: number,
  of: (menu: ScaleMenu, mass: number, out: Float64Array) => void,
): Integral => {
  const { scales, values: types } = problem;
  // Where the density of values starts or ends like a power, so does what a regime adds as it reaches the end of the support.
  const isSingularInside = isSingularAt(types, types.min) || isSingularAt(types, types.max);
  const ends = [scales.min, ...scaleBreakpoints(problem), scales.max];
  return integrateTypes(
    scales,
    (s, mass, _, out) => of(menuAtScale(problem, s), mass, out),
    components,
    piecesBetween(ends, (end) =>
      end === scales.max ? isSingularAt(scales, end) : end === scales.min || isSingularInside,
    ),
    'mass',
  );
};

/**
 * E over w of what is served as φ̄(w) at all scales: density, survival and φ̄ of the values are then asked for at some hundred values, not at as many
 * for every scale.
 */
const totalsByValue = (problem: ValueScaleProblem): Totals => {
  const { values: types, scales, served, supply } = problem;
  const atAllScales = expectedSupply(supply, scales);
  const { values, error } = integrateTypes(
    types,
    (w, mass, length, out) => {
      const expected = atAllScales.at(served.at(w));
      out[0] = expected.surplus * mass;
      out[1] = expected.cost * mass;
      out[2] = w * expected.quality * mass;
      out[3] = expected.quality * types.survival(w) * length;
    },
    4,
    valuePieces(problem),
  );
  let solved = true;
  const count = supply.models?.length ?? 0;
  const shares = overScales(problem, 2 + count, (menu, mass, out) => {
    solved &&= menu.isProbed;
    const { excluded, fineTuned, models } = menu.shares();
    out[0] = mass * excluded;
    out[1] = mass * fineTuned;
    models?.forEach((share, k) => {
      out[2 + k] = mass * share;
    });
  });
  return {
    servedSurplus: values[0]!,
    cost: values[1]!,
    grossValue: values[2]!,
    rent: values[3]!,
    excluded: shares.values[0]!,
    fineTuned: shares.values[1]!,
    ...(count > 0 ? { models: Array.from(shares.values.subarray(2)) } : {}),
    error: Math.max(error, shares.error) + atAllScales.error(),
    solved: solved && atAllScales.solved(),
  };
};

/** Values between which E over s of supply is smooth: it is not where a regime reaches the smallest scale, the largest, or a breakpoint. */
const valuePieces = ({ values: types, scales, served, supply }: ValueScaleProblem): Piece[] => {
  const start = served.cutoff(0);
  const levels = [scales.min, ...scales.breakpoints, scales.max]
    .filter((s) => s > 0)
    .flatMap((s) => supply.kinks(s, served.at(types.max)));
  const kinks = levels.map((level) => served.cutoff(level));
  const ends = [start, ...kinks, ...served.breakpoints, types.max]
    .filter((x) => x >= start && x <= types.max)
    .sort((a, b) => a - b);
  const isFractional = [scales.min, scales.max].some((end) => isSingularAt(scales, end));
  return piecesBetween(ends, (end) =>
    end === types.max || end === types.min || types.breakpoints.includes(end)
      ? isSingularAt(types, end)
      : end === start || (isFractional && kinks.includes(end)),
  );
};

interface ExpectedSupply {
  /** E over s of S(ψ, s), C and q. */
  at(value: number): { readonly surplus: number; readonly cost: number; readonly quality: number };
  error(): number;
  solved(): boolean;
}

const expectedSupply = (supply: EfficientSupply, scales: Distribution): ExpectedSupply => {
  const point = supplyPoint(supply.inputs.length);
  const isSingularTop = isSingularAt(scales, scales.max);
  let error = 0;
  let solved = true;
  let known = Number.NaN;
  let answer = { surplus: 0, cost: 0, quality: 0 };
  const at: ExpectedSupply['at'] = (value) => {
    // All types of a pool are served alike.
    if (value === known) return answer;
    known = value;
    const ends = [
      scales.min,
      ...regimeChanges(supply, value, scales.min, scales.max, BEND),
      ...scales.breakpoints,
      scales.max,
    ].sort((a, b) => a - b);
    const found = integrateTypes(
      scales,
      (s, mass, _, out) => {
        supply.supply(value, s, point);
        solved &&= point.solved;
        out[0] = point.surplus * mass;
        out[1] = point.cost * mass;
        out[2] = point.quality * mass;
      },
      3,
      piecesBetween(ends, (end) => end === scales.min || (end === scales.max && isSingularTop)),
      'mass',
    );
    error = Math.max(error, found.error);
    const [surplus, cost, quality] = found.values as unknown as readonly [number, number, number];
    answer = { surplus, cost, quality };
    return answer;
  };
  return { at, error: () => error, solved: () => solved };
};
