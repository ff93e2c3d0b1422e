import type { FieldPath } from '@menusmith/core';
import { isCollection, isMap, parseDocument } from 'yaml';

/** Plain data of a study: what its YAML text says, checked or not. */
export type StudyData = Readonly<Record<string, unknown>>;

/** The text that was made last, and its data: what a control has changed need not be read again. */
let made: { readonly text: string; readonly data: StudyData } | undefined;

/** The data of a study's text; undefined while the text is not YAML of a map. */
export const dataOf = (text: string): StudyData | undefined => {
  if (text === made?.text) return made.data;
  const document = parseDocument(text, { version: '1.2', prettyErrors: false });
  if (document.errors.length > 0 || !isMap(document.contents)) return undefined;
  try {
    return document.toJS({ maxAliasCount: 100 }) as StudyData;
  } catch {
    return undefined;
  }
};

/** The text with one field set, or removed where `value` is undefined; comments and order stay. */
export const withField = (text: string, path: FieldPath, value: unknown): string => {
  const document = parseDocument(text, { version: '1.2', prettyErrors: false });
  if (value === undefined) document.deleteIn(path);
  else {
    const node = document.createNode(value);
    // Small maps and lists read best on one line.
    if (isCollection(node) && JSON.stringify(value).length < 90) node.flow = true;
    document.setIn(path, node);
  }
  const changed = document.toString({ lineWidth: 120, flowCollectionPadding: true });
  made = isMap(document.contents) ? { text: changed, data: document.toJS() as StudyData } : undefined;
  return changed;
};

/** The value at a path of plain data. */
export const fieldAt = (data: unknown, path: FieldPath): unknown =>
  path.reduce<unknown>(
    (at, key) =>
      typeof at === 'object' && at !== null ? (at as Record<string | number, unknown>)[key] : undefined,
    data,
  );

/** A map in plain data; empty where there is none. */
export const mapAt = (data: unknown, path: FieldPath = []): Readonly<Record<string, unknown>> => {
  const at = fieldAt(data, path);
  return typeof at === 'object' && at !== null && !Array.isArray(at) ? (at as Record<string, unknown>) : {};
};

/** Fields in which two studies differ, as their paths and values. */
export const differences = (a: unknown, b: unknown, path: FieldPath = []): readonly Difference[] => {
  if (Object.is(a, b)) return [];
  const isComparable =
    typeof a === 'object' &&
    typeof b === 'object' &&
    a !== null &&
    b !== null &&
    Array.isArray(a) === Array.isArray(b);
  if (!isComparable) return [{ path, from: a, to: b }];
  const keys = new Set([...Object.keys(a), ...Object.keys(b)]);
  return [...keys].flatMap((key) => differences(fieldAt(a, [key]), fieldAt(b, [key]), [...path, key]));
};

export interface Difference {
  readonly path: FieldPath;
  readonly from: unknown;
  readonly to: unknown;
}
