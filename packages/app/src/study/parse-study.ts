import { type FileAccess, filesBeside } from './files-beside.ts';
import type { Study } from './study.ts';
import { type StudySurroundings, studyFromText } from './study-from-text.ts';

/**
 * The study that a text describes, checked and constructed; files that it names are read beside `file`, which is how the user named it.
 *
 * Throws LocatedInputError for the first problem in file order.
 */
export const parseStudy = (
  text: string,
  { file, allowFiles, ...rest }: Omit<StudySurroundings, 'csvFiles' | 'jsonFiles'> & FileAccess,
): Study => studyFromText(text, { file, ...rest, ...filesBeside(file, { allowFiles }) });
