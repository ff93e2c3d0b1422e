import {
  type EfficientSupply,
  type Minimizer,
  minimizeGuarded,
  type ProfileSupply,
  pointWithInputs,
  supplyNothing,
  type Technology,
} from '@menusmith/core';

/** How a general minimizer did: how often it was asked, and how often what it proposed was not optimal, by why it ended. */
export interface MinimizerCount {
  asked: number;
  readonly failures: Map<string, number>;
}

export const minimizerCount = (): MinimizerCount => ({ asked: 0, failures: new Map() });

const MOST_EVALUATIONS = 20_000;
/**
 * The largest slope, relative to what production takes and gives at one unit of everything, that still counts as zero: twice what the packages
 * themselves stop at.
 */
const STATIONARY = 2e-5;

/**
 * Efficient supply to a value profile as somebody would get it who takes a general minimizer from a package: −profit in the coordinates log x and
 * √z, so that nothing can become negative, from one unit of every input. It has the gradient of v, and is stopped after 20,000 evaluations.
 */
export const minimizedProfileSupply = (
  { inputs, taskCount, sharedCount, value, gradient, cost, max }: Technology,
  minimizer: Minimizer,
  tasks: number,
  count: MinimizerCount,
): ProfileSupply => {
  const x = new Float64Array(taskCount);
  const z = new Float64Array(sharedCount);
  const marginal = new Float64Array(taskCount + sharedCount);
  const offset = tasks * taskCount;
  const load = (point: readonly number[], m: number): void => {
    for (let j = 0; j < taskCount; j++) x[j] = Math.exp(point[m * taskCount + j]!);
    for (let k = 0; k < sharedCount; k++) z[k] = Math.min(max[taskCount + k]!, point[offset + k]! ** 2);
  };
  return {
    inputs,
    tasks,
    mostRank: 0,
    supply: (values, weights, used, out) => {
      supplyNothing(used, out);
      out.solved = true;
      const served = Array.from({ length: used }, (_, m) => m).filter(
        (m) => values[m]! > 0 && weights[m]! > 0,
      );
      if (served.length === 0) return;
      const start = new Array<number>(offset).fill(0).concat(new Array<number>(sharedCount).fill(1));
      let size = 0;
      load(start, 0);
      for (const m of served) {
        size += weights[m]! * values[m]! * value(x, z);
        for (let j = 0; j < taskCount; j++) size += weights[m]! * cost[j]!;
      }
      const loss = (point: readonly number[]): number => {
        let profit = 0;
        for (const m of served) {
          load(point, m);
          profit += weights[m]! * values[m]! * value(x, z);
          for (let j = 0; j < taskCount; j++) profit -= weights[m]! * cost[j]! * x[j]!;
        }
        for (let k = 0; k < sharedCount; k++) profit -= cost[taskCount + k]! * z[k]!;
        return -profit / size;
      };
      const slopes = (point: readonly number[]): number[] => {
        const slope = new Array<number>(point.length).fill(0);
        for (const m of served) {
          load(point, m);
          gradient(x, z, marginal);
          for (let j = 0; j < taskCount; j++)
            slope[m * taskCount + j] = -(weights[m]! * (values[m]! * marginal[j]! - cost[j]!) * x[j]!) / size;
          for (let k = 0; k < sharedCount; k++)
            slope[offset + k]! -=
              (weights[m]! * values[m]! * marginal[taskCount + k]! * 2 * point[offset + k]!) / size;
        }
        for (let k = 0; k < sharedCount; k++)
          slope[offset + k]! += (cost[taskCount + k]! * 2 * point[offset + k]!) / size;
        return slope;
      };
      const found = minimizeGuarded(
        minimizer,
        { objective: loss, gradient: slopes, start },
        { maxEvaluations: MOST_EVALUATIONS, gradientTolerance: STATIONARY },
      );
      count.asked++;
      if (found.status !== 'stationary') {
        out.solved = false;
        count.failures.set(found.status, (count.failures.get(found.status) ?? 0) + 1);
      }
      for (const m of served) {
        load(found.x, m);
        out.quality[m] = value(x, z);
        for (let j = 0; j < taskCount; j++) {
          if (out.inputs) out.inputs.task[m * taskCount + j] = x[j]!;
          out.cost += weights[m]! * cost[j]! * x[j]!;
        }
      }
      for (let k = 0; k < sharedCount; k++) {
        if (out.inputs) out.inputs.shared[k] = z[k]!;
        out.sharedCost += cost[taskCount + k]! * z[k]!;
      }
      out.cost += out.sharedCost;
      let gross = 0;
      for (const m of served) gross += weights[m]! * values[m]! * out.quality[m]!;
      out.surplus = gross - out.cost;
    },
  };
};

/** The same for s identical tasks, which are one task of weight s. */
export const minimizedSupply = (
  technology: Technology,
  minimizer: Minimizer,
  count: MinimizerCount,
): EfficientSupply => {
  const weights = new Float64Array(1);
  const values = new Float64Array(1);
  const { taskCount } = technology;
  const profiles = minimizedProfileSupply(technology, minimizer, 1, count);
  const profile = pointWithInputs(profiles);
  const supply: EfficientSupply['supply'] = (value, scale, out) => {
    weights[0] = scale;
    values[0] = value;
    profiles.supply(values, weights, 1, profile);
    out.quality = scale * profile.quality[0]!;
    out.cost = profile.cost;
    out.surplus = profile.surplus;
    out.inputs.set(profile.inputs.task);
    out.inputs.set(profile.inputs.shared, taskCount);
    out.regime = 0;
    out.solved = profile.solved;
  };
  return { inputs: technology.inputs, supply, slopes: supply, kinks: () => [] };
};
