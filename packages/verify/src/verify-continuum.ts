import type { Data } from './data.ts';
import { evaluate } from './formula.ts';
import {
  add,
  divide,
  exactly,
  high,
  hull,
  type Interval,
  isAtMost,
  larger,
  low,
  multiply,
  negative,
  one,
  smaller,
  subtract,
  sum,
  zero,
} from './interval.ts';
import { type Amounts, type Model, made, surplusBound } from './model.ts';
import { readContinuum, type Spread } from './read-line.ts';
import type { Bounds } from './verify-listed.ts';

/** What a proof holds of a continuum of types along a line, or of values and scales. */
export interface ContinuumProof {
  /** Ends of cells of values, ascending, from the lowest to the highest. */
  readonly values: readonly number[];
  /** Scales, ascending, from the lowest to the highest; none of types along a line. */
  readonly scales?: readonly number[];
  /** What all types of a cell of values get, at each of the scales; null where they get nothing. */
  readonly items: readonly (readonly (Amounts | null)[])[];
  /** Virtual values, ascending and above 0, and, at each of the scales, amounts that serve each of them best. */
  readonly levels: readonly number[];
  readonly virtual: readonly (readonly Amounts[])[];
}

/**
 * What holds of a continuum: what a menu attains, and what bounds every menu. Both are found at each of the scales, and lie below and above chords in
 * between: S(φ, s) is convex in s, as the most of what is linear in s.
 */
export const boundsOfContinuum = (study: Data, proof: ContinuumProof): Bounds => {
  const continuum = readContinuum(study);
  const cells = cellsOf(continuum.values, proof.values, phiOn);
  const scales = continuum.scales ? (proof.scales ?? []) : [1];
  if (proof.items.length !== scales.length || proof.virtual.length !== scales.length)
    throw new Error(`expected items and amounts at ${scales.length} scales`);
  const menus = scales.map((s, l) => menuAt(continuum.model, cells, exactly(s), proof.items[l]!));
  const bounds = scales.map((s, l) =>
    boundAt(continuum.model, cells, exactly(s), proof.levels, proof.virtual[l]!),
  );
  if (continuum.scales === undefined)
    return { profit: menus[0]!.profit, objective: menus[0]!.profit, bound: bounds[0]! };
  if (continuum.values.min.lo < 0n) throw new Error('a proof of values and scales covers values from 0 on');
  const between = cellsOf(continuum.scales, scales, () => undefined);
  menus.forEach((menu, l) => {
    if (l > 0) requireNoTemptation(cells, between[l - 1]!, menus[l - 1]!, menu);
  });
  const profit = sum(
    between.map((cell, l) => {
      const [from, to] = [menus[l]!, menus[l + 1]!];
      // The product of a scale and what a task brings is below its chord by t (1 − t) of the product of their changes, at a share t of the way.
      const bend = multiply(subtract(cell.to, cell.from), subtract(to.margin, from.margin));
      return subtract(chord(cell, from.profit, to.profit), multiply(bend, bendOn(continuum.scales!, cell)));
    }),
  );
  return {
    profit,
    objective: profit,
    bound: sum(between.map((cell, l) => chord(cell, bounds[l]!, bounds[l + 1]!))),
  };
};

interface Cell {
  readonly from: Interval;
  readonly to: Interval;
  readonly mass: Interval;
  /** ∫ φ dF over the cell, or that of x itself where there is no φ. */
  readonly total: Interval;
  /** Where φ lies on the cell; undefined at the lower end where that is unknown. */
  readonly low: Interval | undefined;
  readonly high: Interval;
}

/** Cells between nodes, which must rise from the lowest to the highest x. */
const cellsOf = (
  spread: Spread,
  nodes: readonly number[],
  phi: (spread: Spread, x: Interval, above: Interval) => Interval | undefined,
): readonly Cell[] => {
  const ends = nodes.map(exactly);
  const isAscending = ends.every((end, k) => k === 0 || end.lo > ends[k - 1]!.hi);
  const [first, last] = [ends[0], ends.at(-1)];
  const isWhole = first?.lo === spread.min.lo && last?.hi === spread.max.hi;
  if (!(ends.length > 1 && isAscending && isWhole))
    throw new Error('expected cells in ascending order, from the lowest to the highest');
  const below = ends.map((x, k) =>
    k === 0 ? zero : k === ends.length - 1 ? one : evaluate(spread.below, { x }),
  );
  return ends.slice(1).map((to, k) => {
    const [from, mass] = [ends[k]!, subtract(below[k + 1]!, below[k]!)];
    const [above, rest] = [subtract(one, below[k]!), subtract(one, below[k + 1]!)];
    const range = phi(spread, hull(from, to), hull(above, rest));
    // φ dF is the derivative of −x (1 − F).
    const total = subtract(multiply(from, above), multiply(to, rest));
    return phi === phiOn
      ? { from, to, mass, total, low: range && low(range), high: range ? high(range) : to }
      : { from, to, mass, total: momentOn(spread, from, to, mass), low: from, high: to };
  });
};

