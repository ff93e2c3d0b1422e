import type { FieldPath } from '@menusmith/core';
import { atMost, InputError, limits } from '@menusmith/core';
import type { Document, Node, Pair, YAMLMap } from 'yaml';
import { isAlias, isMap, isScalar, isSeq, LineCounter } from 'yaml';
import { hasStudyField, noStudy } from './is-study.ts';
import { jsonFault, secondField, textPosition, withoutMark } from './json-data.ts';
import { jsonPlace } from './json-place.ts';
import { LocatedInputError, type Position } from './located-input-error.ts';
import { cycleIn, secondKey, unfolded } from './yaml-data.ts';
import { type YamlProblem, yamlDocument } from './yaml-document.ts';

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

export const studySource = (given: string, file: string): StudySource => {
  const text = withoutMark(given);
  const plain = text.length > LARGE ? plainJson(text, file) : undefined;
  if (plain !== undefined) {
    // JSON needs no places until something is wrong in it.
    let looks = 0;
    return {
      file,
      data: plain,
      orderOf: (path) => (looks++ < MOST_LOOKS ? jsonPlace(text, path).order : Number.MAX_VALUE),
      locate: (error) =>
        new LocatedInputError(error, file, textPosition(text, jsonPlace(text, error.field).offset)),
    };
  }
  if (text.length > limits.yamlCharacters.most) throw tooLong(text, file);
  return locatedSource(text, file);
};

const tooLong = ({ length }: string, file: string): LocatedInputError => {
  const message = `${atMost(limits.yamlCharacters)}, got ${length}; a longer study is JSON, or names a CSV with its types`;
  return new LocatedInputError(new InputError('limit', message), file);
};

/** Complaints among which the first in the order of a long text is looked for, each look going through it: where more is wrong, one of these will do. */
const MOST_LOOKS = 30;

/** Characters of a file beyond which finding the place of every field costs more than the rest of the reading. */
const LARGE = 20_000;

/** The data of a text that is JSON, undefined where it is YAML of another style. */
const plainJson = (text: string, file: string): unknown => {
  if (!text.trimStart().startsWith('{')) return undefined;
  const fault = jsonFault(text);
  if (fault === undefined) return JSON.parse(text) as unknown;
  if (fault.code === 'syntax' && text.length <= limits.yamlCharacters.most) return undefined;
  const error = hasStudyField(text) ? new InputError(fault.code, fault.message) : noStudy();
  throw new LocatedInputError(error, file, textPosition(text, fault.at));
};

const locatedSource = (text: string, file: string): StudySource => {
  const lines = new LineCounter();
  const positionAt = (offset: number): Position => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(line, 1), column: Math.max(col, 1) };
  };
  const fail = (error: InputError, offset?: number): LocatedInputError =>
    new LocatedInputError(error, file, offset === undefined ? undefined : positionAt(offset));
  if (text.trim() === '') throw fail(new InputError('empty-file', 'the file is empty'));

  const { document, problem } = withoutDeepNesting(fail, () => yamlDocument(text, lines));
  if (problem !== undefined) throw fail(syntaxError(problem, text), problem.at);
  withoutDeepNesting(fail, () => {
    const second = secondKey(document.contents);
    if (second === undefined) return;
    const error = hasStudyField(text)
      ? new InputError('duplicate', secondField(String(second.value)))
      : noStudy();
    throw fail(error, second.range?.[0]);
  });

  const data = withoutDeepNesting(fail, () => {
    try {
      return unfolded(document);
    } catch (error) {
      throw error instanceof InputError ? fail(error) : error;
    }
  });

  const locate = (error: InputError): LocatedInputError =>
    fail(error, placeInDocument(document, error.field).offset);
  const cycle = withoutDeepNesting(fail, () => cycleIn(data, [], []));
  if (cycle !== undefined)
    throw locate(new InputError('cyclic-alias', 'an alias stands inside of what it stands for', cycle));

  return {
    file,
    data,
    orderOf: (path) => placeInDocument(document, path).order,
    locate,
  };
};

/** The reader of YAML goes as deep as the text does, and may come to the end of the stack before anything is counted. */
const withoutDeepNesting = <T>(fail: (error: InputError) => LocatedInputError, read: () => T): T => {
  try {
    return read();
  } catch (error) {
    const isDeep = error instanceof RangeError;
    if (!isDeep) throw error;
    throw fail(tooDeep());
  }
};

/** The parser repeats words of the text. */
const syntaxError = ({ code, message }: YamlProblem, text: string): InputError => {
  if (code === 'RESOURCE_EXHAUSTION') return tooDeep();
  return hasStudyField(text)
    ? new InputError('syntax', `not valid YAML: ${message.split('\n')[0]}`)
    : noStudy();
};

const tooDeep = (): InputError => new InputError('limit', `${atMost(limits.nesting)}, got more`);

/** Offset of a field: of its key, of the item in a list, or of the nearest field around it where it is missing. */
const placeInDocument = (document: Document, path: FieldPath): { offset: number; order: number } => {
  let node = document.contents as Node | null;
  let offset = 0;
  for (const step of path) {
    if (isAlias(node)) node = node.resolve(document) ?? null;
    const missing = { offset, order: node?.range?.[1] ?? offset };
    if (isMap(node)) {
      const pair = fieldsOf(node).get(String(step));
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

/** The pairs of a map by key, found once: a map may have as many fields in which something is wrong. */
const fieldsOf = (map: YAMLMap): ReadonlyMap<string, Pair> => {
  const known = fields.get(map);
  if (known !== undefined) return known;
  const own = new Map(
    map.items.flatMap((pair) => (isScalar(pair.key) ? [[String(pair.key.value), pair] as const] : [])),
  );
  fields.set(map, own);
  return own;
};
const fields = new WeakMap<YAMLMap, ReadonlyMap<string, Pair>>();
