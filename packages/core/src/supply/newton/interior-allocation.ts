import { EigenvalueDecomposition, Matrix, solve } from 'ml-matrix';
import type { Technology } from '../technology.ts';

/** What the barrier method found for one task of a given value and weight. */
export interface InteriorAllocation {
  /** Amounts of task inputs, then of shared ones: all above zero and below their caps. */
  readonly amounts: Float64Array;
  /** s·(φ v(x, z) − c·x) − c·z. */
  readonly profit: number;
  /** What concave v lets any other amounts earn beyond `profit`. */
  readonly gap: number;
  /** The gross value s·φ·v. */
  readonly gross: number;
  /** Money with which the gap is to be compared: the largest gross value on the way. */
  readonly money: number;
  /** v increases at the end, and is not curved upwards: elsewhere a stationary point need not be a maximum. */
  readonly isConcave: boolean;
  /** Marginal products stay above costs however much is used. */
  readonly isUnbounded: boolean;
}

/** Stands for a cap of 0. */
const LEAST = 1e-300;
const MOST_STEPS = 200;
/** The barrier's share of the gross value at which to stop: the gap is as many times that as there are inputs. */
const LAST_BARRIER = 1e-16;
/** And of the largest gross value seen, for where there is nothing worth making. */
const NOTHING = 1e-24;
const LONGEST_STEP = 4;
const DIFFERENCE = 1e-5;
/** Amounts this many times the first ones, in logarithms, are tried for diminishing returns. */
const FAR = 60;
const RETURNS = 1e-6;

/**
 * argmax over amounts u > 0 of s·(φ v − c·x) − c·z + μ Σ log u_i + μ Σ log(cap_k − z_k), for μ falling to nothing: the slow and sure way to the
 * efficient allocation of one task, whichever inputs are worth using.
 *
 * Newton's method in log u, by the sum of what is certainly curved downwards; every step raises the objective. The bound on what is left comes
 * from the tangent: for concave v no amounts u′ earn more than profit + Σ (∂profit/∂u_i)(u′_i − u_i).
 */
