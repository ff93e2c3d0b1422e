import { type Plan, TIE } from '@menusmith/core';
import type { SolveProgress } from '../solve/solved.ts';
import { type LineMarket, shapedPlan } from './exact-plans.ts';
import type { PlanColumn } from './plan-line.ts';
import type { ShownAmounts, shownAmounts } from './shown-amounts.ts';

/** Buyers of at most so many types have every plan of a pool tried. */
const MOST_TYPES = 12;
/** Markups over cost of a pool's prices, and commitments, as far as amounts that may be written are that many. */
const MARKUPS = 28;
const LOWEST_MARKUP = 0.8;
const HIGHEST_MARKUP = 6;
const COMMITMENTS = 200;
/** What a plan includes, in parts of what is efficient for a type. */
const PARTS = [0.5, 0.7, 0.85, 1];
/** Digits of what a plan includes, as people write it. */
const DIGITS = 3;
/** Menus that are begun with a plan of the pool, of commitments, which have no fees to try, more; and rounds in which each plan makes room for others. */
const STARTS = 64;
const STARTS_COMMITTED = 192;
/** Menus of more plans than this are begun less often, as each takes longer. */
const MANY = 2;
const MOST_ROUNDS = 8;
/** How far what a plan includes moves in the end. */
const STEPS = [0.2, 0.1, 0.05, 0.02, 0.01, 0.005];

const COMMITMENTS_NEAR = 6;
/** Menus worth less than the best by more than this share of it are left as they are. */
const NEAR = 0.03;

type Amounts = ReturnType<typeof shownAmounts>;

/** A plan with what it is to every type without its fee. */
interface Candidate {
  readonly plan: Plan;
  readonly own: PlanColumn;
}

/**
 * Where types are few, what plans earn jumps as amounts that may be written jump, and the best plans are not near those that are best unrounded: every plan of a pool stands once where
 * another was, with every fee that leaves somebody just indifferent, from many menus. The best that was found, as `worth` has it; `begun` where buyers are not few, or nothing is better.
 * Yields the best so far; `next(true)` ends it with that.
 */
export function* roundedAmongFew(
  begun: readonly Plan[],
  count: number,
  amounts: Amounts,
  market: LineMarket,
  worth: (plans: readonly Plan[]) => number,
): Generator<SolveProgress<readonly Plan[]>, readonly Plan[], boolean | undefined> {
  const { line } = market;
  if (line.of !== 'list' || line.value.length > MOST_TYPES || market.study.technology.kind === 'models')
    return begun;
  const pool = poolOf(amounts, market);
  const named = (plans: readonly Plan[]): readonly Plan[] =>
    plans.map((plan, k) => ({ ...plan, name: shapedPlan(NOTHING_INCLUDED, k, market).name }));
  let [best, most] = [begun, worth(begun)];
  let iterations = 0;
  const known = new Set<string>();
  for (const start of [begun, [], ...startsOf(pool, count, amounts, market)]) {
    const soFar = best;
    if ((yield { iterations: ++iterations, expectedGap: Number.NaN, incumbent: () => soFar }) === true) break;
    const settled = settledMenu(start, count, pool, amounts, market);
    const key = JSON.stringify(settled);
    if (known.has(key) || !(worth(settled) > most - NEAR * Math.abs(most))) continue;
    known.add(key);
    const own = refined(settled, count, amounts, market);
    const earned = worth(own);
    if (earned > most) [best, most] = [named(own), earned];
  }
  return best;
}
const NOTHING_INCLUDED = { included: 0, markup: 1, fee: 0, anchor: 0 };

