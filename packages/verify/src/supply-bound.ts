import { evaluate, tangentOf } from './formula.ts';
import {
  add,
  divide,
  exactly,
  type Interval,
  larger,
  multiply,
  negative,
  subtract,
  sum,
  zero,
} from './interval.ts';
import type { Cost, Problem, Production, TaskCost } from './problem.ts';

/** What a proof says is used to serve somebody: amounts of task inputs task by task, and of shared inputs; or quality task by task, at a cost given outright. */
export interface Amounts {
  readonly task?: readonly (readonly number[])[];
  readonly shared?: readonly number[];
  readonly quality?: readonly number[];
}

/** An item's quality on every task, and what it costs to make. */
export interface Made {
  readonly quality: readonly Interval[];
  readonly cost: Interval;
}

/** What amounts make. Throws where there are not as many as tasks and inputs, or where they are beyond what can be had. */
export const made = ({ technology, weights }: Problem, amounts: Amounts): Made => {
  if (technology.kind === 'cost') return madeAtCost(technology, weights, amounts);
  const { task, shared } = requireAmounts(technology, weights.length, amounts);
  const known = named(technology.shared, shared);
  return {
    quality: task.map(runs((x) => evaluate(technology.quality, { ...known, ...named(technology.task, x) }))),
    cost: add(
      spent(technology.shared, shared),
      sum(task.map((x, m) => multiply(weights[m]!, spent(technology.task, x)))),
    ),
  };
};

/** A function of a task's amounts, where tasks with the same amounts stand in runs; none make nothing. */
const runs = (of: (x: readonly number[]) => Interval): ((x: readonly number[]) => Interval) => {
  let last: { readonly x: readonly number[]; readonly made: Interval } | undefined;
  return (x) => {
    if (x.every((amount) => amount === 0)) return zero;
    if (!last?.x.every((amount, j) => amount === x[j])) last = { x, made: of(x) };
    return last.made;
  };
};

const madeAtCost = (cost: Cost, weights: readonly Interval[], { quality = [] }: Amounts): Made => {
  requireCount(
    quality,
    weights.length,
    cost.tasks.map(({ max }) => max),
  );
  const given = quality.map(exactly);
  if (cost.total && !sum(given).hi.lte(cost.total.lo)) throw new Error('an item is beyond the total');
  const costs = given.map((q, m) => multiply(weights[m]!, evaluate(cost.tasks[m]!.formula, { q })));
  return { quality: given, cost: sum(costs) };
};

const requireCount = (
  amounts: readonly unknown[],
  count: number,
  most: readonly (Interval | undefined)[] = [],
): void => {
  const isFit = (amount: unknown, j: number): boolean =>
    typeof amount === 'number' && amount >= 0 && !(most[j] && !most[j].lo.gte(amount));
  if (amounts.length !== count || !amounts.every((each, j) => Array.isArray(each) || isFit(each, j)))
    throw new Error(`expected ${count} amounts from 0 to the most there is, got ${JSON.stringify(amounts)}`);
};

const requireAmounts = (
  { task: inputs, shared: common }: Production,
  tasks: number,
  { task = [], shared = [] }: Amounts,
): Required<Pick<Amounts, 'task' | 'shared'>> => {
  requireCount(
    shared,
    common.length,
    common.map(({ max }) => max),
  );
  requireCount(task, tasks);
  for (const x of task) requireCount(x, inputs.length);
  return { task, shared };
};

const named = (inputs: readonly { readonly name: string }[], amounts: readonly (number | Interval)[]) =>
  Object.fromEntries(
    inputs.map(({ name }, j) => {
      const amount = amounts[j]!;
      return [name, typeof amount === 'number' ? exactly(amount) : amount];
    }),
  );

const spent = (inputs: readonly { readonly cost: Interval }[], amounts: readonly number[]): Interval =>
  sum(inputs.map(({ cost }, j) => multiply(cost, exactly(amounts[j]!))));

/** The most of everything that can be of use to anybody: Y, task by task and of shared inputs. */
export interface Reach {
  readonly task: readonly (readonly Interval[])[];
  readonly shared: readonly Interval[];
}

/**
 * S(φ) = max ⟨φ, q⟩ − C(q) from both sides. Below: what the amounts given bring. Above: the surplus L(y) is concave, so that for any amounts y₀ no y
 * between 0 and Y brings more than L(y₀) + Σ max{−∇L·y₀, ∇L·(Y − y₀)}, term by term. Whatever the amounts are, the bound holds; good ones, at
 * which ∇L is 0 but for rounding, make it tight. Surplus rises in φ: its upper end is enough.
 */
