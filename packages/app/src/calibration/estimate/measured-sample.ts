/** Measurements x_i of a type with known noise: `weights` of them stand at x with variance v. Sorted by neither. */
export interface MeasuredSample {
  readonly x: Float64Array;
  /** Variance of the noise. */
  readonly v: Float64Array;
  readonly weights: Float64Array;
  /** Σ weights: measurements in all. */
  readonly size: number;
}

/** More distinct measurements than these are put into cells. */
const MOST = 300;
const CELLS = 250;

/** Means of so many months each, of noise with this variance a month. Large samples are gathered in cells of a 250th of their range, which no density here is narrow enough to see. */
export const measuredSample = (mean: Float64Array, counts: Uint16Array, noise: number): MeasuredSample => {
  const variance = (count: number): number => (noise > 0 ? noise / count : 0);
  if (mean.length <= MOST)
    return {
      x: mean,
      v: Float64Array.from(counts, variance),
      weights: new Float64Array(mean.length).fill(1),
      size: mean.length,
    };
  let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const x of mean) {
    if (x < least) least = x;
    if (x > most) most = x;
  }
  const width = (most - least) / CELLS;
  const cells = new Map<number, { sum: number; weight: number; count: number }>();
  mean.forEach((x, i) => {
    const place = Math.min(CELLS - 1, Math.floor((x - least) / width));
    const key = counts[i]! * CELLS + place;
    const own = cells.get(key);
    if (own === undefined) cells.set(key, { sum: x, weight: 1, count: counts[i]! });
    else {
      own.sum += x;
      own.weight++;
    }
  });
  const all = [...cells.values()];
  return {
    x: Float64Array.from(all, ({ sum, weight }) => sum / weight),
    v: Float64Array.from(all, ({ count }) => variance(count)),
    weights: Float64Array.from(all, ({ weight }) => weight),
    size: mean.length,
  };
};
