import { Matrix } from 'ml-matrix';
import { symmetricEigen } from '../linear-algebra/symmetric-eigen.ts';
import type { EfficientAllocator } from './newton/efficient-allocation.ts';
import type { Curvature } from './profile-supply.ts';
import type { Technology, ValueWithGradient } from './technology.ts';

/** Responses of all qualities, and −∂z/∂c of the free shared inputs, to the cost of one of them. */
interface CostResponse {
  readonly quality: Float64Array;
  readonly inputs: readonly number[];
}

/**
 * Writes the curvature of S at the allocation where an allocator stands, from the responses of qualities to values and costs.
 *
 * With G = ∂q/∂c and P = −∂z/∂c, the responses to the costs c of the free shared inputs, H = diag(ω h) + ω G P⁻¹ Gᵀ ω: h is how a quality
 * responds to its own value at given z. It follows from the response to all values at once.
 */
export const curvatureWriter = (
  technology: Technology,
  tasks: number,
  gradients?: readonly ValueWithGradient[],
): ((allocator: EfficientAllocator, values: Float64Array, weights: Float64Array, out: Curvature) => void) => {
  const { taskCount, sharedCount, cost, sharedScales, taskScales } = technology;
  const x = new Float64Array(taskCount);
  const marginal = new Float64Array(taskCount + sharedCount);
  const effect = new Float64Array(tasks * taskCount + sharedCount);
  const response = new Float64Array(tasks);

  /** Writes dq, task by task, for a change of the logarithms of inputs. */
  const writeResponse = (
    { allocation: { conditions, unserved } }: EfficientAllocator,
    change: Float64Array,
    count: number,
  ): void => {
    const sharedAt = count * taskCount;
    for (let m = 0; m < count; m++) {
      response[m] = 0;
      if (unserved[m] === 1) continue;
      for (let j = 0; j < taskCount; j++) x[j] = Math.exp(conditions.logX[m * taskCount + j]!);
      (gradients?.[m] ?? technology.gradient)(x, conditions.z, marginal);
      for (let j = 0; j < taskCount; j++)
        if (change[m * taskCount + j] !== 0)
          response[m]! += marginal[j]! * (x[j]! + taskScales[j]!) * change[m * taskCount + j]!;
      for (let k = 0; k < sharedCount; k++)
        response[m]! +=
          marginal[taskCount + k]! * (conditions.z[k]! + sharedScales[k]!) * change[sharedAt + k]!;
    }
  };

  return (allocator, values, weights, out) => {
    const count = weights.length;
    const { linearize, respond, allocation } = allocator;
    const { conditions, unserved, sharedStates } = allocation;
    const sharedAt = count * taskCount;
    const change = effect.subarray(0, sharedAt + sharedCount);
    linearize(weights);
    const free: number[] = [];
    for (let k = 0; k < sharedCount; k++) if (sharedStates[k] === 1) free.push(k);
    const along = free.map((k): CostResponse => {
      change.fill(0);
      change[sharedAt + k] = -1 / cost[taskCount + k]!;
      respond(change);
      writeResponse(allocator, change, count);
      const inputs = free.map((l) => -(conditions.z[l]! + sharedScales[l]!) * change[sharedAt + l]!);
      return { quality: response.slice(0, count), inputs };
    });
    // All values in proportion: every condition holds log φ.
    change.fill(1);
    respond(change);
    writeResponse(allocator, change, count);
    writeCouplings(out, along, count);
    for (let m = 0; m < count; m++) {
      if (unserved[m] === 1) continue;
      let through = 0;
      for (let r = 0; r < out.rank; r++) {
        let sum = 0;
        for (let b = 0; b < count; b++) sum += weights[b]! * out.factors[r * count + b]! * values[b]!;
        through += out.coefficients[r]! * out.factors[r * count + m]! * sum;
      }
      out.diagonal[m] = Math.max(0, (response[m]! - through) / values[m]!);
    }
  };
};

/** G P⁻¹ Gᵀ as a sum of squares: along the eigenvectors of P. */
const writeCouplings = (out: Curvature, along: readonly CostResponse[], count: number): void => {
  const rank = along.length;
  if (rank === 0) return;
  const eigen = symmetricEigen(new Matrix(along.map(({ inputs }) => [...inputs])));
  for (let r = 0; r < rank; r++) {
    // Where P is no number it couples nothing: a curvature proposes a step, and proves nothing.
    const stiffness = eigen?.eigenvalues[r] ?? 0;
    if (!(stiffness > 0)) continue;
    out.coefficients[out.rank] = 1 / stiffness;
    for (let b = 0; b < count; b++) {
      let sum = 0;
      for (let k = 0; k < rank; k++) sum += eigen!.eigenvectors.get(k, r) * along[k]!.quality[b]!;
      out.factors[out.rank * count + b] = sum;
    }
    out.rank++;
  }
};
