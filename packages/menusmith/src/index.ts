/*
 * Menusmith from a program in Node: what `menusmith/browser` has, and files.
 */
import { type FileAccess, filesBeside, readStudyText } from '@menusmith/app';
import { describeValue } from '@menusmith/app/portable';
import { InputError } from '@menusmith/core';
import { type GivenTexts, givenFiles } from './parse-study.ts';
import { openStudyText, type ParseOptions, type Study } from './study.ts';

export { loadPlugin, renderPdf } from '@menusmith/app';
export * from './browser.ts';

/** How a study’s file is read. */
export interface ReadOptions extends Omit<ParseOptions, 'file'> {
  /** Whether files that the study names may lie outside of its folder. */
  readonly allowFiles?: boolean | undefined;
}

/**
 * The study in the file at `path`, `-` for standard input; files that it names are read beside it.
 *
 * Rejects with InputError for the first problem, with `file`, `field` and `code`.
 */
export const readStudy = async (
  path: string,
  { allowFiles, ...options }: ReadOptions = {},
): Promise<Study> => {
  if (typeof path !== 'string')
    throw new InputError('wrong-type', `expected the path of a study, got ${describeValue(path)}`);
  const text = await readStudyText(path);
  const file = path === '-' ? 'standard input' : path;
  return openStudyText(text, { ...options, file }, filesBeside(file, { allowFiles }));
};

export interface ParseTextOptions extends ParseOptions, GivenTexts, Pick<FileAccess, 'allowFiles'> {}

/**
 * The study that a text describes, YAML or JSON, checked and constructed. Files that it names stand in `files`, or, where none are given, are read beside `file`.
 *
 * Throws InputError for the first problem in the text, with `file`, `field` and `code`.
 */
export const parseStudy = (text: string, { files, allowFiles, ...options }: ParseTextOptions = {}): Study =>
  openStudyText(
    text,
    options,
    files === undefined ? filesBeside(options.file ?? 'study.yaml', { allowFiles }) : givenFiles(files),
  );
