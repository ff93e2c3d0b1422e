import { availableParallelism } from 'node:os';
import type { CommonOptions, ExitCode, Output } from '../command-context.ts';
import { registryFor } from '../command-context.ts';
import { printableOutput } from '../printable-output.ts';
import { unsupervised } from '../supervision/supervisor.ts';

export interface ServeOptions extends CommonOptions {
  /** At most so many requests at once. */
  readonly jobs?: number;
}

/** `menusmith serve --stdio`: answers requests on standard input until that ends, or Ctrl-C. */
export const serveCommand = async (
  { plugin = [], allowFiles = false, jobs = availableParallelism() }: ServeOptions,
  output: Output,
  input: AsyncIterable<Uint8Array> = process.stdin,
): Promise<ExitCode> => {
  const { supervisor = unsupervised } = output;
  supervisor.does('server');
  // What is wrong with a plugin is told at once, and not at the first request.
  await registryFor({ plugin });
  const { A_CORE } = await import('../jobs/thread-runner.ts');
  const { requestThreads } = await import('../serve/request-threads.ts');
  const { serveRequests } = await import('../serve/serve-requests.ts');
  const printed = printableOutput(output).stderr;
  const count = Math.min(jobs, A_CORE * availableParallelism());
  const threads = requestThreads({ count, url: output.jobThreads, printed, plugin, allowFiles });
  // Each answer is for itself: there is none that a signal would have to leave.
  supervisor.answered();
  try {
    await serveRequests(input, output.stdout, threads, supervisor.stopped());
  } finally {
    await threads.end();
  }
  return 0;
};
