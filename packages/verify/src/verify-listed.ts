import type { Beside, Data } from './data.ts';
import {
  add,
  divide,
  exactly,
  hull,
  type Interval,
  isAtMost,
  larger,
  low,
  multiply,
  one,
  smaller,
  subtract,
  sum,
  zero,
} from './interval.ts';
import { type Amounts, type Made, type Model, made, surplusBound } from './model.ts';
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

/** What is sold at a price, or a lottery between such things. */
interface Item {
  readonly transfer: number;
  readonly parts: readonly Part[];
}

type Part = Partial<Amounts> & {
  /** The chance of it, 1 where it is left out. */
  readonly share?: number;
  /** The place of the model that makes it, the first where it is left out; a rival's, resold, is the last. A part without amounts is what buyers have without the seller. */
  readonly model?: number;
};

/** What the menu attains of profit and of the objective, and what no menu passes. */
export interface Bounds {
  readonly profit: Interval;
  readonly objective: Interval;
  readonly bound: Interval;
}

export const boundsOfListed = (study: Data, proof: ListedProof): Bounds => {
  const problem = readProblem(study, proof);
  const { weights, types, rival } = problem;
  const outside = types.map((type, n) => {
    if (rival === undefined) return type.outside ?? zero;
    const bought = needed(proof.outside?.[n], `what ${type.name} buys from the rival`);
    const own = bought.task.map((x) => x.slice(0, rival.task.length));
    const { quality, cost } = made(rival, weights, { ...bought, task: own });
    const least = subtract(worth(problem, n, quality), cost);
    return hull(least, larger(least, surplusBound(rival, weights, type.values, bought)));
  });
  return { ...attained(problem, outside, proof), bound: boundOf(problem, outside, proof) };
};

const needed = <T>(value: T | undefined, what: string): T => {
  if (value !== undefined) return value;
  throw new Error(`expected ${what} in the proof`);
};

const worth = ({ weights, types }: Problem, n: number, quality: readonly Interval[]): Interval =>
  sum(
    types[n]!.values.map((value, m) =>
      value.hi === 0n && value.lo === 0n ? zero : multiply(multiply(weights[m]!, value), quality[m]!),
    ),
  );

interface Offered extends Made {
  readonly transfer: Interval;
  /** The chance of being left to what one has without the seller. */
  readonly outside: Interval;
}

const offeredItem = ({ weights, models, rival }: Problem, { transfer, parts }: Item): Offered => {
  const available = rival ? [...models, rival] : models;
  let [quality, cost, outside, all] = [weights.map(() => zero), zero, zero, zero];
  const used: Record<string, Interval> = {};
  for (const { share = 1, model = 0, ...amounts } of parts) {
    const chance = exactly(share);
    if (chance.lo < 0n) throw new Error('expected chances from 0 to 1');
    all = add(all, chance);
    if (amounts.task === undefined) {
      outside = add(outside, chance);
      continue;
    }
    const own = made(needed(available[model], `model ${model}`), weights, amounts as Amounts);
    quality = quality.map((q, m) => add(q, multiply(chance, own.quality[m]!)));
    cost = add(cost, multiply(chance, own.cost));
    if (model >= models.length) continue;
    for (const [name, amount] of Object.entries(own.used))
      used[name] = add(used[name] ?? zero, multiply(chance, amount));
  }
  if (!isAtMost(all, one)) throw new Error('expected chances that sum to 1 at most');
  return { transfer: exactly(transfer), quality, cost, used, outside };
};

/**
 * What the menu attains where every type takes the item that she likes best, or none; of those that cannot be told from the best, the worst and
 * the best for the seller. Throws where they then may use more than there is.
 */
const attained = (
  problem: Problem,
  outside: readonly Interval[],
  { items }: ListedProof,
): Pick<Bounds, 'profit' | 'objective'> => {
  const { types, objective, capacity } = problem;
  const offered = items.map((item) => offeredItem(problem, item));
  const favourites = likely(problem, outside, offered);
  let [profit, rents] = [zero, zero];
  const use = capacity.map(() => zero);
  types.forEach(({ mass }, n) => {
    const choices = favourites(n).map((k) => {
      const { quality, cost, transfer, outside: chance, used } = offered[k]!;
      const value = add(worth(problem, n, quality), multiply(chance, outside[n]!));
      return { rent: subtract(value, transfer), margin: subtract(transfer, cost), used };
    });
    const all = [{ rent: outside[n]!, margin: zero, used: {} as Made['used'] }, ...choices];
    const best = all.map(({ rent }) => rent).reduce(larger);
    const taken = all.filter(({ rent }) => rent.hi >= best.lo);
    profit = add(profit, multiply(mass, taken.map(({ margin }) => margin).reduce(hull)));
    rents = add(rents, multiply(mass, best));
    capacity.forEach(([name], j) => {
      const most = taken.map(({ used }) => used[name] ?? zero).reduce(larger);
      use[j] = add(use[j]!, multiply(mass, most));
    });
  });
  capacity.forEach(([name, most], j) => {
    if (!isAtMost(use[j]!, most)) throw new Error(`the menu uses more of ${name} than there is`);
  });
  return {
    profit,
    objective: add(multiply(objective.profit, profit), multiply(objective.consumerSurplus, rents)),
  };
};

const MOST_PAIRS = 4e8;
/** A double, within half a unit of rounding. */
const double = ({ lo }: Interval): number => Number(lo) / 2 ** 256;

/**
 * Items that may be a type's favourite: of all pairs, those that double precision cannot tell from the best. A sum of M products of three numbers is
 * right to (M + 8) units of rounding of its terms' absolute values, each of which is a rounded literal or interval.
 */
