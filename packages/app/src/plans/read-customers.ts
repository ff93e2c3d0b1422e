import { readCommentedCsv } from '../study/files-beside.ts';
import type { Study } from '../study/study.ts';
import { type Customers, customersIn } from './customers.ts';

/** The customers in the CSV file at `path`; lines of comment, as `calibrate` writes one, do not count. */
export const readCustomers = (path: string, study: Study, model?: string): Customers =>
  customersIn(readCommentedCsv(path), study, model);
