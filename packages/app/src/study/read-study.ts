import { readFile, stat } from 'node:fs/promises';
import { InputError } from '@menusmith/core';
import type { Registry } from '../registry.ts';
import { LocatedInputError } from './located-input-error.ts';
import { parseStudy } from './parse-study.ts';
import type { Study } from './study.ts';
import { type StudySetting, studySetting } from './study-settings.ts';

/** Far above any study; a file beyond it is another file. */
const maxBytes = 10_000_000;

/** A study, and the text that it was read from. */
export interface StudyFile {
  readonly study: Study;
  readonly text: string;
  /** How the user named it. */
  readonly file: string;
  readonly settings: readonly StudySetting[];
}

/** The study in the file at `path`, `-` for standard input, with these settings `PATH=VALUE`; InputError where it cannot be read. */
export const openStudy = async (
  path: string,
  registry: Registry,
  set: readonly string[] = [],
): Promise<StudyFile> => {
  const settings = set.map(studySetting);
  const text = await readStudyText(path);
  const file = path === '-' ? STANDARD_INPUT : path;
  return { study: parseStudy(text, { file, registry, settings }), text, file, settings };
};

/** The study in the file at `path`; InputError where it cannot be read. */
export const readStudy = async (path: string, registry: Registry): Promise<Study> =>
  (await openStudy(path, registry)).study;

export const STANDARD_INPUT = 'standard input';

/** The text of the study file at `path`, `-` for standard input; InputError where it cannot be read. */
export const readStudyText = async (path: string): Promise<string> => {
  const named = path === '-' ? STANDARD_INPUT : path;
  const fail = (code: string, message: string) => new LocatedInputError(new InputError(code, message), named);
  let bytes: Uint8Array;
  try {
    const { size, isFile } = path === '-' ? { size: 0, isFile: true } : await fileKind(path);
    if (!isFile) throw fail('not-a-file', 'expected a study file, got a directory or a device');
    bytes = size > maxBytes ? new Uint8Array(0) : path === '-' ? await standardInput() : await readFile(path);
    const most = Math.max(size, bytes.length);
    if (most > maxBytes) throw fail('too-large', `expected at most 10 MB, got ${(most / 1e6).toFixed(1)} MB`);
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

/** What is piped in, as far as it can be a study. */
const standardInput = async (): Promise<Uint8Array> => {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of process.stdin) {
    chunks.push(chunk as Uint8Array);
    size += chunks.at(-1)!.length;
    if (size > maxBytes) break;
  }
  return Buffer.concat(chunks);
};

const fileKind = async (path: string): Promise<{ size: number; isFile: boolean }> => {
  const found = await stat(path);
  // A pipe, as in <(generate-study), is as good as a file.
  return { size: found.size, isFile: found.isFile() || found.isFIFO() };
};
