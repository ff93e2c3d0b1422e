import {
  add,
  divide,
  exactly,
  exponential,
  type Interval,
  isAtMost,
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

/** A formula: numbers, names, and functions of formulas. */
export type Formula =
  | { readonly number: Interval }
  | { readonly name: string }
  | { readonly of: string; readonly args: readonly Formula[] };

export type Values = Readonly<Record<string, Interval>>;

export const number = (value: Interval): Formula => ({ number: value });
const isNumber = (f: Formula, value: Interval): boolean =>
  'number' in f && f.number.lo === value.lo && f.number.hi === value.hi;

/** A function of formulas; of numbers it is computed, and what adds 0 or multiplies by 0 or 1 is left out. */
export const apply = (of: string, ...args: readonly Formula[]): Formula => {
  const [a, b] = args as [Formula, Formula];
  if (args.every((each) => 'number' in each)) return number(evaluate({ of, args }, {}));
  if (of === '*' && (isNumber(a, zero) || isNumber(b, zero))) return number(zero);
  if ((of === '+' && isNumber(a, zero)) || (of === '*' && isNumber(a, one))) return b;
  if (['+', '-'].includes(of) && isNumber(b, zero)) return a;
  return (of === '*' || of === '/') && isNumber(b, one) ? a : { of, args };
};

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
      return sign === '-' ? apply('-', number(zero), signed()) : signed();
    }
    const base = atom();
    return tokens[at] === '^' ? apply(take(), base, signed()) : base;
  };
  const atom = (): Formula => {
    const token = take();
    if (/^[\d.]/.test(token)) return number(exactly(token.startsWith('.') ? `0${token}` : token));
    if (token === '(') {
      const inner = sum();
      take(')');
      return inner;
    }
    if (!/^\w/.test(token)) throw new Error(`formula "${text}": expected a number or a name, got ${token}`);
    if (tokens[at] !== '(') return { name: token };
    const args: Formula[] = [];
    do {
      at++;
      args.push(sum());
    } while (tokens[at] === ',');
    take(')');
    return { of: token, args };
  };
  const formula = sum();
  if (at < tokens.length) throw new Error(`formula "${text}": expected the end, got ${tokens[at]}`);
  return formula;
};

/** A formula with numbers in the place of some names. */
export const substituted = (f: Formula, values: Values): Formula => {
  if ('number' in f) return f;
  if ('name' in f) return Object.hasOwn(values, f.name) ? number(values[f.name]!) : f;
  return apply(f.of, ...f.args.map((each) => substituted(each, values)));
};

type Operation = (...args: readonly [Interval, Interval, Interval, Interval]) => Interval;
const operations: Readonly<Record<string, Operation>> = {
  '+': add,
  '-': subtract,
  '*': multiply,
  '/': divide,
  '^': power,
  exp: exponential,
  log: logarithm,
  sqrt: (a) => power(a, exactly('0.5')),
  min: (...args) => args.reduce(smaller),
  max: (...args) => args.reduce(larger),
  abs: (a) => larger(a, negative(a)),
  /** c where a is less than b, d where it is more: at the kink itself there is no slope. */
  '<': (a, b, c, d) => {
    if (isAtMost(a, b)) return c;
    if (isAtMost(b, a)) return d;
    throw new Error('a slope where there is a kink');
  },
};

/** The value of a formula. `known` keeps what was computed, for formulas that share parts, such as one and its derivatives. */
export const evaluate = (f: Formula, values: Values, known = new Map<Formula, Interval>()): Interval => {
  if ('number' in f) return f.number;
  if ('name' in f) {
    if (!Object.hasOwn(values, f.name)) throw new Error(`no value for "${f.name}"`);
    return values[f.name]!;
  }
  const before = known.get(f);
  if (before !== undefined) return before;
  if (!Object.hasOwn(operations, f.of)) throw new Error(`no function "${f.of}"`);
  const args = f.args.map((each) => evaluate(each, values, known));
  const value = operations[f.of]!(...(args as unknown as Parameters<Operation>));
  known.set(f, value);
  return value;
};

/** ∂f/∂name, made of f's own parts as far as can be. */
export const derivative = (f: Formula, name: string): Formula => {
  if ('number' in f) return number(zero);
  if ('name' in f) return number(f.name === name ? one : zero);
  const [a, b] = f.args as readonly [Formula, Formula];
  const slopes = f.args.map((each) => derivative(each, name));
  const [da, db] = slopes as [Formula, Formula];
  if (slopes.every((slope) => isNumber(slope, zero))) return number(zero);
  switch (f.of) {
    case '+':
    case '-':
      return apply(f.of, da, db);
    case '*':
      return apply('+', apply('*', da, b), apply('*', a, db));
    case '/':
      return apply('/', apply('-', da, apply('*', f, db)), b);
    case '^': {
      const isSmooth = 'number' in b && b.number.lo >= one.lo;
      const rate = isSmooth ? apply('^', a, apply('-', b, number(one))) : apply('/', f, a);
      const byExponent = isNumber(db, zero) ? db : apply('*', apply('*', f, apply('log', a)), db);
      return apply('+', apply('*', apply('*', b, rate), da), byExponent);
    }
    case 'exp':
      return apply('*', f, da);
    case 'log':
      return apply('/', da, a);
    case 'sqrt':
      return apply('/', apply('*', number(exactly('0.5')), da), f);
    case 'min':
      return bestOf(f.args, slopes, (other, best) => [other, best]);
    case 'max':
      return bestOf(f.args, slopes, (other, best) => [best, other]);
    case 'abs':
      return apply('<', number(zero), a, da, apply('-', number(zero), da));
    default:
      throw new Error(`no derivative of "${f.of}"`);
  }
};

/** The slope of the least or the largest of some formulas; `ordered` says which of two has to be less for the first to be it. */
const bestOf = (
  args: readonly Formula[],
  slopes: readonly Formula[],
  ordered: (other: Formula, best: Formula) => readonly [Formula, Formula],
): Formula => {
  let [best, slope] = [args[0]!, slopes[0]!];
  args.forEach((other, k) => {
    if (k === 0) return;
    const [less, more] = ordered(other, best);
    slope = apply('<', less, more, slopes[k]!, slope);
    best = apply(less === other ? 'min' : 'max', best, other);
  });
  return slope;
};
