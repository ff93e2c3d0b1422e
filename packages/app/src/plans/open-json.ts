import { InputError } from '@menusmith/core';
import { jsonFault, textPosition, withoutMark } from '../study/json-data.ts';
import { LocatedInputError } from '../study/located-input-error.ts';
import { studySource } from '../study/study-source.ts';
import { textFault } from '../study/study-texts.ts';

/** Data of a file of JSON that knows the places of its fields. */
export interface OpenJson {
  readonly data: unknown;
  /** What `work` throws for a field comes with file, line and column. */
  locating<T>(work: () => T): T;
}

/** The data of a text of JSON; throws InputError with its place where it is none, and was to be `expected`. */
export const openJson = (given: string, file: string, expected: string): OpenJson => {
  const text = withoutMark(given);
  const fault = jsonFault(text);
  if (fault !== undefined) {
    const { code, message, at } = fault;
    const words = code === 'syntax' ? `${message}; expected ${expected}` : message;
    throw new LocatedInputError(new InputError(code, words), file, textPosition(text, at));
  }
  const data: unknown = JSON.parse(text);
  const locating = <T>(work: () => T): T => {
    try {
      return work();
    } catch (error) {
      if (!(error instanceof InputError) || error instanceof LocatedInputError) throw error;
      throw error.field.length === 0
        ? new LocatedInputError(error, file)
        : studySource(text, file).locate(error);
    }
  };
  locating(() => {
    const unprintable = textFault(data);
    if (unprintable !== undefined) throw unprintable;
  });
  return { data, locating };
};
