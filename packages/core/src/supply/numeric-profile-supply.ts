import { EigenvalueDecomposition, Matrix } from 'ml-matrix';
import { type EfficientAllocator, efficientAllocator } from './newton/efficient-allocation.ts';
import { type Curvature, type ProfileSupply, supplyNothing } from './profile-supply.ts';
import type { Technology, ValueWithGradient } from './technology.ts';

/**
 * Supply to profiles from v and its gradient alone, all tasks at once.
 *
 * Curvature: with G = ∂q/∂c and P = −∂z/∂c, the responses to the costs c of the free shared inputs, H = diag(ω h) + ω G P⁻¹ Gᵀ ω: h is how a quality
 * responds to its own value at given z. It follows from the response to all values at once. `gradients` gives each task a production
 * function of its own (Section 8); profiles must then be told on all `tasks`.
 */
export const numericProfileSupply = (
  given: Technology,
  tasks: number,
  gradients?: readonly ValueWithGradient[],
): ProfileSupply => {
  // Whether an input may be at zero is known of the technology's own function only.
  const technology = gradients ? { ...given, taskScales: given.taskScales.map(() => 0) } : given;
  const { taskCount, sharedCount, cost, sharedScales, taskScales } = technology;
  const allocators = new Map<number, EfficientAllocator>();
  const allocatorFor = (count: number): EfficientAllocator => {
    let allocator = allocators.get(count);
    if (allocator === undefined) {
      allocator = efficientAllocator(technology, count, gradients);
      allocators.set(count, allocator);
    }
    return allocator;
  };
  const x = new Float64Array(taskCount);
  const marginal = new Float64Array(taskCount + sharedCount);
  const effect = new Float64Array(tasks * taskCount + sharedCount);
  const response = new Float64Array(tasks);

  return {
    inputs: technology.inputs,
    tasks,
    mostRank: sharedCount,
    supply: (values, weights, count, out) => {
      const { solve, linearize, respond } = allocatorFor(count);
      const ownWeights = weights.subarray(0, count);
      const allocation = solve(ownWeights, values.subarray(0, count));
      const { conditions, unserved, sharedStates } = allocation;
      const { inputs: amounts, curvature } = out;
      supplyNothing(count, out);
      out.solved = allocation.solved;
      let gross = 0;
      let isAnyServed = false;
      for (let m = 0; m < count; m++) {
        if (unserved[m] === 1) continue;
        isAnyServed = true;
        out.quality[m] = conditions.quality[m]!;
        gross += weights[m]! * values[m]! * out.quality[m]!;
        for (let j = 0; j < taskCount; j++) {
          const amount = Math.exp(conditions.logX[m * taskCount + j]!);
          out.cost += weights[m]! * cost[j]! * amount;
          if (amounts) amounts.task[m * taskCount + j] = amount;
        }
      }
      for (let k = 0; isAnyServed && k < sharedCount; k++) {
        out.sharedCost += cost[taskCount + k]! * conditions.z[k]!;
        if (amounts) amounts.shared[k] = conditions.z[k]!;
      }
      out.cost += out.sharedCost;
      out.surplus = gross - out.cost;
      if (curvature === undefined || !isAnyServed || !allocation.solved) return;

      linearize(ownWeights);
      const sharedAt = count * taskCount;
      const change = effect.subarray(0, sharedAt + sharedCount);
      /** Writes dq, task by task, for the change of inputs now in `change`. */
      const writeResponse = (): void => {
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
      const free: number[] = [];
      for (let k = 0; k < sharedCount; k++) if (sharedStates[k] === 1) free.push(k);
      const along = free.map((k) => {
        change.fill(0);
        change[sharedAt + k] = -1 / cost[taskCount + k]!;
        respond(change);
        writeResponse();
        const inputs = free.map((l) => -(conditions.z[l]! + sharedScales[l]!) * change[sharedAt + l]!);
        return { quality: response.slice(0, count), inputs };
      });
      // All values in proportion: every condition holds log φ.
      change.fill(1);
      respond(change);
      writeResponse();
      writeCouplings(curvature, along, count);
      for (let m = 0; m < count; m++) {
        if (unserved[m] === 1) continue;
        let through = 0;
        for (let r = 0; r < curvature.rank; r++) {
          let sum = 0;
          for (let b = 0; b < count; b++) sum += weights[b]! * curvature.factors[r * count + b]! * values[b]!;
          through += curvature.coefficients[r]! * curvature.factors[r * count + m]! * sum;
        }
        curvature.diagonal[m] = Math.max(0, (response[m]! - through) / values[m]!);
      }
    },
  };
};

/** G P⁻¹ Gᵀ as a sum of squares: along the eigenvectors of P. */
const writeCouplings = (
  out: Curvature,
  along: readonly { readonly quality: Float64Array; readonly inputs: readonly number[] }[],
  count: number,
): void => {
  const rank = along.length;
  if (rank === 0) return;
  const P = new Matrix(along.map(({ inputs }) => [...inputs]));
  const symmetric = Matrix.add(P, P.transpose()).mul(0.5);
  const { realEigenvalues, eigenvectorMatrix } = new EigenvalueDecomposition(symmetric, {
    assumeSymmetric: true,
  });
  for (let r = 0; r < rank; r++) {
    const stiffness = realEigenvalues[r]!;
    if (!(stiffness > 0)) continue;
    out.coefficients[out.rank] = 1 / stiffness;
    for (let b = 0; b < count; b++) {
      let sum = 0;
      for (let k = 0; k < rank; k++) sum += eigenvectorMatrix.get(k, r) * along[k]!.quality[b]!;
      out.factors[out.rank * count + b] = sum;
    }
    out.rank++;
  }
};
