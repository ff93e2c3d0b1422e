import { didYouMean, type FieldPath, InputError } from '@menusmith/core';
import { describeValue, shortenedWord } from './describe-value.ts';
import { LocatedInputError } from './located-input-error.ts';
import { knownFields } from './study-schema.ts';
import { yamlValue } from './yaml-data.ts';

/** A field of a study with the value that it is given in place of what the file says. */
export interface StudySetting {
  /** As the user gave it: `--set production.exponents.input=0.3`. */
  readonly text: string;
  readonly path: FieldPath;
  readonly value: unknown;
}

/** `PATH=VALUE`, the value as YAML has it: `buyers.types[0].mass=2`, `buyers.value={ use: beta, a: 2, b: 3 }`. */
export const studySetting = (text: string): StudySetting => {
  const fail = (message: string): InputError =>
    new InputError('set', `--set ${shortenedWord(text)}: ${message}`);
  const split = text.indexOf('=');
  if (split < 0) throw fail('expected a field and its value, as production.exponents.input=0.3');
  const path = fieldPath(text.slice(0, split).trim());
  if (path === undefined)
    throw fail('expected the path of a field, as production.exponents.input or buyers.types[0].mass');
  const given = text.slice(split + 1);
  if (given.trim() === '') throw fail('expected a value after =, got nothing');
  const value = yamlValue(given);
  if (value === undefined) throw fail(`expected a value as YAML has it, got ${shortenedWord(given)}`);
  return { text: `--set ${text}`, path, value: value.data };
};

/** `a.b[0].c` and `a.b.0.c` alike; undefined where it is no path. Paths become heads of tables, so that none has a line break. */
export const fieldPath = (text: string): FieldPath | undefined => {
  if (/[\p{Cc}\p{Zl}\p{Zp}]/u.test(text)) return undefined;
  if (!/^[^.[\]=]+(\.[^.[\]=]+|\[\d+\])*$/.test(text)) return undefined;
  return text
    .replace(/\[(\d+)\]/g, '.$1')
    .split('.')
    .map((key) => (/^\d+$/.test(key) ? Number(key) : key.trim()));
};

/** The data of a study with its settings; the data itself is left as it is. Throws LocatedInputError where there is no such field. */
export const withSettings = (data: unknown, settings: readonly StudySetting[]): unknown => {
  let changed = data;
  for (const { text, path, value } of settings) {
    try {
      changed = withValue(changed, path, 0, value);
    } catch (error) {
      throw error instanceof InputError ? new LocatedInputError(error, shortenedWord(text)) : error;
    }
  }
  return changed;
};

const withValue = (data: unknown, path: FieldPath, depth: number, value: unknown): unknown => {
  if (depth === path.length) return value;
  const key = path[depth]!;
  const at = path.slice(0, depth + 1);
  const fail = (message: string): InputError => new InputError('no-such-field', message, at);
  if (Array.isArray(data)) {
    if (typeof key !== 'number' || !(key < data.length))
      throw fail(`expected an index from 0 to ${data.length - 1}, got ${key}`);
    const item = withValue(data[key], path, depth + 1, value);
    return data.map((own: unknown, i) => (i === key ? item : own));
  }
  if (typeof data !== 'object' || data === null) {
    // What the file leaves out, such as solver.tolerance, can be set as well.
    if (data === undefined && depth === 1) return withValue({}, path, depth, value);
    throw fail(`no such field: what is around it is ${describeValue(data)}`);
  }
  const fields = data as Readonly<Record<string, unknown>>;
  const known = Object.keys(fields);
  // The last step may be a field that the file leaves out; whether there is one, the study's own check says.
  const isThere = Object.hasOwn(fields, key);
  const studyFields = knownFields([], data);
  const isOptional = depth === 0 ? studyFields.includes(String(key)) : depth === path.length - 1;
  if (!isThere && !isOptional) {
    const all = depth === 0 ? studyFields : known;
    throw fail(`no such field${didYouMean(String(key), all)} (fields here: ${all.join(', ')})`);
  }
  return { ...fields, [key]: withValue(isThere ? fields[key] : undefined, path, depth + 1, value) };
};

/** The setting that a complaint about the field is about. */
export const settingOf = (settings: readonly StudySetting[], field: FieldPath): StudySetting | undefined =>
  settings.findLast(
    ({ path }) => path.length <= field.length && path.every((key, i) => String(key) === String(field[i])),
  );
