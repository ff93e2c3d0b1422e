import type { FieldPath } from '@menusmith/core';
import { InputError } from '@menusmith/core';
import type { Document, Node } from 'yaml';
import { isAlias, isMap, isScalar, isSeq, LineCounter, parseDocument } from 'yaml';
import { LocatedInputError } from './located-input-error.ts';

/** The text of a study file, read as YAML 1.2 (of which JSON is a part), with the place of every field. */
export interface StudySource {
  readonly file: string;
  /** Plain data: maps, lists, texts, numbers, booleans, null. */
  readonly data: unknown;
  /**
   * Where a complaint about the field comes in file order: at the field, or, where it is missing, at the end of what
   * should have held it, so that a misspelt field is reported before the one that it leaves missing.
   */
  orderOf(path: FieldPath): number;
  /** The complaint with file, line and column of its field. */
  locate(error: InputError): LocatedInputError;
}

/** More aliases than a person writes, fewer than a file that unfolds without end. */
const maxAliasCount = 100;

export const studySource = (text: string, file: string): StudySource => {
  const plain = text.length > LARGE ? plainJson(text) : undefined;
  if (plain === undefined) return locatedSource(text, file);
  // JSON needs no places until something is wrong in it.
  let located: StudySource | undefined;
  const source = (): StudySource => {
    located ??= locatedSource(text, file);
    return located;
  };
  return {
    file,
    data: plain,
    orderOf: (path) => source().orderOf(path),
    locate: (error) => source().locate(error),
  };
};

/** Characters of a file beyond which finding the place of every field costs more than the rest of the reading. */
const LARGE = 20_000;

/** The data of a text that is JSON, undefined where it is not. */
const plainJson = (text: string): unknown => {
  if (!text.trimStart().startsWith('{')) return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
};

const locatedSource = (text: string, file: string): StudySource => {
  const lines = new LineCounter();
  const fail = (message: string, offset: number): LocatedInputError => {
    const { line, col } = lines.linePos(offset);
    return new LocatedInputError(new InputError('syntax', message), file, {
      line: Math.max(line, 1),
      column: Math.max(col, 1),
    });
  };
  if (text.trim() === '')
    throw new LocatedInputError(new InputError('empty-file', 'the file is empty'), file);

  const document = withoutDeepNesting(file, () =>
    parseDocument(text, { version: '1.2', lineCounter: lines, prettyErrors: false }),
  );
  // A warning is a tag that the parser does not know: the data would not be what the author meant.
  const problem = [...document.errors, ...document.warnings].sort((a, b) => a.pos[0] - b.pos[0])[0];
  if (problem !== undefined) throw fail(syntaxMessage(problem, text), problem.pos[0]);

  const data = withoutDeepNesting(file, () => {
    try {
      return document.toJS({ maxAliasCount }) as unknown;
    } catch (error) {
      if (!(error instanceof ReferenceError)) throw error;
      throw new LocatedInputError(
        new InputError('aliases', `expected at most ${maxAliasCount} unfolded aliases, got more`),
        file,
      );
    }
  });

  const locate = (error: InputError): LocatedInputError => {
    const { line, col } = lines.linePos(placeInDocument(document, error.field).offset);
    return new LocatedInputError(error, file, { line, column: col });
  };
  const cycle = withoutDeepNesting(file, () => cycleIn(data, [], []));
  if (cycle !== undefined)
    throw locate(new InputError('cyclic-alias', 'an alias stands inside of what it stands for', cycle));

  return {
    file,
    data,
    orderOf: (path) => placeInDocument(document, path).order,
    locate,
  };
};

/** The first field that holds one of the maps or lists around it: only an alias can bring that about. */
const cycleIn = (data: unknown, path: FieldPath, around: readonly object[]): FieldPath | undefined => {
  if (typeof data !== 'object' || data === null) return undefined;
  if (around.includes(data)) return path;
  const inside = [...around, data];
  for (const [key, value] of Object.entries(data)) {
    if (typeof value !== 'object') continue;
    const found = cycleIn(value, [...path, Array.isArray(data) ? Number(key) : key], inside);
    if (found !== undefined) return found;
  }
  return undefined;
};

const withoutDeepNesting = <T>(file: string, read: () => T): T => {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new LocatedInputError(new InputError('syntax', 'the file is nested too deeply'), file);
  }
};

const syntaxMessage = (
  problem: { code: string; message: string; pos: readonly [number, number] },
  text: string,
): string => {
  if (problem.code === 'DUPLICATE_KEY') {
    const key = /^["']?([^"':\s,{}[\]]+)/.exec(text.slice(problem.pos[0]))?.[1] ?? '';
    return `expected each field once, got a second "${key}"`;
  }
  return `not valid YAML: ${problem.message.split('\n')[0]}`;
};

/** Offset of a field: of its key, of the item in a list, or of the nearest field around it where it is missing. */
const placeInDocument = (document: Document, path: FieldPath): { offset: number; order: number } => {
  let node = document.contents as Node | null;
  let offset = 0;
  for (const step of path) {
    if (isAlias(node)) node = node.resolve(document) ?? null;
    const missing = { offset, order: node?.range?.[1] ?? offset };
    if (isMap(node)) {
      const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === String(step));
      if (pair === undefined) return missing;
      offset = (pair.key as Node).range?.[0] ?? offset;
      node = pair.value as Node | null;
    } else if (isSeq(node)) {
      const item = node.items[Number(step)] as Node | undefined;
      if (item === undefined) return missing;
      offset = item.range?.[0] ?? offset;
      node = item;
    } else return { offset, order: offset };
  }
  return { offset, order: offset };
};
