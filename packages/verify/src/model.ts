import { derivative, evaluate, type Formula } from './formula.ts';
import {
  add,
  divide,
  exactly,
  high,
  type Interval,
  isAtMost,
  larger,
  multiply,
  negative,
  smaller,
  subtract,
  sum,
  zero,
} from './interval.ts';

/** A way to make quality: on task m v(x, z) at the cost c·x + C(x), and c·z for all tasks. Of a cost given outright, x is quality itself. */
export interface Model {
  readonly task: readonly Input[];
  readonly shared: readonly Input[];
  readonly tasks: readonly Task[];
  /** The most of Σ v over the tasks, without weights. */
  readonly total?: Interval | undefined;
}

export interface Input {
  readonly name: string;
  readonly cost: Interval;
  /** The most of it that there is, on a task or shared; undefined where there is no end. */
  readonly max?: Interval | undefined;
}

/** v and C of one task, concave and convex, with their derivatives by task inputs, and then by shared ones. */
export interface Task {
  readonly quality: Slopes;
  readonly cost: Slopes;
  /** The most of its inputs, where it is a matter of the task. */
  readonly max?: Interval | undefined;
}

interface Slopes {
  readonly value: Formula;
  readonly by: readonly Formula[];
}

export const withSlopes = (value: Formula, names: readonly string[]): Slopes => ({
  value,
  by: names.map((name) => derivative(value, name)),
});

/** Amounts of a model's inputs, task by task and shared; any will do, and good ones make a bound tight. */
export interface Amounts {
  readonly task: readonly (readonly number[])[];
  readonly shared?: readonly number[];
  /** A price of the total. */
  readonly total?: number;
}

export interface Made {
  readonly quality: readonly Interval[];
  readonly cost: Interval;
  /** Of each input by its name, over all tasks. */
  readonly used: Readonly<Record<string, Interval>>;
}

/** Amounts as numbers. Throws where there are not as many as tasks and inputs, or where they are beyond what there is. */
const read = (
  inputs: readonly Input[],
  amounts: readonly number[] = [],
  most?: Interval,
): readonly Interval[] => {
  const given = amounts.map(exactly);
  const isWithin = (x: Interval, max = most): boolean => x.lo >= 0n && !(max && !isAtMost(x, max));
  if (given.length !== inputs.length || !given.every((x, j) => isWithin(x, inputs[j]!.max)))
    throw new Error(
      `expected ${inputs.length} amounts from 0 to the most there is, got ${amounts.join(', ')}`,
    );
  return given;
};

const named = (inputs: readonly Input[], amounts: readonly Interval[]): Record<string, Interval> =>
  Object.fromEntries(inputs.map(({ name }, j) => [name, amounts[j]!]));

const requireTasks = ({ tasks }: Model, amounts: Amounts): Amounts['task'] => {
  if (amounts.task.length === tasks.length) return amounts.task;
  throw new Error(`expected amounts of ${tasks.length} tasks, got ${amounts.task.length}`);
};

/** A function of a task's amounts that is asked once for neighbours that are alike. */
const onceForRuns = <T>(of: (m: number) => T, key: (m: number) => unknown): ((m: number) => T) => {
  let last: { readonly key: unknown; readonly found: T } | undefined;
  return (m) => {
    if (last === undefined || last.key !== key(m)) last = { key: key(m), found: of(m) };
    return last.found;
  };
};

/** What amounts make, and cost. */
export const made = (model: Model, weights: readonly Interval[], amounts: Amounts): Made => {
  const given = requireTasks(model, amounts);
  const z = read(model.shared, amounts.shared);
  const shared = named(model.shared, z);
  const onTask = onceForRuns(
    (m) => {
      const { quality, cost, max } = model.tasks[m]!;
      const x = read(model.task, given[m]!, max);
      if (x.every(({ hi }) => hi === 0n)) return { x, quality: zero, cost: zero };
      const values = { ...shared, ...named(model.task, x) };
      return { x, quality: evaluate(quality.value, values), cost: evaluate(cost.value, values) };
    },
    (m) => (model.tasks[m] === model.tasks[m - 1] ? given[m]!.join() : {}),
  );
  const tasks = model.tasks.map((_, m) => onTask(m));
  if (model.total && !isAtMost(sum(tasks.map(({ quality }) => quality)), model.total))
    throw new Error('an item is beyond the total');
  const used = [
    ...model.task.map((_, j) => sum(tasks.map(({ x }, m) => multiply(weights[m]!, x[j]!)))),
    ...z,
  ];
  const costs = [...model.task, ...model.shared].map(({ cost }, j) => multiply(cost, used[j]!));
  return {
    quality: tasks.map(({ quality }) => quality),
    cost: sum([...tasks.map(({ cost }, m) => multiply(weights[m]!, cost)), ...costs]),
    used: named([...model.task, ...model.shared], used),
  };
};

