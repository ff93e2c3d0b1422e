import type { InputError } from '../input-error.ts';
import { atMost, limits, requireWithin } from '../limits.ts';
import { didYouMean } from '../nearest-name.ts';
import { type Formula, type FormulaFunction, type FormulaOperator, formulaFunctions } from './formula.ts';
import { shown, type Token, tokenReader } from './formula-tokens.ts';

/**
 * The formula that a text writes in these names: + − * / ^, parentheses, numbers, exp, log, sqrt, min, max, abs.
 *
 * ^ binds tightest and to the right (2^3^2 = 2⁹, −2^2 = −4), then signs, then * and /, then + and −. Takes time linear in the text.
 * Throws InputError 'formula' with the column, what was expected and what came.
 */
export const parseFormula = (text: string, names: readonly string[]): Formula => {
  requireWithin(limits.formulaCharacters, text.length);
  const { take, isNext, close, complaint } = tokenReader(text);
  const made = depthLimit(complaint);
  let nesting = 0;
  let before: Token | undefined;

  const chain = (operators: readonly FormulaOperator[], operand: () => Formula): Formula => {
    let left = operand();
    while (isNext(...operators)) {
      before = take();
      const operator = before.text as FormulaOperator;
      const right = operand();
      left = made({ kind: 'operation', operator, left, right }, left, right);
    }
    return left;
  };
  const sum = (): Formula => chain(['+', '-'], product);
  const product = (): Formula => chain(['*', '/'], signed);
  const signed = (): Formula => {
    if (!isNext('+', '-')) return power();
    const sign = take();
    const of = nested(sign, signed);
    if (sign.text === '+') return of;
    if (of.kind === 'number') return made({ kind: 'number', value: -of.value });
    return made({ kind: 'negative', of }, of);
  };
  const power = (): Formula => {
    const left = atom();
    if (!isNext('^')) return left;
    const right = nested(take(), signed);
    return made({ kind: 'operation', operator: '^', left, right }, left, right);
  };
  const nested = (opening: Token, inner: () => Formula): Formula => {
    if (++nesting > limits.formulaNesting.most) throw complaint(atMost(limits.formulaNesting), opening);
    const formula = inner();
    nesting--;
    return formula;
  };
  const atom = (): Formula => {
    const token = take();
    if (token.kind === 'number') {
      const value = Number(token.text);
      if (value < Number.POSITIVE_INFINITY) return made({ kind: 'number', value });
      throw complaint(`expected a finite number, got ${shown(token.text)}`, token);
    }
    if (token.kind === 'name') return isNext('(') ? call(token) : named(token);
    if (token.kind === 'symbol' && token.text === '(') {
      const inner = nested(token, sum);
      close(')');
      return inner;
    }
    const isDoubled = token.text === '*' && before?.text === '*' && before.at + 1 === token.at;
    const note = isDoubled ? '; a power is written ^' : '';
    throw complaint(`expected a number, a name, a function or "(", got ${shown(token.text)}${note}`, token);
  };
  const named = (token: Token): Formula => {
    const fault = nameFault(token.text, names);
    if (fault !== undefined) throw complaint(fault, token);
    return made({ kind: 'name', name: token.text });
  };
  const call = (token: Token): Formula => {
    const name = formulaFunctions.find((one) => one === token.text);
    if (name === undefined) throw complaint(functionFault(token.text, names), token);
    const of = [nested(take(), sum)];
    while (isNext(',')) of.push(nested(take(), sum));
    close(')', ', ","');
    const fault = argumentFault(name, of.length);
    if (fault !== undefined) throw complaint(fault, token);
    return made({ kind: 'call', function: name, of }, ...of);
  };

  const formula = sum();
  close('end');
  return formula;
};

/** Lets a formula pass that is not too deep, its parts having passed before it. */
const depthLimit = (
  complaint: (message: string) => InputError,
): ((formula: Formula, ...parts: readonly Formula[]) => Formula) => {
  const depths = new Map<Formula, number>();
  return (formula, ...parts) => {
    const depth = 1 + Math.max(0, ...parts.map((part) => depths.get(part)!));
    // Terms and factors in a row count too: a + b + c is as deep as (a + b) + c.
    if (depth > limits.formulaTerms.most) throw complaint(atMost(limits.formulaTerms));
    depths.set(formula, depth);
    return formula;
  };
};

/** What is wrong with a name that is no function's call. */
const nameFault = (name: string, names: readonly string[]): string | undefined => {
  if (names.includes(name)) return undefined;
  if (formulaFunctions.some((one) => one === name)) return `expected "(" after the function ${name}`;
  const list = names.length === 0 ? 'there are none here' : `names: ${names.join(', ')}`;
  return `no name ${shown(name)}${didYouMean(name, names)} (${list})`;
};

/** What is wrong with a call of what is no function. */
const functionFault = (name: string, names: readonly string[]): string =>
  names.includes(name)
    ? `${name} is not a function; a product is written with *`
    : `no function called ${shown(name)}${didYouMean(name, formulaFunctions)} (known: ${formulaFunctions.join(', ')})`;

const argumentFault = (name: FormulaFunction, count: number): string | undefined => {
  if (name === 'min' || name === 'max') {
    return count > 1 ? undefined : `expected two or more arguments of ${name}, got ${count}`;
  }
  return count === 1 ? undefined : `expected one argument of ${name}, got ${count}`;
};
