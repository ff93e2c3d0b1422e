import type { Decimal } from 'decimal.js';
import {
  add,
  divide,
  exactly,
  type Interval,
  larger,
  multiply,
  smaller,
  subtract,
  sum,
  zero,
} from './interval.ts';
import type { BuyerType, Problem } from './problem.ts';
import { type Data, readProblem } from './read-problem.ts';
import { type Amounts, type Made, made, reachOf, surplusBounds } from './supply-bound.ts';
import { boundsOfLine, type LineProof } from './verify-line.ts';

/** What `solve --proof` writes: the study, a menu, flows, and amounts that make the bound tight; see the schema of the same name. */
export type Proof = (ListedProof | ContinuumProof) & {
  readonly proof: 1;
  readonly study: Data;
  readonly files: Readonly<Record<string, string>>;
  /** Money, in the study's units: what the menu attains of the objective, and a bound on every menu. */
  readonly claims: { readonly attainedObjective: number; readonly upperBound: number };
};

/** Of a continuum of types along a line. */
interface ContinuumProof {
  readonly line: LineProof;
}

/** Of listed types. */
export interface ListedProof {
  readonly line?: undefined;
  readonly nodes?: { readonly positions: readonly number[]; readonly weights: readonly number[] };
  readonly items: readonly (Amounts & { readonly transfer: number })[];
  /** λ: who would take whose item, by their places among the types, and the multiplier, a share of buyers. */
  readonly flows: readonly (readonly [from: number, to: number, amount: number])[];
  /** Amounts that serve the virtual types best, one a type in the study's order. */
  readonly virtual: readonly Amounts[];
  /** Amounts at which everybody's surplus falls in everything: best for twice the largest virtual values. */
  readonly reach: Amounts;
}

/** What holds, each between two numbers; the strings have fifty digits. */
export interface Verdict {
  readonly verified: boolean;
  readonly attainedProfit: readonly [lo: string, hi: string] | null;
  readonly attainedObjective: readonly [lo: string, hi: string] | null;
  readonly upperBound: readonly [lo: string, hi: string] | null;
  /** What is wrong, in sentences; none where the proof holds. */
  readonly violations: readonly string[];
  /** What the proof takes for granted. */
  readonly assumes: readonly string[];
}

/** Claims are printed to this share of themselves. */
const PRINTED = '1e-9';
const MOST_PAIRS = 4e8;

/**
 * Checks a proof from the study and the proof alone, in 50-digit arithmetic with outward rounding: what the menu attains where every type chooses
 * freely among all items, whether the flows respect every type's budget, and what they bound every menu by (weak duality: D(λ) = Σ f S(φ)).
 */
export const verifyProof = (proof: Proof): Verdict => {
  try {
    const { profit, objective, bound, assumes } = bounds(proof);
    const { attainedObjective, upperBound } = proof.claims;
    const room = (claim: number): Interval => multiply(exactly(PRINTED), exactly(Math.abs(claim)));
    const violations = [
      ...(objective.lo.gte(subtract(exactly(attainedObjective), room(attainedObjective)).hi)
        ? []
        : [`the menu attains ${objective.lo.toString()}, and not the ${attainedObjective} claimed`]),
      ...(bound.hi.lte(add(exactly(upperBound), room(upperBound)).lo)
        ? []
        : [`the flows bound profit by ${bound.hi.toString()}, and not by the ${upperBound} claimed`]),
    ];
    return {
      verified: violations.length === 0,
      attainedProfit: shown(profit),
      attainedObjective: shown(objective),
      upperBound: shown(bound),
      violations,
      assumes,
    };
  } catch (error) {
    const violations = [error instanceof Error ? error.message : String(error)];
    const none = { attainedProfit: null, attainedObjective: null, upperBound: null };
    return { verified: false, ...none, violations, assumes: [] };
  }
};

const bounds = (proof: Proof) => {
  if (proof.line !== undefined) {
    const found = boundsOfLine(proof.study, proof.line);
    return { ...found, objective: found.profit };
  }
  const problem = readProblem(proof.study, proof);
  const assumes = problem.technology.assumes === undefined ? [] : [problem.technology.assumes];
  return { ...attained(problem, proof), bound: boundOf(problem, proof), assumes };
};

