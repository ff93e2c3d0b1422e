import {
  add,
  divide,
  exactly,
  exponential,
  type Interval,
  larger,
  logarithm,
  multiply,
  negative,
  one,
  power,
  smaller,
  subtract,
  zero,
} from './interval.ts';

/** A formula read from a study: numbers, names, and functions of formulas. */
export type Formula =
  | { readonly number: Interval }
  | { readonly name: string }
  | { readonly of: string; readonly args: readonly Formula[] };

export const number = (value: number | string): Formula => ({ number: exactly(value) });
export const apply = (of: string, ...args: readonly Formula[]): Formula => ({ of, args });

/**
 * Reads a formula: + − * / ^, parentheses, numbers, names, and functions. ^ binds tightest and to the right, then signs, then * and /. Throws
 * where the text is none.
 */
export const readFormula = (text: string): Formula => {
  const tokens = text.match(/\d+\.?\d*(?:[eE][+-]?\d+)?|\.\d+(?:[eE][+-]?\d+)?|[A-Za-z_]\w*|\S/g) ?? [];
  let at = 0;
  const take = (expected?: string): string => {
    const token = tokens[at++];
    if (token === undefined || (expected !== undefined && token !== expected))
      throw new Error(`formula "${text}": expected ${expected ?? 'more'}, got ${token ?? 'the end'}`);
    return token;
  };
  const chain = (operators: string, operand: () => Formula): Formula => {
    let left = operand();
    while (at < tokens.length && operators.includes(tokens[at]!)) left = apply(take(), left, operand());
    return left;
  };
  const sum = (): Formula => chain('+-', () => chain('*/', signed));
  const signed = (): Formula => {
    const sign = tokens[at];
    if (sign === '-' || sign === '+') {
      at++;
      return sign === '-' ? apply('negative', signed()) : signed();
    }
    const base = atom();
    return tokens[at] === '^' ? apply(take(), base, signed()) : base;
  };
  const atom = (): Formula => {
    const token = take();
    if (/^[\d.]/.test(token)) return number(token);
    if (token === '(') {
      const inner = sum();
      take(')');
      return inner;
    }
    if (!/^\w/.test(token)) throw new Error(`formula "${text}": expected a number or a name, got ${token}`);
    if (tokens[at] !== '(') return { name: token };
    take('(');
    const args = [sum()];
    while (tokens[at] === ',') {
      at++;
      args.push(sum());
    }
    take(')');
    return { of: token, args };
  };
  const formula = sum();
  if (at < tokens.length) throw new Error(`formula "${text}": expected the end, got ${tokens[at]}`);
  return formula;
};

/** A value, and its derivatives by the variables that were asked for. */
export interface Tangent {
  readonly value: Interval;
  readonly slopes: readonly Interval[];
}

/**
 * Which side of the formula a tangent must bound. At a kink a concave function is below the tangent of either branch of `min`, and a convex one
 * above that of either branch of `max`: those two are allowed on their own side, and nothing else that kinks is.
 */
export type Shape = 'concave' | 'convex';

/**
 * The value of a formula and its tangent, at a kink that of the active branch, or, where `isOther`, that of one all but as good. Throws for a name that has no value, or a
 * kink on the wrong side.
 */
export const tangentOf = (
  formula: Formula,
  values: Readonly<Record<string, Interval>>,
  by: readonly string[],
  shape: Shape,
  isOther = false,
): Tangent => {
  const none = by.map(() => zero);
  const evaluate = (f: Formula): Tangent => {
    if ('number' in f) return { value: f.number, slopes: none };
    if ('name' in f)
      return { value: valueNamed(f, values), slopes: by.map((name) => (name === f.name ? one : zero)) };
    const args = f.args.map(evaluate);
    return args.every(({ slopes }) => slopes === none)
      ? {
          value: call(
            f.of,
            args.map(({ value }) => value),
          ),
          slopes: none,
        }
      : derived(f.of, args, shape, isOther);
  };
  return evaluate(formula);
};

