import { Matrix } from 'ml-matrix';
import { symmetricEigen } from '../linear-algebra/symmetric-eigen.ts';
import {
  type AssumptionMargins,
  assumptionMargins,
  type ProductionAssumption,
  ROUNDING,
} from './assumption-margins.ts';
import { leastChordExcess } from './chord-excess.ts';
import { type MarginalConditions, marginalConditions } from './newton/marginal-conditions.ts';
import { marginalEvaluator } from './newton/marginal-evaluator.ts';
import { chordsBetween, sampledAmounts } from './sampled-amounts.ts';
import { steepestChange } from './smoothness.ts';
import type { Technology } from './technology.ts';

export type { ProductionAssumption } from './assumption-margins.ts';

const SAMPLES = 256;
/** Slopes are compared this share of the amounts to both sides. */
const BESIDE = 1e-3;
/** A rise of slopes by this share of what upward curvature would make of it is one. */
const RISING = 0.2;
/** Elasticities below this are left out; where most points have one, v does not increase. */
const FLAT = 1e-8;
/** An elasticity that jumps by more has a kink there. */
const KINK = 1e-5;
/** Lines between sampled points that are searched for one. */
const LINES = 24;
/** One point of so many is moved to the boundary, by this factor. */
const EVERY = 16;
const FAR = 1e9;

/** v at sampled amounts, with its slopes and their elasticities. */
interface Sample {
  readonly amounts: Float64Array;
  readonly value: number;
  readonly marginal: Float64Array;
  readonly state: MarginalConditions;
  /** Amounts, of shared inputs with their scales, of which slopes are elasticities. */
  readonly sizes: Float64Array;
}

/**
 * The assumptions of Section 2 on v, by sampling inputs over six decades.
 *
 * Margins are elasticities: of v (increasing), less the largest jump of one (smooth), the least curvature −λ_max of the Hessian scaled by inputs and v, or what
 * v lies below a chord (concave), the scaled
 * cross-partials, and at the boundary v and marginal products at 10⁻⁹ or 10⁹ of an input against those at 1.
 */
export const productionAssumptions = (given: Technology): ProductionAssumption[] => {
  // Elasticities are of the amounts of task inputs themselves.
  const technology = { ...given, taskScales: given.taskScales.map(() => 0) };
  const margins = assumptionMargins(technology.inputs);
  const sampleAt = sampler(technology);
  const points = sampledAmounts(technology, SAMPLES);
  let flat = 0;
  points.forEach((amounts, index) => {
    if (index > 0 && index < LINES) noteJump(technology, points[index - 1]!, amounts, margins);
    const sample = sampleAt(amounts);
    const elasticities = sample.sizes.map((size, a) => (sample.marginal[a]! * size) / Math.abs(sample.value));
    // Where v has levelled off, its slopes are rounding and tell nothing.
    if (elasticities.some((elasticity) => Math.abs(elasticity) < FLAT)) {
      flat++;
      return;
    }
    for (const elasticity of elasticities) margins.note('increasing', elasticity, amounts);
    // Beyond a peak, where nobody goes, logarithms of slopes tell nothing.
    if (!(sample.value > 0) || sample.marginal.some((slope) => !(slope > 0))) return;
    const isCurved = noteCurvature(technology, sample, elasticities, margins);
    if (isCurved && index % EVERY === 0) noteBoundary(technology, sample, margins);
  });
  if (flat > SAMPLES / 2) margins.note('increasing', 0, points[SAMPLES - 1]!);
  noteChords(technology, points, margins);
  return margins.assumptions();
};

const sampler = (technology: Technology): ((amounts: Float64Array) => Sample) => {
  const { taskCount, sharedCount, sharedScales } = technology;
  const { evaluate, differentiate } = marginalEvaluator(technology);
  const state = marginalConditions(technology, 1);
  const one = new Float64Array([1]);
  const marginal = new Float64Array(taskCount + sharedCount);
  return (amounts) => {
    const [x, z] = [amounts.subarray(0, taskCount), amounts.subarray(taskCount)];
    state.logX.set(x.map(Math.log));
    state.z.set(z);
    evaluate(state, one, one);
    differentiate(state, one, 8);
    technology.gradient(x, z, marginal);
    const sizes = amounts.map((own, i) => (i < taskCount ? own : own + sharedScales[i - taskCount]!));
    return { amounts, value: technology.value(x, z), marginal: marginal.slice(), state, sizes };
  };
};