const shown = ({ lo, hi }: Interval): readonly [string, string] => [lo.toString(), hi.toString()];

/** What the menu attains where every type takes the item that she likes best, or none. */
const attained = (problem: Problem, { items }: ListedProof): Record<'profit' | 'objective', Interval> => {
  const offered = items.map((item) => ({ ...made(problem, item), transfer: exactly(item.transfer) }));
  const { types, objective } = problem;
  if (types.length * items.length > MOST_PAIRS)
    throw new Error(`more than ${MOST_PAIRS} pairs of type and item`);
  const favourites = likely(problem, offered);
  const profits: Interval[] = [];
  const rents: Interval[] = [];
  types.forEach(({ values, mass }, n) => {
    // Nothing is worth 0 and brings 0.
    const choices = [{ rent: zero, margin: zero }];
    for (const k of favourites(n)) {
      const { quality, cost, transfer } = offered[k]!;
      const terms = quality.flatMap((q, m) =>
        q === zero || values[m] === zero ? [] : [multiply(multiply(problem.weights[m]!, values[m]!), q)],
      );
      const worth = sum(terms);
      choices.push({ rent: subtract(worth, transfer), margin: subtract(transfer, cost) });
    }
    const best = choices.map(({ rent }) => rent).reduce(larger);
    const taken = choices.filter(({ rent }) => !rent.hi.lt(best.lo)).map(({ margin }) => margin);
    const [least, most] = [taken.reduce(smaller), taken.reduce(larger)];
    profits.push(multiply(mass, { lo: least.lo, hi: most.hi }));
    rents.push(multiply(mass, best));
  });
  const profit = sum(profits);
  return {
    profit,
    objective: add(multiply(objective.profit, profit), multiply(objective.consumerSurplus, sum(rents))),
  };
};

/**
 * Items that may be a type's favourite: of all pairs, those that double precision cannot tell from the best. A sum of M products of three numbers is
 * right to (M + 8) units of rounding of its terms' absolute values, each of which is a rounded literal or interval.
 */
const likely = (
  { weights, types }: Problem,
  offered: readonly (Made & { readonly transfer: Interval })[],
): ((n: number) => readonly number[]) => {
  const tasks = weights.length;
  const quality = Float64Array.from(offered.flatMap((item) => item.quality.map(({ lo }) => lo.toNumber())));
  const transfers = Float64Array.from(offered, ({ transfer }) => transfer.lo.toNumber());
  const unit = (tasks + 8) * Number.EPSILON;
  return (n) => {
    const worths = types[n]!.values.map((w, m) => weights[m]!.lo.toNumber() * w.lo.toNumber());
    let best = 0;
    const ends = transfers.map((transfer, k) => {
      let [worth, size] = [-transfer, Math.abs(transfer)];
      for (let m = 0; m < tasks; m++) {
        const term = worths[m]! * quality[k * tasks + m]!;
        worth += term;
        size += Math.abs(term);
      }
      best = Math.max(best, worth - unit * size);
      return worth + unit * size;
    });
    return Array.from(ends, (_, k) => k).filter((k) => ends[k]! >= best);
  };
};

