import { readCommentedCsv } from '../study/files-beside.ts';
import type { Study } from '../study/study.ts';
import { type Customers, customersIn } from './customers.ts';

/** The customers in the CSV file at `path`, and its text; lines of comment, as `calibrate` writes one, do not count. */
export const readCustomers = (
  path: string,
  study: Study,
  model?: string,
): { readonly customers: Customers; readonly text: string } => {
  const { table, text } = readCommentedCsv(path);
  return { customers: customersIn(table, study, model), text };
};
