import { evaluate } from './formula.ts';
import { exactly, type Interval, must, one, sum, zero } from './interval.ts';
import { type Amounts, made, surplusBound } from './model.ts';
import { readContinuum, type Spread } from './read-continuum.ts';
import type { Data, Model } from './read-model.ts';
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
  const { model, objective, values, scales: spread } = readContinuum(study);
  const share = objective.surplus.over(objective.profit);
  const cells = cellsOf(values, proof.values);
  const virtual = cells.map((cell) => virtualOn(values, cell, share));
  const scales = (spread ? (proof.scales ?? []) : [1]).map(exactly);
  const isAtAll = proof.items.length === scales.length && proof.virtual.length === scales.length;
  must(isAtAll, `expected items and amounts at ${scales.length} scales`);
  const tails = cells.map((cell) => tailOn(values, cell));
  const menus = scales.map((_, l) => menuAt(model, cells, tails, proof.items[l]!));
  const bounds = scales.map((s, l) => boundAt(model, virtual, s, proof.levels, proof.virtual[l]!));
  must(!spread || values.min.lo.gte(0), 'a proof of values and scales covers values from 0 on');
  const between = spread ? cellsOf(spread, proof.scales ?? []) : [];
  between.forEach((cell, l) => {
    requireNoTemptation(cells, cell, menus[l]!, menus[l + 1]!);
  });
  const means = between.map((cell) => ({
    range: { low: cell.from, high: cell.to, mass: cell.mass, total: momentOn(spread!, cell) },
    bend: cell.to.minus(cell.from).times(bendOn(spread!, cell)),
  }));
  /** Profit and so much of the buyers' surplus. */
  const attained = (weight: Interval): Interval => {
    const perTask = menus.map(({ margin, surplus }) => margin.plus(weight.times(surplus)));
    const at = menus.map(({ common }, l) => scales[l]!.times(perTask[l]!).minus(common));
    // The product of a scale and what a task brings is below its chord by t (1 − t) of the product of their changes, at a share t of the way.
    const onCell = ({ range, bend }: (typeof means)[number], l: number): Interval =>
      chord(range, at[l]!, at[l + 1]!).minus(bend.times(perTask[l + 1]!.minus(perTask[l]!)));
    return spread ? sum(means.map(onCell)) : at[0]!;
  };
  const bound = spread
    ? sum(means.map(({ range }, l) => chord(range, bounds[l]!, bounds[l + 1]!)))
    : bounds[0]!;
  return {
    profit: attained(zero),
    objective: objective.profit.times(attained(share)),
    bound: objective.profit.times(bound),
    assumes: model.assumes,
  };
};

/** All x between two, with their mass, and 1 − F at both ends. */
interface Cell {
  readonly from: Interval;
  readonly to: Interval;
  readonly mass: Interval;
  readonly above: readonly [from: Interval, to: Interval];
}

/** Cells between nodes, which must rise from the lowest to the highest x. */
const cellsOf = ({ below, known, min, max }: Spread, nodes: readonly number[]): readonly Cell[] => {
  const ends = nodes.map(exactly);
  const isAscending = ends.every((end, k) => k === 0 || end.lo.gt(ends[k - 1]!.hi));
  const isWhole = ends[0]?.lo.eq(min.lo) === true && ends.at(-1)!.hi.eq(max.hi);
  must(
    ends.length > 1 && isAscending && isWhole,
    'expected cells in ascending order, from the lowest to the highest',
  );
  const inner = ends.slice(1, -1).map((x) => one.minus(evaluate(below, { ...known, x }).value));
  const above = [one, ...inner, zero];
  return ends.slice(1).map((to, k) => {
    const [first, last] = [above[k]!, above[k + 1]!];
    return { from: ends[k]!, to, mass: first.minus(last), above: [first, last] };
  });
};

/** Numbers from low to high with their mass and their mean, times that; low is undefined where it is not known. */
interface Range {
  readonly low: Interval | undefined;
  readonly high: Interval;
  readonly mass: Interval;
  readonly total: Interval;
}

/** What is found where everything exists; undefined where something does not. */
const attempt = <T>(find: () => T): T | undefined => {
  try {
    return find();
  } catch {
    return undefined;
  }
};

/**
 * Where φ = x − k (1 − F)/f lies on a cell, k being what surplus weighs less than profit: φ at its middle, and φ′ = 1 + k + k (1 − F) f′/f² times half the cell to both sides. φ dF is
 * the derivative of −x (1 − F), and (1 − k) (1 − F) more.
 */
const virtualOn = (spread: Spread, cell: Cell, share: Interval): Range => {
  const { below, density, known } = spread;
  const { from, to, mass, above } = cell;
  const k = one.minus(share);
  const rest = share.hi.isZero() ? zero : share.times(tailOn(spread, cell));
  const total = from.times(above[0]).minus(to.times(above[1])).plus(rest);
  const phi = attempt(() => {
    const { value: f, slopes } = evaluate(density, { ...known, x: from.hull(to) }, ['x']);
    const curve = above[0].hull(above[1]).times(slopes.get('x') ?? zero);
    const rate = one.plus(k).plus(k.times(curve).over(f.times(f)));
    const half = to.minus(from).over(exactly(2));
    const middle = { ...known, x: from.plus(half) };
    const hazard = one.minus(evaluate(below, middle).value).over(evaluate(density, middle).value);
    return middle.x.minus(k.times(hazard)).plus(rate.times(half.hull(half.negative)));
  });
  return { low: phi?.low, high: phi?.high ?? to, mass, total };
};

