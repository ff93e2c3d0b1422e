import { availableParallelism } from 'node:os';
import type { Output } from '../command-context.ts';
import { printableOutput } from '../printable-output.ts';
import { unsupervised } from '../supervision/supervisor.ts';
import type { JobResult } from './job.ts';
import { type JobKindName, jobKinds } from './job-kinds.ts';
import { jobPool } from './job-pool.ts';
import type { RunnerRequest } from './job-runner.ts';
import { jobWork } from './job-work.ts';

/** Threads a core at most: more of them solve nothing sooner, and each holds some 12 MB. */
export const A_CORE = 4;

/** Has jobs done by warm threads, or in this one where the program has none, as within another program. */
export async function* threadRunner<Job, Result>(
  { threads = availableParallelism(), ...asked }: RunnerRequest<Job, JobKindName>,
  output: Output,
): AsyncGenerator<JobResult<Result>, void, undefined> {
  const { supervisor = unsupervised, jobThreads: url } = output;
  if (url !== undefined) {
    const useful = Math.min(
      A_CORE * availableParallelism(),
      Math.ceil(asked.jobs.length / (asked.chunk ?? 1)),
    );
    const most = Math.max(1, Math.min(threads, useful));
    yield* jobPool<Job, Result>(
      { ...asked, threads: most },
      { url, printed: printableOutput(output).stderr, stopped: supervisor.stopped() },
    );
    return;
  }
  const work = jobWork<Job, Result>(jobKinds[asked.kind], asked.context);
  for (const job of asked.jobs) {
    if (supervisor.stopReason() !== undefined) return;
    yield await work(job);
    // Whoever asks for a stop is heard between two jobs.
    await new Promise(setImmediate);
  }
}
