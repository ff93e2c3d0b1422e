import type { Technology } from './technology.ts';

/** By how much v lies above a chord between two points, as a share of the larger |v| at its ends, and the amounts at which that is so. */
export interface ChordExcess {
  readonly excess: number;
  readonly amounts: Float64Array;
}

/** A single input is tried at so many amounts between these bounds, evenly in logarithms. */
const AMOUNTS = 481;
const LOW = 1e-6;
const HIGH = 1e6;

/**
 * The least by which v lies above a chord, v((a + b)/2) − (v(a) + v(b))/2, over the given pairs of amounts: below zero v is not concave, and where
 * v is straight it is zero. It asks for values alone, so that kinks and peaks do not disturb it.
 *
 * What nobody would use is left out: with one input, v is replaced by the most that at most u of it makes.
 */
export const leastChordExcess = (
  technology: Technology,
  pairs: readonly (readonly [Float64Array, Float64Array])[],
): ChordExcess | undefined => {
  const { taskCount, sharedCount } = technology;
  if (taskCount + sharedCount === 1) return ofOneInput(technology);
  const x = new Float64Array(taskCount);
  const z = new Float64Array(sharedCount);
  const valueAt = (amounts: Float64Array): number => {
    x.set(amounts.subarray(0, taskCount));
    z.set(amounts.subarray(taskCount));
    return technology.value(x, z);
  };
  let least: ChordExcess | undefined;
  for (const [a, b] of pairs) {
    const amounts = a.map((own, i) => (own + b[i]!) / 2);
    const [low, high] = [valueAt(a), valueAt(b)];
    const excess = (valueAt(amounts) - (low + high) / 2) / Math.max(Math.abs(low), Math.abs(high));
    if (least === undefined || excess < least.excess) least = { excess, amounts };
  }
  return least;
};

const ofOneInput = ({ taskCount, value }: Technology): ChordExcess | undefined => {
  const x = new Float64Array(taskCount);
  const z = new Float64Array(1 - taskCount);
  const amount = taskCount === 1 ? x : z;
  const amounts = Array.from({ length: AMOUNTS }, (_, i) => LOW * (HIGH / LOW) ** (i / (AMOUNTS - 1)));
  let most = Number.NEGATIVE_INFINITY;
  const made = amounts.map((own) => {
    amount[0] = own;
    const v = value(x, z);
    if (v > most) most = v;
    return most;
  });
  let least: ChordExcess | undefined;
  for (let i = 1; i + 1 < AMOUNTS; i++) {
    const [low, high] = [made[i - 1]!, made[i + 1]!];
    const share = (amounts[i]! - amounts[i - 1]!) / (amounts[i + 1]! - amounts[i - 1]!);
    const chord = low + share * (high - low);
    const excess = (made[i]! - chord) / Math.max(Math.abs(low), Math.abs(high));
    if (least === undefined || excess < least.excess)
      least = { excess, amounts: Float64Array.of(amounts[i]!) };
  }
  return least;
};
