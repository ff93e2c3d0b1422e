import { finished, InputError, printable } from '@menusmith/core';
import type { Cell } from '../menu-table.ts';
import type { Registry } from '../registry.ts';
import type { Result } from '../result.ts';
import type { Solution } from '../solution.ts';
import { prepareStudy, solvingStudy } from '../solve/solve-study.ts';
import type { FileAccess } from '../study/files-beside.ts';
import { formatPath, LocatedInputError } from '../study/located-input-error.ts';
import type { Study } from '../study/study.ts';
import { locating, type StudyFiles, studyFromSource } from '../study/study-from-text.ts';
import type { StudyData } from '../study/study-schema.ts';
import { type StudySetting, withSettings } from '../study/study-settings.ts';
import { studySource } from '../study/study-source.ts';
import type { Units } from '../study/units.ts';
import { type SweepColumn, sweepColumns, totals } from './sweep-columns.ts';
import {
  combinationCount,
  pathsOf,
  type VariedFields,
  valueText,
  variedSettings,
  variedValues,
} from './varied-fields.ts';

/** A study to be solved once for every combination of what some of its fields are. Plain data, which a worker can be sent. */
export interface SweepRequest extends FileAccess {
  /** The study's text, and how the user named its file. */
  readonly text: string;
  readonly file: string;
  /** Fields that have another value than the text says in every combination. */
  readonly settings: readonly StudySetting[];
  readonly varied: readonly VariedFields[];
  /** What `--columns` asks for. */
  readonly columns?: string;
}

/** What a combination came to: a cell for each of the sweep's columns. Numbers are null where there is no result. */
export type SweepRow = readonly Cell[];

/** A sweep that is ready to be solved, row by row. */
export interface Sweep {
  readonly columns: readonly string[];
  readonly count: number;
  /** Solves one combination, counted from 0. An input error is the row's; only a fault of ours is thrown. */
  row(combination: number): Promise<SweepRow>;
  /** The row of a combination that cannot be solved, for this reason. */
  failed(combination: number, reason: string): SweepRow;
  /** Whether data that was written or sent can be the row of this combination, as far as can be seen without solving it. */
  isRow(combination: number, row: readonly unknown[]): row is SweepRow;
  /** How many of the columns are fields that are varied. */
  readonly varied: number;
  /** The study as it stands, or as the first combination has it. Throws InputError where no combination can be what the user meant: where a path leads nowhere, or where nothing that is varied is to blame. */
  check(): CheckedStudy;
}

export interface CheckedStudy {
  readonly name: string;
  readonly units: Units | undefined;
  readonly data: StudyData;
  /** Names of the files that it reads. */
  readonly files: readonly string[];
}

/** Columns of every sweep, in order: paths, the totals of a result, what came of it, and what was asked for. */
const headOf = (varied: readonly VariedFields[], asked: readonly SweepColumn[]): readonly string[] => [
  ...pathsOf(varied),
  ...totals,
  'relativeGap',
  'status',
  'error',
  ...asked.map(({ name }) => name),
];

/** Throws InputError where the text is no YAML, or where fields or columns are not to be understood. `clock` is in seconds, `files` read what a study names. */
export const openSweep = (
  request: SweepRequest,
  registry: Registry,
  clock: () => number,
  files: ReadFiles,
): Sweep => {
  const { text, file, varied, settings: fixed } = request;
  const count = combinationCount(varied);
  const asked = request.columns === undefined ? [] : sweepColumns(request.columns);
  const source = studySource(text, file);
  const noted = notedFiles(files);
  const studyWith = (settings: readonly StudySetting[]): Study =>
    studyFromSource(source, { file, registry, ...noted.access, settings: [...fixed, ...settings] });
  const failed = (combination: number, reason: string): SweepRow => [
    ...variedCells(combination),
    ...[...totals, 'relativeGap', 'status'].map(() => null),
    printable(reason),
    ...asked.map(() => null),
  ];
  const variedCells = (combination: number): readonly Cell[] =>
    variedValues(varied, combination).map(variedCell);
  const columns = headOf(varied, asked);
  const twice = columns.find((name, place) => columns.indexOf(name) !== place);
  if (twice !== undefined) throw new InputError('columns', `columns ${twice}: expected each column once`);
  const solved = async (settings: readonly StudySetting[]): Promise<SweepRow> => {
    const study = studyWith(settings);
    await prepareStudy(study);
    const solution = locating({ text, file, settings: [...fixed, ...settings] }, () =>
      finished(solvingStudy(study, { clock })),
    );
    const found = asked.map(({ read }) => outcome(() => read(study, solution)));
    const fault = found.find((cell) => cell instanceof InputError);
    return [
      ...resultCells(solution),
      fault === undefined ? null : printable(complaintOf(fault)),
      ...found.map((cell) => (cell instanceof InputError ? null : cell)),
    ];
  };
  return {
    columns,
    varied: pathsOf(varied).length,
    count,
    async row(combination) {
      const own = variedCells(combination);
      try {
        return [...own, ...(await solved(variedSettings(varied, combination))).map(writable)];
      } catch (error) {
        if (error instanceof InputError) return failed(combination, complaintOf(error));
        throw error;
      }
    },
    failed,
    isRow(combination, row): row is SweepRow {
      if (!Number.isInteger(combination) || combination < 0 || combination >= count) return false;
      const own = variedCells(combination);
      return (
        row.length === columns.length &&
        own.every((cell, k) => cell === row[k]) &&
        areSolvedCells(row.slice(own.length))
      );
    },
    check() {
      const base = outcome(() => studyWith([]));
      const first = outcome(() => studyWith(variedSettings(varied, 0)));
      if (base instanceof InputError && first instanceof InputError) throw first;
      const study = base instanceof InputError ? (first as Study) : base;
      for (const column of asked) column.check?.(study);
      requirePaths(count, varied, (combination) => studyWith(variedSettings(varied, combination)));
      const { name, units } = study;
      return { name, units, data: withSettings(source.data, fixed) as StudyData, files: noted.read() };
    },
  };
};