export const interiorAllocator = (
  technology: Technology,
): ((value: number, scale: number) => InteriorAllocation) => {
  const { taskCount, sharedCount, cost, max } = technology;
  const n = taskCount + sharedCount;
  const x = new Float64Array(taskCount);
  const z = new Float64Array(sharedCount);
  const price = new Float64Array(n);
  const slope = new Float64Array(n);

  return (value, scale) => {
    for (let i = 0; i < n; i++) price[i] = i < taskCount ? scale * cost[i]! : cost[i]!;
    const caps = max.map((cap, i) => (i < taskCount ? Number.POSITIVE_INFINITY : Math.max(cap, LEAST)));

    /** Gross value at amounts eᵖ, and in `worth` u_i ∂(gross value)/∂u_i. */
    const evaluate = (logs: Float64Array, worth: Float64Array): number => {
      for (let j = 0; j < taskCount; j++) x[j] = Math.exp(logs[j]!);
      for (let k = 0; k < sharedCount; k++) z[k] = Math.exp(logs[taskCount + k]!);
      const v = technology.gradient(x, z, slope);
      for (let i = 0; i < n; i++) worth[i] = scale * value * slope[i]! * Math.exp(logs[i]!);
      return scale * value * v;
    };
    const spending = (logs: Float64Array): number => {
      let sum = 0;
      for (let i = 0; i < n; i++) sum += price[i]! * Math.exp(logs[i]!);
      return sum;
    };
    let barrier = 0;
    const objective = (gross: number, logs: Float64Array): number => {
      let sum = gross - spending(logs);
      for (let i = 0; i < n; i++) {
        sum += barrier * logs[i]!;
        if (caps[i]! < Number.POSITIVE_INFINITY) sum += barrier * Math.log(caps[i]! - Math.exp(logs[i]!));
      }
      return sum;
    };

    let logs = Float64Array.from(caps, (cap) => (cap < 2 ? Math.log(cap / 2) : 0));
    const first = Float64Array.from(logs);
    let worth = new Float64Array(n);
    let trialWorth = new Float64Array(n);
    let trial = new Float64Array(n);
    const shifted = new Float64Array(n);
    let gross = evaluate(logs, worth);
    let money = 0;
    let isConcave = true;
    let isUnbounded = false;
    const measure = (): void => {
      let most = Math.abs(gross);
      for (let i = 0; i < n; i++) most = Math.max(most, Math.abs(worth[i]!));
      if (most > money) money = most;
    };
    measure();
    barrier = 0.1 * (money + spending(logs));
    const isLast = (): boolean => barrier <= Math.max(LAST_BARRIER * gross, NOTHING * money);
    const lower = (): void => {
      barrier = Math.max(0.99 * Math.max(LAST_BARRIER * gross, NOTHING * money), barrier / 30);
    };

    for (let step = 0; step < MOST_STEPS; step++) {
      const push = new Float64Array(n);
      const curvature = Matrix.zeros(n, n);
      for (let b = 0; b < n; b++) {
        shifted.set(logs);
        shifted[b]! += DIFFERENCE;
        evaluate(shifted, trialWorth);
        // ∂(u_a v_a)/∂log u_b less u_a v_a on the diagonal leaves u_a u_b v_ab.
        for (let a = 0; a < n; a++) {
          const change = (trialWorth[a]! - worth[a]!) / DIFFERENCE - (a === b ? worth[a]! : 0);
          curvature.set(a, b, change);
        }
      }
      const downward = Matrix.zeros(n, n);
      const symmetric = Matrix.add(curvature, curvature.transpose()).mul(0.5);
      if (!symmetric.to1DArray().every(Number.isFinite)) break;
      const { realEigenvalues, eigenvectorMatrix } = new EigenvalueDecomposition(symmetric, {
        assumeSymmetric: true,
      });
      let total = 0;
      for (let i = 0; i < n; i++) total += Math.abs(worth[i]!);
      isConcave = realEigenvalues.every((eigenvalue) => eigenvalue <= 1e-4 * total);
      for (let a = 0; a < n; a++) {
        for (let b = 0; b < n; b++) {
          let sum = 0;
          for (let e = 0; e < n; e++)
            sum += eigenvectorMatrix.get(a, e) * Math.abs(realEigenvalues[e]!) * eigenvectorMatrix.get(b, e);
          downward.set(a, b, sum);
        }
        const amount = Math.exp(logs[a]!);
        const gain = worth[a]! - price[a]! * amount;
        const room = caps[a]! - amount;
        const wall = caps[a]! < Number.POSITIVE_INFINITY ? amount / room : 0;
        push[a] = gain + barrier * (1 - wall);
        downward.set(
          a,
          a,
          downward.get(a, a) +
            Math.max(Math.abs(gain - barrier * wall), 1e-3 * barrier) +
            barrier * wall * (1 + wall),
        );
      }
      let direction: Matrix;
      try {
        direction = solve(downward, Matrix.columnVector([...push]));
      } catch {
        break;
      }
      let rise = 0;
      let length = 1;
      for (let a = 0; a < n; a++) {
        const change = direction.get(a, 0);
        rise += push[a]! * change;
        length = Math.min(length, LONGEST_STEP / Math.abs(change));
        const room = caps[a]! / Math.exp(logs[a]!);
        if (change > 0 && room < Number.POSITIVE_INFINITY)
          length = Math.min(length, Math.log(1 + 0.95 * (room - 1)) / change);
      }
      if (!(rise >= 0)) break;
      if (rise <= 0.01 * n * barrier) {
        if (isLast()) break;
        lower();
        continue;
      }
      const before = objective(gross, logs);
      let moved = false;
      for (let halving = 0; halving < 30 && !moved; halving++, length /= 2) {
        for (let a = 0; a < n; a++) trial[a] = logs[a]! + length * direction.get(a, 0);
        const trialGross = evaluate(trial, trialWorth);
        const after = objective(trialGross, trial);
        if (!(after >= before + 1e-4 * length * rise - 4e-16 * (Math.abs(before) + money))) continue;
        [logs, trial] = [trial, logs];
        [worth, trialWorth] = [trialWorth, worth];
        gross = trialGross;
        moved = true;
      }
      if (!moved) {
        if (isLast()) break;
        lower();
        continue;
      }
      measure();
      if (logs.some((log, i) => log - first[i]! > FAR)) {
        isUnbounded = true;
        break;
      }
    }

    const profit = gross - spending(logs);
    // Away from the path's end every excess of marginal product over cost counts as far as amounts like these go.
    let gap = 0;
    for (let i = 0; i < n; i++) {
      const amount = Math.exp(logs[i]!);
      const gain = worth[i]! - price[i]! * amount;
      if (gain <= 0) gap -= gain;
      else if (caps[i]! < Number.POSITIVE_INFINITY) gap += gain * (caps[i]! / amount - 1);
      else gap += gain > 1e-9 * price[i]! * amount ? Number.POSITIVE_INFINITY : gain;
    }
    if (isUnbounded) {
      // Constant returns stay what they are at a multiple of the amounts; diminishing ones fall.
      const returns = (): number => worth.reduce((sum, w) => sum + w, 0) / spending(logs);
      const near = returns();
      logs = logs.map((log) => log + 20);
      evaluate(logs, worth);
      isUnbounded = near > 1 + RETURNS && returns() > near * (1 - RETURNS);
      logs = logs.map((log) => log - 20);
    }
    return {
      amounts: logs.map(Math.exp),
      profit,
      gross: profit + spending(logs),
      gap: Number.isNaN(gap) ? Number.POSITIVE_INFINITY : gap,
      money,
      isConcave: isConcave && worth.some((w) => w > 0),
      isUnbounded,
    };
  };
};
