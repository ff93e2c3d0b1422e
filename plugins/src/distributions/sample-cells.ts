/** Cells side by side, or with gaps between them; each spreads its mass evenly. Masses sum to 1. */
export interface Cells {
  readonly from: readonly number[];
  readonly to: readonly number[];
  readonly mass: readonly number[];
}

/** Different values, ascending, and the share of the sample that each has. */
export interface Sample {
  readonly values: readonly number[];
  readonly shares: readonly number[];
}

/** Samples of more different values are thinned. */
const MOST_KNOTS = 256;
/** Each marks a knot, or the two ends of a gap. */
const LEVELS = 128;
/** A cell may have so much more or less mass than the sample has in it, relative to that. */
const MOST_TILT = 0.1;
/** Of the sample's second moment, where there are too few cells to have it exactly. */
const CLOSE = 1e-3;
const MOST_HALVINGS = 12;

/**
 * The knots: all values, or, of many, those at which the sample's mass, its first two moments and its range, added up, pass even levels. A value far
 * from the others, or one that holds much of a moment, is so a knot of its own, and a gap has a knot at both ends.
 */
const knotsOf = ({ values, shares }: Sample): readonly number[] => {
  const last = values.length - 1;
  if (values.length <= MOST_KNOTS) return values.map((_, j) => j);
  const sum = (term: (x: number) => number): number =>
    values.reduce((total, x, j) => total + shares[j]! * term(x), 0) || 1;
  const [first, second] = [sum(Math.abs), sum((x) => x * x)];
  const range = values[last]! - values[0]!;
  const knots = new Set([0, last]);
  let level = 0;
  for (let j = 0; j < last; j++) {
    const x = values[j]!;
    const before = Math.floor(level);
    level += (shares[j]! * (1 + Math.abs(x) / first + (x * x) / second) * LEVELS) / 4;
    const here = Math.floor(level);
    level += (((values[j + 1]! - x) / range) * LEVELS) / 4;
    if (here > before) knots.add(j);
    if (Math.floor(level) > here) knots.add(j).add(j + 1);
  }
  return [...knots].sort((a, b) => a - b);
};

/**
 * Mass between neighbouring knots, half of a knot's own to either side of it and all of an outer one's inside. Gaps wider than `widest`, with nothing
 * in them, are filled only that far from both of their ends together.
 */
const cellsBetween = ({ values, shares }: Sample, knots: readonly number[], widest: number): Cells => {
  const from: number[] = [];
  const to: number[] = [];
  const mass: number[] = [];
  const add = (low: number, high: number, own: number): void => {
    from.push(low);
    to.push(high);
    mass.push(own);
  };
  for (let k = 0; k + 1 < knots.length; k++) {
    const [i, j] = [knots[k]!, knots[k + 1]!];
    const [low, high] = [values[i]!, values[j]!];
    const left = i === 0 ? shares[i]! : shares[i]! / 2;
    const right = j === values.length - 1 ? shares[j]! : shares[j]! / 2;
    if (j === i + 1 && high - low > widest) {
      add(low, low + widest / 2, left);
      add(high - widest / 2, high, right);
      continue;
    }
    let inside = 0;
    for (let m = i + 1; m < j; m++) inside += shares[m]!;
    add(low, high, left + inside + right);
  }
  return { from, to, mass };
};

/** 1, E[x] and E[x²] of a cell. */
const momentsOf = (from: number, to: number): readonly [number, number, number] => [
  1,
  from + (to - from) / 2,
  (from * from + from * to + to * to) / 3,
];

/** E[x] and E[x²] over cells. */
export const cellMoments = ({ from, to, mass }: Cells): readonly [mean: number, second: number] => {
  let [mean, second] = [0, 0];
  mass.forEach((own, k) => {
    const [, first, square] = momentsOf(from[k]!, to[k]!);
    mean += own * first;
    second += own * square;
  });
  return [mean, second];
};

export const sampleMoments = ({ values, shares }: Sample): readonly [mean: number, second: number] => {
  let [mean, second] = [0, 0];
  values.forEach((x, j) => {
    mean += shares[j]! * x;
    second += shares[j]! * x * x;
  });
  return [mean, second];
};

/**
 * The masses nearest to those given, in Σ (change)²/mass, with which cells have the moments wanted: mass times 1 + Σ λ_m E[x^m] of the cell, for as many
 * moments as there are cells. Undefined where one would change by more than MOST_TILT.
 */
const tilted = (cells: Cells, [mean, second]: readonly [number, number]): Cells | undefined => {
  const { from, to, mass } = cells;
  const size = Math.sqrt(second) || 1;
  const of = from.map((low, k) => momentsOf(low / size, to[k]! / size));
  const wanted = [1, mean / size, second / (size * size)].slice(0, from.length);
  const rows = wanted.map((target, a) => [
    ...wanted.map((_, b) => mass.reduce((sum, own, k) => sum + own * of[k]![a]! * of[k]![b]!, 0)),
    target - mass.reduce((sum, own, k) => sum + own * of[k]![a]!, 0),
  ]);
  const tilt = solved(rows);
  const factors = of.map((moments) => 1 + tilt.reduce((sum, each, a) => sum + each * moments[a]!, 0));
  if (!factors.every((factor) => Math.abs(factor - 1) <= MOST_TILT)) return undefined;
  return { from, to, mass: mass.map((own, k) => own * factors[k]!) };
};

/** The solution of a few linear equations, each a row with its right-hand side last; elimination in place. */
const solved = (rows: number[][]): number[] => {
  const n = rows.length;
  for (let i = 0; i < n; i++) {
    const best = rows.reduce(
      (most, row, j) => (j > i && Math.abs(row[i]!) > Math.abs(rows[most]![i]!) ? j : most),
      i,
    );
    [rows[i], rows[best]] = [rows[best]!, rows[i]!];
    rows.forEach((row, j) => {
      if (j === i) return;
      const factor = row[i]! / rows[i]![i]!;
      for (let c = i; c <= n; c++) row[c]! -= factor * rows[i]![c]!;
    });
  }
  return rows.map((row, i) => row[n]! / row[i]!);
};

/**
 * The sample, spread evenly between neighbouring values, with its own mean and second moment: what spreading takes from them is given back by the masses of
 * the cells. Where that would change a mass by more than a tenth, as next to an outlier, wide gaps are left open, as little as will do.
 */
export const sampleCells = (sample: Sample): Cells => {
  const knots = knotsOf(sample);
  const wanted = sampleMoments(sample);
  const { values } = sample;
  let widest = 0;
  for (let j = 1; j < values.length; j++) widest = Math.max(widest, values[j]! - values[j - 1]!);
  let cells = cellsBetween(sample, knots, widest);
  for (let halving = 0; halving <= MOST_HALVINGS; halving++) {
    cells = cellsBetween(sample, knots, widest / 2 ** halving);
    const found = tilted(cells, wanted);
    if (found !== undefined && Math.abs(cellMoments(found)[1] - wanted[1]) <= CLOSE * wanted[1]) return found;
  }
  return cells;
};
