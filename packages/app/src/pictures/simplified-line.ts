/** Distances that are not seen, in pixels of the specification: a tenth of one. */
const INVISIBLE = 0.1;

/** Numbers of the points of lines in pixels, when their range is drawn over so many; where the axis is longer than they are, they have fewer. */
export const inPixels = <Point>(
  lines: readonly (readonly Point[])[],
  read: (point: Point) => number,
  pixels: number,
): readonly Float64Array[] => {
  let least = Number.POSITIVE_INFINITY;
  let most = Number.NEGATIVE_INFINITY;
  const numbers = lines.map((line) => {
    const own = new Float64Array(line.length);
    for (let i = 0; i < own.length; i++) {
      const number = read(line[i]!);
      own[i] = number;
      if (number < least) least = number;
      if (number > most) most = number;
    }
    return own;
  });
  const zoom = most > least ? pixels / (most - least) : 0;
  for (const own of numbers) for (let i = 0; i < own.length; i++) own[i] = (own[i]! - least) * zoom;
  return numbers;
};

/**
 * Which points of a line are needed to draw it, from their places in pixels: the others are nearer than a tenth of a pixel to the chord between those
 * that are kept (Douglas and Peucker 1973). `x` ascends; the first and the last point are always needed.
 */
export const neededPoints = (x: Float64Array, y: Float64Array, tolerance = INVISIBLE): readonly boolean[] => {
  const needed = Array.from(x, (_, i) => i === 0 || i === x.length - 1);
  const split = (from: number, to: number): void => {
    const across = x[to]! - x[from]!;
    const up = y[to]! - y[from]!;
    // Distances times the length of the chord.
    let distance = tolerance * Math.sqrt(across * across + up * up);
    let farthest = -1;
    for (let i = from + 1; i < to; i++) {
      const off = Math.abs((y[i]! - y[from]!) * across - (x[i]! - x[from]!) * up);
      if (off > distance) {
        farthest = i;
        distance = off;
      }
    }
    if (farthest < 0) return;
    needed[farthest] = true;
    split(from, farthest);
    split(farthest, to);
  };
  if (x.length > 2) split(0, x.length - 1);
  return needed;
};