/** Plans without fees, of all prices, allowances and commitments that are looked at. */
const poolOf = (amounts: Amounts, market: LineMarket): readonly Candidate[] => {
  const { kind, line, search } = market;
  const served = Array.from(line.value).filter((type) => type > 0);
  const markups = kind === 'bundle' ? [Number.POSITIVE_INFINITY] : markupsOf(amounts.prices, market);
  const allowances =
    kind === 'two-part-tariff' || kind === 'commitment'
      ? [0]
      : [...(kind === 'bundle' ? [] : [0]), ...served.flatMap((type) => PARTS.map((part) => part * type))];
  const more = kind === 'three-part-tariff' ? [Number.POSITIVE_INFINITY] : [];
  const known = new Map<string, Candidate>();
  const add = (plan: Plan): void => {
    const key = JSON.stringify([plan.prices, plan.included, plan.commitment]);
    if (!known.has(key)) known.set(key, { plan, own: market.column(plan) });
  };
  for (const included of allowances)
    for (const markup of included > 0 ? [...markups, ...more] : markups) {
      const shaped = shapedPlan(
        { included: Math.min(included, search.highest), markup, fee: 0, anchor: 0 },
        0,
        market,
      );
      const plan = { ...shaped, fee: 0, commitment: 0, ...written(shaped, amounts) };
      if (kind === 'commitment')
        for (const commitment of commitmentsOf(amounts.sums, market)) add({ ...plan, commitment });
      else add(plan);
    }
  return [...known.values()];
};

const written = ({ prices, included }: Plan, amounts: Amounts): Pick<Plan, 'prices' | 'included'> => ({
  prices: mapped(prices, amounts.prices.nearest),
  included: mapped(included, (amount) => Number(amount.toPrecision(DIGITS))),
});

/** Markups at which the dearest input's price is an amount that may be written: all of them, or evenly many. */
const markupsOf = ({ nearest, next }: ShownAmounts, market: LineMarket): readonly number[] => {
  const { prices } = shapedPlan(NOTHING_INCLUDED, 0, market);
  const cost = Math.max(...Object.values(prices));
  return thinned(nearest(LOWEST_MARKUP * cost), HIGHEST_MARKUP * cost, MARKUPS, next).map(
    (price) => price / cost,
  );
};

/** Commitments up to the most that somebody would pay for what is efficient for her. */
const commitmentsOf = ({ nearest, next }: ShownAmounts, { line, search }: LineMarket): readonly number[] => {
  const highest = line.value.at(-1)!;
  const most = search.lookup.surplus(highest) + search.lookup.cost(highest);
  return thinned(nearest(most / 1e3), most, COMMITMENTS, next);
};

/** Amounts that may be written from one to another: all, or where those are more than `most` about as many, by growing strides. */
const thinned = (from: number, to: number, most: number, next: ShownAmounts['next']): readonly number[] => {
  const every = [from];
  while (every.at(-1)! < to && every.length < most) every.push(next(every.at(-1)!, 1));
  if (every.at(-1)! >= to) return every;
  const factor = (to / from) ** (1 / most);
  const all = [from];
  for (let at = from; at < to; ) {
    const following = next(at, 1);
    at = following > at * factor ? following : next(at * factor, 1);
    all.push(at);
  }
  return all;
};

/** Menus of one plan of the pool each, from all of it, at the fee that earns most by itself. */
const startsOf = (
  pool: readonly Candidate[],
  count: number,
  amounts: Amounts,
  market: LineMarket,
): readonly (readonly Plan[])[] => {
  const starting = market.kind === 'commitment' ? STARTS_COMMITTED : STARTS;
  const stride = Math.max(1, (pool.length * Math.max(1, count / MANY)) / starting);
  const starts: (readonly Plan[])[] = [];
  for (let at = 0; at < pool.length; at += stride) {
    const first = bestAmong([pool[Math.floor(at)]!], [], amounts, market);
    if (first !== undefined) starts.push([first.plan]);
  }
  return starts;
};

/** A menu that is filled up to so many plans, each of which then makes room for a better one as long as that gains. */
const settledMenu = (
  start: readonly Plan[],
  count: number,
  pool: readonly Candidate[],
  amounts: Amounts,
  market: LineMarket,
): readonly Plan[] => {
  let menu = start;
  let most = Number.NEGATIVE_INFINITY;
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const before = most;
    // What was begun with stays until others stand beside it.
    const first = round === 0 && menu.length < count ? menu.length : 0;
    for (let k = first; k < count; k++) {
      const others = menu.filter((_, j) => j !== k);
      const found = bestAmong(pool, others, amounts, market);
      if (found === undefined || !(found.worth > most)) continue;
      menu = k < menu.length ? menu.with(k, found.plan) : [...menu, found.plan];
      most = found.worth;
    }
    if (!(most > before)) break;
  }
  return menu;
};

