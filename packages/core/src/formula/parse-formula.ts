import { InputError } from '../input-error.ts';
import { didYouMean } from '../nearest-name.ts';
import {
  type Formula,
  type FormulaFunction,
  type FormulaOperator,
  formulaFunctions,
  isFormulaName,
} from './formula.ts';

/** Far above any formula a person writes, and far below what could exhaust the stack. */
const MOST_CHARACTERS = 10_000;
const MOST_NESTING = 100;
/** Terms or factors in a row count too: a + b + c is as deep as (a + b) + c. */
const MOST_DEPTH = 1000;

interface Token {
  readonly kind: 'number' | 'name' | 'symbol' | 'end';
  readonly text: string;
  readonly at: number;
}

/**
 * The formula that a text writes in these names: + − * / ^, parentheses, numbers, exp, log, sqrt, min, max, abs.
 *
 * ^ binds tightest and to the right (2^3^2 = 2⁹, −2^2 = −4), then signs, then * and /, then + and −. Takes time linear in the text.
 * Throws InputError 'formula' with the column, what was expected and what came.
 */
export const parseFormula = (text: string, names: readonly string[]): Formula => {
  if (text.length > MOST_CHARACTERS) {
    throw new InputError(
      'formula',
      `expected a formula of at most ${MOST_CHARACTERS} characters, got ${text.length}`,
    );
  }
  const complain = (token: Token, message: string): InputError =>
    new InputError('formula', `${place(text, token.at)}: ${message}`);
  const tokens = tokensOf(text);
  const depths = new Map<Formula, number>();
  let next = 0;
  let nesting = 0;

  const made = (formula: Formula, ...parts: readonly Formula[]): Formula => {
    const depth = 1 + Math.max(0, ...parts.map((part) => depths.get(part)!));
    if (depth > MOST_DEPTH) {
      throw complain(tokens[next]!, `expected at most ${MOST_DEPTH} terms or factors in a row`);
    }
    depths.set(formula, depth);
    return formula;
  };
  const isNext = (...symbols: readonly string[]): boolean => {
    const { kind, text: symbol } = tokens[next]!;
    return kind === 'symbol' && symbols.includes(symbol);
  };
  const take = (): Token => tokens[next++]!;

  const chain = (operators: readonly FormulaOperator[], operand: () => Formula): Formula => {
    let left = operand();
    while (isNext(...operators)) {
      const operator = take().text as FormulaOperator;
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
    if (++nesting > MOST_NESTING)
      throw complain(opening, `expected at most ${MOST_NESTING} levels of nesting`);
    const formula = inner();
    nesting--;
    return formula;
  };

  const atom = (): Formula => {
    const token = take();
    if (token.kind === 'number') {
      const value = Number(token.text);
      if (value < Number.POSITIVE_INFINITY) return made({ kind: 'number', value });
      throw complain(token, `expected a finite number, got ${shown(token.text)}`);
    }
    if (token.kind === 'name') return isNext('(') ? call(token) : made({ kind: 'name', name: known(token) });
    if (token.kind === 'symbol' && token.text === '(') {
      const inner = nested(token, sum);
      close(')');
      return inner;
    }
    const note = token.text === '*' && tokens[next - 2]?.text === '*' ? '; a power is written ^' : '';
    throw complain(token, `expected a number, a name, a function or "(", got ${shown(token.text)}${note}`);
  };
  const close = (symbol: ')' | 'end', other = ''): void => {
    const token = take();
    if (symbol === 'end' ? token.kind === 'end' : token.kind === 'symbol' && token.text === symbol) return;
    const end = symbol === 'end' ? 'the end' : `"${symbol}"`;
    throw complain(
      token,
      `expected an operator (+ - * / ^)${other} or ${end}, got ${shown(token.text)}${note(token)}`,
    );
  };
  const call = (token: Token): Formula => {
    const name = formulaFunctions.find((one) => one === token.text);
    if (name === undefined) {
      throw complain(
        token,
        names.includes(token.text)
          ? `${token.text} is not a function; a product is written with *`
          : `no function called ${shown(token.text)}${didYouMean(token.text, formulaFunctions)} (known: ${formulaFunctions.join(', ')})`,
      );
    }
    const of = [nested(take(), sum)];
    while (isNext(',')) of.push(nested(take(), sum));
    close(')', ', ","');
    const fault = argumentFault(name, of.length);
    if (fault !== undefined) throw complain(token, fault);
    return made({ kind: 'call', function: name, of }, ...of);
  };
  const known = (token: Token): string => {
    if (names.includes(token.text)) return token.text;
    if (formulaFunctions.some((name) => name === token.text)) {
      throw complain(token, `expected "(" after the function ${token.text}`);
    }
    const list = names.length === 0 ? 'there are none here' : `names: ${names.join(', ')}`;
    throw complain(token, `no name ${shown(token.text)}${didYouMean(token.text, names)} (${list})`);
  };

  const formula = sum();
  close('end');
  return formula;
};

const TOKEN = /((?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)|(\p{L}[\p{L}\p{N}_]*)|\S/gu;

const tokensOf = (text: string): readonly Token[] => {
  const tokens = Array.from(text.matchAll(TOKEN), ({ 0: found, 1: number, 2: name, index }): Token => {
    const kind = number !== undefined ? 'number' : name !== undefined ? 'name' : 'symbol';
    return { kind, text: found === '−' ? '-' : found, at: index };
  });
  return [...tokens, { kind: 'end', text: '', at: text.trimEnd().length }];
};

const argumentFault = (name: FormulaFunction, count: number): string | undefined => {
  if (name === 'min' || name === 'max') {
    return count > 1 ? undefined : `expected two or more arguments of ${name}, got ${count}`;
  }
  return count === 1 ? undefined : `expected one argument of ${name}, got ${count}`;
};

/** `column 7`, or `line 2, column 3` where there are several lines. Counted from 1, in characters. */
const place = (text: string, at: number): string => {
  const lines = text.slice(0, at).split('\n');
  const column = [...lines.at(-1)!].length + 1;
  return text.includes('\n') ? `line ${lines.length}, column ${column}` : `column ${column}`;
};

/** A token in a message; what cannot be seen, by its number. */
const shown = (text: string): string => {
  if (text === '') return 'the end';
  if (!/^[\p{L}\p{N}\p{P}\p{S}]+$/u.test(text)) {
    return `the character U+${text.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}`;
  }
  return `"${text.length > 40 ? `${text.slice(0, 37)}…` : text}"`;
};

const note = ({ kind, text }: Token): string => {
  if ('<>=≤≥'.includes(text) && text !== '') return '; formulas do not compare';
  return kind === 'number' || isFormulaName(text) || text === '(' ? '; a product is written with *' : '';
};
