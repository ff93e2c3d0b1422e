import type { Technology } from './technology.ts';

/** Sampled inputs lie between these bounds, evenly in logarithms; shared inputs from zero up. */
const LOW = 1e-3;
const HIGH = 1e3;
/** This share of the points has a shared input at zero, where it may be. */
const AT_ZERO = 0.25;
const GOLDEN_RATIO = 1.618033988749895;

/** Point number `index` of the Kronecker sequence in [0, 1)^n: evenly spread and always the same. */
const spreadPoint = (index: number, n: number): number[] => {
  const base = 1 + 1 / (n + 1);
  return Array.from({ length: n }, (_, d) => ((index + 1) * base ** -(d + 1) * GOLDEN_RATIO) % 1);
};

/** Amounts of all inputs, task inputs before shared ones, at so many points over six decades. */
export const sampledAmounts = (
  { taskCount, sharedCount, sharedScales }: Technology,
  samples: number,
): Float64Array[] => {
  const between = (share: number): number => LOW * Math.exp(share * Math.log(HIGH / LOW));
  const amountOf = (i: number, share: number): number => {
    if (i < taskCount) return between(share);
    if (share < AT_ZERO && sharedScales[i - taskCount]! > 0) return 0;
    return between((share - AT_ZERO) / (1 - AT_ZERO));
  };
  return Array.from({ length: samples }, (_, sample) =>
    Float64Array.from(spreadPoint(sample, taskCount + sharedCount), (share, i) => amountOf(i, share)),
  );
};

/** Pairs of points: neighbours in the sequence, a point and its double, and points that differ in one input only. */
export const chordsBetween = (points: readonly Float64Array[]): (readonly [Float64Array, Float64Array])[] =>
  points.flatMap((point, at) => {
    const other = points[(at + 1) % points.length]!;
    const single = point.map((own, i) => (i === at % point.length ? other[i]! : own));
    return [[point, other] as const, [point, single] as const, [point, point.map((own) => 2 * own)] as const];
  });
