import type { FieldPath } from '@menusmith/core';
import { InputError } from '@menusmith/core';
import { shortened } from './describe-value.ts';

/** Line and column, both counted from 1. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** An InputError that knows its file and, where there is one, its place there. `message` says all of it. */
export class LocatedInputError extends InputError {
  override readonly file: string;
  readonly position: Position | undefined;
  /** The message without file, place and field. */
  readonly complaint: string;

  constructor(error: InputError, file: string, position?: Position) {
    const place = position === undefined ? file : `${file}:${position.line}:${position.column}`;
    super(error.code, `${place}: ${formatField(error)}`, error.field, { cause: error.cause });
    this.file = file;
    this.position = position;
    this.complaint = error.message;
  }
}

/** `examples/study.yaml:4:16: production.exponents.input: expected a number above 0, got -0.25`. */
export const formatInputError = (error: InputError): string =>
  error instanceof LocatedInputError ? error.message : formatField(error);

/** `buyers.types[1].mass`. */
export const formatPath = (path: FieldPath): string =>
  path.reduce<string>((text, key) => {
    if (typeof key === 'number') return `${text}[${key}]`;
    return text === '' ? key : `${text}.${key}`;
  }, '');

const formatField = (error: InputError): string =>
  error.field.length === 0
    ? error.message
    : `${formatPath(error.field.map((key) => (typeof key === 'string' ? shownKey(key) : key)))}: ${error.message}`;

/** A key that is empty, or has letters that nobody sees, as JSON writes it: else a complaint about it cannot be understood. */
const shownKey = (key: string): string =>
  key === ''
    ? '""'
    : shortened(
        key.replace(
          /[\p{Cf}\u00a0]/gu,
          (letter) => `\\u${letter.codePointAt(0)!.toString(16).padStart(4, '0')}`,
        ),
      );