/** What is found where everything exists; undefined where something does not. */
const attempt = <T>(find: () => T): T | undefined => {
  try {
    return find();
  } catch {
    return undefined;
  }
};

/** Where φ = x − (1 − F)/f lies on a cell: φ at its middle, and φ′ = 2 + (1 − F) f′/f² times half the cell to both sides. */
const phiOn = ({ below, density, slope }: Spread, x: Interval, above: Interval): Interval | undefined =>
  attempt(() => {
    const half = divide(subtract(high(x), low(x)), exactly(2));
    const middle = add(low(x), half);
    const at = evaluate(density, { x: middle });
    const phi = subtract(middle, divide(subtract(one, evaluate(below, { x: middle })), at));
    const f = evaluate(density, { x });
    const rate = add(exactly(2), divide(multiply(above, evaluate(slope, { x })), multiply(f, f)));
    return add(phi, multiply(rate, hull(negative(half), half)));
  });

/** ∫ x dF: the middle's share of the mass, off by no more than (f_max − f_min) h²/8, and between the ends'. */
const momentOn = ({ density }: Spread, from: Interval, to: Interval, mass: Interval): Interval => {
  const ends = hull(multiply(from, mass), multiply(to, mass));
  const found = attempt(() => {
    const f = evaluate(density, { x: hull(from, to) });
    const length = subtract(to, from);
    const off = divide(multiply(subtract(high(f), low(f)), multiply(length, length)), exactly(8));
    return add(divide(multiply(add(from, to), mass), exactly(2)), hull(negative(off), off));
  });
  return found ? { lo: larger(found, ends).lo, hi: smaller(found, ends).hi } : ends;
};

/** ∫ t (1 − t) dF over a cell, t the share of the way through it: a sixth of its length times the density, and a quarter of its mass at most. */
const bendOn = ({ density }: Spread, { from, to, mass }: Cell): Interval => {
  const most = { lo: 0n, hi: divide(mass, exactly(4)).hi };
  const found = attempt(() =>
    divide(multiply(evaluate(density, { x: hull(from, to) }), subtract(to, from)), exactly(6)),
  );
  return found ? { lo: larger(found, most).lo, hi: smaller(found, most).hi } : most;
};

/** What a menu at one scale brings, and what its tasks alone bring; the quality of each cell of values, and the sum of it over lower values. */
interface MenuAt {
  readonly profit: Interval;
  readonly margin: Interval;
  readonly quality: readonly Interval[];
  readonly rent: readonly Interval[];
  /** What each cell gets, to be compared. */
  readonly items: readonly string[];
}

/**
 * A menu with one item a cell of values, whose quality rises from cell to cell, at prices at which the value between two cells is indifferent between
 * their items: then all prefer their own cell's, and nobody has less than nothing.
 */
const menuAt = (
  model: Model,
  cells: readonly Cell[],
  scale: Interval,
  items: readonly (Amounts | null)[],
): MenuAt => {
  if (items.length !== cells.length) throw new Error('expected an item or null for every cell');
  let [q, price, rent, profit, margin] = [zero, zero, zero, zero, zero];
  const quality: Interval[] = [];
  const rents: Interval[] = [];
  const texts = items.map((item) => JSON.stringify(item));
  items.forEach((item, k) => {
    const { from, to, mass } = cells[k]!;
    if (item === null && q !== zero)
      throw new Error('expected an item for every value above one that has an item');
    if (item !== null) {
      const own = made(model, [one], item);
      const isLikeLast = texts[k] === texts[k - 1];
      const step = isLikeLast ? zero : subtract(own.quality[0]!, q);
      if (step.lo < 0n)
        throw new Error(`expected quality that rises with the value, got less in cell ${k + 1}`);
      price = add(price, multiply(from, step));
      if (!isLikeLast) q = own.quality[0]!;
      const common = sum(model.shared.map(({ name, cost }) => multiply(cost, own.used[name]!)));
      const left = subtract(price, subtract(own.cost, common));
      margin = add(margin, multiply(mass, left));
      profit = add(profit, multiply(mass, subtract(multiply(scale, left), common)));
    }
    rent = add(rent, multiply(subtract(to, from), q));
    quality.push(q);
    rents.push(rent);
  });
  return { profit, margin, quality, rent: rents, items: texts };
};

