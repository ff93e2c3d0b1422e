import type { Output } from '../command-context.ts';
import type { JobResult } from './job.ts';

/** Jobs of a kind, for whoever has them done. */
export interface RunnerRequest<Job, Kind extends string = string> {
  readonly kind: Kind;
  /** What all jobs have in common: plain data, and large arrays in shared memory. */
  readonly context: unknown;
  readonly jobs: readonly Job[];
  /** At most so many threads; all cores where it is not said. */
  readonly threads?: number | undefined;
  /** So many neighbours go to one thread, for which the one before is a warm start. */
  readonly chunk?: number;
  readonly hasPlugins?: boolean;
}

/**
 * Has jobs done: by threads of this process, or by workers on other machines. Results come in the order of jobs, the same from every runner, and end early, with those that are
 * there, once whoever supervises asks for it.
 */
export type JobRunner<Kind extends string = string> = <Job, Result>(
  request: RunnerRequest<Job, Kind>,
  output: Output,
) => AsyncGenerator<JobResult<Result>, void, undefined>;
