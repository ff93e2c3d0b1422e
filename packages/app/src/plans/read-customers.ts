import { csvTable } from '../study/csv-table.ts';
import { readCsvText } from '../study/files-beside.ts';
import type { Study } from '../study/study.ts';
import { type Customers, customersIn } from './customers.ts';

/** The customers in the CSV file at `path`; lines of comment above the table, as `calibrate` writes one, do not count. */
export const readCustomers = (path: string, study: Study, model?: string): Customers => {
  const comments = /^\uFEFF?(?:#[^\r\n]*(?:\r\n|\r|\n))*/;
  const text = readCsvText(path).replace(comments, (found) => found.replace(/[^\r\n]/g, ''));
  return customersIn(csvTable(text, path), study, model);
};
