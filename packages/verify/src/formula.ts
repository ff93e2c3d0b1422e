import { exactly, type Interval, must, one, zero } from './interval.ts';

/** A name or a number as it is written, or an operation on formulas. */
export type Formula = string | readonly Formula[];

const TOKENS = /(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?|[a-z_]\w*|\S/gi;

/** ^ binds tightest and to the right, then signs, then * and /. A function of several is made of those of two. Throws where the text is no formula. */
export const readFormula = (text: string): Formula => {
  const left = text.match(TOKENS) ?? [];
  const next = (...expected: readonly string[]): string | undefined =>
    expected.includes(left[0]!) ? left.shift() : undefined;
  const chain = (operators: readonly string[], operand: () => Formula): Formula => {
    let first = operand();
    for (let of = next(...operators); of; of = next(...operators)) first = [of, first, operand()];
    return first;
  };
  const sum = (): Formula => chain(['+', '-'], () => chain(['*', '/'], signed));
  const signed = (): Formula => {
    if (next('+')) return signed();
    if (next('-')) return ['-', '0', signed()];
    const base = atom();
    return next('^') ? ['^', base, signed()] : base;
  };
  const atom = (): Formula => {
    const token = left.shift() ?? '';
    must(/^[\w.(]/.test(token), `formula "${text}": expected a number or a name, got ${token}`);
    if (token !== '(' && !next('(')) return token;
    const args = [sum()];
    while (token !== '(' && next(',')) args.push(sum());
    must(next(')') !== undefined, `formula "${text}": expected ), got ${left[0] ?? 'the end'}`);
    if (token === '(' || args.length === 1) return token === '(' ? args[0]! : [token, args[0]!];
    return args.reduce((a, b) => [token, a, b]);
  };
  const formula = sum();
  must(left.length === 0, `formula "${text}": expected the end, got ${left[0]}`);
  return formula;
};

/** 1 where a ≤ b, 0 where a ≥ b: at a kink that is not met exactly there is no slope. */
const isLess = (a: Interval, b: Interval): Interval => {
  if (a.atMost(b)) return one;
  must(b.atMost(a), 'a slope where there is a kink');
  return zero;
};

/** What an operation makes of its arguments, and how fast that changes with each of them. */
type Operation = (a: Interval, b: Interval) => readonly [value: Interval, ...rates: (() => Interval)[]];

const operations: Readonly<Record<string, Operation>> = {
  '+': (a, b) => [a.plus(b), () => one, () => one],
  '-': (a, b) => [a.minus(b), () => one, () => one.negative],
  '*': (a, b) => [a.times(b), () => b, () => a],
  '/': (a, b) => {
    const value = a.over(b);
    return [value, () => one.over(b), () => value.over(b).negative];
  },
  '^': (a, b) => {
    const value = a.power(b);
    const byBase = (): Interval => (one.atMost(b) ? a.power(b.minus(one)) : value.over(a)).times(b);
    return [value, byBase, () => value.times(a.logarithm)];
  },
  min: (a, b) => [a.min(b), () => isLess(a, b), () => one.minus(isLess(a, b))],
  max: (a, b) => [a.max(b), () => one.minus(isLess(a, b)), () => isLess(a, b)],
  exp: (a) => {
    const value = a.exponential;
    return [value, () => value];
  },
  log: (a) => [a.logarithm, () => one.over(a)],
  sqrt: (a) => operations['^']!(a, exactly('0.5')),
  abs: (a) => [a.max(a.negative), () => one.minus(exactly(2).times(isLess(a, zero)))],
};

/** A number, and its slopes in some names. */
export interface Sloped {
  readonly value: Interval;
  readonly slopes: ReadonlyMap<string, Interval>;
}

export type Values = Readonly<Record<string, Interval>>;

/** A formula's value, with its slopes in the names of `by` that it has, by the chain rule. */
export const evaluate = (f: Formula, values: Values, by: readonly string[] = []): Sloped => {
  if (typeof f === 'string') {
    const value = Object.hasOwn(values, f) ? values[f]! : exactly(f);
    return { value, slopes: new Map(by.includes(f) ? [[f, one]] : []) };
  }
  const [of, ...args] = f as readonly [string, ...Formula[]];
  const operation = Object.hasOwn(operations, of) ? operations[of] : undefined;
  if (operation?.length !== args.length) throw new Error(`no function "${of}" of ${args.length}`);
  const inner = args.map((arg) => evaluate(arg, values, by));
  const [value, ...rates] = operation(...(inner.map((arg) => arg.value) as [Interval, Interval]));
  const slopes = new Map<string, Interval>();
  inner.forEach((arg, k) => {
    if (arg.slopes.size === 0) return;
    const rate = rates[k]!();
    for (const [name, slope] of arg.slopes)
      slopes.set(name, (slopes.get(name) ?? zero).plus(rate.times(slope)));
  });
  return { value, slopes };
};
