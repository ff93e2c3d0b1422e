import { realpathSync } from 'node:fs';
import { dirname, isAbsolute, relative, resolve, sep } from 'node:path';
import { InputError, limits } from '@menusmith/core';
import { type CsvTable, csvTable } from './csv-table.ts';
import { jsonData } from './json-data.ts';
import { readText } from './read-text.ts';

/** Which files a study may name. */
export interface FileAccess {
  /** Files outside of the study's folder as well. */
  readonly allowFiles?: boolean | undefined;
}

/**
 * The files that a study names; paths are relative to its own, or to the current folder where it came from standard input. Unless files elsewhere are
 * allowed, each must lie in the study's folder, symbolic links followed: a study that was sent by somebody else reads nothing of the reader's.
 */
export const filesBeside = (
  studyFile: string,
  { allowFiles = false }: FileAccess = {},
): {
  /** The table in a CSV file, read once; throws InputError where there is none. */
  readonly csvFiles: (path: string) => CsvTable;
  /** The content of a JSON file; throws InputError where there is none. */
  readonly jsonFiles: (path: string) => unknown;
} => {
  const folder = resolve(dirname(studyFile));
  const place = (path: string): string => {
    const file = resolve(folder, path);
    return allowFiles ? file : confined(file, folder);
  };
  const text = (path: string, what: 'CSV' | 'JSON'): string =>
    readNamed(path, what, 'no such file beside the study', () => place(path));
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
  };
};

/** The text of the CSV file at `path`, which the user calls by it. */
export const readCsvText = (path: string): string => readNamed(path, 'CSV', 'no such file', () => path);

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
