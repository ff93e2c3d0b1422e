import type { SupplyPoint } from './efficient-supply.ts';
import type { EfficientAllocator } from './newton/efficient-allocation.ts';
import type { Technology } from './technology.ts';

/** ∂q/∂φ and ∂q/∂s of one task of weight s at the allocation where the allocator stands, written into a point whose quality is known. */
export const supplySlopes = (
  technology: Technology,
  { allocation, linearize, respond }: EfficientAllocator,
): ((value: number, weights: Float64Array, out: SupplyPoint) => void) => {
  const { taskCount, sharedCount, sharedScales, taskScales } = technology;
  const { conditions } = allocation;
  const effect = new Float64Array(taskCount + sharedCount);
  const marginal = new Float64Array(taskCount + sharedCount);
  const x = new Float64Array(taskCount);

  /** dq for the change of inputs now in `effect`: s·(∂v/∂x·dx + ∂v/∂z·dz). */
  const qualityResponse = (scale: number): number => {
    for (let j = 0; j < taskCount; j++) x[j] = Math.exp(conditions.logX[j]!);
    technology.gradient(x, conditions.z, marginal);
    let change = 0;
    for (let j = 0; j < taskCount; j++)
      if (effect[j] !== 0) change += marginal[j]! * (x[j]! + taskScales[j]!) * effect[j]!;
    for (let k = 0; k < sharedCount; k++) {
      change += marginal[taskCount + k]! * (conditions.z[k]! + sharedScales[k]!) * effect[taskCount + k]!;
    }
    return scale * change;
  };

  return (value, weights, out) => {
    const scale = weights[0]!;
    linearize(weights);
    effect.fill(1 / value); // every condition holds log φ
    respond(effect);
    out.qualityByValue = qualityResponse(scale);
    effect.fill(0); // only the shared inputs' conditions hold log s
    for (let k = 0; k < sharedCount; k++) effect[taskCount + k] = 1 / scale;
    respond(effect);
    out.qualityByScale = out.quality / scale + qualityResponse(scale);
  };
};
