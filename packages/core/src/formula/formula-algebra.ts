import type { Formula, FormulaFunction, FormulaOperator } from './formula.ts';

/*
 * Formulas made of formulas, lightly simplified: constants folded where the result is finite, terms of 0 and factors of 0 and 1 left out.
 * 0·u is 0 even where u is not finite.
 */

export const number = (value: number): Formula => ({ kind: 'number', value });

const constant = (formula: Formula): number | undefined =>
  formula.kind === 'number' ? formula.value : undefined;

const operators: Readonly<Record<FormulaOperator, (a: number, b: number) => number>> = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '/': (a, b) => a / b,
  '^': (a, b) => a ** b,
};

const functions: Readonly<Record<FormulaFunction, (...values: readonly number[]) => number>> = {
  exp: (a) => Math.exp(a!),
  log: (a) => Math.log(a!),
  sqrt: (a) => Math.sqrt(a!),
  abs: (a) => Math.abs(a!),
  min: Math.min,
  max: Math.max,
};

const operation = (operator: FormulaOperator, left: Formula, right: Formula): Formula => {
  const [a, b] = [constant(left), constant(right)];
  const folded = a === undefined || b === undefined ? Number.NaN : operators[operator](a, b);
  return Number.isFinite(folded) ? number(folded) : { kind: 'operation', operator, left, right };
};

export const negative = (of: Formula): Formula => {
  if (of.kind === 'number') return number(-of.value);
  return of.kind === 'negative' ? of.of : { kind: 'negative', of };
};

export const sum = (left: Formula, right: Formula): Formula => {
  if (constant(left) === 0) return right;
  return constant(right) === 0 ? left : operation('+', left, right);
};

export const difference = (left: Formula, right: Formula): Formula => {
  if (constant(right) === 0) return left;
  return constant(left) === 0 ? negative(right) : operation('-', left, right);
};

export const product = (left: Formula, right: Formula): Formula => {
  const [a, b] = [constant(left), constant(right)];
  if (a === 0 || b === 0) return number(0);
  if (a === 1) return right;
  if (b === 1) return left;
  if (a === -1) return negative(right);
  return b === -1 ? negative(left) : operation('*', left, right);
};

export const quotient = (left: Formula, right: Formula): Formula => {
  if (constant(left) === 0) return number(0);
  return constant(right) === 1 ? left : operation('/', left, right);
};

export const power = (left: Formula, right: Formula): Formula => {
  if (constant(right) === 0) return number(1);
  return constant(right) === 1 ? left : operation('^', left, right);
};

export const call = (name: FormulaFunction, ...of: readonly Formula[]): Formula => {
  const values = of.map(constant);
  const isConstant = values.every((value) => value !== undefined);
  const folded = isConstant ? functions[name](...(values as number[])) : Number.NaN;
  return Number.isFinite(folded) ? number(folded) : { kind: 'call', function: name, of };
};

/** `less`, `equal` or `greater`, as left stands to right. */
export const compare = (
  left: Formula,
  right: Formula,
  [less, equal, greater]: readonly [Formula, Formula, Formula],
): Formula => {
  const [a, b] = [constant(left), constant(right)];
  if (a !== undefined && b !== undefined) return a < b ? less : a > b ? greater : equal;
  const isOne = [equal, greater].every((other) => other === less || sameNumber(other, less));
  return isOne ? less : { kind: 'compare', left, right, less, equal, greater };
};

const sameNumber = (a: Formula, b: Formula): boolean =>
  constant(a) !== undefined && constant(a) === constant(b);

const combine: Readonly<Record<FormulaOperator, (left: Formula, right: Formula) => Formula>> = {
  '+': sum,
  '-': difference,
  '*': product,
  '/': quotient,
  '^': power,
};

/** The formula with numbers in place of names, simplified. Names without a number stay. */
export const substitute = (formula: Formula, values: Readonly<Record<string, number>>): Formula => {
  const inner = (part: Formula): Formula => substitute(part, values);
  switch (formula.kind) {
    case 'number':
      return formula;
    case 'name':
      return Object.hasOwn(values, formula.name) ? number(values[formula.name]!) : formula;
    case 'negative':
      return negative(inner(formula.of));
    case 'operation':
      return combine[formula.operator](inner(formula.left), inner(formula.right));
    case 'call':
      return call(formula.function, ...formula.of.map(inner));
    case 'compare':
      return compare(inner(formula.left), inner(formula.right), [
        inner(formula.less),
        inner(formula.equal),
        inner(formula.greater),
      ]);
  }
};
