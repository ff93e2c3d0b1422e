import { realpathSync } from 'node:fs';
import { dirname, isAbsolute, relative, resolve, sep } from 'node:path';
import { InputError, limits } from '@menusmith/core';
import { sha256 } from '../provenance/provenance.ts';
import { type CsvTable, csvTable } from './csv-table.ts';
import { jsonData } from './json-data.ts';
import { readText } from './read-text.ts';
import type { StudyFiles } from './study-from-text.ts';

/** Which files a study may name. */
export interface FileAccess {
  /** Files outside of the study's folder as well. */
  readonly allowFiles?: boolean | undefined;
  /** All that may be read, where it was read on another machine; no file of this one is. */
  readonly given?: readonly GivenFile[] | undefined;
}

/** What stands in a file that a study names by this path, or why it could not be read. Plain data. */
export type GivenFile = { readonly path: string } & (
  | { readonly text: string }
  | { readonly code: string; readonly message: string }
);

/**
 * The files that a study names; paths are relative to its own, or to the current folder where it came from standard input. Unless files elsewhere are
 * allowed, each must lie in the study's folder, symbolic links followed: a study that was sent by somebody else reads nothing of the reader's.
 */
export const filesBeside = (
  studyFile: string,
  { allowFiles = false, given }: FileAccess = {},
): StudyFiles & {
  /** What `given` is to have of a file on another machine, so that the same is read there. */
  readonly toGive: (path: string, what: 'CSV' | 'JSON') => GivenFile;
} => {
  const folder = resolve(dirname(studyFile));
  const place = (path: string): string => {
    const file = resolve(folder, path);
    return allowFiles ? file : confined(file, folder);
  };
  const hashes = new Map<string, string>();
  const text = (path: string, what: 'CSV' | 'JSON'): string => {
    const read =
      given === undefined
        ? readNamed(path, what, 'no such file beside the study', () => place(path))
        : givenText(path, given);
    hashes.set(path, sha256(read));
    return read;
  };
  const tables = new Map<string, CsvTable>();
  return {
    csvFiles: (path) => {
      const table = tables.get(path) ?? csvTable(text(path, 'CSV'), path);
      tables.set(path, table);
      return table;
    },
    jsonFiles: (path) => {
      const content = text(path, 'JSON');
      return named(path, () => jsonData(content));
    },
    hashes: () => Object.fromEntries(hashes),
    toGive: (path, what) => {
      try {
        return { path, text: text(path, what) };
      } catch (error) {
        if (!(error instanceof InputError)) throw error;
        return { path, code: error.code, message: error.message };
      }
    },
  };
};

const givenText = (path: string, given: readonly GivenFile[]): string => {
  const file = given.find((each) => each.path === path);
  if (file === undefined)
    throw new InputError(
      'not-given',
      `${path}: expected a file whose name is known before the study is read`,
    );
  if ('text' in file) return file.text;
  throw new InputError(file.code, file.message);
};

/** The text of the CSV file at `path`, which the user calls by it. */
export const readCsvText = (path: string): string => readNamed(path, 'CSV', 'no such file', () => path);

/** The CSV file at `path`: its text, and the table in it without lines of comment, which begin with #. */
export const readCommentedCsv = (path: string): { readonly table: CsvTable; readonly text: string } => {
  const text = readCsvText(path);
  return { table: csvTable(withoutComments(text), path), text };
};

/**
 * The text with its lines of comment emptied, so that lines keep their numbers; within quotes nothing is a comment. Below the header a line with as many commas is
 * a row, as customers may be called `#17`, unless a blank follows its #.
 */
const withoutComments = (text: string): string => {
  let [isQuoted, commas] = [false, -1];
  return text
    .replace(/^\uFEFF/, '')
    .split(/(\r\n|\r|\n)/)
    .map((piece) => {
      const own = piece.split(',').length - 1;
      const isRow = own === commas && !/^#(?:[ \t]|$)/.test(piece);
      if (!isQuoted && piece.startsWith('#') && !isRow) return '';
      if (commas < 0 && piece.trim() !== '') commas = own;
      if (piece.split('"').length % 2 === 0) isQuoted = !isQuoted;
      return piece;
    })
    .join('');
};

const readNamed = (path: string, what: 'CSV' | 'JSON', whenMissing: string, place: () => string): string => {
  if (path === '')
    throw new InputError('no-such-file', `expected the name of a ${what} file, got an empty text`);
  return named(path, () => readText(place(), { what, limit: limits.fileBytes, whenMissing }));
};

/** What is wrong with a file is said with its name. */
const named = <T>(path: string, work: () => T): T => {
  try {
    return work();
  } catch (error) {
    throw error instanceof InputError ? new InputError(error.code, `${path}: ${error.message}`) : error;
  }
};

/** Where the file lies, with symbolic links followed, in the folder; throws InputError where it lies outside. */
const confined = (file: string, folder: string): string => {
  // Of what is named outside not even whether it is there is told.
  requireInside(file, folder);
  let [place, home] = [file, folder];
  try {
    home = realpathSync(folder);
    place = realpathSync(file);
  } catch {
    // Reading it says what is wrong with it.
    return file;
  }
  requireInside(place, home);
  return place;
};

const requireInside = (file: string, folder: string): void => {
  const way = relative(folder, file);
  if (way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way)) return;
  throw new InputError(
    'outside-folder',
    'expected a file in the folder of the study, got one outside of it; --allow-files lets a study read those, too',
  );
};
