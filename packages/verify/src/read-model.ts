import { type Formula, readFormula, type Values } from './formula.ts';
import { exactly, type Interval, must, sum, zero } from './interval.ts';

/** Plain data of a study. */
export type Data = Readonly<Record<string, unknown>>;

export const record = (data: unknown = {}): Data => {
  must(typeof data === 'object' && data !== null && !Array.isArray(data), 'expected fields');
  return data as Data;
};

/** A way to make quality: on task m v(x, z) at the cost c·x + C(x), and c·z for all tasks. Of a cost given outright, x is quality itself. */
export interface Model {
  readonly task: readonly Input[];
  readonly shared: readonly Input[];
  readonly tasks: readonly Task[];
  /** The most of Σ v over the tasks, without weights. */
  readonly total?: Interval | undefined;
  /** What is taken for granted of its formulas. */
  readonly assumes: readonly string[];
}

/** An input; max is the most of it that there is, on a task or shared. */
export interface Input {
  readonly name: string;
  readonly cost: Interval;
  readonly max?: Interval | undefined;
}

/** v and C of one task, concave and convex, numbers by the names in them that are not inputs, and the most of inputs where it is a matter of the task. */
export interface Task {
  readonly quality: Formula;
  readonly cost: Formula;
  readonly known: Values;
  readonly max?: Interval | undefined;
}

const optional = (data: unknown): Interval | undefined => (data === undefined ? undefined : exactly(data));

export const numbersIn = (data: unknown): Values =>
  Object.fromEntries(Object.entries(record(data)).map(([name, value]) => [name, exactly(value)]));

/** How a study makes quality, on tasks at these places; a rival's inputs have prices in the place of costs. */
export const readModel = (made: Data, positions: readonly Interval[]): Model => {
  if (made.cost !== undefined) return readCost(record(made.cost), positions);
  const listed = Object.entries(record(made.inputs)).map(([name, data]) => {
    must(!/^[-.\d]/.test(name), `expected the name of an input, got ${name}`);
    const { scope, cost, price, max } = record(data);
    const own = exactly(cost ?? price);
    must(own.lo.gte(0), `expected a cost of ${name} of at least 0`);
    return { name, scope, cost: own, max: optional(max) };
  });
  const [task, shared] = ['task', 'shared'].map((scope) => listed.filter((input) => input.scope === scope));
  const production = record(made.production);
  const quality = qualityOf(production, task!, shared!);
  const everywhere = { quality, cost: '0', known: numbersIn(production.parameters) };
  const differ = JSON.stringify(quality).includes('"i"');
  return {
    task: task!,
    shared: shared!,
    tasks: positions.map((i) => (differ ? { ...everywhere, known: { i, ...everywhere.known } } : everywhere)),
    assumes:
      production.use === 'expression' ? ['the production formula is concave in its inputs together'] : [],
  };
};

/** The product of (base + …)^exponent; exponents must be above 0 and sum to less than 1, so that it is concave. */
const powers = (factors: readonly (readonly [of: Formula, exponent: unknown, base?: unknown])[]): Formula => {
  const exponents = factors.map(([, exponent]) => exactly(exponent));
  const isConcave = exponents.every(({ lo }) => lo.gt(0)) && sum(exponents).hi.lt(1);
  must(isConcave, 'expected exponents above 0 that sum to less than 1');
  const isAbove = factors.every(([, , base = 0]) => exactly(base).lo.gte(0));
  must(isAbove, 'expected no base below 0');
  const terms = factors.map(
    ([of, exponent, base = 0]): Formula => ['^', ['+', `${base}`, of], `${exponent}`],
  );
  return terms.reduce((a, b) => ['*', a, b]);
};

const qualityOf = (production: Data, task: readonly Input[], shared: readonly Input[]): Formula => {
  const { use, formula, substitution, degree } = production;
  if (use === 'expression') return readFormula(String(formula));
  const [exponents, base, shares] = [production.exponents, production.base, production.shares].map(record);
  if (use === 'cobb-douglas')
    return powers([...task, ...shared].map(({ name }) => [name, exponents![name], base![name]]));
  must(use === 'ces', `a proof covers cobb-douglas, ces and expression, got ${String(use)}`);
  const r = exactly(substitution);
  const isConcave = r.hi.lt(1) && !r.lo.isZero() && task.every(({ name }) => exactly(shares![name]).lo.gt(0));
  must(isConcave, 'expected a substitution below 1 other than 0, and shares above 0');
  const terms = task.map(({ name }): Formula => ['*', `${shares![name]}`, ['^', name, `${substitution}`]]);
  const mean: Formula = ['^', terms.reduce((a, b) => ['+', a, b]), ['/', '1', `${substitution}`]];
  const beside = shared.map(({ name }) => {
    const { exponent, base: least } = record(record(production.shared)[name]);
    return [name, exponent, least] as const;
  });
  return powers([[mean, degree], ...beside]);
};

/** A cost given outright; its parameters are one for all tasks or a list of one a task. */
const readCost = (cost: Data, positions: readonly Interval[]): Model => {
  const { use, total, parameters } = cost;
  const tasks = positions.map((i, m) => {
    const own = (name: string, otherwise?: unknown): unknown => {
      const parameter = cost[name] ?? otherwise;
      must(!Array.isArray(parameter) || parameter.length === positions.length, 'expected one a task');
      return Array.isArray(parameter) ? parameter[m] : parameter;
    };
    const [rate, coefficient] = [exactly(own('rate', 0)), exactly(own('coefficient', 1))];
    must(rate.min(coefficient).lo.gte(0), 'expected a rate and a coefficient of at least 0');
    const formulas = { quadratic: 'coefficient / 2 * q^2', linear: 'rate * q', expression: own('formula') };
    const formula = Object.entries(formulas).find(([name]) => name === use)?.[1];
    must(formula !== undefined, `a proof covers quadratic, linear and expression costs, got ${String(use)}`);
    const known = use === 'expression' ? { i, ...numbersIn(parameters) } : { rate, coefficient };
    const max = optional(own('max', use === 'linear' ? 1 : undefined));
    return { quality: 'q', cost: readFormula(String(formula)), known, max };
  });
  const assumes =
    use === 'expression' ? ['the cost formula is convex in q, 0 where q is 0, and does not fall there'] : [];
  return { task: [{ name: 'q', cost: zero }], shared: [], tasks, total: optional(total), assumes };
};

/** σ: the degree of v in the task inputs. */
export const degreeOf = ({ production, inputs }: Data): Interval => {
  const { use, exponents, degree } = record(production);
  if (use === 'ces') return exactly(degree);
  must(use === 'cobb-douglas', `a proof covers packages of cobb-douglas and ces, got ${String(use)}`);
  const names = Object.entries(record(inputs)).filter(([, input]) => record(input).scope === 'task');
  return sum(names.map(([name]) => exactly(record(exponents)[name])));
};
