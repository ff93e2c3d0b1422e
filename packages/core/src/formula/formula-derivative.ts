import type { Formula } from './formula.ts';
import {
  call,
  compare,
  difference,
  negative,
  number,
  power,
  product,
  quotient,
  sum,
} from './formula-algebra.ts';

/**
 * ∂⁺/∂name of a formula: its derivative from the right, which is the derivative where there is one.
 *
 * At a kink, where arguments of min or max are equal or that of abs is 0, it is the smaller slope, the larger, or the slope's size.
 * Parts are shared, not copied: derivatives grow in proportion to the formula. A power whose exponent varies wants a base of at least 0.
 */
export const derivative = (formula: Formula, name: string): Formula => {
  const found = new Map<Formula, Formula>();
  const of = (part: Formula): Formula => {
    let slope = found.get(part);
    if (slope === undefined) {
      slope = differentiate(part, name, of);
      found.set(part, slope);
    }
    return slope;
  };
  return of(formula);
};

const differentiate = (formula: Formula, name: string, d: (part: Formula) => Formula): Formula => {
  switch (formula.kind) {
    case 'number':
      return number(0);
    case 'name':
      return number(formula.name === name ? 1 : 0);
    case 'negative':
      return negative(d(formula.of));
    case 'operation':
      return operationSlope(formula, d);
    case 'call':
      return callSlope(formula, d);
    case 'compare':
      return compare(formula.left, formula.right, [d(formula.less), d(formula.equal), d(formula.greater)]);
  }
};

type Operation = Extract<Formula, { kind: 'operation' }>;
type Call = Extract<Formula, { kind: 'call' }>;

const operationSlope = (formula: Operation, d: (part: Formula) => Formula): Formula => {
  const { operator, left: u, right: v } = formula;
  const [du, dv] = [d(u), d(v)];
  if (operator === '+') return sum(du, dv);
  if (operator === '-') return difference(du, dv);
  if (operator === '*') return sum(product(du, v), product(u, dv));
  if (operator === '/') return quotient(difference(du, product(formula, dv)), v);
  // v u^(v−1) u′ + u^v log(u) v′; the first as a power of its own, so that it is right at u = 0.
  const byBase = product(product(v, power(u, difference(v, number(1)))), du);
  const byExponent = product(product(formula, call('log', u)), dv);
  return sum(byBase, compare(u, number(0), [byExponent, number(0), byExponent]));
};

const callSlope = (formula: Call, d: (part: Formula) => Formula): Formula => {
  const [u, ...others] = formula.of as [Formula, ...Formula[]];
  const du = d(u);
  switch (formula.function) {
    case 'exp':
      return product(formula, du);
    case 'log':
      return quotient(du, u);
    case 'sqrt':
      return quotient(du, product(number(2), formula));
    case 'abs':
      return compare(u, number(0), [negative(du), call('abs', du), du]);
    case 'min':
    case 'max': {
      // From left to right: the extreme of those before, and its slope.
      let [extreme, slope] = [u, du];
      for (const v of others) {
        const dv = d(v);
        const tie = call(formula.function, slope, dv);
        slope = compare(extreme, v, formula.function === 'min' ? [slope, tie, dv] : [dv, tie, slope]);
        extreme = call(formula.function, extreme, v);
      }
      return slope;
    }
  }
};
