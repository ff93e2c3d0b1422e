import { jsonChunks } from './json-text.ts';
import { paragraph } from './paragraph.ts';

/**
 * What is printed of a command that was stopped before it had an answer of its own: `note`, a sentence that says so, and in JSON what is known by then.
 */
export const stoppedAnswer = (
  note: string,
  isJson: boolean,
  known: Readonly<Record<string, unknown>> = {},
): string =>
  isJson
    ? [...jsonChunks({ status: 'stopped', ...known, stopped: true, notes: [note] })].join('')
    : paragraph(note);
