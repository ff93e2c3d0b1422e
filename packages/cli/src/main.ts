import { InputError } from '@menusmith/core';
import { CommanderError } from 'commander';
import type { ExitCode, Output } from './command-context.ts';
import { createProgram } from './program.ts';
import { standardStream } from './standard-stream.ts';
import { systemErrorWords } from './system-error.ts';

/**
 * Runs `menusmith` with these arguments (without node and script) and answers with the exit code.
 *
 * Throws only where the program is wrong.
 */
export const main = async (argv: readonly string[], output: Output): Promise<ExitCode> => {
  let code: ExitCode = 0;
  const program = createProgram(output, (ended) => {
    code = ended;
  });
  try {
    await program.parseAsync(argv, { from: 'user' });
    return code;
  } catch (error) {
    // Commander has written its message already; exit code 0 is --help and --version.
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    if (!(error instanceof InputError)) throw error;
    const { formatInputError } = await import('@menusmith/app');
    output.stderr.write(`${formatInputError(error)}\n`);
    return 2;
  }
};

/** `main` for the process: its arguments, its streams, its exit code. */
export const run = async (): Promise<void> => {
  const output = { stdout: standardStream(process.stdout), stderr: standardStream(process.stderr) };
  let code: ExitCode;
  try {
    code = await main(process.argv.slice(2), output);
  } catch (error) {
    const detail = error instanceof Error ? error : new Error(String(error));
    const debugging = process.env.DEBUG === 'menusmith';
    output.stderr.write(
      debugging
        ? `${detail.stack}\n`
        : `menusmith failed, which is a fault of ours: ${detail.message}\n(DEBUG=menusmith shows where)\n`,
    );
    code = 1;
  }
  const failure = await output.stdout.failure();
  if (failure !== undefined) {
    output.stderr.write(`standard output is not complete: ${systemErrorWords(failure)}\n`);
    code = 1;
  }
  process.exitCode = code;
};
