import { evaluate, type Sloped, type Values } from './formula.ts';
import { exactly, type Interval, must, sum, zero } from './interval.ts';
import type { Input, Model, Task } from './read-model.ts';

/** Amounts of a model's inputs, task by task and shared, and a price of the total; any will do, and good ones make a bound tight. */
export interface Amounts {
  readonly task: readonly (readonly number[])[];
  readonly shared?: readonly number[];
  readonly total?: number;
}

/** Amounts as numbers. Throws where there are not as many as inputs, or where they are beyond what there is. */
const within = (
  inputs: readonly Input[],
  amounts: readonly number[] = [],
  most?: Interval,
): readonly Interval[] => {
  const given = amounts.map(exactly);
  const isWithin = (x: Interval, max = most): boolean => x.lo.gte(0) && (max === undefined || x.atMost(max));
  const areWithin = given.length === inputs.length && given.every((x, j) => isWithin(x, inputs[j]!.max));
  must(areWithin, `expected ${inputs.length} amounts from 0 to the most there is, got ${amounts.join(', ')}`);
  return given;
};

const named = (inputs: readonly Input[], amounts: readonly Interval[]): Values =>
  Object.fromEntries(inputs.map(({ name }, j) => [name, amounts[j]!]));

/** What is found of each task from its amounts and something beside; of neighbours that are alike it is found once. */
const byTask = <T>(
  { tasks }: Model,
  { task }: Amounts,
  find: (m: number) => T,
  beside: readonly unknown[] = [],
): readonly T[] => {
  must(task.length === tasks.length, `expected amounts of ${tasks.length} tasks, got ${task.length}`);
  const found: T[] = [];
  tasks.forEach((own, m) => {
    const isAlike = own === tasks[m - 1] && beside[m] === beside[m - 1] && `${task[m]}` === `${task[m - 1]}`;
    found.push(isAlike ? found[m - 1]! : find(m));
  });
  return found;
};

/** What amounts make on each task, what that costs, and, by name, what it uses of each input over all tasks. */
export interface Made {
  readonly quality: readonly Interval[];
  readonly cost: Interval;
  readonly used: Values;
}

export const made = (model: Model, weights: readonly Interval[], amounts: Amounts): Made => {
  const z = within(model.shared, amounts.shared);
  const tasks = byTask(model, amounts, (m) => {
    const { quality, cost, known, max } = model.tasks[m]!;
    const x = within(model.task, amounts.task[m], max);
    if (x.every(({ hi }) => hi.isZero())) return { x, quality: zero, cost: zero };
    const values = { ...known, ...named(model.shared, z), ...named(model.task, x) };
    return { x, quality: evaluate(quality, values).value, cost: evaluate(cost, values).value };
  });
  const quality = tasks.map((task) => task.quality);
  must(!model.total || sum(quality).atMost(model.total), 'an item is beyond the total');
  const overTasks = (of: (task: (typeof tasks)[number]) => Interval): Interval =>
    sum(tasks.map((task, m) => weights[m]!.times(of(task))));
  const inputs = [...model.task, ...model.shared];
  const used = [...model.task.map((_, j) => overTasks(({ x }) => x[j]!)), ...z];
  const paid = inputs.map(({ cost }, j) => cost.times(used[j]!));
  return { quality, cost: sum([overTasks(({ cost }) => cost), ...paid]), used: named(inputs, used) };
};

/** The most of slope·y, y ≥ 0. */
const most = (slope: Interval, max: Interval | undefined): Interval => {
  if (slope.hi.lte(0)) return zero;
  if (max === undefined) throw new Error('more than the amounts given would pay');
  return slope.high.times(max);
};

/** φ v − C − c·x is at most level + slopes·x + gains·z, at all amounts. */
interface Tangent {
  readonly level: Interval;
  readonly slopes: readonly Interval[];
  readonly gains: readonly Interval[];
}

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
  const inputs = [...model.task, ...model.shared];
  const z = within(model.shared, amounts.shared);
  const price = exactly(amounts.total ?? 0);
  must(price.lo.gte(0) && (price.hi.isZero() || !!model.total), 'a price of no total');
  const tangent = ({ quality, cost, known, max }: Task, value: Interval, x: readonly number[]): Tangent => {
    const given = [...within(model.task, x, max), ...z];
    const names = inputs.map(({ name }) => name);
    const values = { ...known, ...named(inputs, given) };
    const [v, c] = [evaluate(quality, values, names), evaluate(cost, values, names)];
    const of = (slopes: Sloped['slopes'], name: string): Interval => slopes.get(name) ?? zero;
    const rates = names.map((name) => value.times(of(v.slopes, name)).minus(of(c.slopes, name)));
    const spent = given.map((amount, j) => amount.times(rates[j]!));
    const level = value.times(v.value).minus(c.value).minus(sum(spent));
    const slopes = model.task.map((input, j) => rates[j]!.minus(input.cost));
    return { level, slopes, gains: rates.slice(model.task.length) };
  };
  /** With the slopes' part in the level. */
  const bounded = ({ level, slopes, gains }: Tangent, task: Task): Tangent => {
    const rest = slopes.map((slope, j) => most(slope, task.max ?? model.task[j]!.max));
    return { level: sum([level, ...rest]), slopes, gains };
  };
  const served = byTask(
    model,
    amounts,
    (m) => {
      if (virtual[m]!.hi.lte(0)) return undefined;
      const [task, x] = [model.tasks[m]!, amounts.task[m]!];
      const net = price.hi.isZero() ? virtual[m]! : virtual[m]!.minus(price.over(weights[m]!));
      if (inputs.length > 1 || x.length < 2) return bounded(tangent(task, net.high, x), task);
      // Of one input two tangents, one that rises and one that falls, bound more closely together: by the level at which they cross, even at a kink.
      const [a, b] = x.map((each) => tangent(task, net.high, [each])) as [Tangent, Tangent];
      const [rise, fall] = [a.slopes[0]!, b.slopes[0]!];
      if (rise.lo.lte(0) || fall.hi.gte(0)) return bounded(b, task);
      const crossing = rise.times(b.level).minus(fall.times(a.level)).over(rise.minus(fall));
      return { ...b, level: crossing.min(b.level) };
    },
    virtual,
  );
  const level = served.map((task, m) => (task ? weights[m]!.times(task.level) : zero));
  const rest = model.shared.map(({ cost, max }, k) => {
    const gains = served.map((task, m) => (task ? weights[m]!.times(task.gains[k]!) : zero));
    return most(sum(gains).minus(cost), max);
  });
  return sum([price.times(model.total ?? zero), ...level, ...rest]).max(zero).high;
};
