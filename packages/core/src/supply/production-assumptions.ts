import { EigenvalueDecomposition, Matrix } from 'ml-matrix';
import { signedMargin } from '../screening/conditions.ts';
import { leastChordExcess } from './chord-excess.ts';
import { marginalConditions } from './newton/marginal-conditions.ts';
import { marginalEvaluator } from './newton/marginal-evaluator.ts';
import { steepestChange } from './smoothness.ts';
import type { Technology } from './technology.ts';

/** One of Section 2's assumptions on v, tried at sampled inputs: its margin, unit-free, and the inputs at which it is tightest. */
export interface ProductionAssumption {
  readonly name:
    | 'increasing'
    | 'smooth'
    | 'concave'
    | 'positive-cross-partials'
    | 'essential-task-inputs'
    | 'infinite-marginal-product-at-zero'
    | 'vanishing-marginal-product';
  readonly holds: boolean;
  readonly margin: number;
  readonly at: Readonly<Record<string, number>>;
}

const SAMPLES = 256;
/** Sampled inputs lie between these bounds, evenly in logarithms; shared inputs from zero up. */
const LOW = 1e-3;
const HIGH = 1e3;
const ROUNDING = 1e-9;
/** Slopes are compared this share of the amounts to both sides. */
const BESIDE = 1e-3;
/** Elasticities below this are left out; where most points have one, v does not increase. */
const FLAT = 1e-8;
/** An elasticity that jumps by more has a kink there. */
const KINK = 1e-5;
/** Lines between sampled points that are searched for one. */
const LINES = 24;

/** Point number `index` of the Kronecker sequence in [0, 1)^n: evenly spread and always the same. */
const spreadPoint = (index: number, n: number): number[] => {
  const base = 1 + 1 / (n + 1);
  return Array.from({ length: n }, (_, d) => ((index + 1) * base ** -(d + 1) * 1.618033988749895) % 1);
};