/** The menu with what its plans include, or commit to, moved by small steps, and fees that follow. */
const refined = (
  menu: readonly Plan[],
  count: number,
  amounts: Amounts,
  market: LineMarket,
): readonly Plan[] => {
  let own = menu;
  for (const step of market.kind === 'commitment' ? [0] : STEPS) {
    const near = own
      .flatMap((plan) => [plan, ...movedPlans(plan, step, amounts.sums)])
      .map((plan): Candidate => ({ plan, own: market.column({ ...plan, fee: 0 }) }));
    own = settledMenu(own, count, near, amounts, market);
  }
  return own;
};

/** The plan with other commitments near by, or with what it includes a step up and down. */
const movedPlans = (plan: Plan, step: number, { next }: ShownAmounts): readonly Plan[] => {
  if (plan.commitment > 0)
    return ([1, -1] as const).flatMap((by) => {
      let at = plan.commitment;
      return Array.from({ length: COMMITMENTS_NEAR }, () => {
        at = next(at, by);
        return { ...plan, commitment: at };
      }).filter(({ commitment }) => commitment > 0);
    });
  if (Object.keys(plan.included).length === 0) return [];
  return [1 + step, 1 - step].map((factor) => ({
    ...plan,
    included: mapped(plan.included, (amount) => Number((amount * factor).toPrecision(DIGITS))),
  }));
};

interface Best {
  readonly plan: Plan;
  readonly worth: number;
}

/** The plan of a pool, with its fee, that earns most beside others; undefined where the pool is empty. */
const bestAmong = (
  pool: readonly Candidate[],
  others: readonly Plan[],
  { sums }: Amounts,
  { line, column, without, search, kind }: LineMarket,
): Best | undefined => {
  const { value, mass } = line;
  const utility = without.utility.slice();
  const margin = without.margin.slice();
  for (const own of others.map(column))
    value.forEach((_, n) => {
      const gain = own.utility[n]! - utility[n]!;
      const tie = tieOf(own.utility[n]!, utility[n]!);
      if (!(gain > tie) && !(gain >= -tie && own.margin[n]! > margin[n]!)) return;
      utility[n] = Math.max(utility[n]!, own.utility[n]!);
      margin[n] = own.margin[n]!;
    });
  const worthAt = ({ own }: Candidate, fee: number): number => {
    let [sum, broken, share] = [0, 0, 0];
    for (let n = 0; n < value.length; n++) {
      const has = own.utility[n]! - fee;
      const tie = tieOf(has, utility[n]!);
      const earned = own.margin[n]! + fee;
      const takes = has > utility[n]! + tie || (has >= utility[n]! - tie && earned > margin[n]!);
      if (takes) share += mass[n]!;
      const left = Math.max(has, utility[n]!);
      sum += mass[n]! * ((takes ? earned : margin[n]!) + search.surplusWeight * left);
      broken = Math.max(broken, (search.promised?.[n] ?? 0) - left);
    }
    const few = share > 0 ? Math.max(0, search.leastShare - share) : 0;
    return sum - BROKEN * (broken + few * Math.abs(sum));
  };
  let best: Best | undefined;
  for (const candidate of pool) {
    const fees = new Set([sums.least]);
    if (kind !== 'commitment')
      value.forEach((_, n) => {
        for (const least of [utility[n]!, Math.max(utility[n]!, search.promised?.[n] ?? 0)])
          fees.add(sums.atMost(Math.max(0, candidate.own.utility[n]! - least)));
      });
    for (const fee of fees) {
      const worth = worthAt(candidate, fee);
      if (best === undefined || worth > best.worth) best = { plan: { ...candidate.plan, fee }, worth };
    }
  }
  return best;
};
const BROKEN = 1e3;

/** Money beside which differences are rounding. */
const tieOf = (a: number, b: number): number => TIE * Math.max(Math.abs(a), Math.abs(b));

const mapped = (
  amounts: Readonly<Record<string, number>>,
  of: (amount: number) => number,
): Readonly<Record<string, number>> =>
  Object.fromEntries(Object.entries(amounts).map(([name, amount]) => [name, of(amount)]));
