/**
 * Which points of a line are needed to draw it: the others are nearer than `tolerance` to the chord between those that are kept (Douglas and Peucker
 * 1973, with vertical distances). `x` ascends; the first and the last point are always needed.
 */
export const neededPoints = (
  x: readonly number[],
  y: readonly number[],
  tolerance: number,
): readonly boolean[] => {
  const needed = x.map((_, i) => i === 0 || i === x.length - 1);
  const split = (from: number, to: number): void => {
    const slope = (y[to]! - y[from]!) / (x[to]! - x[from]!);
    let [farthest, distance] = [-1, tolerance];
    for (let i = from + 1; i < to; i++) {
      const off = Math.abs(y[i]! - y[from]! - slope * (x[i]! - x[from]!));
      if (off > distance) [farthest, distance] = [i, off];
    }
    if (farthest < 0) return;
    needed[farthest] = true;
    split(from, farthest);
    split(farthest, to);
  };
  if (x.length > 2) split(0, x.length - 1);
  return needed;
};