/**
 * An upper bound of S(φ) = max ⟨φ, q⟩ − C(q). The surplus L(y) of amounts y is concave: for any y₀, L(y) ≤ L(y₀) + ∇L(y₀)·(y − y₀). Where ∇L ≤ 0,
 * this is at most L(y₀) − ∇L·y₀ whatever y ≥ 0 is; where it is not, that and ∇L times the most there is of the input. Throws where there is no most.
 * Surplus rises in φ: its upper end is enough. Tasks with φ ≤ 0 are not served, as no quality is below 0.
 */
export const surplusBound = (
  model: Model,
  weights: readonly Interval[],
  virtual: readonly Interval[],
  amounts: Amounts,
): Interval => {
  const given = requireTasks(model, amounts);
  const z = read(model.shared, amounts.shared);
  const price = exactly(amounts.total ?? 0);
  if (price.lo < 0n || (price.lo > 0n && !model.total)) throw new Error('a price of no total');
  const onTask = onceForRuns(
    (m) =>
      taskBound(
        model,
        model.tasks[m]!,
        high(virtual[m]!),
        z,
        given[m]!,
        price.hi === 0n ? zero : divide(price, weights[m]!),
      ),
    (m) =>
      model.tasks[m] === model.tasks[m - 1] && weights[m] === weights[m - 1]
        ? `${virtual[m]!.hi} ${given[m]!}`
        : {},
  );
  let level = multiply(price, model.total ?? zero);
  let gains = model.shared.map(({ cost }) => negative(cost));
  virtual.forEach(({ hi }, m) => {
    if (hi <= 0n) return;
    const own = onTask(m);
    level = add(level, multiply(weights[m]!, own.level));
    gains = gains.map((gain, k) => add(gain, multiply(weights[m]!, own.gains[k]!)));
  });
  return high(larger(zero, sum([level, ...gains.map((gain, k) => most(gain, model.shared[k]!.max))])));
};

/** The most of slope·y, y ≥ 0. */
const most = (slope: Interval, max: Interval | undefined): Interval => {
  if (slope.hi <= 0n) return zero;
  if (max === undefined) throw new Error('more than the amounts given would pay');
  return multiply(high(slope), max);
};

interface TaskBound {
  /** What no amounts of the task bring more than, beside what shared inputs bring. */
  readonly level: Interval;
  /** What a unit of each shared input brings. */
  readonly gains: readonly Interval[];
}

const taskBound = (
  model: Model,
  task: Task,
  value: Interval,
  z: readonly Interval[],
  given: readonly number[],
  price: Interval,
): TaskBound => {
  const tangentAt = (amounts: readonly number[]) => tangent(model, task, value, z, amounts, price);
  const bounded = ({ level, slopes, gains }: Tangent): TaskBound => ({
    level: sum([level, ...slopes.map((slope, j) => most(slope, task.max ?? model.task[j]!.max))]),
    gains,
  });
  if (model.shared.length > 0 || model.task.length > 1 || given.length < 2) return bounded(tangentAt(given));
  // Of one input two tangents, one that rises and one that falls, bound more closely together: by the level at which they cross, even at a kink.
  const [a, b] = [tangentAt([given[0]!]), tangentAt([given[1]!])];
  const [rise, fall] = [a.slopes[0]!, b.slopes[0]!];
  if (rise.lo <= 0n || fall.hi >= 0n) return bounded(b);
  const crossing = divide(subtract(multiply(rise, b.level), multiply(fall, a.level)), subtract(rise, fall));
  return { level: smaller(crossing, b.level), gains: [] };
};

/** φ v − C − c·x − τ v is at most level + slopes·x + gains·z. */
interface Tangent extends TaskBound {
  readonly slopes: readonly Interval[];
}

const tangent = (
  model: Model,
  { quality, cost, max }: Task,
  value: Interval,
  z: readonly Interval[],
  amounts: readonly number[],
  price: Interval,
): Tangent => {
  const x = read(model.task, amounts, max);
  const values = { ...named(model.shared, z), ...named(model.task, x) };
  const known = new Map<Formula, Interval>();
  const at = (f: Formula): Interval => evaluate(f, values, known);
  const net = subtract(value, price);
  const rates = quality.by.map((slope, j) => subtract(multiply(net, at(slope)), at(cost.by[j]!)));
  const own = subtract(multiply(net, at(quality.value)), at(cost.value));
  return {
    level: subtract(own, sum([...x, ...z].map((amount, j) => multiply(rates[j]!, amount)))),
    slopes: model.task.map((input, j) => subtract(rates[j]!, input.cost)),
    gains: rates.slice(model.task.length),
  };
};
