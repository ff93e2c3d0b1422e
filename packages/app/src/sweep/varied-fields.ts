import { type FieldPath, InputError, limits, requireWithin } from '@menusmith/core';
import type { CsvTable } from '../study/csv-table.ts';
import { describeValue, shortenedWord } from '../study/describe-value.ts';
import { numberIn, rangeNumbers } from '../study/number-range.ts';
import { fieldPath, type StudySetting } from '../study/study-settings.ts';
import { yamlValue } from '../study/yaml-data.ts';

/** A value that a field takes in a sweep: whatever YAML can say. */
export type VariedValue = unknown;

/** Fields of a study that move together, and what they are in turn: one field of `vary`, or those of a file of combinations. Plain data. */
export interface VariedFields {
  /** As the user wrote them: `production.exponents.input`. */
  readonly paths: readonly string[];
  /** One list a step, with a value for each field. */
  readonly steps: readonly (readonly VariedValue[])[];
}

/** `PATH=a:b:n` or `PATH=v1,v2`: numbers of a range with both ends, or values as YAML has them. Throws InputError. */
export const variedField = (text: string): VariedFields => {
  const fail = (message: string): InputError =>
    new InputError('vary', `vary ${shortenedWord(text)}: ${message}`);
  const split = text.indexOf('=');
  if (split < 0)
    throw fail(
      'expected a field and its values, as production.exponents.input=0.1:0.4:7 or solver.use=auto,dual',
    );
  const path = text.slice(0, split).trim();
  if (fieldPath(path) === undefined)
    throw fail('expected the path of a field, as production.exponents.input or buyers.types[0].mass');
  const values = listed(text.slice(split + 1), fail);
  return { paths: [path], steps: values.map((value) => [value]) };
};

/** The values between commas, with ranges written out. */
const listed = (text: string, fail: (message: string) => InputError): readonly VariedValue[] => {
  if (text.trim() === '') throw fail('expected values after =, got nothing');
  const items = yamlList(text);
  if (items === undefined)
    throw fail(`expected values as YAML has them between commas, got ${shortenedWord(text)}`);
  return items.flatMap((item): readonly VariedValue[] => {
    if (typeof item !== 'string' || !isRange(item)) return [item];
    const numbers = rangeNumbers(item, limits.combinations.most);
    if (typeof numbers === 'string') throw fail(numbers);
    return numbers;
  });
};

/** Text that can only be meant as a range, right or wrong: numbers, or nothing, between colons. */
const isRange = (text: string): boolean => {
  const parts = text.split(':');
  return parts.length > 1 && Number.isFinite(numberIn(parts[0]!));
};

const yamlList = (text: string): readonly unknown[] | undefined => {
  const items = yamlValue(`[${text}\n]`)?.data;
  return Array.isArray(items) && items.length > 0 && !items.includes(null) ? items : undefined;
};

/** Combinations that a CSV lists: paths in its header, and in each row the value of each. Throws InputError. */
export const variedByFile = ({ file, columns, headerLine, rows }: CsvTable): VariedFields => {
  for (const column of columns)
    if (fieldPath(column) === undefined)
      throw new InputError(
        'vary',
        `${file}:${headerLine}: expected paths of fields as names of the columns, got "${column}"`,
      );
  const steps = rows.map(({ line, cells }) =>
    cells.map((cell, k) => {
      const items = yamlList(cell);
      if (items?.length === 1) return items[0];
      throw new InputError(
        'vary',
        `${file}:${line}: ${columns[k]}: expected one value, got ${cell === '' ? 'an empty cell' : shortenedWord(cell)}`,
      );
    }),
  );
  return { paths: columns, steps };
};

/** How many combinations there are of all the varied fields. Throws InputError where a field is varied twice, or where they are too many. */
export const combinationCount = (varied: readonly VariedFields[]): number => {
  const seen: { readonly name: string; readonly path: FieldPath }[] = [];
  for (const name of pathsOf(varied)) {
    const path = fieldPath(name)!;
    const clash = seen.find((other) => isWithin(path, other.path) || isWithin(other.path, path));
    if (clash !== undefined)
      throw new InputError(
        'vary',
        clash.path.length === path.length
          ? `vary: expected each field once, got ${name} twice`
          : `vary: ${clash.name} and ${name} are one within the other`,
      );
    seen.push({ name, path });
  }
  const count = varied.reduce((product, { steps }) => product * steps.length, 1);
  requireWithin(limits.combinations, count);
  return count;
};

const isWithin = (path: FieldPath, outer: FieldPath): boolean =>
  outer.every((key, k) => String(key) === String(path[k]));

/** All paths that are varied, in order. */
export const pathsOf = (varied: readonly VariedFields[]): readonly string[] =>
  varied.flatMap(({ paths }) => paths);

/** What the fields are in a combination, counted from 0; the first varied field moves slowest. */
export const variedValues = (
  varied: readonly VariedFields[],
  combination: number,
): readonly VariedValue[] => {
  const chosen: (readonly VariedValue[])[] = [];
  let rest = combination;
  for (const { steps } of varied.toReversed()) {
    chosen.push(steps[rest % steps.length]!);
    rest = Math.floor(rest / steps.length);
  }
  return chosen.reverse().flat();
};

/** The settings of a combination, as `studyFromText` takes them. */
export const variedSettings = (
  varied: readonly VariedFields[],
  combination: number,
): readonly StudySetting[] => {
  const values = variedValues(varied, combination);
  return pathsOf(varied).map((name, k) => ({
    text: `vary ${name}=${valueText(values[k])}`,
    path: fieldPath(name)!,
    value: values[k],
  }));
};

/** A value as a cell or a word: texts as they are, the rest as JSON. */
export const valueText = (value: VariedValue): string =>
  typeof value === 'number' ? describeValue(value) : typeof value === 'string' ? value : exactJson(value);

/** Plain data as JSON, in which numbers that JSON does not have are texts: `".inf"`. */
export const exactJson = (data: unknown): string =>
  JSON.stringify(data, (_, value: unknown) =>
    typeof value === 'number' && !Number.isFinite(value) ? describeValue(value) : value,
  );