/**
 * Between two scales quality is the chord of that at both; inputs are too, and make at least that. Who has scale s and value w can take what is meant for a value w′ at another
 * scale s′, and so gets s′ R(w s/s′, s′) at most where s < s′, with R(y, s) = ∫ q(t, s) dt up to y, and s′ R(w, s′) where s > s′. The first falls in
 * s′ where ∂(s R)/∂s ≤ y q(y, s), the second rises where q rises in s: then nobody is tempted by another scale. Both sides of the condition are
 * linear in y on a cell of values, and in s between two scales: the upper ends of cells at both scales decide.
 */
const requireNoTemptation = (
  cells: readonly Cell[],
  { from, to }: Cell,
  lower: MenuAt,
  upper: MenuAt,
): void => {
  cells.forEach(({ to: y }, k) => {
    if (lower.items[k] !== upper.items[k] && !isAtMost(lower.quality[k]!, upper.quality[k]!))
      throw new Error(`expected quality that rises with scale, got less in cell ${k + 1}`);
    const slope = divide(subtract(upper.rent[k]!, lower.rent[k]!), subtract(to, from));
    for (const [s, { rent, quality }] of [
      [from, lower],
      [to, upper],
    ] as const)
      if (!isAtMost(add(rent[k]!, multiply(s, slope)), multiply(y, quality[k]!)))
        throw new Error(`buyers of cell ${k + 1} may prefer what larger ones get`);
  });
};

/** An upper bound of E[S(φ)] at one scale (Edmundson and Madansky): on a cell a convex S has at most the mean of its chord. */
const boundAt = (
  model: Model,
  cells: readonly Cell[],
  scale: Interval,
  levels: readonly number[],
  virtual: readonly Amounts[],
): Interval => {
  const nodes = [zero, ...levels.map(exactly)];
  if (
    !(
      levels.length > 0 &&
      virtual.length === levels.length &&
      nodes.every(({ lo }, k) => k === 0 || lo > nodes[k - 1]!.hi)
    )
  )
    throw new Error('expected levels above 0 in ascending order, with amounts for each');
  const surplus = nodes.map((phi, k) =>
    k === 0 || scale.hi === 0n ? zero : surplusBound(model, [scale], [phi], virtual[k - 1]!),
  );
  /** S at φ, below the chord between two levels. */
  const surplusAt = (phi: Interval): Interval => {
    if (phi.hi <= 0n) return zero;
    let [from, to] = [0, levels.length];
    if (phi.hi > nodes[to]!.lo)
      throw new Error(`expected levels up to higher virtual values than ${levels.at(-1)}`);
    while (to - from > 1) {
      const middle = (from + to) >> 1;
      if (nodes[middle]!.lo >= phi.hi) to = middle;
      else from = middle;
    }
    const share = divide(subtract(high(phi), nodes[from]!), subtract(nodes[to]!, nodes[from]!));
    return high(add(multiply(share, surplus[to]!), multiply(subtract(one, share), surplus[from]!)));
  };
  return sum(
    cells.map((cell) => {
      const top = surplusAt(cell.high);
      return cell.low === undefined || cell.low.lo === cell.high.hi
        ? multiply(cell.mass, top)
        : chord({ ...cell, low: cell.low }, surplusAt(cell.low), top);
    }),
  );
};

/** The mean over a cell, times its mass, of the chord through a at its low end and b at its high one. */
const chord = ({ low: from, high: to, mass, total }: Cell, a: Interval, b: Interval): Interval => {
  if (from === undefined) throw new Error('a chord without an end');
  const share = divide(subtract(total, multiply(from, mass)), subtract(to, from));
  return add(multiply(a, mass), multiply(subtract(b, a), larger(zero, smaller(mass, share))));
};