/** D(λ) = Σ f S(φ), in the weight of profit. */
const boundOf = (problem: Problem, { flows, virtual, reach }: ListedProof): Interval => {
  const { types, objective } = problem;
  const mass = types.map((type) => type.mass);
  for (const [from, to, amount] of flows) {
    const isFlow = types[from] !== undefined && from !== to && amount > 0 && amount < Infinity;
    if (!(isFlow && mass[to]?.lo.gt(0)))
      throw new Error(`expected a flow above 0 between two types, got ${[from, to, amount]}`);
  }
  const kept = subtract(exactly(1), divide(objective.consumerSurplus, objective.profit));
  const budgets = mass.map((f) => larger(zero, multiply(kept, f)).lo);
  const into = types.map((): [from: number, amount: Interval][] => []);
  for (const { from, to, amount } of withinBudgets(types, flows, budgets))
    into[to]!.push([from, exactly(amount)]);
  const virtuals = types.map((type, k) => virtualValues(type, into[k]!, types));
  const isCounted = (k: number): boolean => mass[k]!.hi.gt(0);
  const largest = virtuals
    .filter((_, k) => isCounted(k))
    .reduce((most, own) => most.map((value, m) => larger(value, own[m]!)));
  const range = reachOf(problem, largest, reach);
  const surplus = types.map(({ name }, k) => {
    if (!isCounted(k)) return zero;
    const amounts = virtual[k];
    if (amounts === undefined) throw new Error(`expected amounts for the virtual type of ${name}, got none`);
    return multiply(mass[k]!, surplusBounds(problem, virtuals[k]!, amounts, range));
  });
  return multiply(objective.profit, sum(surplus));
};

/** φ = w − (1/f) Σ λ (w_from − w), task by task. Where the tasks of a run are worth the same to all concerned, they share one number. */
const virtualValues = (
  { values, mass }: BuyerType,
  into: readonly (readonly [from: number, amount: Interval])[],
  types: Problem['types'],
): readonly Interval[] => {
  const concerned = [values, ...into.map(([from]) => types[from]!.values)];
  const found: Interval[] = [];
  values.forEach((own, m) => {
    const isLikeLast = m > 0 && concerned.every((w) => w[m] === w[m - 1]);
    const pushed = (): Interval =>
      sum(into.map(([from, amount]) => multiply(amount, subtract(types[from]!.values[m]!, own))));
    found.push(isLikeLast ? found[m - 1]! : into.length === 0 ? own : subtract(own, divide(pushed(), mass)));
  });
  return found;
};

const SWEEPS = 8;

/**
 * Flows that respect every budget exactly, out − in ≤ (1 − κ) f: whoever passes on more than she has, as solvers' flows do by rounding, passes on less,
 * from the types worth most down, as flows go; what some sweeps leave is scaled away.
 */
const withinBudgets = (
  types: Problem['types'],
  given: ListedProof['flows'],
  budgets: readonly Decimal[],
): readonly { readonly from: number; readonly to: number; readonly amount: Decimal }[] => {
  const flows = given.map(([from, to, amount]) => ({ from, to, amount: exactly(amount).lo }));
  const out = types.map((): typeof flows => []);
  const into = types.map((): typeof flows => []);
  for (const flow of flows) {
    out[flow.from]!.push(flow);
    into[flow.to]!.push(flow);
  }
  const total = (some: typeof flows): Interval => sum(some.map(({ amount }) => exactly(amount)));
  const height = types.map(({ values }) => values.reduce((most, { lo }) => most + lo.toNumber(), 0));
  const order = types.map((_, n) => n).sort((a, b) => height[b]! - height[a]!);
  /** The share of what n passes on that she may, above 1 where it is less than she has. */
  const shareOf = (n: number): Decimal => {
    const most = add(exactly(budgets[n]!), total(into[n]!)).lo;
    return divide(exactly(most), total(out[n]!)).lo;
  };
  const over = (): readonly number[] => order.filter((n) => out[n]!.length > 0 && !shareOf(n).gte(1));
  for (let sweep = 0; sweep < SWEEPS && over().length > 0; sweep++) {
    for (const n of order) {
      if (out[n]!.length === 0) continue;
      const share = exactly(shareOf(n));
      if (!share.lo.gte(1))
        for (const flow of out[n]!) flow.amount = multiply(share, exactly(flow.amount)).lo;
    }
  }
  const left = over();
  if (left.length === 0) return flows;
  const scale = left.map((n) => divide(exactly(budgets[n]!), subtract(total(out[n]!), total(into[n]!))).lo);
  const least = exactly(scale.reduce((a, b) => (b.lt(a) ? b : a)));
  return flows.map((flow) => ({ ...flow, amount: multiply(least, exactly(flow.amount)).lo }));
};
