import { availableParallelism } from 'node:os';
import type { Output } from '../command-context.ts';
import { printableOutput } from '../printable-output.ts';
import { progressLine } from '../progress-line.ts';
import { unsupervised } from '../supervision/supervisor.ts';
import type { JobResult } from './job.ts';
import { type JobKindName, jobKinds } from './job-kinds.ts';
import { jobPool } from './job-pool.ts';
import { jobWork } from './job-work.ts';
import { remaining } from './remaining.ts';

export interface JobsRequest<Job> {
  readonly kind: JobKindName;
  /** What all jobs have in common: plain data, and large arrays in shared memory. */
  readonly context: unknown;
  readonly jobs: readonly Job[];
  /** What jobs are called where progress is shown: `draws`. */
  readonly what: string;
  /** How many of these a job is; one where it is not said. */
  readonly size?: (job: Job) => number;
  /** At most so many threads; all cores where it is not said. */
  readonly threads?: number | undefined;
  readonly chunk?: number;
  readonly hasPlugins?: boolean;
}

/**
 * Results of independent jobs, in their order: by warm threads, or in this one where the program has none, as within another program. They end early, with those that
 * are there, once whoever supervises asks for it. On a terminal a line shows how far they are.
 */
export async function* runJobs<Job, Result>(
  { what, size = () => 1, ...asked }: JobsRequest<Job>,
  output: Output,
): AsyncGenerator<JobResult<Result>, void, undefined> {
  const line = progressLine(output.stderr);
  const started = performance.now();
  const sizes = asked.jobs.map(size);
  const all = sizes.reduce((sum, own) => sum + own, 0);
  let [done, next] = [0, 0];
  try {
    for await (const result of jobResults<Job, Result>(asked, output)) {
      done += sizes[next++]!;
      const seconds = (performance.now() - started) / 1000;
      line.show(remaining(done, all, what, seconds), seconds);
      yield result;
    }
  } finally {
    line.clear();
  }
}

async function* jobResults<Job, Result>(
  { threads = availableParallelism(), ...asked }: Omit<JobsRequest<Job>, 'what' | 'size'>,
  output: Output,
): AsyncGenerator<JobResult<Result>, void, undefined> {
  const { supervisor = unsupervised, jobThreads: url } = output;
  if (url !== undefined) {
    const most = Math.max(1, Math.min(threads, Math.ceil(asked.jobs.length / (asked.chunk ?? 1))));
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
