import { readFileSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { InputError } from '@menusmith/core';
import { type CsvTable, csvTable } from './csv-table.ts';

/** Far above any sample that is worth its reading time. */
const maxBytes = 100_000_000;

/** Reads the CSV files that a study names, each once; paths are relative to the study's file. */
export const csvFilesBeside = (studyFile: string): ((path: string) => CsvTable) => {
  const tables = new Map<string, CsvTable>();
  return (path) => {
    const known = tables.get(path);
    if (known !== undefined) return known;
    const table = csvTable(
      readCsvText(resolve(dirname(studyFile), path), path, 'no such file beside the study'),
      path,
    );
    tables.set(path, table);
    return table;
  };
};

/** Reads the JSON files that a study names; paths are relative to the study's file. Throws InputError where there is none, or it is no JSON. */
export const jsonFilesBeside =
  (studyFile: string): ((path: string) => unknown) =>
  (path) => {
    const text = readTextFile(
      resolve(dirname(studyFile), path),
      path,
      'JSON',
      'no such file beside the study',
    );
    try {
      return JSON.parse(text) as unknown;
    } catch (error) {
      throw new InputError('json', `${path}: expected JSON: ${(error as Error).message}`);
    }
  };

/** The text of the CSV file at `path`, which the user calls `named`. */
export const readCsvText = (path: string, named: string, whenMissing = 'no such file'): string =>
  readTextFile(path, named, 'CSV', whenMissing);

const readTextFile = (path: string, named: string, what: 'CSV' | 'JSON', whenMissing: string): string => {
  const fail = (code: string, message: string): InputError => new InputError(code, `${named}: ${message}`);
  if (named === '')
    throw new InputError('no-such-file', `expected the name of a ${what} file, got an empty text`);
  let bytes: Uint8Array;
  try {
    const found = statSync(path);
    if (found.isDirectory()) throw fail('not-a-file', `expected a ${what} file, got a directory`);
    if (found.size > maxBytes) {
      throw fail('too-large', `expected at most 100 MB, got ${(found.size / 1e6).toFixed(1)} MB`);
    }
    bytes = readFileSync(path);
  } catch (error) {
    if (error instanceof InputError) throw error;
    const code = (error as NodeJS.ErrnoException).code ?? 'unknown';
    if (code === 'ENOENT' || code === 'ENOTDIR') throw fail('no-such-file', whenMissing);
    throw fail('unreadable', `cannot be read (${code})`);
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw fail('not-utf-8', 'expected text in UTF-8');
  }
};
