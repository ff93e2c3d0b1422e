import { type CostForm, type CostPiece, type ItemProfiles, type TypePairs, taskCost } from '@menusmith/core';
import { mostEfficient, type ScreeningProgram, type SparseRows } from './screening-program.ts';

/**
 * The linear program in which the cost of a block is taken for straight between some of its qualities, its points: chords, which lie above a convex cost.
 *
 * Columns are the rents U_k − u_k, then shares v ≥ 0 of points y: a block has q = Σ v y at Σ v c(y). Rows are Σ v ≤ 1 of every block, or 1 − π where
 * what is served in the place of the others has the chance π; then incentive constraints. Points and constraints only ever come in. Units are those of
 * `ScreeningProgram`. A total of all tasks goes with linear costs alone, and is none of this.
 */
export interface ChordProgram {
  readonly program: ScreeningProgram;
  /** The item of every block, and c(y) on it. */
  readonly itemOf: Int32Array;
  costAt(b: number, y: number): number;
  /** Of every column beyond the rents: its block b, y and c(y). */
  readonly points: (BlockPoint & { readonly cost: number })[];
  /** The constraints at work, in the order of their rows, which come after those of blocks. */
  readonly pairs: { readonly from: number[]; readonly to: number[] };
}

/** A quality of a block. */
export interface BlockPoint {
  readonly b: number;
  readonly y: number;
}

/** Equal steps up to a block's own value, at whose best qualities there are points from the beginning. */
const FIRST_STEPS = 6;
/** Chances of less are none, and points as near to 0. */
const SAME = 1e-9;
/**
 * Points that differ by a smaller share are one. A chord that short is above the cost by 1e-11 of it; of a shorter one the slope would be no more than the
 * solver's tolerance, and virtual values with it.
 */
const NEAR = 1e-5;
/** A point comes in where it gains more than this share of the money at stake: less is rounding. */
const LEAST_GAIN = 1e-14;

/** The program without points and constraints. */
export const chordProgram = (program: ScreeningProgram, cost: CostForm): ChordProgram => {
  const { ends, offsets, count, qualityUnit, valueUnit } = program;
  const itemOf = new Int32Array(ends.length);
  for (let k = 0; k < count; k++) itemOf.fill(k, offsets[k]!, offsets[k + 1]!);
  return {
    program,
    itemOf,
    costAt: (b, y) =>
      ends[b]! - 1 === cost.exclusive
        ? 0
        : taskCost(cost, ends[b]! - 1, y * qualityUnit) / (valueUnit * qualityUnit),
    points: [],
    pairs: { from: [], to: [] },
  };
};

/** Points from the beginning: both ends of all that is straight, and the best qualities at values up to the block's own. */
export const firstPoints = ({ program }: ChordProgram): readonly BlockPoint[] =>
  [...program.ends.keys()].flatMap((b) => {
    const pieces = piecesOf(program, b);
    const own = program.ownValues[b]!;
    const qualities = Array.from({ length: FIRST_STEPS }, (_, n) =>
      mostEfficient(pieces, ((n + 1) / FIRST_STEPS) * own),
    );
    const all = [...straightEnds(pieces, qualities.at(-1)!), ...qualities]
      .filter((y) => y > SAME)
      .sort((one, other) => one - other);
    return all.filter((y, n) => n === 0 || !isSame(y, all[n - 1]!)).map((y) => ({ b, y }));
  });

/** Where straight pieces begin and end, up to a quality; those that go on alike are one. */
const straightEnds = (pieces: readonly CostPiece[], upTo: number): readonly number[] => {
  const found: number[] = [];
  let [end, rate] = [0, Number.NaN];
  for (const piece of pieces) {
    const goesOn = piece.curvature === 0 && piece.rate === rate;
    if (goesOn) found.pop();
    else if (piece.curvature === 0) found.push(end);
    end += piece.length;
    if (piece.curvature === 0) found.push(end);
    rate = piece.curvature === 0 ? piece.rate : Number.NaN;
  }
  return found.filter((y) => y <= upTo);
};

const isSame = (one: number, other: number): boolean => Math.abs(one - other) <= NEAR * Math.max(one, other);

const piecesOf = ({ pieceOffsets, pieces }: ScreeningProgram, b: number): readonly CostPiece[] =>
  pieces.slice(pieceOffsets[b]!, pieceOffsets[b + 1]!);

/** Takes points in, and answers with their columns: the objective, and entries in the rows that there are. */
export const addedPoints = (
  chords: ChordProgram,
  given: readonly BlockPoint[],
): SparseRows & { readonly objective: Float64Array } => {
  const { program, itemOf, points, pairs } = chords;
  const { mass, ownValues, weights, exclusive, offsets, ends } = program;
  const into = constraintsInto(chords);
  const columns = sparse();
  const objective = given.map(({ b, y }) => {
    const k = itemOf[b]!;
    const cost = chords.costAt(b, y);
    points.push({ b, y, cost });
    const isAlone = exclusive?.[k] === b;
    for (let other = offsets[k]!; other < offsets[k + 1]!; other++)
      if (isAlone || other === b) columns.put(other, 1);
    for (const e of into[k]!)
      columns.put(ends.length + e, (ownValues[b]! - program.valueOn(pairs.from[e]!, b)) * weights[b]! * y);
    columns.end();
    return mass[k]! * weights[b]! * (cost - ownValues[b]! * y);
  });
  return { objective: Float64Array.from(objective), ...columns.all() };
};

