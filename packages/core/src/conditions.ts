import { supplyPoint } from './efficient-supply.ts';
import { gaussLegendre } from './gauss-legendre.ts';
import type { IronedVirtualValue } from './ironing.ts';
import { maximizer } from './root.ts';
import { menuAtScale, type ValueScaleProblem } from './value-scale.ts';

/** A condition of the paper's propositions, computed: how far it is from failing, and where it is tightest. */
export interface Condition {
  readonly name: string;
  readonly holds: boolean;
  /** Positive where the condition holds strictly; what it measures is said where it is computed. */
  readonly margin: number;
  readonly at: { readonly value?: number; readonly scale?: number };
}

/** Slack for derivatives that were taken by differences. */
const ROUNDING = 1e-7;

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
    if (knots[i]! <= start || !(levels[i]! > 0) || knots[i + 1]! - knots[i]! < 1e-9 * (max - min)) continue;
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
  const place = maximizer((x) => -measure(x), from, to, 24);
  const refined = measure(place);
  return refined < margin ? { margin: refined, at: place } : { margin, at };
};

/** Derivative of f inside [min, max], by central differences of order 4. */
const slope = (f: (x: number) => number, x: number, min: number, max: number): number => {
  const h = 1e-3 * (max - min);
  const centre = Math.min(max - 2 * h, Math.max(min + 2 * h, x));
  return (8 * (f(centre + h) - f(centre - h)) - (f(centre + 2 * h) - f(centre - 2 * h))) / (12 * h);
};

/**
 * Increasing virtual value: φ′ > 0 wherever φ̄ > 0 (Prop. 4, 5). The margin is the smallest slope of φ there; it is negative
 * where types that buy are bunched.
 */
export const increasingVirtualValue = (ironed: IronedVirtualValue): Condition => {
  const { knots, virtualLevels, min, max } = ironed;
  const phi = (x: number): number => ironed.virtualValue(x);
  const { margin, at } = tightest(
    ironed,
    (i, j) => (virtualLevels[j]! - virtualLevels[i]!) / (knots[j]! - knots[i]!),
    (x) => slope(phi, x, min, max),
  );
  const isBunched = ironed.pools.some((pool) => pool.ironedVirtualValue > 0);
  return {
    name: 'increasing-virtual-value',
    holds: !isBunched && margin >= -ROUNDING,
    margin,
    at: { value: at },
  };
};

/**
 * Nonincreasing markup m = θ/φ̄ wherever φ̄ > 0: necessary and sufficient for two-part tariffs (ERRATA S2, S4; what Lemma 3 and
 * Prop. 6, 7 need in place of Assumption 2). The margin is the smallest −dlog m/dlog θ; −1 on a pool.
 */
export const nonincreasingMarkup = (ironed: IronedVirtualValue): Condition => {
  const { knots, levels, min, max } = ironed;
  const { margin, at } = tightest(
    ironed,
    (i, j) => Math.log(levels[j]! / levels[i]!) / Math.log(knots[j]! / knots[i]!) - 1,
    (x) => (x * slope((k) => ironed.at(k), x, min, max)) / ironed.at(x) - 1,
  );
  return { name: 'nonincreasing-markup', holds: margin >= -ROUNDING, margin, at: { value: at } };
};

interface RentRatios {
  /** ∫ s q_s dk ÷ (w q): at most 1 under Assumption 1. */
  readonly rent: number;
  readonly rentAt: number;
  /** ∫ q_s dk ÷ (−m C_s): at most 1 under Assumption 2. */
  readonly tariff: number;
  readonly tariffAt: number;
}

const PARTS = 6;
const NODES = 5;

/** The largest ratios of Assumptions 1 and 2 over the values served at one scale. */
const rentRatios = (problem: ValueScaleProblem, scale: number): RentRatios => {
  const { served, supply } = problem;
  const menu = menuAtScale(problem, scale);
  const point = supplyPoint(supply.inputs.length);
  const rule = gaussLegendre(NODES);
  let gained = 0; // ∫ q_s dk so far
  let rent = 0;
  let rentAt = served.max;
  let tariff = 0;
  let tariffAt = served.max;
  for (const piece of menu.pieces) {
    const isGraded = piece.singular === 'from' || piece.singular === 'both';
    const length = piece.to - piece.from;
    const place = (t: number): number => piece.from + length * (isGraded ? t * t * t * t : t);
    for (let part = 0; part < PARTS; part++) {
      for (let i = 0; i < NODES; i++) {
        const t = (part + rule.nodes[i]!) / PARTS;
        supply.slopes(served.at(place(t)), scale, point);
        gained += (rule.weights[i]! / PARTS) * length * (isGraded ? 4 * t * t * t : 1) * point.qualityByScale;
      }
      const w = place((part + 1) / PARTS);
      const phi = served.at(w);
      supply.supply(phi, scale, point);
      let taskCost = 0;
      supply.inputs.forEach((input, j) => {
        if (input.scope === 'task') taskCost += input.cost * point.inputs[j]!;
      });
      const first = (scale * gained) / (w * point.quality);
      // −C_s = φ v − c_x·x by the envelope theorem, and m = w/φ.
      const second = gained / ((w / phi) * ((phi * point.quality) / scale - taskCost));
      if (first > rent) {
        rent = first;
        rentAt = w;
      }
      if (second > tariff) {
        tariff = second;
        tariffAt = w;
      }
    }
  }
  return { rent, rentAt, tariff, tariffAt };
};

/**
 * Assumption 1 (bounded rent increase, Prop. 4): ∫₀ʷ s q_s dk ≤ w q, and Assumption 2 (its tariff form, Prop. 6): ∫₀ʷ q_s dk ≤ −m C_s.
 * Each margin is 1 minus the largest ratio of the two sides. Where the cost is given outright the second is left out.
 */
export const boundedRents = (problem: ValueScaleProblem, gridSize = 10): Condition[] => {
  const { scales, supply } = problem;
  const at = (fraction: number): number => scales.min + (scales.max - scales.min) * fraction;
  const worst = (name: string, pick: (r: RentRatios) => [number, number]): Condition => {
    let best = gridSize;
    for (let i = gridSize - 1; i >= 1; i--) if (pick(grid[i]!)[0] > pick(grid[best]!)[0] + ROUNDING) best = i;
    let [margin, place] = pick(grid[best]!);
    let scale = at(best / gridSize);
    // Most often the largest scale is the tightest; an interior maximum is sought between its neighbours.
    if (best < gridSize) {
      const refined = maximizer(
        (s) => pick(rentRatios(problem, s))[0],
        at((best - 1 + 1e-9) / gridSize),
        at((best + 1) / gridSize),
        12,
      );
      const [value, where] = pick(rentRatios(problem, refined));
      if (value > margin) {
        margin = value;
        place = where;
        scale = refined;
      }
    }
    return { name, holds: 1 - margin >= -ROUNDING, margin: 1 - margin, at: { value: place, scale } };
  };
  const grid = Array.from({ length: gridSize + 1 }, (_, i) =>
    i === 0 ? { rent: 0, rentAt: 0, tariff: 0, tariffAt: 0 } : rentRatios(problem, at(i / gridSize)),
  );
  const conditions = [worst('bounded-rent', (r) => [r.rent, r.rentAt])];
  if (supply.inputs.length > 0) conditions.push(worst('bounded-rent-tariff', (r) => [r.tariff, r.tariffAt]));
  return conditions;
};
