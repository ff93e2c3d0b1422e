import {
  csvTable,
  readCsvText,
  readStudyText,
  STANDARD_INPUT,
  type SweepRequest,
  studySetting,
  variedByFile,
  variedField,
} from '@menusmith/app';
import { InputError } from '@menusmith/core';

/** What a sweep is asked for, in the words of the command line, and the texts that it names. */
export interface SweepWords {
  /** The study's text, and how the user named its file. */
  readonly text: string;
  readonly file: string;
  readonly set: readonly string[];
  readonly vary: readonly string[];
  /** The text of `--vary-file`, and its name. */
  readonly combinations?: { readonly text: string; readonly file: string };
  readonly columns?: string;
}

/** Reads what the words of the command line name. Throws InputError where there is nothing to vary, or no such file. */
export const sweepWords = async (
  file: string,
  {
    vary,
    varyFile,
    columns,
    set = [],
  }: Pick<SweepWords, 'vary' | 'columns'> & {
    readonly varyFile?: string | undefined;
    readonly set?: readonly string[] | undefined;
  },
): Promise<SweepWords> => {
  if (vary.length === 0 && varyFile === undefined)
    throw new InputError(
      'vary',
      'expected --vary PATH=a:b:n or PATH=v1,v2, or --vary-file with a CSV of combinations',
    );
  const combinations = varyFile === undefined ? undefined : { text: readCsvText(varyFile), file: varyFile };
  return {
    text: await readStudyText(file),
    file: file === '-' ? STANDARD_INPUT : file,
    set,
    vary,
    ...(combinations && { combinations }),
    ...(columns === undefined ? {} : { columns }),
  };
};

/** What the words mean. Throws InputError where they are not to be understood. */
export const sweepRequest = ({ text, file, set, vary, combinations, columns }: SweepWords): SweepRequest => ({
  text,
  file,
  settings: set.map(studySetting),
  varied: [
    ...(combinations === undefined ? [] : [variedByFile(csvTable(combinations.text, combinations.file))]),
    ...vary.map(variedField),
  ],
  ...(columns === undefined ? {} : { columns }),
});
