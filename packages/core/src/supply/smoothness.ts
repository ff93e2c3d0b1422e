import type { Technology } from './technology.ts';

/** The largest jump of an elasticity of v that was found, and the amounts at which it is. */
interface Kink {
  readonly jump: number;
  readonly amounts: Float64Array;
}

/** Points tried along each line before the steepest change between two of them is followed to its end. */
const POINTS = 24;
/** Halvings: what is left of a smooth change is 2⁻³⁰ of it. */
const HALVINGS = 30;

/**
 * Where v has a kink between two points, by amounts' elasticities u_a ∂v/∂u_a ÷ v: along the line between them in log(u + scale), the place around
 * which they change most is closed in on. A smooth v changes less and less on the way; across a kink, as min, max and abs have, the change remains.
 */
export const steepestChange = (
  { taskCount, sharedCount, sharedScales, gradient }: Technology,
  from: Float64Array,
  to: Float64Array,
): Kink => {
  const n = taskCount + sharedCount;
  const scales = Float64Array.from({ length: n }, (_, i) =>
    i < taskCount ? 0 : sharedScales[i - taskCount]!,
  );
  const [start, end] = [from, to].map((point) => point.map((amount, i) => Math.log(amount + scales[i]!)));
  const amounts = new Float64Array(n);
  const [x, z] = [amounts.subarray(0, taskCount), amounts.subarray(taskCount)];
  const marginal = new Float64Array(n);
  const place = (t: number): void => {
    for (let i = 0; i < n; i++) {
      const log = start![i]! + t * (end![i]! - start![i]!);
      amounts[i] = Math.max(0, Math.exp(log) - scales[i]!);
    }
  };
  const elasticitiesAt = (t: number): Float64Array => {
    place(t);
    const v = gradient(x, z, marginal);
    // Where v passes through zero, as beyond a peak, its elasticities do not tell a kink from a smooth change.
    const size = marginal.reduce(
      (sum, slope, i) => sum + Math.abs(slope * (amounts[i]! + scales[i]!)),
      Math.abs(v),
    );
    return marginal.map((slope, i) => (slope * (amounts[i]! + scales[i]!)) / size);
  };
  const between = (a: Float64Array, b: Float64Array): number =>
    a.reduce((most, own, i) => Math.max(most, Math.abs(own - b[i]!)), 0);

  let low = 0;
  let atLow = elasticitiesAt(0);
  let high = 1;
  let atHigh = atLow;
  let most = -1;
  let before = atLow;
  for (let i = 1; i <= POINTS; i++) {
    const here = elasticitiesAt(i / POINTS);
    const change = between(before, here);
    if (change > most) {
      most = change;
      [low, atLow, high, atHigh] = [(i - 1) / POINTS, before, i / POINTS, here];
    }
    before = here;
  }
  for (let halving = 0; halving < HALVINGS; halving++) {
    const middle = low + (high - low) / 2;
    const atMiddle = elasticitiesAt(middle);
    if (between(atLow, atMiddle) >= between(atMiddle, atHigh)) [high, atHigh] = [middle, atMiddle];
    else [low, atLow] = [middle, atMiddle];
  }
  const jump = between(atLow, atHigh);
  place(high);
  return { jump, amounts };
};
