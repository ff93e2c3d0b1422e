import { InputError } from '../input-error.ts';
import { isFormulaName } from './formula.ts';

/** A word of a formula, and where in the text it begins. */
export interface Token {
  readonly kind: 'number' | 'name' | 'symbol' | 'end';
  readonly text: string;
  readonly at: number;
}

/** The tokens of a text, one after another. */
export interface TokenReader {
  /** The next token, the reader going on to the one after it. */
  take(): Token;
  isNext(...symbols: readonly string[]): boolean;
  /** Takes the next token, which must be this one; `other` says what else could stand there. */
  close(symbol: ')' | 'end', other?: string): void;
  /** An error at a token, by default the next. */
  complaint(message: string, token?: Token): InputError;
}

export const tokenReader = (text: string): TokenReader => {
  const tokens = tokensOf(text);
  let next = 0;
  const complaint: TokenReader['complaint'] = (message, { at } = tokens[next]!) =>
    new InputError('formula', `${place(text, at)}: ${message}`);
  const take = (): Token => tokens[next++]!;
  return {
    take,
    isNext: (...symbols) => {
      const { kind, text: symbol } = tokens[next]!;
      return kind === 'symbol' && symbols.includes(symbol);
    },
    close: (symbol, other = '') => {
      const token = take();
      if (symbol === 'end' ? token.kind === 'end' : token.kind === 'symbol' && token.text === symbol) return;
      const end = symbol === 'end' ? 'the end' : `"${symbol}"`;
      const got = `got ${shown(token.text)}${note(token)}`;
      throw complaint(`expected an operator (+ - * / ^)${other} or ${end}, ${got}`, token);
    },
    complaint,
  };
};

const TOKEN = /((?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)|(\p{L}[\p{L}\p{N}_]*)|\S/gu;

const tokensOf = (text: string): readonly Token[] => {
  const tokens = Array.from(text.matchAll(TOKEN), ({ 0: found, 1: number, 2: name, index }): Token => {
    const kind = number !== undefined ? 'number' : name !== undefined ? 'name' : 'symbol';
    return { kind, text: found === '−' ? '-' : found, at: index };
  });
  return [...tokens, { kind: 'end', text: '', at: text.trimEnd().length }];
};

/** `column 7`, or `line 2, column 3` where there are several lines. Counted from 1, in characters. */
const place = (text: string, at: number): string => {
  const lines = text.slice(0, at).split('\n');
  const column = [...lines.at(-1)!].length + 1;
  return text.includes('\n') ? `line ${lines.length}, column ${column}` : `column ${column}`;
};

/** A token in a message; what cannot be seen, by its number. */
export const shown = (text: string): string => {
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