const likely = (
  { weights, types }: Problem,
  outside: readonly Interval[],
  offered: readonly Offered[],
): ((n: number) => readonly number[]) => {
  const tasks = weights.length;
  if (types.length * offered.length * tasks > MOST_PAIRS * 64)
    throw new Error('more pairs of type and item than can be checked');
  const quality = Float64Array.from(offered.flatMap((item) => item.quality.map(double)));
  const [transfers, chances] = [
    offered.map(({ transfer }) => double(transfer)),
    offered.map((item) => double(item.outside)),
  ];
  const unit = (tasks + 8) * Number.EPSILON;
  return (n) => {
    const worths = types[n]!.values.map((w, m) => double(weights[m]!) * double(w));
    const none = double(outside[n]!);
    let best = none - unit * Math.abs(none);
    const ends = transfers.map((transfer, k) => {
      let value = chances[k]! * none - transfer;
      let size = Math.abs(chances[k]! * none) + Math.abs(transfer);
      for (let m = 0; m < tasks; m++) {
        const term = worths[m]! * quality[k * tasks + m]!;
        value += term;
        size += Math.abs(term);
      }
      best = Math.max(best, value - unit * size);
      return value + unit * size;
    });
    return Array.from(ends, (_, k) => k).filter((k) => ends[k]! >= best);
  };
};

/**
 * D(λ) = Σ f S(φ) − Σ μ u + Σ ρ K, in the weight of profit (weak duality). S is the most of any model's, a rival's resold included, at costs c + ρ; and
 * of the virtual value of what types have without the seller, u − (1/f) Σ λ (u_from − u), which he may leave them to.
 */
const boundOf = (problem: Problem, outside: readonly Interval[], proof: ListedProof): Interval => {
  const { types, weights, objective, capacity } = problem;
  const prices = proof.shadowPrices ?? {};
  const models = [
    ...problem.models.map((model) => priced(model, prices)),
    ...(problem.rival ? [problem.rival] : []),
  ];
  const kept = larger(zero, subtract(one, divide(objective.consumerSurplus, objective.profit)));
  const { into, left } = flowsWithin(
    problem,
    proof.flows,
    types.map(({ mass }) => multiply(kept, mass)),
  );
  const surplus = types.map(({ name, mass, values }, k) => {
    if (mass.hi === 0n) return zero;
    const virtual = (own: Interval, of: (from: number) => Interval): Interval =>
      into[k]!.length === 0
        ? own
        : subtract(
            own,
            divide(sum(into[k]!.map(({ from, amount }) => multiply(amount, subtract(of(from), own)))), mass),
          );
    const concerned = [values, ...into[k]!.map(({ from }) => types[from]!.values)];
    const phi: Interval[] = [];
    // Where tasks in a run are worth the same to all concerned, they share one number.
    values.forEach((own, m) => {
      const isLikeLast = m > 0 && concerned.every((w) => w[m] === w[m - 1]);
      phi.push(isLikeLast ? phi[m - 1]! : virtual(own, (from) => types[from]!.values[m]!));
    });
    const bounds = models.map((model, l) =>
      surplusBound(
        model,
        weights,
        phi,
        needed(proof.virtual[k]?.[l], `amounts for the virtual type of ${name}`),
      ),
    );
    return multiply(mass, [virtual(outside[k]!, (from) => outside[from]!), ...bounds].reduce(larger));
  });
  const promised = types.map((_, n) => multiply(left[n]!, outside[n]!));
  const room = capacity.map(([input, most]) => multiply(exactly(prices[input] ?? 0), most));
  return multiply(objective.profit, subtract(sum([...surplus, ...room]), sum(promised)));
};

/** A model whose inputs cost ρ ≥ 0 more. */
const priced = (model: Model, prices: Readonly<Record<string, number>>): Model => {
  const at = (inputs: Model['task']): Model['task'] =>
    inputs.map((input) => ({
      ...input,
      cost: add(input.cost, larger(zero, exactly(prices[input.name] ?? 0))),
    }));
  return { ...model, task: at(model.task), shared: at(model.shared) };
};

interface Flow {
  readonly from: number;
  readonly to: number;
  readonly amount: Interval;
}

/** Flows into each type, scaled so that they respect every budget, out − in ≤ (1 − κ) f; and what is left of it, μ. */
const flowsWithin = (
  { types }: Problem,
  given: ListedProof['flows'],
  budgets: readonly Interval[],
): { readonly into: readonly (readonly Flow[])[]; readonly left: readonly Interval[] } => {
  const into = types.map((): Flow[] => []);
  const net = types.map(() => zero);
  for (const [from, to, size] of given) {
    if (types[from] === undefined || from === to || !(size > 0) || !((types[to]?.mass.lo ?? 0n) > 0n))
      throw new Error(`expected a flow above 0 between two types, got ${[from, to, size]}`);
    const amount = low(exactly(size));
    into[to]!.push({ from, to, amount });
    net[from] = add(net[from]!, amount);
    net[to] = subtract(net[to]!, amount);
  }
  const over = budgets.flatMap((budget, n) =>
    isAtMost(net[n]!, budget) ? [] : [divide(low(budget), net[n]!)],
  );
  const scale = low(over.reduce(smaller, one));
  return {
    into: into.map((flows) => flows.map((flow) => ({ ...flow, amount: multiply(scale, flow.amount) }))),
    left: budgets.map((budget, n) => larger(zero, subtract(budget, multiply(scale, net[n]!)))),
  };
};
