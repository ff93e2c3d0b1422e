import { csvFilesBeside, jsonFilesBeside } from './files-beside.ts';
import type { Study } from './study.ts';
import { type StudySurroundings, studyFromText } from './study-from-text.ts';

/**
 * The study that a text describes, checked and constructed; files that it names are read beside `file`, which is how the user named it.
 *
 * Throws LocatedInputError for the first problem in file order.
 */
export const parseStudy = (
  text: string,
  { file, ...rest }: Omit<StudySurroundings, 'csvFiles' | 'jsonFiles'>,
): Study =>
  studyFromText(text, { file, ...rest, csvFiles: csvFilesBeside(file), jsonFiles: jsonFilesBeside(file) });
