import { exactly, type Interval, must, one, sum, zero } from './interval.ts';
import { type Amounts, made, surplusBound } from './model.ts';
import type { Beside } from './read-buyers.ts';
import type { Data, Model } from './read-model.ts';
import { type Problem, readProblem } from './read-study.ts';

/** What a proof holds of listed types. */
export interface ListedProof extends Beside {
  readonly items: readonly Item[];
  /** λ: who would take whose item, by their places among the types, and the multiplier, a share of buyers. */
  readonly flows: readonly (readonly [from: number, to: number, amount: number])[];
  /** Amounts that serve the virtual types best, one a type in the study's order, each model by model, a rival's last. */
  readonly virtual: readonly (readonly Amounts[])[];
  /** Of a rival, what each type buys there: amounts as for a virtual type, of which the first are bought. */
  readonly outside?: readonly Amounts[];
  /** ρ by input: what a unit of it is worth, beyond its cost, where there is only so much. */
  readonly shadowPrices?: Readonly<Record<string, number>>;
}

/**
 * What is sold at a price, or a lottery between such things: the chance of each, 1 where it is left out, and the place of the model that makes it, the first where it is left
 * out; a rival's, resold, is the last. A part without amounts is what buyers have without the seller.
 */
interface Item {
  readonly transfer: number;
  readonly parts: readonly (Partial<Amounts> & { readonly share?: number; readonly model?: number })[];
}

/** What the menu attains of profit and of the objective, what no menu passes, and what is taken for granted. */
export interface Bounds {
  readonly profit: Interval;
  readonly objective: Interval;
  readonly bound: Interval;
  readonly assumes: readonly string[];
}

/** A problem in which what types have without the seller is one more task, the last, with weight 1. */
interface Completed extends Omit<Problem, 'types'> {
  readonly types: readonly { readonly values: readonly Interval[]; readonly mass: Interval }[];
}

export const boundsOfListed = (study: Data, proof: ListedProof): Bounds => {
  const { types, ...problem } = readProblem(study, proof);
  const { weights, models, rival } = problem;
  const bought = (values: readonly Interval[], n: number): Interval => {
    const amounts = needed(proof.outside?.[n], `what type ${n + 1} buys from the rival`);
    const task = amounts.task.map((x) => x.slice(0, rival!.task.length));
    const { quality, cost } = made(rival!, weights, { ...amounts, task });
    const least = product(times(weights, values), quality).minus(cost);
    return least.hull(least.max(surplusBound(rival!, weights, values, amounts)));
  };
  const completed = {
    ...problem,
    weights: [...weights, one],
    types: types.map(({ values, mass, outside }, n) => ({
      mass,
      values: [...values, rival ? bought(values, n) : outside],
    })),
  };
  const assumes = [...new Set([...models, ...(rival ? [rival] : [])].flatMap((model) => model.assumes))];
  return { ...attained(completed, proof), bound: boundOf(completed, proof), assumes };
};

const needed = <T>(value: T | undefined, what: string): T => {
  if (value !== undefined) return value;
  throw new Error(`expected ${what} in the proof`);
};

const times = (a: readonly Interval[], b: readonly Interval[]): readonly Interval[] =>
  a.map((x, m) => x.times(b[m]!));

const product = (a: readonly Interval[], b: readonly Interval[]): Interval =>
  sum(a.flatMap((x, m) => (x.lo.isZero() && x.hi.isZero() ? [] : [x.times(b[m]!)])));

