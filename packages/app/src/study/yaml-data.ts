import { atMost, type FieldPath, InputError, limits } from '@menusmith/core';
import type { Document, Scalar } from 'yaml';
import { isMap, isScalar, isSeq, LineCounter } from 'yaml';
import { yamlDocument } from './yaml-document.ts';

/** What a word of the command line is as YAML: plain data; undefined where it is no YAML, or none that a study may hold, as a list inside of itself. */
export const yamlValue = (text: string): { readonly data: unknown } | undefined => {
  try {
    const { document, problem } = yamlDocument(text, new LineCounter());
    if (problem !== undefined || secondKey(document.contents) !== undefined) return undefined;
    const data = unfolded(document);
    return cycleIn(data, [], []) === undefined ? { data } : undefined;
  } catch (error) {
    // Too many aliases, or nested deeper than the reader goes.
    if (error instanceof InputError || error instanceof RangeError) return undefined;
    throw error;
  }
};

/** The data of a document. Throws InputError where an alias stands for nothing or for too much. */
export const unfolded = (document: Document): unknown => {
  try {
    return document.toJS({ maxAliasCount: limits.aliases.most }) as unknown;
  } catch (error) {
    if (!(error instanceof ReferenceError)) throw error;
    throw error.message.startsWith('Unresolved')
      ? new InputError('alias', 'an alias stands for nothing: no anchor of its name comes before it')
      : new InputError('aliases', `${atMost(limits.aliases)}, got more`);
  }
};

/** The first key that the map around it has already. */
export const secondKey = (node: unknown): Scalar | undefined => {
  if (isSeq(node)) return firstOf(node.items, secondKey);
  if (!isMap(node)) return undefined;
  const seen = new Set<unknown>();
  return firstOf(node.items, ({ key, value }) => {
    if (isScalar(key)) {
      if (seen.has(key.value)) return key;
      seen.add(key.value);
    }
    return secondKey(value);
  });
};

const firstOf = <T, R>(items: readonly T[], find: (item: T) => R | undefined): R | undefined => {
  for (const item of items) {
    const found = find(item);
    if (found !== undefined) return found;
  }
  return undefined;
};

/** The first field that holds one of the maps or lists around it: only an alias can bring that about. */
export const cycleIn = (data: unknown, path: FieldPath, around: readonly object[]): FieldPath | undefined => {
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
