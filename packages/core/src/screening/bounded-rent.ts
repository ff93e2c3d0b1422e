import { gaussLegendre } from '../integration/gauss-legendre.ts';
import { isSingularAtStart, type Piece } from '../integration/quadrature.ts';
import { maximizer } from '../integration/root.ts';
import { supplyPoint } from '../supply/efficient-supply.ts';
import { type Condition, judged } from './conditions.ts';
import { menuAtScale, type ValueScaleProblem } from './value-scale.ts';

/** Golden-section steps for the tightest value, and for the tightest scale, at which every step is a pass over values. */
const VALUE_STEPS = 16;
const SCALE_STEPS = 10;
/** A hair above scale 0, where there is nothing to sell. */
const ABOVE_ZERO = 1e-9;

/** The two sides of an assumption at (w, s), as a ratio that must not exceed 1. */
type RatioName = 'bounded-rent' | 'bounded-rent-tariff';

interface Largest {
  readonly ratio: number;
  readonly value: number;
}

/** The top of the parabola through three points of which the middle one is highest. */
const parabolaTop = (x: readonly number[], y: readonly number[]): Largest => {
  const [left, right] = [x[1]! - x[0]!, x[2]! - x[1]!];
  const [rise, fall] = [(y[1]! - y[0]!) / left, (y[2]! - y[1]!) / right];
  const curvature = (fall - rise) / (left + right);
  if (!(curvature < 0)) return { ratio: y[1]!, value: x[1]! };
  const slope = rise + curvature * left; // at the middle point
  return { ratio: y[1]! - (slope * slope) / (4 * curvature), value: x[1]! - slope / (2 * curvature) };
};

/** Ratios of different scales this close are the same for the search, which then keeps to the largest scale. */
const ALIKE = 1e-3;

const PARTS = 12;
const NODES = 3;
/** This close to a jump of quality, as a share of the values' range, stands what is on either side of it. */
const BESIDE = 1e-12;
/** Quality that rises by less from one side to the other, as a share of the most, does not jump. */
const JUMP = 1e-3;
/** Step in the scale, as a share of it, from which the motion of a jump is told. */
const STEP = 1e-4;

/**
 * What the jumps of quality add to ∂U/∂s = ∫ q_s dk, at the starts of the pieces of types: where the best model changes, or an input goes at once to
 * its cap, at k*(s), U has the term −Δq·∂k*∕∂s.
 */
const jumpTerms = (problem: ValueScaleProblem, scale: number, pieces: readonly Piece[]): number[] => {
  const { served, supply, values } = problem;
  const point = supplyPoint(supply.inputs.length);
  const qualityAt = (value: number): number => {
    supply.supply(served.at(value), scale, point);
    return point.quality;
  };
  const beside = BESIDE * (values.max - values.min);
  const least = JUMP * qualityAt(values.max);
  const rises = pieces.map(({ from }) => qualityAt(from + beside) - qualityAt(from - beside));
  if (rises.every((rise) => !(rise > least))) return pieces.map(() => 0);
  const moved = [1 + STEP, 1 - STEP].map((factor) => menuAtScale(problem, factor * scale).pieces);
  return rises.map((rise, i) => {
    if (!(rise > least)) return 0;
    // A piece may come or go on the way: then it is told from the other side alone.
    const [up, down] = moved.map((other) => (other.length === pieces.length ? other[i]!.from : undefined));
    const here = pieces[i]!.from;
    const steps = (up === undefined ? 0 : 1) + (down === undefined ? 0 : 1);
    return steps === 0 ? 0 : (-rise * ((up ?? here) - (down ?? here))) / (steps * STEP * scale);
  });
};

/**
 * The largest ratio, over the values served at one scale, of the sides of Assumption 1 (∫ s q_s dk to w q) or Assumption 2 (∫ q_s dk to −m C_s).
 * The integral runs from sample to sample, jumps of quality included; with `isFine`, the largest sample's neighbourhood is searched.
 */
