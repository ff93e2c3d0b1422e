import { type EfficientSupply, supplyPoint } from './efficient-supply.ts';
import { type ProfilePoint, type ProfileSupply, supplyNothing, taskInputCount } from './profile-supply.ts';

/** θ = (Σ ω φ^{1/(1−σ)})^{1−σ} over tasks with φ > 0: the representative type of a profile (eq. (10)). */
export const profileIndex = (values: Float64Array, weights: Float64Array, degree: number): number => {
  const power = 1 / (1 - degree);
  // Scaled by the largest value, so that high powers neither overflow nor vanish.
  let largest = 0;
  for (let m = 0; m < values.length; m++) if (weights[m]! > 0) largest = Math.max(largest, values[m]!);
  if (largest === 0) return 0;
  let sum = 0;
  // Neighbouring tasks often have one value.
  let last = largest;
  let term = 1;
  for (let m = 0; m < values.length; m++) {
    const value = values[m]!;
    if (!(value > 0)) continue;
    if (value !== last) {
      last = value;
      term = Math.exp(power * Math.log(value / largest));
    }
    sum += weights[m]! * term;
  }
  return largest * Math.exp((1 - degree) * Math.log(sum));
};

/**
 * Supply to profiles by a production function A(z)·h(x), h homogeneous of degree σ, from its supply to the index θ: the profile gets what θ gets,
 * spread over the tasks (Prop. 1, Lemma 2).
 *
 *     θ = (Σ ω φ^p)^{1/p},   p = 1/(1 − σ),   g = (φ/θ)^{p−1} = ∂θ/∂φ ÷ ω,   q = Q(θ) g,   x = X(θ) (φ/θ)^p,
 *     h = (p − 1) q/φ,   c = Q′(θ) − (p − 1) Q/θ.
 */
export const supplyByIndex = (supply: EfficientSupply, degree: number, tasks: number): ProfileSupply => {
  const { inputs } = supply;
  const power = 1 / (1 - degree);
  const taskCount = taskInputCount(inputs);
  const point = supplyPoint(inputs.length);
  /** log φ/θ, once the call knows θ. */
  const logs = new Float64Array(tasks);

  const writeInputs = (count: number, { inputs: out }: ProfilePoint): void => {
    if (out === undefined) return;
    for (let b = 0; b < count; b++) {
      const share = point.quality > 0 ? Math.exp(power * logs[b]!) : 0;
      for (let j = 0; j < taskCount; j++) out.task[b * taskCount + j] = share * point.inputs[j]!;
    }
    for (let k = 0; k < out.shared.length; k++) out.shared[k] = point.inputs[taskCount + k]!;
  };

  return {
    inputs,
    tasks,
    mostRank: 1,
    supply: (values, weights, count, out) => {
      const { curvature } = out;
      let largest = 0;
      for (let b = 0; b < count; b++) if (weights[b]! > 0 && values[b]! > largest) largest = values[b]!;
      if (!(largest > 0)) {
        supplyNothing(count, out);
        out.solved = largest === 0;
        return;
      }
      // Scaled by the largest value, so that high powers neither overflow nor vanish.
      let sum = 0;
      for (let b = 0; b < count; b++) {
        logs[b] = values[b]! > 0 ? Math.log(values[b]! / largest) : Number.NEGATIVE_INFINITY;
        sum += weights[b]! * Math.exp(power * logs[b]!);
      }
      const logTheta = (1 - degree) * Math.log(sum);
      const theta = largest * Math.exp(logTheta);
      if (curvature) supply.slopes(theta, 1, point);
      else supply.supply(theta, 1, point);
      const total = point.quality;
      for (let b = 0; b < count; b++) {
        logs[b]! -= logTheta;
        const g = Math.exp((power - 1) * logs[b]!);
        out.quality[b] = total * g;
        if (curvature === undefined) continue;
        curvature.factors[b] = g;
        curvature.diagonal[b] = values[b]! > 0 ? ((power - 1) * out.quality[b]!) / values[b]! : 0;
      }
      if (curvature) {
        curvature.rank = 1;
        curvature.coefficients[0] = point.qualityByValue - ((power - 1) * total) / theta;
      }
      out.surplus = point.surplus;
      out.cost = point.cost;
      out.sharedCost = 0;
      for (let k = taskCount; k < inputs.length; k++) out.sharedCost += inputs[k]!.cost * point.inputs[k]!;
      out.solved = point.solved;
      writeInputs(count, out);
    },
  };
};
