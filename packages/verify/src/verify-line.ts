import type { Decimal } from 'decimal.js';
import { evaluate, tangentOf } from './formula.ts';
import {
  add,
  divide,
  exactly,
  type Interval,
  larger,
  multiply,
  one,
  subtract,
  sum,
  zero,
} from './interval.ts';
import { type Line, readLine } from './read-line.ts';
import { type Amounts, made, reachOf, surplusBounds } from './supply-bound.ts';

/** What a proof holds of a continuum of types along a line. */
export interface LineProof {
  /** Ends of cells of types, ascending, from the lowest type to the highest. */
  readonly nodes: readonly number[];
  /** What all types of a cell get, one a cell; null where they get nothing. */
  readonly items: readonly (Amounts | null)[];
  /** Virtual values, ascending and above 0, and amounts that serve each of them best. */
  readonly levels: readonly number[];
  readonly virtual: readonly Amounts[];
  /** Amounts at which the surplus at the highest level falls in everything. */
  readonly reach: Amounts;
}

const objective = { profit: one, consumerSurplus: zero };

/** What holds of a continuum: what the menu attains, and what bounds every menu. */
export const boundsOfLine = (
  study: Parameters<typeof readLine>[0],
  proof: LineProof,
): { readonly profit: Interval; readonly bound: Interval; readonly assumes: readonly string[] } => {
  const line = readLine(study);
  const { nodes } = proof;
  const isAscending = nodes.every((node, k) => k === 0 || node > nodes[k - 1]!);
  if (!(nodes.length > 1 && isAscending && line.min.lo.eq(nodes[0]!) && line.max.hi.eq(nodes.at(-1)!)))
    throw new Error('expected cells in ascending order, from the lowest type to the highest');
  const ends = nodes.map(exactly);
  const below = ends.map((x, k) =>
    k === 0 ? zero : k === ends.length - 1 ? one : evaluate(line.below, { x }),
  );
  const profit = attained(line, ends, below, proof);
  return {
    profit,
    bound: { lo: profit.lo, hi: bounded(line, ends, below, proof) },
    assumes: line.technology.assumes === undefined ? [] : [line.technology.assumes],
  };
};

/**
 * A menu with one item a cell, whose quality rises from cell to cell, at prices at which the type between two cells is indifferent between their items:
 * then every type prefers her own cell's, and nobody has less than nothing.
 */
const attained = (
  line: Line,
  ends: readonly Interval[],
  below: readonly Interval[],
  { items }: LineProof,
): Interval => {
  if (items.length !== ends.length - 1) throw new Error('expected an item or null for every cell');
  let [quality, price] = [zero, zero];
  const profits: Interval[] = [];
  let last: Amounts | null = null;
  items.forEach((item, k) => {
    if (item === null && quality === zero) return;
    if (item === null) throw new Error('expected an item for every type above one who has an item');
    const own = made({ ...line, types: [], objective }, item);
    const isLikeLast = last !== null && JSON.stringify(item) === JSON.stringify(last);
    const step = isLikeLast ? zero : subtract(own.quality[0]!, quality);
    last = item;
    if (!step.lo.gte(0))
      throw new Error(`expected quality that rises with the type, got less in cell ${k + 1}`);
    price = add(price, multiply(ends[k]!, step));
    quality = own.quality[0]!;
    profits.push(multiply(subtract(below[k + 1]!, below[k]!), subtract(price, own.cost)));
  });
  return sum(profits);
};

/**
 * E[S(φ)] from above (Edmundson and Madansky): on a cell where φ lies in [a, b] and has the mean m, a convex S has at most the mean of the chord over
 * [a, b] at m. The mean follows from F at the ends alone, ∫ φ dF = x (1 − F) between them.
 */
const bounded = (
  line: Line,
  ends: readonly Interval[],
  below: readonly Interval[],
  proof: LineProof,
): Decimal => {
  const surplusAt = surplusAbove(line, proof);
  const above = below.map((share) => subtract(one, share));
  const cells = ends.slice(1).map((end, k) => {
    const x = { lo: ends[k]!.lo, hi: end.hi };
    const [slope] = tangentOf(line.below, { x }, ['x'], 'concave').slopes as [Interval];
    const rest = { lo: above[k + 1]!.lo, hi: above[k]!.hi };
    const density = larger(zero, slope);
    const [most, least] = [
      divide(exactly(rest.hi), exactly(density.lo)),
      divide(exactly(rest.lo), exactly(density.hi)),
    ];
    const high = subtract(exactly(x.hi), exactly(least.lo.isFinite() ? least.lo : zero.lo)).hi;
    // Below 0 nothing is supplied, however far: a cell that reaches there may as well reach as far as its lower end allows.
    const low = most.hi.isFinite() ? subtract(exactly(x.lo), exactly(most.hi)).lo : undefined;
    if (!high.gt(0)) return zero;
    const mass = subtract(below[k + 1]!, below[k]!);
    const total = subtract(multiply(ends[k]!, above[k]!), multiply(end, above[k + 1]!));
    const top = { value: exactly(high), surplus: surplusAt(high) };
    if (low === undefined) return multiply(mass, top.surplus);
    const bottom = { value: exactly(low), surplus: low.gt(0) ? surplusAt(low) : zero };
    const width = subtract(top.value, bottom.value);
    const upper = larger(zero, subtract(total, multiply(bottom.value, mass)));
    const lower = larger(zero, subtract(multiply(top.value, mass), total));
    const chord = divide(add(multiply(bottom.surplus, lower), multiply(top.surplus, upper)), width);
    return chord;
  });
  return sum(cells).hi;
};

/** An upper bound of S at any φ: S is convex, and so below its chords between levels. */
const surplusAbove = (line: Line, { levels, virtual, reach }: LineProof): ((value: Decimal) => Interval) => {
  const isAscending = levels.every((level, k) => level > (levels[k - 1] ?? 0));
  if (!(levels.length > 0 && isAscending && virtual.length === levels.length))
    throw new Error('expected levels above 0 in ascending order, with amounts for each');
  const problem = { ...line, types: [], objective };
  const range = reachOf(problem, [exactly(levels.at(-1)!)], reach);
  const values = [zero, ...levels.map(exactly)];
  const surplus = [
    zero,
    ...levels.map((level, k) => surplusBounds(problem, [exactly(level)], virtual[k]!, range)),
  ];
  let at = 1;
  return (value) => {
    if (value.gt(levels.at(-1)!))
      throw new Error(`expected levels up to ${value}, got up to ${levels.at(-1)}`);
    while (values[at]!.lo.lt(value)) at++;
    while (at > 1 && values[at - 1]!.lo.gte(value)) at--;
    const [from, to] = [values[at - 1]!, values[at]!];
    const share = divide(subtract(exactly(value), from), subtract(to, from));
    const chord = add(multiply(share, surplus[at]!), multiply(subtract(one, share), surplus[at - 1]!));
    return { lo: chord.hi, hi: chord.hi };
  };
};
