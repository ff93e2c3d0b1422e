import { printable } from '@menusmith/core';
import type { ExitCode, Output, TextStream } from '../command-context.ts';
import { stoppedAnswer } from '../stopped-answer.ts';
import { outDirectory } from '../write-files.ts';
import type { CommandState } from './command-state.ts';
import { stopWords } from './stop-words.ts';
import type { EndReason, LeftAnswer } from './supervisor.ts';

/** Prints and writes what was left, and what ended the rest; answers with the exit code. `during` is what a plugin was at: `quantile(0.3) of … was running`. */
export const endedEarly = async (
  { stdout, stderr }: Output,
  { does, left, isJson, seconds }: CommandState,
  reason: EndReason,
  during?: string,
): Promise<ExitCode> => {
  clearLine(stderr);
  const what = `${stopWords(reason, seconds)} ended the ${does}`;
  const meanwhile = during === undefined ? '' : `, while ${during}`;
  // The rest of what is written comes from the command, which has made it printable.
  if (left === undefined) {
    stdout.write(stoppedAnswer(`The ${does} was stopped before it had an answer.`, isJson));
    stderr.write(printable(`${what} before it had an answer${meanwhile}\n`));
    return 3;
  }
  stdout.write(printable(left.stdout));
  stderr.write(printable(`${what}${meanwhile}: ${left.said}\n`));
  return writeLeft(left, stderr);
};

/** What is left of an answer that is out already are its files. */
export const endedWriting = async (
  { stderr }: Output,
  { left, seconds }: CommandState,
  reason: EndReason,
): Promise<ExitCode> => {
  clearLine(stderr);
  const code = await writeLeft(left, stderr);
  stderr.write(`${stopWords(reason, seconds)} ended the writing: ${writtenWords(left, code)}\n`);
  return code;
};

/** A plugin ended the command, or kept it from ending: `fault` is what it did. Of an answer that is out already the files are written that were left. */
export const endedByPlugin = async (
  { stderr }: Output,
  fault: string,
  { stage, left }: CommandState,
): Promise<ExitCode> => {
  clearLine(stderr);
  stderr.write(printable(`${fault}\n`));
  if (stage !== 'writing') return 2;
  const code = await writeLeft(left, stderr);
  stderr.write(`that ended the writing: ${writtenWords(left, code)}\n`);
  return code === 3 ? 2 : code;
};

const writtenWords = (left: LeftAnswer | undefined, code: ExitCode): string => {
  const names = Object.keys(left?.files?.content ?? {});
  return `${code !== 3 || names.length === 0 ? 'no files are' : `only ${names.join(', ')} is`} written`;
};

/** Writes the files that were left; 3, or the exit code of what kept them from being written. */
const writeLeft = async (left: LeftAnswer | undefined, stderr: TextStream): Promise<ExitCode> => {
  if (left?.files === undefined) return 3;
  const { directory, replaced, content } = left.files;
  return (await outDirectory(directory, { stderr })).fill(replaced, async (write) => {
    for (const [name, text] of Object.entries(content)) await write(name, text);
    return 3;
  });
};

/** A line of progress may stand there. */
const clearLine = (stderr: TextStream): void => {
  if (stderr.isTTY) stderr.write('\r\u001b[K');
};