/** The value of a formula. */
export const evaluate = (formula: Formula, values: Readonly<Record<string, Interval>>): Interval => {
  if ('number' in formula) return formula.number;
  if ('name' in formula) return valueNamed(formula, values);
  return call(
    formula.of,
    formula.args.map((each) => evaluate(each, values)),
  );
};

const valueNamed = (
  { name }: { readonly name: string },
  values: Readonly<Record<string, Interval>>,
): Interval => {
  if (!Object.hasOwn(values, name)) throw new Error(`no value for "${name}"`);
  return values[name]!;
};

const functions: Readonly<Record<string, (...args: readonly Interval[]) => Interval>> = {
  '+': (a, b) => add(a!, b!),
  '-': (a, b) => subtract(a!, b!),
  '*': (a, b) => multiply(a!, b!),
  '/': (a, b) => divide(a!, b!),
  '^': (a, b) => power(a!, b!),
  negative: (a) => negative(a!),
  exp: (a) => exponential(a!),
  log: (a) => logarithm(a!),
  sqrt: (a) => power(a!, exactly('0.5')),
  min: (...args) => args.reduce(smaller),
  max: (...args) => args.reduce(larger),
  abs: (a) => larger(a!, negative(a!)),
};

const call = (of: string, args: readonly Interval[]): Interval => {
  if (!Object.hasOwn(functions, of)) throw new Error(`no function "${of}"`);
  return functions[of]!(...args);
};

const scaled = (factor: Interval, slopes: readonly Interval[]): readonly Interval[] =>
  slopes.map((slope) => (isZero(slope) ? slope : multiply(factor, slope)));

const isZero = ({ lo, hi }: Interval): boolean => lo.isZero() && hi.isZero();

/** The chain rule. */
const derived = (of: string, args: readonly Tangent[], shape: Shape, isOther: boolean): Tangent => {
  const [a, b] = args as readonly [Tangent, Tangent];
  const both = (f: (x: Interval, y: Interval) => Interval): readonly Interval[] =>
    a.slopes.map((slope, j) => f(slope, b.slopes[j]!));
  if (of === 'min' || of === 'max' || of === 'abs') {
    if ((of === 'min') !== (shape === 'concave')) throw new Error(`no tangent bounds ${of}() on this side`);
    const branches = of === 'abs' ? [a, derived('negative', [a], shape, isOther)] : args;
    // The tangent of any branch is valid; that of the active one is best, and at a kink a mean of two can be better still.
    const order = [...branches].sort((x, y) => y.value.lo.cmp(x.value.lo) * (of === 'min' ? -1 : 1));
    const [active, next] = order as [Tangent, Tangent];
    const isNear = next.value.lo.sub(active.value.lo).abs().lte(active.value.lo.abs().add(1).mul('1e-9'));
    return isOther && isNear ? next : active;
  }
  const value = call(
    of,
    args.map((each) => each.value),
  );
  const slopes = (): readonly Interval[] => {
    switch (of) {
      case '+':
        return both(add);
      case '-':
        return both(subtract);
      case 'negative':
        return a.slopes.map(negative);
      case '*':
        return both((x, y) => add(multiply(x, b.value), multiply(a.value, y)));
      case '/':
        return both((x, y) => divide(subtract(x, multiply(value, y)), b.value));
      case 'exp':
        return scaled(value, a.slopes);
      case 'log':
        return scaled(divide(one, a.value), a.slopes);
      case 'sqrt':
        return scaled(divide(exactly('0.5'), value), a.slopes);
      default:
        return powerSlopes(value, a, b);
    }
  };
  return { value, slopes: slopes() };
};

/** b a^(b−1) da + a^b log a db. */
const powerSlopes = (value: Interval, a: Tangent, b: Tangent): readonly Interval[] => {
  const rate = a.value.lo.gt(0) ? divide(value, a.value) : power(a.value, subtract(b.value, one));
  const fixed = scaled(multiply(b.value, rate), a.slopes);
  return b.slopes.every(isZero)
    ? fixed
    : fixed.map((slope, j) => add(slope, multiply(multiply(value, logarithm(a.value)), b.slopes[j]!)));
};
