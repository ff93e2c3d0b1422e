import { buyerCoordinates } from '../problem/plan-buyers.ts';
import { type CsvTable, columnIndex, columnNames, columnNumbers, complaint } from '../study/csv-table.ts';
import { numberWithin } from '../study/number-bounds.ts';
import type { Study } from '../study/study.ts';
import type { PlanBuyer } from './plan-choices.ts';

/** A customer by her id, and her type as the study's buyers have one. */
export interface Customer extends PlanBuyer {
  readonly id: string;
}

/** The customers of a table, and what was left out of it. */
export interface Customers {
  readonly customers: readonly Customer[];
  /** Rows of other models. */
  readonly leftOut: number;
}

/**
 * Reads customers from a table with `customer_id`, and `theta`, or `value` and `scale`; other columns do not count. θ is the index of a buyer, or the type of a representative one. Where a
 * `model` column names several models, rows of `model` are read. Throws InputError with file, line and column.
 */
export const customersIn = (table: CsvTable, study: Study, model?: string): Customers => {
  const own = ofModel(table, model);
  if (own.rows.length === 0) throw complaint(table.file, undefined, `no customer of the model "${model}"`);
  const at = columnIndex(table, 'customer_id');
  const has = (name: string): boolean => table.columns.includes(name);
  const types = has('theta')
    ? byTheta(own, study)
    : has('value') && has('scale')
      ? byValueAndScale(own, study)
      : undefined;
  if (types === undefined)
    throw complaint(
      table.file,
      table.headerLine,
      `expected a column theta, or columns value and scale, got ${columnNames(table.columns)}`,
    );
  const seen = new Map<string, number>();
  const customers = own.rows.map(({ line, cells }, n): Customer => {
    const id = cells[at]!;
    if (id === '') throw complaint(table.file, line, 'customer_id: expected an id, got nothing');
    const before = seen.get(id);
    if (before !== undefined)
      throw complaint(
        table.file,
        line,
        `customer_id: expected each customer once, got "${id}" as on line ${before}`,
      );
    seen.set(id, line);
    return { id, ...types[n]! };
  });
  return { customers, leftOut: table.rows.length - own.rows.length };
};

const ofModel = (table: CsvTable, model: string | undefined): CsvTable => {
  if (!table.columns.includes('model')) {
    if (model === undefined) return table;
    throw complaint(
      table.file,
      table.headerLine,
      `no column called "model", by which --model ${model} could choose rows`,
    );
  }
  const at = columnIndex(table, 'model');
  const names = [...new Set(table.rows.map(({ cells }) => cells[at]!))];
  if (model !== undefined) return { ...table, rows: table.rows.filter(({ cells }) => cells[at] === model) };
  if (names.length <= 1) return table;
  throw complaint(
    table.file,
    undefined,
    `customers of several models (${columnNames(names)}); expected --model with the one that the study is of`,
  );
};

const byTheta = (table: CsvTable, study: Study): readonly PlanBuyer[] => {
  if (!buyerCoordinates(study).hasTheta)
    throw complaint(
      table.file,
      table.headerLine,
      'theta: these buyers have no index, as the production function is not homogeneous; expected columns value and scale, of a study whose buyers have them',
    );
  return columnNumbers(table, 'theta', (theta) => numberWithin(theta, { min: 0 })).map((value) => ({
    value,
  }));
};

const byValueAndScale = (table: CsvTable, study: Study): readonly PlanBuyer[] => {
  if (!buyerCoordinates(study).hasValueAndScale)
    throw complaint(
      table.file,
      table.headerLine,
      'value and scale: this study’s buyers have none; expected a column theta',
    );
  const scales = columnNumbers(table, 'scale', (scale) => numberWithin(scale, { min: 0 }));
  return columnNumbers(table, 'value', (value) => numberWithin(value, { min: 0 })).map((value, n) => ({
    value,
    scale: scales[n]!,
  }));
};