export const surplusBounds = (
  problem: Problem,
  virtual: readonly Interval[],
  amounts: Amounts,
  reach: Reach,
): Interval => {
  const { technology, weights } = problem;
  const values = virtual.map(({ hi }): Interval => ({ lo: hi, hi }));
  if (technology.kind === 'production') {
    const { level, moves } = tangentAt(technology, weights, values, amounts);
    return bounded(level, limited(moves, reach));
  }
  const { quality = [] } = amounts;
  requireCount(quality, weights.length);
  if (technology.total !== undefined) return withinTotal(technology, weights, values, quality);
  return sum(
    values.map((value, m) =>
      multiply(weights[m]!, onTask(technology.tasks[m]!, value, exactly(quality[m]!), reach.task[m]![0]!)),
    ),
  );
};

/**
 * Y from amounts at which L falls in everything, at values φ that nobody's exceed: L(y) ≤ A − Σ b·y with b > 0, so that no more than A/b of
 * anything leaves a surplus. Throws where L does not fall there in something that has no end of its own.
 */
export const reachOf = (problem: Problem, values: readonly Interval[], amounts: Amounts): Reach => {
  const { technology, weights } = problem;
  const infinite = exactly(Number.POSITIVE_INFINITY);
  if (technology.kind === 'cost') {
    const { quality = [] } = amounts;
    requireCount(quality, weights.length);
    const most = technology.tasks.map((cost, m) => {
      if (cost.max !== undefined) return cost.max;
      if (!values[m]!.hi.gt(0)) return zero;
      const { level, moves } = costTangent(cost, values[m]!, exactly(quality[m]!), false);
      return least(level, moves, moves[0]!);
    });
    return { task: most.map((each) => [each]), shared: [] };
  }
  const { level, moves } = tangentAt(technology, weights, values, amounts);
  const reach = (move: Move | undefined): Interval =>
    move ? (move.max ?? least(level, moves, move)) : infinite;
  return {
    task: weights.map((_, m) =>
      technology.task.map((_, j) => {
        const move = moves.find((each) => each.m === m && each.j === j);
        return move ? reach(move) : zero;
      }),
    ),
    shared: technology.shared.map((_, k) => reach(moves.find((each) => each.m === -1 && each.j === k))),
  };
};

/** A/b of one of the moves, where L ≤ A − Σ b·y. */
const least = (level: Interval, moves: readonly Move[], move: Move): Interval => {
  let most = level;
  for (const { slope, at, max } of moves) {
    if (!slope.hi.lt(0) && max === undefined)
      throw new Error('the reach is too short: what is beyond it may pay');
    const back = multiply(negative(slope), at);
    most = add(most, max === undefined ? back : larger(back, multiply(slope, subtract(max, at))));
  }
  const { hi } = divide(larger(zero, most), negative(move.slope));
  return { lo: hi, hi };
};

/** How the surplus changes with one amount: of task m, or, at −1, shared. */
interface Move {
  readonly m: number;
  readonly j: number;
  readonly slope: Interval;
  readonly at: Interval;
  readonly max: Interval | undefined;
}

const limited = (moves: readonly Move[], reach: Reach): readonly Move[] =>
  moves.map((move) => ({
    ...move,
    max: move.max ?? (move.m < 0 ? reach.shared : reach.task[move.m]!)[move.j]!,
  }));

/** A level, and the most that moves along its tangent add to it. */
const bounded = (level: Interval, moves: readonly Move[]): Interval => {
  const most = moves.map(({ slope, at, max }) =>
    larger(multiply(negative(slope), at), multiply(slope, subtract(max!, at))),
  );
  return { lo: larger(zero, level).lo, hi: larger(zero, sum([level, ...most])).hi };
};

const costTangent = ({ formula, max }: TaskCost, value: Interval, at: Interval, isOther: boolean) => {
  const cost = tangentOf(formula, { q: at }, ['q'], 'convex', isOther);
  const slope = subtract(value, cost.slopes[0]!);
  return { level: subtract(multiply(value, at), cost.value), moves: [{ m: 0, j: 0, slope, at, max }] };
};

