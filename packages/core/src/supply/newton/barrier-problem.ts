import type { Technology } from '../technology.ts';

/** Amounts of all inputs of one task, and what they are worth there. */
export interface BarrierPoint {
  /** log u, task inputs before shared ones. */
  readonly logs: Float64Array;
  /** u_i ∂(gross value)/∂u_i. */
  readonly worth: Float64Array;
  /** The gross value s·φ·v. */
  gross: number;
}

/** The profit of one task of given value and weight, with a barrier that keeps amounts above zero and below their caps. */
export interface BarrierProblem {
  /** Money that a unit of each input costs: s·c for task inputs, c for shared ones. */
  readonly price: Float64Array;
  readonly caps: Float64Array;
  /** A point without amounts yet. */
  point(): BarrierPoint;
  /** Writes gross value and worth of the point's amounts. */
  evaluate(point: BarrierPoint): void;
  spending(logs: Float64Array): number;
  /** Profit + μ Σ log u_i + μ Σ log(cap_k − z_k). */
  objective(point: BarrierPoint, barrier: number): number;
}

/** Stands for a cap of 0. */
const LEAST = 1e-300;

export const barrierProblem = (
  { taskCount, sharedCount, cost, max, gradient }: Technology,
  value: number,
  scale: number,
): BarrierProblem => {
  const n = taskCount + sharedCount;
  const x = new Float64Array(taskCount);
  const z = new Float64Array(sharedCount);
  const slope = new Float64Array(n);
  const price = cost.map((own, i) => (i < taskCount ? scale * own : own));
  const caps = max.map((cap, i) => (i < taskCount ? Number.POSITIVE_INFINITY : Math.max(cap, LEAST)));

  const spending = (logs: Float64Array): number => {
    let sum = 0;
    for (let i = 0; i < n; i++) sum += price[i]! * Math.exp(logs[i]!);
    return sum;
  };

  return {
    price,
    caps,
    point: () => ({ logs: new Float64Array(n), worth: new Float64Array(n), gross: 0 }),
    evaluate: (point) => {
      const { logs, worth } = point;
      for (let j = 0; j < taskCount; j++) x[j] = Math.exp(logs[j]!);
      for (let k = 0; k < sharedCount; k++) z[k] = Math.exp(logs[taskCount + k]!);
      point.gross = scale * value * gradient(x, z, slope);
      for (let i = 0; i < n; i++) worth[i] = scale * value * slope[i]! * Math.exp(logs[i]!);
    },
    spending,
    objective: ({ gross, logs }, barrier) => {
      let sum = gross - spending(logs);
      for (let i = 0; i < n; i++) {
        sum += barrier * logs[i]!;
        if (caps[i]! < Number.POSITIVE_INFINITY) sum += barrier * Math.log(caps[i]! - Math.exp(logs[i]!));
      }
      return sum;
    },
  };
};