/** What an item comes to: quality on all tasks, the last of which is the chance of being left to what one has without the seller; cost, and use of each input. */
const offered = ({ weights, models, rival }: Completed, { transfer, parts }: Item) => {
  let [quality, cost, all] = [weights.map(() => zero), zero, zero];
  const used = new Map<string, Interval>();
  for (const { share = 1, model = 0, ...amounts } of parts) {
    const chance = exactly(share);
    must(chance.lo.gte(0), 'expected chances from 0 to 1');
    all = all.plus(chance);
    const maker = needed([...models, rival][model], `model ${model}`);
    const nothing = { quality: weights.slice(1).map(() => zero), cost: zero, used: {} };
    const own = amounts.task ? made(maker, weights, amounts as Amounts) : nothing;
    const isLeft = amounts.task ? zero : one;
    quality = [...own.quality, isLeft].map((q, m) => chance.times(q).plus(quality[m]!));
    cost = cost.plus(chance.times(own.cost));
    for (const [name, amount] of maker === rival ? [] : Object.entries(own.used))
      used.set(name, chance.times(amount).plus(used.get(name) ?? zero));
  }
  must(all.atMost(one), 'expected chances that sum to 1 at most');
  return { transfer: exactly(transfer), quality, cost, used };
};

/**
 * What the menu attains where every type takes the item that she likes best, or none; of those that cannot be told from the best, the worst and
 * the best for the seller. Throws where they then may use more than there is.
 */
const attained = (problem: Completed, { items }: ListedProof): Pick<Bounds, 'profit' | 'objective'> => {
  const { types, weights, objective } = problem;
  const nothing: Item = { transfer: 0, parts: [{}] };
  const menu = [nothing, ...items].map((item) => offered(problem, item));
  const favourites = likely(problem, menu);
  let [profit, rents] = [zero, zero];
  const use = new Map(Object.keys(problem.capacity).map((name) => [name, zero]));
  for (const { values, mass } of types) {
    const worths = times(weights, values);
    const choices = favourites(values).map((k) => ({
      ...menu[k]!,
      rent: product(worths, menu[k]!.quality).minus(menu[k]!.transfer),
    }));
    const best = choices.map(({ rent }) => rent).reduce((a, b) => a.max(b));
    const taken = choices.filter(({ rent }) => rent.hi.gte(best.lo));
    const mean = (of: (choice: (typeof choices)[number]) => Interval): Interval =>
      mass.times(taken.map(of).reduce((a, b) => a.hull(b)));
    profit = profit.plus(mean(({ transfer, cost }) => transfer.minus(cost)));
    rents = rents.plus(mass.times(best));
    for (const [name, sofar] of use) use.set(name, sofar.plus(mean(({ used }) => used.get(name) ?? zero)));
  }
  for (const [name, used] of use)
    must(used.atMost(problem.capacity[name]!), `the menu uses more of ${name} than there is`);
  return { profit, objective: objective.profit.times(profit).plus(objective.surplus.times(rents)) };
};

const MOST_TERMS = 2.5e10;

/**
 * Items that may be a type's favourite: of all pairs, those that double precision cannot tell from the best. A sum of M products of three numbers is
 * right to (M + 8) units of rounding of its terms' absolute values, where each is a rounded literal; a value that is known less closely adds how closely.
 */
const likely = (
  { weights, types }: Completed,
  menu: readonly ReturnType<typeof offered>[],
): ((values: readonly Interval[]) => readonly number[]) => {
  const tasks = weights.length;
  must(types.length * menu.length * tasks <= MOST_TERMS, 'more pairs of type and item than can be checked');
  const items = menu.map(({ quality, transfer }) => {
    const weighted = Float64Array.from(quality, (q, m) => weights[m]!.lo.toNumber() * q.lo.toNumber());
    const size = weighted.reduce((all, q) => all + Math.abs(q), 0);
    return { quality: weighted, size, transfer: transfer.lo.toNumber() };
  });
  const unit = (tasks + 8) * Number.EPSILON;
  return (values) => {
    const worths = Float64Array.from(values, ({ lo }) => lo.toNumber());
    const width = 2 * Math.max(...values.map(({ lo, hi }) => hi.minus(lo).toNumber()));
    let best = Number.NEGATIVE_INFINITY;
    const ends = items.map(({ quality, size, transfer }) => {
      let [value, terms] = [-transfer, Math.abs(transfer)];
      for (let m = 0; m < tasks; m++) {
        const term = worths[m]! * quality[m]!;
        value += term;
        terms += Math.abs(term);
      }
      const off = unit * terms + width * size;
      best = Math.max(best, value - off);
      return value + off;
    });
    // What is no number is not left out either.
    return ends.flatMap((end, k) => (end < best ? [] : [k]));
  };
};

