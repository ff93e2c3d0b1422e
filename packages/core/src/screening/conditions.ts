import { maximizer } from '../integration/root.ts';
import { signedMargin } from '../supply/signed-margin.ts';
import type { IronedVirtualValue, Pool } from './ironing.ts';

/** Golden-section steps between two knots beside the tightest: they leave 1e-5 of the stretch. */
const SEARCH_STEPS = 24;
/** Knots nearer than this share of the support are one: their secant is rounding. */
const SAME_KNOT = 1e-9;

/** A condition of the paper's propositions, computed: how far it is from failing, and where it is tightest. */
export interface Condition {
  readonly name: string;
  readonly holds: boolean;
  /** At least 0 where the condition holds, below 0 where it fails; what it measures is said where it is computed. NaN where it is not known. */
  readonly margin: number;
  readonly at: { readonly value?: number; readonly scale?: number };
}

/** Slack for derivatives that were taken by differences. */
const ROUNDING = 1e-7;

/** The verdict of a measured margin: what misses by no more than the slack is rounding, and holds. The margin's sign is the verdict's. */
export const judged = (
  name: string,
  measured: number,
  at: Condition['at'],
  slack: number = ROUNDING,
): Condition => {
  const holds = measured >= -slack;
  return { name, holds, margin: signedMargin(measured, holds, slack), at };
};

/** A share of the buyers that no condition speaks of. */
const NOBODY = 1e-12;

/** The place at which `measure` is smallest over the knots with φ̄ > 0, from the secants between knots and then by search. */
const tightest = (
  ironed: IronedVirtualValue,
  secant: (i: number, j: number) => number,
  measure: (x: number) => number,
): { margin: number; at: number } => {
  const { knots, levels, min, max } = ironed;
  const start = ironed.cutoff(0);
  let margin = Number.POSITIVE_INFINITY;
  let at = max;
  let best = -1;
  for (let i = 0; i + 1 < knots.length; i++) {
    // Far in a tail without mass the density underflows, and φ with it: nobody is there.
    if (!(ironed.distribution.survival(knots[i]!) > NOBODY)) break;
    if (knots[i]! < start || !(levels[i]! > 0) || knots[i + 1]! - knots[i]! < SAME_KNOT * (max - min))
      continue;
    const value = secant(i, i + 1);
    if (value < margin) {
      margin = value;
      best = i;
      at = (knots[i]! + knots[i + 1]!) / 2;
    }
  }
  if (best < 0) return { margin, at };
  const from = Math.max(knots[Math.max(best - 1, 0)]!, start);
  const to = knots[Math.min(best + 2, knots.length - 1)]!;
  const place = maximizer((x) => -measure(x), from, to, SEARCH_STEPS);
  const refined = measure(place);
  return refined < margin ? { margin: refined, at: place } : { margin, at };
};

/** Derivative of f at x, by central differences of order 4 that do not reach across a kink or an end. */
const slope = (
  f: (x: number) => number,
  x: number,
  { min, max, breakpoints }: IronedVirtualValue,
): number => {
  const from = Math.max(min, ...breakpoints.filter((place) => place <= x));
  const to = Math.min(max, ...breakpoints.filter((place) => place > x));
  const h = Math.min(1e-3 * (max - min), (to - from) / 5);
  const reach = 2.001 * h; // rounding must not lead outside
  const centre = Math.min(to - reach, Math.max(from + reach, x));
  return (8 * (f(centre + h) - f(centre - h)) - (f(centre + 2 * h) - f(centre - 2 * h))) / (12 * h);
};

/** The steepest fall of φ inside a pool, over the pool's width: φ may jump there, so that it has no slope. */
const fallIn = (pool: Pool, { knots, virtualLevels }: IronedVirtualValue): { margin: number; at: number } => {
  let peak = Number.NEGATIVE_INFINITY;
  let fall = 0;
  let at = pool.to;
  knots.forEach((x, k) => {
    if (!(x >= pool.from && x <= pool.to)) return;
    const level = virtualLevels[k]!;
    if (peak - level > fall && level > Number.NEGATIVE_INFINITY) {
      fall = peak - level;
      at = x;
    }
    peak = Math.max(peak, level);
  });
  return { margin: -fall / (pool.to - pool.from), at };
};

/** Pools of types that buy. */
const servedPools = (ironed: IronedVirtualValue): readonly Pool[] =>
  ironed.pools.filter((pool) => pool.ironedVirtualValue > 0);

/**
 * Increasing virtual value: φ′ > 0 wherever φ̄ > 0 (Prop. 4, 5). The margin is the smallest slope of φ there, across a pool that of its
 * fall over the pool's width; it is negative where types that buy are bunched.
 */
export const increasingVirtualValue = (ironed: IronedVirtualValue): Condition => {
  const { knots, virtualLevels } = ironed;
  const phi = (x: number): number => ironed.virtualValue(x);
  const measured = tightest(
    ironed,
    (i, j) => (virtualLevels[j]! - virtualLevels[i]!) / (knots[j]! - knots[i]!),
    (x) => slope(phi, x, ironed),
  );
  const falls = servedPools(ironed).map((pool) => fallIn(pool, ironed));
  const { margin, at } = [...falls, measured].reduce((least, each) =>
    each.margin < least.margin || Number.isNaN(each.margin) ? each : least,
  );
  // Pooled types are pooled, however little φ falls.
  const lacking = falls.length > 0 ? Math.min(margin, -2 * ROUNDING) : margin;
  return judged('increasing-virtual-value', lacking, { value: at });
};

/**
 * Nonincreasing markup m = θ/φ̄ wherever φ̄ > 0: necessary and sufficient for two-part tariffs (ERRATA S2, S4; what Lemma 3 and
 * Prop. 6, 7 need in place of Assumption 2). The margin is the smallest −dlog m/dlog θ; −1 on a pool.
 */
export const nonincreasingMarkup = (ironed: IronedVirtualValue): Condition => {
  const { knots, levels } = ironed;
  const { margin, at } = tightest(
    ironed,
    (i, j) => Math.log(levels[j]! / levels[i]!) / Math.log(knots[j]! / knots[i]!) - 1,
    (x) => (x * slope((k) => ironed.at(k), x, ironed)) / ironed.at(x) - 1,
  );
  const [pool] = servedPools(ironed);
  // A pool may be narrower than the steps of the search.
  if (pool !== undefined && margin >= -ROUNDING)
    return judged('nonincreasing-markup', -1, { value: (pool.from + pool.to) / 2 });
  return judged('nonincreasing-markup', margin, { value: at });
};
