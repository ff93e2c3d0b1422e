import { csvTable, jsonData, type StudyFiles, sha256 } from '@menusmith/app/portable';
import { InputError } from '@menusmith/core';
import { openStudyText, type ParseOptions, type Study } from './study.ts';

/** Files that a study names, as texts. */
export interface GivenTexts {
  /** The texts of the files that the study names, by the names that it has for them. */
  readonly files?: Readonly<Record<string, string>> | undefined;
}

/**
 * The study that a text describes, YAML or JSON, checked and constructed. Touches no disk: files that the study names stand in `files`.
 *
 * Throws InputError for the first problem in the text, with `file`, `field` and `code`.
 */
export const parseStudy = (text: string, { files = {}, ...options }: ParseOptions & GivenTexts = {}): Study =>
  openStudyText(text, options, givenFiles(files));

/** Reads what is given, and nothing else. */
export const givenFiles = (files: Readonly<Record<string, string>>): StudyFiles => {
  const textOf = (path: string): string => {
    if (!Object.hasOwn(files, path))
      throw new InputError('no-such-file', `${path}: not among the files that were given`);
    return files[path]!;
  };
  const hashes = new Map<string, string>();
  const read = (path: string): string => {
    const text = textOf(path);
    hashes.set(path, sha256(text));
    return text;
  };
  return {
    csvFiles: (path) => csvTable(read(path), path),
    jsonFiles: (path) => jsonData(read(path)),
    hashes: () => Object.fromEntries(hashes),
  };
};