/**
 * D(λ) = Σ f S(φ) − Σ μ u + Σ ρ K, in the weight of profit (weak duality). S is the most of any model's, a rival's resold included, at costs c + ρ; and
 * of the virtual value of what types have without the seller, u − (1/f) Σ λ (u_from − u), which he may leave them to.
 */
const boundOf = (problem: Completed, proof: ListedProof): Interval => {
  const { types, weights, objective, capacity, rival } = problem;
  const priceOf = (name: string): Interval => exactly(proof.shadowPrices?.[name] ?? 0).max(zero);
  const dearer = (inputs: Model['task']): Model['task'] =>
    inputs.map((input) => ({ ...input, cost: input.cost.plus(priceOf(input.name)) }));
  const own = problem.models.map((model) => ({
    ...model,
    task: dearer(model.task),
    shared: dearer(model.shared),
  }));
  const models = rival ? [...own, rival] : own;
  const { into, left } = flowsWithin(problem, proof.flows);
  const surplus = types.map(({ mass, values }, k) => {
    if (mass.hi.isZero()) return zero;
    const concerned = [values, ...into[k]!.map(({ from }) => types[from]!.values)];
    const phi: Interval[] = [];
    values.forEach((w, m) => {
      // Where tasks in a run are worth the same to all concerned, they share one number.
      const isLikeLast = m > 0 && concerned.every((each) => each[m] === each[m - 1]);
      const pushed = (): Interval =>
        sum(into[k]!.map(({ from, amount }) => amount.times(types[from]!.values[m]!.minus(w))));
      phi.push(isLikeLast ? phi[m - 1]! : w.minus(pushed().over(mass)));
    });
    const bounds = models.map((model, l) =>
      surplusBound(model, weights, phi, needed(proof.virtual[k]?.[l], `amounts for virtual type ${k + 1}`)),
    );
    return mass.times([phi.at(-1)!, ...bounds].reduce((a, b) => a.max(b)));
  });
  const room = Object.entries(capacity).map(([input, most]) => priceOf(input).times(most));
  const promised = types.map(({ values }) => values.at(-1)!);
  return objective.profit.times(sum([...surplus, ...room]).minus(product(left, promised)));
};

/** Flows into each type, scaled so that they respect every budget, out − in ≤ (1 − κ) f; and what is left of it, μ. */
const flowsWithin = ({ types, objective }: Completed, given: ListedProof['flows']) => {
  const kept = one.minus(objective.surplus.over(objective.profit)).max(zero);
  const budgets = types.map(({ mass }) => kept.times(mass));
  const into = types.map((): { readonly from: number; readonly amount: Interval }[] => []);
  const net = types.map(() => zero);
  for (const [from, to, size] of given) {
    const isBetween = types[from] !== undefined && from !== to && types[to]?.mass.lo.gt(0) === true;
    must(isBetween && size > 0, `expected a flow above 0 between two types, got ${[from, to, size]}`);
    const amount = exactly(size);
    into[to]!.push({ from, amount });
    net[from] = net[from]!.plus(amount);
    net[to] = net[to]!.minus(amount);
  }
  const over = budgets.flatMap((budget, n) => (net[n]!.atMost(budget) ? [] : [budget.low.over(net[n]!)]));
  const scale = over.reduce((a, b) => a.min(b), one).low;
  return {
    into: into.map((flows) => flows.map((flow) => ({ ...flow, amount: scale.times(flow.amount) }))),
    left: budgets.map((budget, n) => budget.minus(scale.times(net[n]!)).max(zero)),
  };
};
