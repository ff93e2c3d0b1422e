import { type Distribution, isSingularAt } from '../distributions/distribution.ts';
import {
  type Integrand,
  integrate,
  isSingularAtEnd,
  isSingularAtStart,
  type Piece,
  piecesBetween,
} from '../integration/quadrature.ts';
import { lastInside } from '../integration/root.ts';

/** Types from `from` to `to`. */
interface Cell {
  readonly from: number;
  readonly to: number;
  /** F(to) − F(from). */
  readonly mass: number;
  /** What one application of the quadrature rule to the density leaves out of the mass, or adds to it. */
  readonly missed: number;
}

/** The rule resolves a cell where it is right to this, relative to the cell's mass, */
const RESOLVED = 1e-9;
/** or where it misses no more than rounding may make of F, */
const ROUNDING = 1e-12;
/** less far above the median: few types count for much there, as what they are worth grows like a power. */
const GROWTH = 8;
/** A cell so short that its types are rounded by a share of it is resolved to no more than a few times this share. */
const ROUNDED_TYPES = 2 ** -48;
/** A half with no more than this of a cell's mass is as good as empty. */
const SLIGHT = 1e-3;
/** Stretches, each an eighth of the last, on the way to an infinite density. */
const STRETCHES = 10;
/** A density that is not the derivative of F is never resolved. */
const MOST_CELLS = 500;

/**
 * Ascending types inside the support between which one application of the quadrature rule to the density gives the mass that F gives. Whatever is
 * integrated over these types is split there, so that no peak of the density is stepped over, wherever it is and however narrow. There are none where the
 * density varies slowly between the breakpoints.
 *
 * A cell in which rule and F differ is halved, or, where nearly all of its mass is in one half, cut at the quantile that leaves little of it outside.
 */
export const massSplits = (distribution: Distribution): readonly number[] => {
  const before = known.get(distribution);
  if (before !== undefined) return before;
  const found = findSplits(distribution);
  known.set(distribution, found);
  return found;
};

/** Every scale's menu asks for them. */
const known = new WeakMap<Distribution, readonly number[]>();

/** F(to) − F(from), as a difference of small numbers in either tail. */
export const massBetween = (types: Distribution, from: number, to: number): number =>
  types.cdf(from) < 0.5 ? types.cdf(to) - types.cdf(from) : types.survival(from) - types.survival(to);

/** So few types that density and survival leave the range of numbers, and their ratio says nothing any more. */
export const VANISHED = 1e-290;

/** The support without the types below which, and above which, there is nobody: `VANISHED` of all buyers. */
export const massEnds = ({ min, max, cdf, survival }: Distribution): readonly [number, number] => {
  /** The last type on the way to `end` with somebody beyond it. */
  const last = (inside: number, end: number, beyond: (x: number) => number): number => {
    if (beyond(end + (inside - end) * 2 ** -40) > VANISHED) return end;
    return lastInside((x) => beyond(x) > VANISHED, inside, end)[1];
  };
  return [last(max, min, cdf), last(min, max, survival)];
};

/** The part of [from, to] that is not integrated in the mass, as it is next to an infinite density at its bottom or top. */
export const plainPart = (from: number, to: number, isBottom: boolean, isTop: boolean): [number, number] => {
  const share = (to - from) / (isBottom && isTop ? 3 : 2);
  return [isBottom ? from + share : from, isTop ? to - share : to];
};

/** The pieces, cut where the types' mass is split. */
export const splitAtMass = (types: Distribution, pieces: readonly Piece[]): readonly Piece[] => {
  const splits = massSplits(types);
  if (splits.length === 0) return pieces;
  return pieces.flatMap((piece) => {
    const { from, to } = piece;
    const inside = splits.filter((x) => x > from && x < to);
    if (inside.length === 0) return [piece];
    return piecesBetween([from, ...inside, to], (end) =>
      end === from ? isSingularAtStart(piece) : end === to && isSingularAtEnd(piece),
    );
  });
};

