import { atMost, InputError, limits } from '@menusmith/core';
import { shortened } from './describe-value.ts';
import type { Position } from './located-input-error.ts';

/** Where a text stops being JSON that is taken, and why. */
export interface JsonFault {
  readonly code: 'syntax' | 'duplicate' | 'limit';
  readonly message: string;
  readonly at: number;
}

/** The data of a text of JSON in which every map has each field once; throws InputError with line and column, and without what stands there, where it is none. */
export const jsonData = (given: string): unknown => {
  const text = withoutMark(given);
  const fault = jsonFault(text);
  if (fault === undefined) return JSON.parse(text) as unknown;
  const { line, column } = textPosition(text, fault.at);
  throw new InputError(fault.code, `line ${line}, column ${column}: ${fault.message}`);
};

/** Without the byte-order mark that some programs put before a text in UTF-8. */
export const withoutMark = (text: string): string => (text.startsWith('\uFEFF') ? text.slice(1) : text);

/** Line and column of an offset. */
export const textPosition = (text: string, at: number): Position => {
  const before = text.slice(0, at).split('\n');
  return { line: before.length, column: before.at(-1)!.length + 1 };
};

/** In YAML as in JSON. */
export const secondField = (name: string): string =>
  `expected each field once, got a second "${shortened(name)}"`;

const SPACE = /[ \t\n\r]*/y;
const PLAIN = /[^"\\\p{Cc}]+|[\x7f-\x9f]+/uy;
const ESCAPE = /\\(?:["\\/bfnrt]|u[\da-fA-F]{4})/y;
export const SCALAR = /(?:-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)(?![\w.+-])/y;

/**
 * The first place at which a text is not JSON (RFC 8259), has a field of a map a second time, which JSON.parse takes in silence, or is nested too
 * deeply. Linear in the text, and without recursion.
 */
export const jsonFault = (text: string): JsonFault | undefined => {
  const reader = jsonReader(text);
  const { skip, isNext } = reader;
  /** Around the place: the fields of a map so far, or a list. */
  const around: (Set<string> | 'list')[] = [];
  /** A field's name and colon, where a map goes on. */
  const field = (): JsonFault | undefined => {
    const fields = around.at(-1);
    return fields === undefined || fields === 'list' ? undefined : fieldFault(reader, fields);
  };
  skip(SPACE);
  for (;;) {
    const isMap = isNext('{');
    if (isMap || isNext('[')) {
      around.push(isMap ? new Set() : 'list');
      if (around.length > limits.nesting.most) return reader.fault(atMost(limits.nesting), 'limit');
      reader.take();
      if (!isNext(isMap ? '}' : ']')) {
        const wrong = field();
        if (wrong !== undefined) return wrong;
        continue;
      }
    } else if (skip(SCALAR) === undefined && reader.string() === undefined)
      return reader.fault('not JSON: expected a value');
    // A value has ended, and with it perhaps what is around it.
    for (;;) {
      skip(SPACE);
      const inner = around.at(-1);
      if (inner === undefined) return reader.isEnd() ? undefined : reader.fault('not JSON: expected the end');
      const closing = inner === 'list' ? ']' : '}';
      if (isNext(',')) break;
      if (!isNext(closing)) return reader.fault(`not JSON: expected "," or "${closing}"`);
      reader.take();
      around.pop();
    }
    reader.take();
    const wrong = field();
    if (wrong !== undefined) return wrong;
  }
};

const fieldFault = (reader: JsonReader, fields: Set<string>): JsonFault | undefined => {
  const start = reader.place();
  const written = reader.string();
  if (written === undefined) return reader.fault('not JSON: expected the name of a field in quotes');
  const name = JSON.parse(written) as string;
  if (fields.has(name)) return reader.fault(secondField(name), 'duplicate', start);
  fields.add(name);
  reader.skip(SPACE);
  if (!reader.isNext(':')) return reader.fault('not JSON: expected ":" after the name of a field');
  reader.take();
  return undefined;
};

/** A place in a text of JSON, which only moves on. */
interface JsonReader {
  place(): number;
  isNext(character: string): boolean;
  isEnd(): boolean;
  /** Goes past what matches here, and answers with it. */
  skip(pattern: RegExp): string | undefined;
  /** Goes past a character and the spaces after it. */
  take(): void;
  /** Goes past a string, and answers with it in its quotes; undefined where there is none. */
  string(): string | undefined;
  fault(message: string, code?: JsonFault['code'], at?: number): JsonFault;
}

export const jsonReader = (text: string): JsonReader => {
  let at = 0;
  const skip = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = at;
    const found = pattern.exec(text)?.[0];
    if (found !== undefined) at += found.length;
    return found;
  };
  return {
    place: () => at,
    isNext: (character) => text[at] === character,
    isEnd: () => at >= text.length,
    skip,
    take() {
      at++;
      skip(SPACE);
    },
    string() {
      if (text[at] !== '"') return undefined;
      const start = at++;
      // One pattern for all of it would put every letter on the stack.
      while (text[at] !== '"') if (!skip(PLAIN) && !skip(ESCAPE)) return undefined;
      at++;
      return text.slice(start, at);
    },
    fault: (message, code = 'syntax', place = at) => ({ code, message, at: place }),
  };
};