/** The largest jump of an elasticity between two points. */
const noteJump = (
  technology: Technology,
  from: Float64Array,
  to: Float64Array,
  margins: AssumptionMargins,
): void => {
  const { jump, amounts } = steepestChange(technology, from, to);
  // Below the tolerance it is rounding, wherever it is.
  margins.note('smooth', jump > KINK ? -jump : 0, amounts);
};

/**
 * The Hessian scaled by inputs and v, D ∂²v D/v with D = diag(inputs), has the signs of the Hessian: its curvature and cross-partials. False where it is
 * no number.
 */
const noteCurvature = (
  technology: Technology,
  { amounts, value, state, sizes }: Sample,
  elasticities: Float64Array,
  margins: AssumptionMargins,
): boolean => {
  const n = sizes.length;
  const hessian = Matrix.zeros(n, n);
  for (let a = 0; a < n; a++)
    for (let b = 0; b < n; b++) hessian.set(a, b, elasticities[a]! * state.elasticities[a * n + b]!);
  const eigen = symmetricEigen(hessian);
  if (eigen === undefined) return false;
  const { eigenvalues, eigenvectors } = eigen;
  const curvature = -Math.max(...eigenvalues);
  const upward = eigenvectors.getColumn(eigenvalues.indexOf(-curvature)).map((part, i) => part * sizes[i]!);
  // A kink within the differences' reach can look like upward curvature; slopes that rise cannot.
  if (curvature >= -ROUNDING || isSlopeRising(technology, amounts, upward, -curvature * value))
    margins.note('concave', curvature, amounts);
  for (let a = 0; a < n; a++)
    for (let b = 0; b < a; b++)
      margins.note('positive-cross-partials', (hessian.get(a, b) + hessian.get(b, a)) / 2, amounts);
  return true;
};

/** Whether the slope of v rises along a direction, from one side of the amounts to the other, by a fair part of what upward curvature would make of it. */
const isSlopeRising = (
  { taskCount, gradient }: Technology,
  amounts: Float64Array,
  direction: readonly number[],
  upwards: number,
): boolean => {
  const marginal = new Float64Array(amounts.length);
  const [before, after] = [-BESIDE, BESIDE].map((step) => {
    const moved = amounts.map((own, i) => Math.max(0, own + step * direction[i]!));
    gradient(moved.subarray(0, taskCount), moved.subarray(taskCount), marginal);
    return direction.reduce((sum, part, i) => sum + part * marginal[i]!, 0);
  });
  return after! - before! > RISING * BESIDE * upwards;
};

/** Without a task input, and with next to nothing or very much of an input. */
const noteBoundary = (
  technology: Technology,
  { amounts, value, sizes }: Sample,
  margins: AssumptionMargins,
): void => {
  const { taskCount } = technology;
  const marginal = new Float64Array(amounts.length);
  const moved = amounts.slice();
  const [x, z] = [moved.subarray(0, taskCount), moved.subarray(taskCount)];
  const marginalAt = (i: number, amount: number): number => {
    moved[i] = amount;
    technology.gradient(x, z, marginal);
    moved[i] = amounts[i]!;
    return marginal[i]!;
  };
  for (let j = 0; j < taskCount; j++) {
    const own = amounts[j]!;
    moved[j] = 0;
    const without = technology.value(x, z);
    moved[j] = own;
    margins.note('essential-task-inputs', -Math.abs(without) / value, amounts);
    const growth = marginalAt(j, own / FAR) / marginalAt(j, own);
    margins.note('infinite-marginal-product-at-zero', Math.log(growth) / Math.log(FAR), amounts);
  }
  sizes.forEach((from, i) => {
    const fall = Math.max(0, marginalAt(i, from * FAR) / marginalAt(i, from));
    margins.note('vanishing-marginal-product', -Math.log(fall) / Math.log(FAR), amounts);
  });
};

/** Curvature says more than chords do, but kinks hide it. */
const noteChords = (
  technology: Technology,
  points: readonly Float64Array[],
  margins: AssumptionMargins,
): void => {
  const chord = leastChordExcess(technology, chordsBetween(points));
  const curvature = margins.get('concave');
  if (chord === undefined || (curvature !== undefined && !(chord.excess < -ROUNDING))) return;
  const margin = Math.min(chord.excess, curvature ?? 0);
  margins.set('concave', Math.abs(margin) < ROUNDING ? 0 : margin, chord.amounts);
};
