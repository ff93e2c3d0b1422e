import { type EfficientSupply, supplyPoint } from '../supply/efficient-supply.ts';
import type { CurvedSupply } from './curved-supply.ts';

/**
 * Supply with curvature by a production function A(z)·h(x), h homogeneous of degree σ, from its supply to the index θ (Prop. 1, Lemma 2):
 *
 *     θ = (Σ ω φ^p)^{1/p},   p = 1/(1 − σ),   g = (φ/θ)^{p−1} = ∂θ/∂φ ÷ ω,   q = Q(θ) g,
 *     h = (p − 1) q/φ,   c = Q′(θ) − (p − 1) Q/θ.
 */
export const curvedSupplyByIndex = (supply: EfficientSupply, degree: number, tasks: number): CurvedSupply => {
  const power = 1 / (1 - degree);
  const point = supplyPoint(supply.inputs.length);
  const logs = new Float64Array(tasks);
  return {
    tasks,
    mostRank: 1,
    supply: (values, weights, count, out) => {
      let largest = 0;
      for (let b = 0; b < count; b++) if (weights[b]! > 0 && values[b]! > largest) largest = values[b]!;
      out.rank = 0;
      if (!(largest > 0)) {
        out.quality.fill(0, 0, count);
        out.diagonal.fill(0, 0, count);
        out.surplus = out.cost = out.sharedCost = 0;
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
      supply.slopes(theta, 1, point);
      const total = point.quality;
      for (let b = 0; b < count; b++) {
        const g = Math.exp((power - 1) * (logs[b]! - logTheta));
        out.factors[b] = g;
        out.quality[b] = total * g;
        out.diagonal[b] = values[b]! > 0 ? ((power - 1) * out.quality[b]!) / values[b]! : 0;
      }
      out.rank = 1;
      out.coefficients[0] = point.qualityByValue - ((power - 1) * total) / theta;
      out.surplus = point.surplus;
      out.cost = point.cost;
      out.sharedCost = 0;
      for (const [k, input] of supply.inputs.entries())
        if (input.scope === 'shared') out.sharedCost += input.cost * point.inputs[k]!;
      out.solved = point.solved;
    },
  };
};
