import { InputError } from '@menusmith/core';
import type { JobKind, JobResult } from './job.ts';

/** Does jobs of a kind one after the other; whatever one throws is its result. */
export type JobWork<Job, Result> = (job: Job) => Promise<JobResult<Result>>;

export const jobWork = <Job, Result>(
  load: () => Promise<JobKind>,
  context: unknown,
): JobWork<Job, Result> => {
  /** Made ready once, by the first job. */
  let made: Promise<(job: Job) => Result | Promise<Result>> | undefined;
  return async (job) => {
    try {
      made ??= load().then(
        ({ prepare }) => prepare(context as never) as Promise<(job: unknown) => unknown> as never,
      );
      const work = await made;
      return { ok: true, value: await work(job) };
    } catch (error) {
      return failedJob(error);
    }
  };
};

/** What was thrown as the result of its job: as much of it as goes from thread to thread. */
export const failedJob = (error: unknown): JobResult<never> => {
  if (error instanceof InputError) {
    const { message, code, field } = error;
    return { ok: false, error: { kind: 'input', message, code, field } };
  }
  const { message, stack = message } = error instanceof Error ? error : new Error(String(error));
  return {
    ok: false,
    error: { kind: 'fault', message: process.env.DEBUG === 'menusmith' ? stack : message },
  };
};

/** What a job came to, for those who want no other jobs where one fails. Throws what it threw. */
export const jobValue = <Result>(result: JobResult<Result>): Result => {
  if (result.ok) return result.value;
  const { kind, message, code, field } = result.error;
  throw kind === 'fault' ? new Error(message) : new InputError(code ?? 'job', message, field);
};
