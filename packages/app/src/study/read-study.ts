import { readFile, stat } from 'node:fs/promises';
import { InputError } from '@menusmith/core';
import type { Registry } from '../registry.ts';
import { LocatedInputError } from './located-input-error.ts';
import { parseStudy } from './parse-study.ts';
import type { Study } from './study.ts';

/** Far above any study; a file beyond it is another file. */
const maxBytes = 10_000_000;

/** The study in the file at `path`; InputError where it cannot be read. */
export const readStudy = async (path: string, registry: Registry): Promise<Study> =>
  parseStudy(await readStudyText(path), { file: path, registry });

/** The text of the study file at `path`; InputError where it cannot be read. */
export const readStudyText = async (path: string): Promise<string> => {
  const fail = (code: string, message: string) => new LocatedInputError(new InputError(code, message), path);
  let bytes: Uint8Array;
  try {
    const { size, isFile } = await fileKind(path);
    if (!isFile) throw fail('not-a-file', 'expected a study file, got a directory or a device');
    if (size > maxBytes) throw fail('too-large', `expected at most 10 MB, got ${(size / 1e6).toFixed(1)} MB`);
    bytes = await readFile(path);
  } catch (error) {
    if (error instanceof InputError) throw error;
    const code = (error as NodeJS.ErrnoException).code ?? 'unknown';
    const known: Readonly<Record<string, string>> = {
      ENOENT: 'no such file',
      ENOTDIR: 'no such file',
      EACCES: 'no permission to read it',
    };
    throw fail(
      code === 'ENOENT' || code === 'ENOTDIR' ? 'no-such-file' : 'unreadable',
      known[code] ?? `cannot be read (${code})`,
    );
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw fail('not-utf-8', 'expected text in UTF-8');
  }
};

const fileKind = async (path: string): Promise<{ size: number; isFile: boolean }> => {
  const found = await stat(path);
  // A pipe, as in <(generate-study), is as good as a file.
  return { size: found.size, isFile: found.isFile() || found.isFIFO() };
};
