import { InputError } from '@menusmith/core';
import { CommanderError } from 'commander';
import type { ExitCode, Output } from './command-context.ts';
import { faultMessage } from './fault-message.ts';
import { printableOutput } from './printable-output.ts';
import { createProgram } from './program.ts';

/**
 * Runs `menusmith` with these arguments (without node and script) and answers with the exit code.
 *
 * Throws only where the program is wrong.
 */
export const main = async (argv: readonly string[], streams: Output): Promise<ExitCode> => {
  const output = printableOutput(streams);
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
    output.stderr.write(`${formatInputError(error)}\n${causeOf(error)}`);
    return 2;
  }
};

/** Where a plugin threw what is complained of, for whoever asks for that. */
const causeOf = ({ cause }: InputError): string =>
  process.env.DEBUG === 'menusmith' && cause instanceof Error ? `${cause.stack}\n` : '';

/** `main` for a process: whatever goes wrong is a message and an exit code. */
export const runCommand = async (argv: readonly string[], output: Output): Promise<ExitCode> => {
  try {
    return await main(argv, output);
  } catch (error) {
    output.stderr.write(faultMessage(error));
    return 1;
  }
};
