import { main, type Output } from '@menusmith/cli';

/** An output that remembers what was written to it. */
export const recordedOutput = (): Output & { written(): { stdout: string; stderr: string } } => {
  const stdout: string[] = [];
  const stderr: string[] = [];
  return {
    stdout: { write: (text) => stdout.push(text) },
    stderr: { write: (text) => stderr.push(text) },
    written: () => ({ stdout: stdout.join(''), stderr: stderr.join('') }),
  };
};

/** What a run of `menusmith` with these arguments prints, and its exit code. */
export const runMain = async (
  ...argv: string[]
): Promise<{ code: number; stdout: string; stderr: string }> => {
  const output = recordedOutput();
  const code = await main(argv, output);
  return { code, ...output.written() };
};

/** A table without the lines of comment on top of it. */
export const withoutComments = (table: string): string => table.replace(/^(?:#[^\n]*\n)+/, '');

/** What is printed, but for the time that it took. */
export const withoutTimes = (printed: string): string =>
  printed.replaceAll(/"seconds": [\d.e-]+|(?:\bunder )?\b[\d.]+ s\b/g, '… s');
