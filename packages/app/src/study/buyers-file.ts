import { didYouMean } from '@menusmith/core';
import { type CsvTable, columnIndex, columnNumbers, complaint } from './csv-table.ts';
import { numberWithin } from './number-bounds.ts';
import type { References } from './parameters.ts';
import type { Problems } from './problems.ts';
import type { ProfileBuyers, ValueScaleSample } from './study.ts';
import type { BuyersFileData } from './study-schema.ts';

const sampleColumns = ['value', 'scale', 'mass'] as const;
const known = [...sampleColumns, 'name'];

/**
 * Buyers in a CSV beside the study: columns value, scale, mass, and if wanted name; or mass, if wanted name, and one column a task with the
 * value on it. Tasks in columns are alike in weight, and stand in the order of the columns.
 */
export const readBuyersFile = (
  { file }: BuyersFileData,
  references: References,
  problems: Problems,
): ValueScaleSample | ProfileBuyers | undefined =>
  problems.within('file').attempt(() => {
    const table = references.table(file);
    const isSample = table.columns.includes('value') || table.columns.includes('scale');
    if (!isSample && table.columns.includes('mass')) return profilesOf(table, file);
    for (const column of sampleColumns) columnIndex(table, column);
    const unknown = table.columns.find((column) => !known.includes(column));
    if (unknown !== undefined) {
      const message = `no such column${didYouMean(unknown, known)} (known: ${known.join(', ')})`;
      throw complaint(file, undefined, `${unknown}: ${message}`);
    }
    const value = columnNumbers(table, 'value', (number) => numberWithin(number, { min: 0 }));
    const scale = columnNumbers(table, 'scale', (number) => numberWithin(number, { min: 0, max: 1 }));
    const mass = massesOf(table, file);
    const names = namesOf(table, file);
    return {
      kind: 'file',
      scales: Float64Array.from([...new Set(scale)].sort((a, b) => a - b)),
      types: value.map((each, n) => ({ ...names[n]!, value: each, scale: scale[n]!, mass: mass[n]! })),
    };
  });

/** Masses, normalised to a sum of 1. */
const massesOf = (table: CsvTable, file: string): readonly number[] => {
  const mass = columnNumbers(table, 'mass', (number) => numberWithin(number, { min: 0 }));
  const total = mass.reduce((sum, each) => sum + each, 0);
  if (!(total > 0 && Number.isFinite(total))) {
    throw complaint(file, undefined, `expected masses with a positive finite sum, got ${total}`);
  }
  return mass.map((each) => each / total);
};

/** { name } where a row has one; names must differ. */
const namesOf = (table: CsvTable, file: string): readonly { readonly name?: string }[] => {
  const at = table.columns.indexOf('name');
  const seen = new Set<string>();
  return table.rows.map(({ line, cells }) => {
    const name = at < 0 ? '' : cells[at]!;
    if (name === '') return {};
    if (seen.has(name))
      throw complaint(file, line, `name: expected a name of its own, got a second "${name}"`);
    seen.add(name);
    return { name };
  });
};

/** One column a task: everything but mass and name. */
const profilesOf = (table: CsvTable, file: string): ProfileBuyers => {
  const tasks = table.columns.filter((column) => column !== 'mass' && column !== 'name');
  if (tasks.length === 0) {
    throw complaint(file, undefined, 'expected columns value and scale, or one column a task, beside mass');
  }
  const columns = tasks.map((column) =>
    columnNumbers(table, column, (number) => numberWithin(number, { min: 0 })),
  );
  const mass = massesOf(table, file);
  const names = namesOf(table, file);
  return {
    kind: 'profiles',
    tasks: {
      weights: new Float64Array(tasks.length).fill(1 / tasks.length),
      positions: Float64Array.from(tasks, (_, m) => (m + 0.5) / tasks.length),
    },
    types: mass.map((each, n) => ({
      ...names[n]!,
      mass: each,
      values: Float64Array.from(columns, (column) => column[n]!),
    })),
    breaks: [],
  };
};