/** Takes constraints in, and answers with their rows on the columns that there are, and what they are at least. */
export const addedConstraints = (
  { program, itemOf, points, pairs }: ChordProgram,
  { from, to }: TypePairs,
): SparseRows & { readonly least: Float64Array } => {
  const { count, ownValues, weights, promised, valueOn } = program;
  const columnsOf: number[][] = Array.from({ length: count }, () => []);
  points.forEach(({ b }, c) => {
    columnsOf[itemOf[b]!]!.push(c);
  });
  const rows = sparse();
  from.forEach((n, e) => {
    const k = to[e]!;
    pairs.from.push(n);
    pairs.to.push(k);
    rows.put(n, 1);
    rows.put(k, -1);
    for (const c of columnsOf[k]!) {
      const { b, y } = points[c]!;
      rows.put(count + c, (ownValues[b]! - valueOn(n, b)) * weights[b]! * y);
    }
    rows.end();
  });
  return { least: Float64Array.from(from, (n, e) => promised[to[e]!]! - promised[n]!), ...rows.all() };
};

/** Collects numbers that are not 0, row by row or column by column. */
const sparse = () => {
  const starts = [0];
  const indices: number[] = [];
  const values: number[] = [];
  return {
    put: (index: number, value: number): void => {
      if (value === 0) return;
      indices.push(index);
      values.push(value);
    },
    end: (): void => {
      starts.push(indices.length);
    },
    all: (): SparseRows => ({
      starts: Int32Array.from(starts),
      indices: Int32Array.from(indices),
      values: Float64Array.from(values),
    }),
  };
};

/** The constraints n → k into every item k, by their places. */
const constraintsInto = ({ program, pairs }: ChordProgram): readonly (readonly number[])[] => {
  const into: number[][] = Array.from({ length: program.count }, () => []);
  pairs.to.forEach((k, e) => {
    into[k]!.push(e);
  });
  return into;
};

/** Quality block by block, in the problem's own units and within what there is; of the block that is served in the place of the others its chance π. */
export const chordQuality = ({ program, points }: ChordProgram, shares: Float64Array): ItemProfiles => {
  const { count, offsets, ends, exclusive, qualityUnit } = program;
  const quality = new Float64Array(ends.length);
  const taken = new Float64Array(ends.length);
  points.forEach(({ b, y }, c) => {
    if (shares[c]! <= SAME) return;
    taken[b]! += shares[c]!;
    quality[b]! += shares[c]! * y;
  });
  for (let k = 0; k < count; k++) {
    const alone = exclusive?.[k];
    const chance = alone === undefined ? 0 : taken[alone]! >= 1 - SAME ? 1 : taken[alone]!;
    const left = 1 - chance;
    for (let b = offsets[k]!; b < offsets[k + 1]!; b++) {
      // What is all but all of it is all of it.
      const scale = taken[b]! > 0 && taken[b]! >= left - SAME ? left / taken[b]! : 1;
      quality[b] = b === alone ? chance : qualityUnit * scale * quality[b]!;
    }
  }
  return { offsets, ends, quality };
};

/**
 * Points that gain at the multipliers of rows: a block's best quality at its virtual value, and the one that it has now. `gain` is what all could gain,
 * and so what the optimum is above the program's, as a share of the money at stake.
 */
export const gainfulPoints = (
  chords: ChordProgram,
  duals: Float64Array,
  { quality }: ItemProfiles,
): { readonly found: readonly BlockPoint[]; readonly gain: number } => {
  const { program, itemOf, points, costAt } = chords;
  const { mass, weights, exclusive, qualityUnit } = program;
  const known: number[][] = Array.from(itemOf, () => []);
  points.forEach(({ b }, c) => {
    known[b]!.push(c);
  });
  const values = virtualValues(chords, duals);
  const found: BlockPoint[] = [];
  let gain = 0;
  known.forEach((own, b) => {
    const k = itemOf[b]!;
    const alone = exclusive?.[k];
    if (alone === b) return;
    const most = own.reduce((best, c) => Math.max(best, values[b]! * points[c]!.y - points[c]!.cost), 0);
    const best = mostEfficient(piecesOf(program, b), values[b]!);
    const more = mass[k]! * weights[b]! * (values[b]! * best - costAt(b, best) - most);
    if (!(more > LEAST_GAIN)) return;
    gain += more;
    const left = alone === undefined ? 1 : 1 - quality[alone]!;
    const has = left > SAME ? quality[b]! / (qualityUnit * left) : 0;
    for (const y of isSame(has, best) ? [best] : [best, has])
      if (y > SAME && own.every((c) => !isSame(points[c]!.y, y))) found.push({ b, y });
  });
  return { found, gain };
};

/** φ block by block. */
const virtualValues = (chords: ChordProgram, duals: Float64Array): Float64Array => {
  const { program, itemOf, pairs } = chords;
  const { mass, ownValues, ends, valueOn } = program;
  const into = constraintsInto(chords);
  return ownValues.map((own, b) => {
    const k = itemOf[b]!;
    let sum = 0;
    for (const e of into[k]!) sum -= duals[ends.length + e]! * (valueOn(pairs.from[e]!, b) - own);
    return own + sum / mass[k]!;
  });
};
