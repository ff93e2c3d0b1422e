import type { Output } from '../command-context.ts';
import { progressLine } from '../progress-line.ts';
import type { JobResult } from './job.ts';
import type { JobKindName } from './job-kinds.ts';
import type { JobRunner, RunnerRequest } from './job-runner.ts';
import { remaining } from './remaining.ts';
import { threadRunner } from './thread-runner.ts';

export interface JobsRequest<Job> extends RunnerRequest<Job, JobKindName> {
  /** What jobs are called where progress is shown: `draws`. */
  readonly what: string;
  /** How many of these a job is; one where it is not said. */
  readonly size?: (job: Job) => number;
  /** Who has them done: threads of this process where it is not said. */
  readonly runner?: JobRunner<JobKindName> | undefined;
}

/** Results of independent jobs, in their order, as far as they came. On a terminal a line shows how far they are. */
export async function* runJobs<Job, Result>(
  { what, size = () => 1, runner = threadRunner, ...asked }: JobsRequest<Job>,
  output: Output,
): AsyncGenerator<JobResult<Result>, void, undefined> {
  const line = progressLine(output.stderr);
  const started = performance.now();
  const sizes = asked.jobs.map(size);
  const all = sizes.reduce((sum, own) => sum + own, 0);
  let [done, next] = [0, 0];
  try {
    for await (const result of runner<Job, Result>(asked, output)) {
      done += sizes[next++]!;
      const seconds = (performance.now() - started) / 1000;
      line.show(remaining(done, all, what, seconds), seconds);
      yield result;
    }
  } finally {
    line.clear();
  }
}