type ReadFiles = Pick<StudyFiles, 'csvFiles' | 'jsonFiles'>;

/** Access to files that remembers which were read. */
const notedFiles = ({ csvFiles, jsonFiles }: ReadFiles) => {
  const names = new Set<string>();
  const noted =
    <T>(read: (path: string) => T) =>
    (path: string): T => {
      names.add(path);
      return read(path);
    };
  return { access: { csvFiles: noted(csvFiles), jsonFiles: noted(jsonFiles) }, read: () => [...names] };
};

const resultCells = ({ result }: Solution): Cell[] => [
  ...totals.map((name) => result[name]),
  result.certificate.relativeGap,
  result.status,
];

/** What a row has behind its combination: numbers, or none beside the reason. */
const areSolvedCells = (cells: readonly unknown[]): boolean => {
  const numbers = cells.slice(0, totals.length + 1);
  const [status, error, ...asked] = cells.slice(totals.length + 1);
  return (
    numbers.every((cell) => cell === null || Number.isFinite(cell)) &&
    (status === null ? typeof error === 'string' : statuses.has(status)) &&
    (error === null || typeof error === 'string') &&
    asked.every(
      (cell) => cell === null || Number.isFinite(cell) || ['string', 'boolean'].includes(typeof cell),
    )
  );
};
const statuses: ReadonlySet<unknown> = new Set([
  'optimal',
  'feasible',
  'uncertified',
] satisfies Result['status'][]);

/** A row is written as JSON, which has no other numbers. */
const writable = (cell: Cell): Cell => (typeof cell === 'number' && !Number.isFinite(cell) ? null : cell);

/** Numbers, texts and truths as they are; anything longer as JSON. */
const variedCell = (value: unknown): Cell =>
  Number.isFinite(value) || typeof value === 'boolean'
    ? (value as number | boolean)
    : printable(valueText(value));

/** What is wrong and with which field; the file and the combination are known where it is read. */
const complaintOf = (error: InputError): string => {
  const message = error instanceof LocatedInputError ? error.complaint : error.message;
  return error.field.length === 0 ? message : `${formatPath(error.field)}: ${message}`;
};

const outcome = <T>(work: () => T): T | InputError => {
  try {
    return work();
  } catch (error) {
    if (error instanceof InputError) return error;
    throw error;
  }
};

/**
 * A path that leads nowhere is wrong in every combination. Tried are those in which one field takes each of its values in turn, as what is unknown to one
 * distribution may be a parameter of another.
 */
const requirePaths = (
  count: number,
  varied: readonly VariedFields[],
  read: (combination: number) => Study,
): void => {
  let first: InputError | undefined;
  let stride = count;
  for (const { steps } of varied) {
    stride /= steps.length;
    const every = Math.ceil(steps.length / MOST_TRIED);
    for (let step = 0; step < steps.length; step += every) {
      const error = outcome(() => read(step * stride));
      if (!(error instanceof InputError && wrongPath.has(error.code))) return;
      first ??= error;
    }
  }
  if (first !== undefined) throw first;
};
const MOST_TRIED = 50;

/** Of complaints about a field that is not there. */
const wrongPath: ReadonlySet<string> = new Set(['no-such-field', 'unknown-field', 'unknown-input']);