/** ∫ (1 − F) dx: the mean of its ends times the length, off by no more than (f_max − f_min) h²/8, or between both ends' if f is not known. */
const tailOn = ({ density, known }: Spread, { from, to, above: [first, last] }: Cell): Interval => {
  const length = to.minus(from);
  const mean = attempt(() => {
    const f = evaluate(density, { ...known, x: from.hull(to) }).value;
    const off = f.high.minus(f.low).times(length).over(exactly(8));
    return first.plus(last).over(exactly(2)).plus(off.hull(off.negative));
  });
  return length.times(mean ?? first.hull(last));
};

/** ∫ x dF, by parts. */
const momentOn = (spread: Spread, cell: Cell): Interval =>
  cell.from.times(cell.above[0]).minus(cell.to.times(cell.above[1])).plus(tailOn(spread, cell));

/** ∫ t (1 − t) dF over a cell, t the share of the way through it: a sixth of its length times the density, and a quarter of its mass at most. */
const bendOn = ({ density, known }: Spread, { from, to, mass }: Cell): Interval =>
  attempt(() => {
    const f = evaluate(density, { ...known, x: from.hull(to) }).value;
    return f.times(to.minus(from)).over(exactly(6));
  }) ?? zero.hull(mass.over(exactly(4)));

type MenuAt = ReturnType<typeof menuAt>;

/**
 * A menu with one item a cell of values, whose quality rises from cell to cell, at prices at which the value between two cells is indifferent between
 * their items: then all prefer their own cell's, and nobody has less than nothing. What a task brings the seller and the buyers, and what shared inputs cost; the quality of each
 * cell of values, and the sum of it over lower values.
 */
const menuAt = (
  model: Model,
  cells: readonly Cell[],
  tails: readonly Interval[],
  given: readonly (Amounts | null)[],
) => {
  must(given.length === cells.length, 'expected an item or null for every cell');
  let [q, price, rent, margin, surplus, common] = [zero, zero, zero, zero, zero, zero];
  const [quality, rents]: [Interval[], Interval[]] = [[], []];
  const items = given.map((item) => JSON.stringify(item));
  cells.forEach(({ from, to, mass }, k) => {
    const item = given[k]!;
    must(item !== null || q === zero, 'expected an item for every value above one that has an item');
    if (item !== null) {
      const own = made(model, [one], item);
      if (items[k] !== items[k - 1]) {
        const step = own.quality[0]!.minus(q);
        must(step.lo.gte(0), `expected quality that rises with the value, got less in cell ${k + 1}`);
        price = price.plus(from.times(step));
        q = own.quality[0]!;
      }
      const shared = sum(model.shared.map(({ name, cost }) => cost.times(own.used[name]!)));
      margin = margin.plus(mass.times(price.minus(own.cost.minus(shared))));
      common = common.plus(mass.times(shared));
      surplus = surplus.plus(q.times(tails[k]!));
    }
    rent = rent.plus(to.minus(from).times(q));
    quality.push(q);
    rents.push(rent);
  });
  return { margin, surplus, common, quality, rent: rents, items };
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
    const rises = lower.items[k] === upper.items[k] || lower.quality[k]!.atMost(upper.quality[k]!);
    must(rises, `expected quality that rises with scale, got less in cell ${k + 1}`);
    const slope = upper.rent[k]!.minus(lower.rent[k]!).over(to.minus(from));
    const isTempted = (s: Interval, { rent, quality }: MenuAt): boolean =>
      !rent[k]!.plus(s.times(slope)).atMost(y.times(quality[k]!));
    const isNone = !(isTempted(from, lower) || isTempted(to, upper));
    must(isNone, `buyers of cell ${k + 1} may prefer what larger ones get`);
  });
};

/** An upper bound of E[S(φ)] at one scale (Edmundson and Madansky): on a cell a convex S has at most the mean of its chord. */
const boundAt = (
  model: Model,
  cells: readonly Range[],
  scale: Interval,
  levels: readonly number[],
  virtual: readonly Amounts[],
): Interval => {
  const nodes = [zero, ...levels.map(exactly)];
  const isAscending = nodes.every(({ lo }, k) => k === 0 || lo.gt(nodes[k - 1]!.hi));
  const areServed = levels.length > 0 && virtual.length === levels.length;
  must(isAscending && areServed, 'expected levels above 0 in ascending order, with amounts for each');
  const surplus = nodes.map((phi, k) =>
    k === 0 || scale.hi.isZero() ? zero : surplusBound(model, [scale], [phi], virtual[k - 1]!),
  );
  /** S at φ, below the chord between two levels. */
  const surplusAt = (phi: Interval): Interval => {
    if (phi.hi.lte(0)) return zero;
    let [from, to] = [0, levels.length];
    must(phi.hi.lte(nodes[to]!.lo), `expected levels up to higher virtual values than ${levels.at(-1)}`);
    while (to - from > 1) {
      const middle = (from + to) >> 1;
      if (nodes[middle]!.lo.gte(phi.hi)) to = middle;
      else from = middle;
    }
    const share = phi.high.minus(nodes[from]!).over(nodes[to]!.minus(nodes[from]!));
    return share.times(surplus[to]!).plus(one.minus(share).times(surplus[from]!)).high;
  };
  return sum(cells.map((cell) => chord(cell, cell.low && surplusAt(cell.low), surplusAt(cell.high))));
};

/** The mean, times the mass, of the chord through a at the low end and b at the high one; where there is no low end, or none lower, b. */
const chord = ({ low, high, mass, total }: Range, a: Interval | undefined, b: Interval): Interval => {
  if (a === undefined || low === undefined || low.lo.eq(high.hi)) return mass.times(b);
  const share = total.minus(low.times(mass)).over(high.minus(low));
  return a.times(mass).plus(b.minus(a).times(share.min(mass).max(zero)));
};