const findSplits = (distribution: Distribution): readonly number[] => {
  const { min, max, breakpoints, steepAt = [] } = distribution;
  const ends = [min, ...breakpoints.filter((x) => x > min && x < max), max];
  const isEnd = new Set(ends);
  const singular = new Set(ends.filter((end) => isSingularAt(distribution, end)));
  const density: Integrand = (x, out) => {
    out[0] = distribution.density(x);
  };
  const cellBetween = (from: number, to: number): Cell => {
    const mass = massBetween(distribution, from, to);
    const [isBottom, isTop] = [from, to].map((end) => distribution.density(end) === Number.POSITIVE_INFINITY);
    const [low, high] = plainPart(from, to, isBottom!, isTop!);
    // Next to an infinite density the mass itself is the coordinate: what matters is that there is no peak on the way to it.
    const infinite = (isBottom ? missedTowards(from, low) : 0) + (isTop ? missedTowards(to, high) : 0);
    const own = isBottom || isTop ? massBetween(distribution, low, high) : mass;
    const plain = missedBy(own, low, high, (end) => singular.has(end));
    const cell = { from, to, mass, missed: infinite + plain };
    if (isResolved(cell) || !(isEnd.has(low) || isEnd.has(high))) return cell;
    // A density that starts like a power is not a peak.
    const graded = missedBy(own, low, high, (end) => isEnd.has(end));
    return { ...cell, missed: infinite + Math.min(plain, graded) };
  };
  /** In stretches that are the shorter the nearer they are to the end: across each of them a power is smooth. */
  const missedTowards = (end: number, start: number): number => {
    let missed = 0;
    for (let stretch = 0; stretch < STRETCHES; stretch++) {
      const [far, near] = [8 ** -stretch, 8 ** -(stretch + 1)].map((share) => end + (start - end) * share);
      const [from, to] = far! < near! ? [far!, near!] : [near!, far!];
      missed += missedBy(massBetween(distribution, from, to), from, to, () => false);
    }
    return missed;
  };
  const missedBy = (mass: number, from: number, to: number, isGraded: (end: number) => boolean): number => {
    const pieces = piecesBetween([from, to], isGraded);
    return Math.abs(integrate(density, 1, pieces, Number.POSITIVE_INFINITY).values[0]! - mass);
  };
  let median: number | undefined;
  const isResolved = ({ from, to, mass, missed }: Cell): boolean => {
    const share = RESOLVED + (ROUNDED_TYPES * Math.max(Math.abs(from), Math.abs(to))) / (to - from);
    if (!(missed > share * mass)) return true;
    if (missed > ROUNDING) return false;
    median ??= distribution.quantile(0.5);
    return !(missed > ROUNDING * Math.min(1, (median / from) ** GROWTH));
  };
  const starts = [...new Set([...ends, ...steepAt.filter((x) => x > min && x < max)])].sort((a, b) => a - b);
  const cells: Cell[] = starts.slice(1).map((to, i) => cellBetween(starts[i]!, to));
  const rough = cells.filter((cell) => !isResolved(cell));
  const done = cells.filter(isResolved);
  while (rough.length > 0) {
    // The worst first, so that the work goes where mass is missing.
    const worst = rough.reduce((most, cell, i) => (cell.missed > rough[most]!.missed ? i : most), 0);
    const [cell] = rough.splice(worst, 1) as [Cell];
    const at = rough.length + done.length < MOST_CELLS ? cutOf(distribution, cell) : cell.to;
    if (at > cell.from && at < cell.to)
      for (const part of [cellBetween(cell.from, at), cellBetween(at, cell.to)])
        (isResolved(part) ? done : rough).push(part);
    else done.push(cell);
  }
  done.sort((a, b) => a.from - b.from);

  // Cuts that turned out not to be needed.
  const splits: number[] = [];
  let last: Cell | undefined;
  for (const cell of done) {
    if (last !== undefined && !isEnd.has(cell.from)) {
      const both = cellBetween(last.from, cell.to);
      if (isResolved(both) || both.missed <= last.missed + cell.missed) {
        last = both;
        continue;
      }
      splits.push(cell.from);
    }
    last = cell;
  }
  return splits;
};

/** Where to cut a cell in two. */
const cutOf = (of: Distribution, { from, to, mass }: Cell): number => {
  const middle = from + (to - from) / 2;
  const little = SLIGHT * mass;
  const isHigh = massBetween(of, from, middle) < little;
  if (!isHigh && !(massBetween(of, middle, to) < little)) return middle;
  const end = isHigh ? from : to;
  const step = isHigh ? little : -little;
  const type = of.quantile(of.cdf(end) < 0.5 ? of.cdf(end) + step : 1 - (of.survival(end) - step));
  return (isHigh ? type > middle && type < to : type > from && type < middle) ? type : middle;
};