/** max φq − C(q) on one task. At a kink of C a mean of the tangents of both its branches is flat. */
const onTask = (cost: TaskCost, value: Interval, at: Interval, reach: Interval): Interval => {
  if (cost.rate !== undefined && cost.max !== undefined)
    return multiply(larger(zero, subtract(value, cost.rate)), cost.max);
  if (!value.hi.gt(0)) return zero;
  const [one, other] = [costTangent(cost, value, at, false), costTangent(cost, value, at, true)];
  const boundOf = ({ level, moves: [move] }: ReturnType<typeof costTangent>): Interval =>
    bounded(level, [{ ...move!, max: reach }]);
  const [a, b] = [one.moves[0]!.slope, other.moves[0]!.slope];
  if (!(a.lo.gt(0) ? b.hi.lt(0) : a.hi.lt(0) && b.lo.gt(0))) return boundOf(one);
  const share = exactly(divide(b, subtract(b, a)).lo);
  const mean = (x: Interval, y: Interval): Interval =>
    add(multiply(share, x), multiply(subtract(exactly(1), share), y));
  return boundOf({ level: mean(one.level, other.level), moves: [{ ...one.moves[0]!, slope: mean(a, b) }] });
};

/** Amounts that stand for none where the first bit of an input is worth infinitely much: too little to matter. */
const LITTLE = [0, 1e-60, 1e-50, 1e-40, 1e-30, 1e-24, 1e-20, 1e-16, 1e-12];

/** L and its tangent at amounts: L(y) = Σ ω (φ v(x, z) − c·x) − c·z. Tasks of no value use nothing, and have no moves. */
const tangentAt = (
  technology: Production,
  weights: readonly Interval[],
  values: readonly Interval[],
  amounts: Amounts,
): { readonly level: Interval; readonly moves: readonly Move[] } => {
  const { task: inputs, shared: common, quality } = technology;
  const { task, shared } = requireAmounts(technology, weights.length, amounts);
  const by = [...inputs, ...common].map(({ name }) => name);
  const z = shared.map(exactly);
  const ofTask = (value: Interval, given: readonly number[]) => {
    for (const little of given.includes(0) ? LITTLE : [0]) {
      const x = given.map((amount) => exactly(amount > 0 ? amount : little));
      const v = tangentOf(quality, { ...named(inputs, x), ...named(common, z) }, by, 'concave');
      const slopes = v.slopes.map((slope) => multiply(value, slope));
      if (!slopes.every(({ hi }) => hi.isFinite())) continue;
      const level = subtract(
        multiply(value, v.value),
        sum(inputs.map(({ cost }, j) => multiply(cost, x[j]!))),
      );
      return { level, slopes, x };
    }
    throw new Error('there are no amounts near none at which quality has a slope');
  };
  let level = negative(sum(common.map(({ cost }, k) => multiply(cost, z[k]!))));
  const gains = common.map(({ cost }) => negative(cost));
  const moves: Move[] = [];
  let last: { readonly key: string; readonly found: ReturnType<typeof ofTask> } | undefined;
  values.forEach((value, m) => {
    if (!value.hi.gt(0)) return;
    const key = `${value.hi} ${task[m]!.join(' ')}`;
    const own = last?.key === key ? last.found : ofTask(value, task[m]!);
    last = { key, found: own };
    level = add(level, multiply(weights[m]!, own.level));
    inputs.forEach(({ cost }, j) => {
      const slope = multiply(weights[m]!, subtract(own.slopes[j]!, cost));
      moves.push({ m, j, slope, at: own.x[j]!, max: undefined });
    });
    common.forEach((_, k) => {
      gains[k] = add(gains[k]!, multiply(weights[m]!, own.slopes[inputs.length + k]!));
    });
  });
  moves.push(...common.map(({ max }, k) => ({ m: -1, j: k, slope: gains[k]!, at: z[k]!, max })));
  return { level, moves };
};

/**
 * max Σ ω (φ − rate) q with q ≤ max and Σ q ≤ total: for any price τ ≥ 0 of the total at most τ·total + Σ max·(ω (φ − rate) − τ)₊, and what a
 * task brings a unit is the best τ for some task. Below stands what the qualities given bring.
 */
const withinTotal = (
  { tasks, total }: Cost,
  weights: readonly Interval[],
  virtual: readonly Interval[],
  quality: readonly number[],
): Interval => {
  const gains = virtual.map((value, m) => multiply(weights[m]!, subtract(value, tasks[m]!.rate!)));
  const boundAt = (price: Interval): Interval =>
    add(
      multiply(price, total!),
      sum(gains.map((gain, m) => multiply(larger(zero, subtract(gain, price)), tasks[m]!.max!))),
    );
  const prices = [zero, ...gains.filter(({ hi }) => hi.gt(0)).map(({ hi }) => exactly(hi))];
  const hi = prices
    .map((price) => boundAt(price).hi)
    .reduce((least, each) => (each.lt(least) ? each : least));
  return { lo: larger(zero, sum(gains.map((gain, m) => multiply(gain, exactly(quality[m]!))))).lo, hi };
};
