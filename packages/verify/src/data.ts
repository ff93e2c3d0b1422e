import { exactly, type Interval } from './interval.ts';

/** Plain data of a study. */
export type Data = Readonly<Record<string, unknown>>;

/** What a proof brings beside the study: the texts of files that it names, and the nodes on which values over tasks were held. */
export interface Beside {
  readonly files: Readonly<Record<string, string>>;
  readonly nodes?: { readonly positions: readonly number[]; readonly weights: readonly number[] } | undefined;
}

export const record = (data: unknown): Data => {
  if (typeof data !== 'object' || data === null || Array.isArray(data)) throw new Error('expected fields');
  return data as Data;
};

export const list = (data: unknown): readonly unknown[] => {
  if (!Array.isArray(data)) throw new Error('expected a list');
  return data;
};

export const numberOf = (data: unknown): Interval => {
  if (typeof data !== 'number') throw new Error(`expected a number, got ${data}`);
  return exactly(data);
};

export const sameLength = <T>(values: readonly T[], tasks: readonly unknown[]): readonly T[] => {
  if (values.length === tasks.length) return values;
  throw new Error(`expected ${tasks.length} values, one a task, got ${values.length}`);
};