/** Pairs of points: neighbours in the sequence, a point and its double, and points that differ in one input only. */
const chordsBetween = (points: readonly Float64Array[]): (readonly [Float64Array, Float64Array])[] =>
  points.flatMap((point, at) => {
    const other = points[(at + 1) % points.length]!;
    const single = point.map((own, i) => (i === at % point.length ? other[i]! : own));
    return [[point, other] as const, [point, single] as const, [point, point.map((own) => 2 * own)] as const];
  });

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
  const { inputs, taskCount, sharedCount, sharedScales } = technology;
  const n = taskCount + sharedCount;
  const { evaluate, differentiate } = marginalEvaluator(technology);
  const state = marginalConditions(technology, 1);
  const one = new Float64Array([1]);
  const x = new Float64Array(taskCount);
  const z = new Float64Array(sharedCount);
  const marginal = new Float64Array(n);
  const found = new Map<ProductionAssumption['name'], { margin: number; at: Record<string, number> }>();
  const noteAt = (
    name: ProductionAssumption['name'],
    margin: number,
    amounts: readonly number[] | Float64Array,
  ): void => {
    const at = Object.fromEntries(inputs.map((input, i) => [input.name, amounts[i]!]));
    found.set(name, { margin, at });
  };
  const note = (name: ProductionAssumption['name'], margin: number): void => {
    const least = found.get(name);
    if (least !== undefined && !(margin < least.margin) && !Number.isNaN(margin)) return;
    if (least !== undefined && Number.isNaN(least.margin)) return;
    noteAt(name, margin, [...x, ...z]);
  };
  const marginalAt = (i: number, amount: number): number => {
    const buffer = i < taskCount ? x : z;
    const place = i < taskCount ? i : i - taskCount;
    const before = buffer[place]!;
    buffer[place] = amount;
    technology.gradient(x, z, marginal);
    buffer[place] = before;
    return marginal[i]!;
  };

  /** Whether the slope of v rises along a direction, from one side of the amounts to the other, by a tenth of what upward curvature would make of it. */
  const isSlopeRising = (amounts: Float64Array, direction: readonly number[], upwards: number): boolean => {
    const [before, after] = [-BESIDE, BESIDE].map((step) => {
      const moved = amounts.map((own, i) => Math.max(0, own + step * direction[i]!));
      technology.gradient(moved.subarray(0, taskCount), moved.subarray(taskCount), marginal);
      return direction.reduce((sum, part, i) => sum + part * marginal[i]!, 0);
    });
    return after! - before! > 0.2 * BESIDE * upwards;
  };

  let flat = 0;
  const drawn: Float64Array[] = [];
  let last: Float64Array | undefined;
  for (let sample = 0; sample < SAMPLES; sample++) {
    const spread = spreadPoint(sample, n);
    for (let j = 0; j < taskCount; j++) {
      x[j] = LOW * Math.exp(spread[j]! * Math.log(HIGH / LOW));
      state.logX[j] = Math.log(x[j]!);
    }
    for (let k = 0; k < sharedCount; k++) {
      // A quarter of the points have the input at zero, where it may be.
      const u = spread[taskCount + k]!;
      z[k] =
        u < 0.25 && sharedScales[k]! > 0 ? 0 : LOW * Math.exp(((u - 0.25) / 0.75) * Math.log(HIGH / LOW));
      state.z[k] = z[k]!;
    }
    evaluate(state, one, one);
    differentiate(state, one, 8);
    technology.gradient(x, z, marginal);
    const v = technology.value(x, z);
    const here = Float64Array.from([...x, ...z]);
    drawn.push(here);
    if (last !== undefined && sample < LINES) {
      const { jump, amounts } = steepestChange(technology, last, here);
      const least = found.get('smooth');
      // Below the tolerance it is rounding, wherever it is.
      const margin = jump > KINK ? -jump : 0;
      if (least === undefined || margin < least.margin) noteAt('smooth', margin, amounts);
    }
    last = here;
    const size = (i: number): number =>
      i < taskCount ? x[i]! : z[i - taskCount]! + sharedScales[i - taskCount]!;
    // Where v has levelled off, its slopes are rounding and tell nothing.
    const elasticityOf = (a: number): number => (marginal[a]! * size(a)) / Math.abs(v);
    if (inputs.some((_, a) => Math.abs(elasticityOf(a)) < FLAT)) {
      flat++;
      continue;
    }
    for (let a = 0; a < n; a++) note('increasing', elasticityOf(a));
    // Beyond a peak, where nobody goes, logarithms of slopes tell nothing.
    if (!(v > 0) || marginal.some((slope) => !(slope > 0))) continue;
    const hessian = Matrix.zeros(n, n);
    for (let a = 0; a < n; a++) {
      const elasticity = elasticityOf(a);
      for (let b = 0; b < n; b++) hessian.set(a, b, elasticity * state.elasticities[a * n + b]!);
    }
    // Scaled by inputs and v, ∂²v is D H D/v with D = diag(inputs): the same sign as H.
    const symmetric = Matrix.add(hessian, hessian.transpose()).mul(0.5);
    if (!symmetric.to1DArray().every(Number.isFinite)) continue;
    const { realEigenvalues, eigenvectorMatrix } = new EigenvalueDecomposition(symmetric, {
      assumeSymmetric: true,
    });
    const curvature = -Math.max(...realEigenvalues);
    const upward = eigenvectorMatrix.getColumn(realEigenvalues.indexOf(-curvature));
    // A kink within the differences' reach can look like upward curvature; slopes that rise cannot.
    if (
      curvature >= -ROUNDING ||
      isSlopeRising(
        here,
        upward.map((part, i) => part * size(i)),
        -curvature * v,
      )
    )
      note('concave', curvature);
    for (let a = 0; a < n; a++)
      for (let b = 0; b < a; b++) note('positive-cross-partials', symmetric.get(a, b));
    if (sample % 16 !== 0) continue;
    for (let j = 0; j < taskCount; j++) {
      const before = x[j]!;
      x[j] = 0;
      const without = technology.value(x, z);
      x[j] = before;
      note('essential-task-inputs', -Math.abs(without) / v);
      note(
        'infinite-marginal-product-at-zero',
        Math.log(marginalAt(j, before * 1e-9) / marginalAt(j, before)) / Math.log(1e9),
      );
    }
    for (let i = 0; i < n; i++) {
      const from = size(i);
      note(
        'vanishing-marginal-product',
        -Math.log(Math.max(0, marginalAt(i, from * 1e9) / marginalAt(i, from))) / Math.log(1e9),
      );
    }
  }
  if (flat > SAMPLES / 2) note('increasing', 0);
  const chord = leastChordExcess(technology, chordsBetween(drawn));
  // Curvature says more, but kinks hide it.
  if (chord !== undefined && (chord.excess < -ROUNDING || !found.has('concave'))) {
    const margin = Math.min(chord.excess, found.get('concave')?.margin ?? 0);
    noteAt('concave', Math.abs(margin) < ROUNDING ? 0 : margin, chord.amounts);
  }
  // A marginal product that goes to ∞ or 0 does so like a power; one that levels off has an exponent near 0.
  const least: Readonly<Record<ProductionAssumption['name'], number>> = {
    increasing: 0,
    smooth: -ROUNDING,
    concave: -ROUNDING,
    'positive-cross-partials': -ROUNDING,
    'essential-task-inputs': -ROUNDING,
    'infinite-marginal-product-at-zero': 1e-3,
    'vanishing-marginal-product': 1e-3,
  };
  return [...found].map(([name, { margin: measured, at }]) => {
    const holds = measured > least[name];
    return { name, holds, margin: signedMargin(measured, holds, ROUNDING), at };
  });
};
