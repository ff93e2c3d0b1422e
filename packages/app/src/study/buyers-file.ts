import { didYouMean, InputError, numberWords } from '@menusmith/core';
import { type BuyersData, type ColumnRole, columnRoles } from './buyers-schema.ts';
import { type CsvTable, columnIndex, columnNumbers, complaint } from './csv-table.ts';
import { numberWithin } from './number-bounds.ts';
import type { References } from './parameters.ts';
import type { Problems } from './problems.ts';
import { readWeights } from './profiles.ts';
import type { Buyers, ProfileBuyers, ProfileTasks, ValueScaleSample } from './study.ts';

/** A table of buyers, and what its columns are. */
interface BuyersTable extends CsvTable {
  /** The name of the column that has this role, whether or not it is there. */
  of(role: ColumnRole): string;
  /** The study names columns: those that it does not name may be about something else. */
  readonly isMapped: boolean;
  /** Columns that other sections of the study speak of. */
  readonly beside: readonly string[];
  /** No value on a task is less. */
  readonly least: number;
}

/**
 * Buyers in a CSV beside the study: columns value, scale, mass, and if wanted name; or mass, if wanted name, and one column a task with the
 * value on it. Tasks stand in the order of the columns, with the weights of the study, or each with the same share of 1. `columns` gives the names
 * under which the file has them; those `beside` are about something else. No value on a task is below `least`.
 */
export const readBuyersFile = (
  { file, weights, columns }: BuyersData<'file'>,
  { beside, least }: Pick<BuyersTable, 'beside' | 'least'>,
  references: References,
  problems: Problems,
): Buyers | undefined =>
  problems.within('file').attempt(() => {
    const table: BuyersTable = {
      ...references.table(file),
      of: (role) => columns?.[role] ?? role,
      isMapped: columns !== undefined,
      beside,
      least,
    };
    const before = problems.count();
    for (const role of columnRoles) {
      const named = columns?.[role];
      if (named !== undefined) problems.within('columns', role).attempt(() => void columnIndex(table, named));
    }
    if (problems.count() > before) return undefined;
    const has = (role: ColumnRole): boolean => table.columns.includes(table.of(role));
    if (!has('value') && !has('scale') && has('mass')) {
      const tasks = taskColumns(table);
      const shares =
        weights === undefined ? evenTasks(tasks.length) : weightedTasks(weights, tasks, problems);
      const remarks = weights === undefined ? [evenRemark(file, tasks)] : [];
      return shares && { ...profilesOf(table, tasks, { ...shares, names: tasks }), remarks };
    }
    if (weights !== undefined) {
      const message = `expected weights only with one column a task, got ${file} with values and scales`;
      problems.within('weights').add(new InputError('weights', message));
    }
    return sampleOf(table);
  });

const sampleOf = (table: BuyersTable): Buyers => {
  const { file } = table;
  // Whoever says which column is the value has seen that there is none of scales.
  const isOneScale = table.isMapped && !table.columns.includes(table.of('scale'));
  const needed = (['value', 'scale', 'mass'] as const).filter((role) => !(role === 'scale' && isOneScale));
  for (const role of needed) columnIndex(table, table.of(role));
  const known = [...columnRoles.map(table.of), ...table.beside];
  const unknown = table.columns.find((column) => !known.includes(column));
  if (unknown !== undefined && !table.isMapped) {
    const message = `no such column${didYouMean(unknown, known)} (known: ${known.join(', ')})`;
    throw complaint(file, undefined, `${unknown}: ${message}`);
  }
  const value = columnNumbers(table, table.of('value'), (number) => numberWithin(number, { min: 0 }));
  const scale = isOneScale
    ? value.map(() => 1)
    : columnNumbers(table, table.of('scale'), (number) => numberWithin(number, { min: 0, max: 1 }));
  const mass = massesOf(table);
  const names = namesOf(table);
  const sample: ValueScaleSample = {
    kind: 'file',
    scales: Float64Array.from([...new Set(scale)].sort((a, b) => a - b)),
    types: value.map((each, n) => ({ ...names[n]!, value: each, scale: scale[n]!, mass: mass[n]! })),
  };
  if (!isOneScale) return sample;
  const remark = `${file} has no column of scales: every buyer counts with scale 1. buyers.columns: { scale: NAME } would name one.`;
  return { ...sample, remarks: [remark] };
};

/** Masses, normalised to a sum of 1. */
const massesOf = (table: BuyersTable): readonly number[] => {
  const mass = columnNumbers(table, table.of('mass'), (number) => numberWithin(number, { min: 0 }));
  const total = mass.reduce((sum, each) => sum + each, 0);
  if (!(total > 0 && Number.isFinite(total))) {
    throw complaint(
      table.file,
      undefined,
      `expected masses with a positive finite sum, got ${numberWords(total)}`,
    );
  }
  return mass.map((each) => each / total);
};

/** { name } where a row has one; names must differ. */
const namesOf = (table: BuyersTable): readonly { readonly name?: string }[] => {
  const at = table.columns.indexOf(table.of('name'));
  const seen = new Set<string>();
  return table.rows.map(({ line, cells }) => {
    const name = at < 0 ? '' : cells[at]!;
    if (name === '') return {};
    if (/[\t\n\r]/.test(name))
      throw complaint(table.file, line, 'name: expected a name in one line, without tabs');
    if (seen.has(name))
      throw complaint(table.file, line, `name: expected a name of its own, got a second "${name}"`);
    seen.add(name);
    return { name };
  });
};

/** One column a task: everything but mass and name. */
const taskColumns = (table: BuyersTable): readonly string[] => {
  const tasks = table.columns.filter(
    (column) => column !== table.of('mass') && column !== table.of('name') && !table.beside.includes(column),
  );
  if (tasks.length > 0) return tasks;
  const message = 'expected columns value and scale, or one column a task, beside mass';
  throw complaint(table.file, undefined, message);
};

const evenTasks = (count: number): ProfileTasks => ({
  weights: new Float64Array(count).fill(1 / count),
  positions: Float64Array.from({ length: count }, (_, m) => (m + 0.5) / count),
});

const evenRemark = (file: string, tasks: readonly string[]): string => {
  const [count, each] = [tasks.length, tasks.length === 1 ? '1' : `1/${tasks.length}`];
  return (
    `${file} has ${count} task ${count === 1 ? 'column' : 'columns'}, and the study gives no weights: each counts ${each} in values and costs. ` +
    `buyers.weights has one number a column; all of them 1 would count every task in full.`
  );
};

const weightedTasks = (
  weights: readonly number[],
  tasks: readonly string[],
  problems: Problems,
): ProfileTasks | undefined => {
  const own = problems.within('weights');
  if (weights.length === tasks.length) return readWeights(weights, own);
  const message = `expected ${tasks.length} weights, one a task column (${tasks.join(', ')}), got ${weights.length}`;
  own.add(new InputError('weights', message));
  return undefined;
};

const profilesOf = (table: BuyersTable, names: readonly string[], tasks: ProfileTasks): ProfileBuyers => {
  const columns = names.map((column) =>
    columnNumbers(table, column, (number) => numberWithin(number, { min: table.least })),
  );
  const mass = massesOf(table);
  const named = namesOf(table);
  return {
    kind: 'profiles',
    tasks,
    types: mass.map((each, n) => ({
      ...named[n]!,
      mass: each,
      values: Float64Array.from(columns, (column) => column[n]!),
    })),
    breaks: [],
  };
};