const largestRatios = (
  problem: ValueScaleProblem,
  scale: number,
  isFine: boolean,
): Record<RatioName, Largest> => {
  const { served, supply } = problem;
  const point = supplyPoint(supply.inputs.length);
  const rule = gaussLegendre(NODES);
  const samples: { value: number; gained: number }[] = [];
  let gained = 0; // ∫ q_s dk so far
  const { pieces } = menuAtScale(problem, scale);
  const jumps = jumpTerms(problem, scale, pieces);
  for (const [at, piece] of pieces.entries()) {
    const isGraded = isSingularAtStart(piece);
    const length = piece.to - piece.from;
    const place = (t: number): number => piece.from + length * (isGraded ? t * t * t * t : t);
    if (jumps[at] !== 0) {
      gained += jumps[at]!;
      samples.push({ value: piece.from + BESIDE * (problem.values.max - problem.values.min), gained });
    }
    for (let part = 0; part < PARTS; part++) {
      for (let i = 0; i < NODES; i++) {
        const t = (part + rule.nodes[i]!) / PARTS;
        supply.slopes(served.at(place(t)), scale, point);
        gained += (rule.weights[i]! / PARTS) * length * (isGraded ? 4 * t * t * t : 1) * point.qualityByScale;
      }
      samples.push({ value: place((part + 1) / PARTS), gained });
    }
  }

  const ratioOf = (name: RatioName, w: number, integral: number): number => {
    const phi = served.at(w);
    supply.supply(phi, scale, point);
    if (name === 'bounded-rent') return (scale * integral) / (w * point.quality);
    let taskCost = 0;
    supply.inputs.forEach((input, j) => {
      if (input.scope === 'task') taskCost += input.cost * point.inputs[j]!;
    });
    // −C_s = φ v − c_x·x by the envelope theorem, and m = w/φ.
    return integral / ((w / phi) * ((phi * point.quality) / scale - taskCost));
  };
  const gainedAt = (w: number): number => {
    let last = samples[0]!;
    for (const sample of samples) if (sample.value <= w) last = sample;
    let sum = last.gained;
    for (let i = 0; i < NODES; i++) {
      supply.slopes(served.at(last.value + (w - last.value) * rule.nodes[i]!), scale, point);
      sum += rule.weights[i]! * (w - last.value) * point.qualityByScale;
    }
    return sum;
  };
  const largest = (name: RatioName): Largest => {
    const ratios = samples.map(({ value, gained: integral }) => ratioOf(name, value, integral));
    let best = 0;
    ratios.forEach((ratio, i) => {
      if (ratio >= ratios[best]!) best = i;
    });
    const sample = samples[best];
    if (sample === undefined) return { ratio: 0, value: served.max };
    const [before, after] = [samples[best - 1], samples[best + 1]];
    if (before === undefined || after === undefined) return { ratio: ratios[best]!, value: sample.value };
    if (!isFine)
      return parabolaTop([before.value, sample.value, after.value], ratios.slice(best - 1, best + 2));
    const fine = (w: number): number => ratioOf(name, w, gainedAt(w));
    const value = maximizer(fine, before.value, after.value, VALUE_STEPS);
    return { ratio: Math.max(ratios[best]!, fine(value)), value };
  };
  return { 'bounded-rent': largest('bounded-rent'), 'bounded-rent-tariff': largest('bounded-rent-tariff') };
};

/**
 * Assumption 1 (bounded rent increase, Prop. 4): ∫₀ʷ s q_s dk ≤ w q, and Assumption 2 (its tariff form, Prop. 6): ∫₀ʷ q_s dk ≤ −m C_s.
 *
 * Each margin is 1 minus the largest ratio of the two sides over (w, s). Where the cost is given outright the second is left out.
 */
export const boundedRents = (problem: ValueScaleProblem, gridSize = 8): Condition[] => {
  const { scales, supply } = problem;
  const scaleAt = (step: number): number => scales.min + ((scales.max - scales.min) * step) / gridSize;
  const grid = Array.from({ length: gridSize }, (_, i) => largestRatios(problem, scaleAt(i + 1), false));
  const condition = (name: RatioName): Condition => {
    // Most often the largest scale is the tightest; an interior maximum is sought between its neighbours.
    let best = gridSize - 1;
    for (let i = gridSize - 2; i >= 0; i--)
      if (grid[i]![name].ratio > grid[best]![name].ratio + ALIKE) best = i;
    const coarse = (s: number): number => largestRatios(problem, s, false)[name].ratio;
    const interior =
      best < gridSize - 1
        ? [maximizer(coarse, scaleAt(best + ABOVE_ZERO), scaleAt(best + 2), SCALE_STEPS)]
        : [];
    const candidates = [scales.max, ...interior].map((scale) => ({
      scale,
      ...largestRatios(problem, scale, true)[name],
    }));
    const { ratio, value, scale } = candidates.reduce((a, b) => (b.ratio > a.ratio ? b : a));
    return judged(name, 1 - ratio, { value, scale });
  };
  const isProduced = supply.inputs.length > 0;
  return isProduced
    ? [condition('bounded-rent'), condition('bounded-rent-tariff')]
    : [condition('bounded-rent')];
};
