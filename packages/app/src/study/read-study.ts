import { InputError, type Limit, limits } from '@menusmith/core';
import type { FileHashes } from '../provenance/provenance.ts';
import type { Registry } from '../registry.ts';
import { type FileAccess, filesBeside } from './files-beside.ts';
import { LocatedInputError } from './located-input-error.ts';
import { readStandardInput, readText } from './read-text.ts';
import type { Study } from './study.ts';
import { studyFromText } from './study-from-text.ts';
import { type StudySetting, studySetting } from './study-settings.ts';

/** A study, and the text that it was read from. */
export interface StudyFile {
  readonly study: Study;
  readonly text: string;
  /** How the user named it. */
  readonly file: string;
  readonly settings: readonly StudySetting[];
  /** Of the files that it names. */
  readonly files: FileHashes;
  readonly registry: Registry;
}

/** The study in the file at `path`, `-` for standard input, with these settings `PATH=VALUE`; InputError where it cannot be read. */
export const openStudy = async (
  path: string,
  registry: Registry,
  { set = [], allowFiles }: FileAccess & { readonly set?: readonly string[] | undefined } = {},
): Promise<StudyFile> => {
  const settings = set.map(studySetting);
  const text = await readStudyText(path);
  const file = path === '-' ? STANDARD_INPUT : path;
  const beside = filesBeside(file, { allowFiles });
  const study = studyFromText(text, { file, registry, settings, ...beside });
  return { study, text, file, settings, files: beside.hashes(), registry };
};

/** The study in the file at `path`; InputError where it cannot be read. */
export const readStudy = async (path: string, registry: Registry, access: FileAccess = {}): Promise<Study> =>
  (await openStudy(path, registry, access)).study;

export const STANDARD_INPUT = 'standard input';

/** The text of the study file at `path`, or of `what` a message shall call it, `-` for standard input; InputError where it cannot be read. */
export const readStudyText = async (
  path: string,
  what = 'study',
  limit: Limit = limits.studyBytes,
): Promise<string> => {
  try {
    if (path === '-') return await readStandardInput(limit);
    return readText(path, { what, limit });
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    throw new LocatedInputError(error, path === '-' ? STANDARD_INPUT : path);
  }
};
