import type { FieldPath } from '@menusmith/core';

/** A kind of job: what a thread makes ready once, to do many jobs of it. Context, jobs and results are plain data, as they go from thread to thread. */
export interface JobKind<Context = never, Job = never, Result = unknown> {
  /** Throws InputError where the context will not do; each job then has that as its result. */
  prepare(context: Context): Promise<(job: Job) => Result | Promise<Result>>;
}

/** Kinds by name, each loaded where it is asked for. */
export type JobKinds = Readonly<Record<string, () => Promise<JobKind>>>;

/** What became of a job: an error is the result of its job, and of no other. */
export type JobResult<Result> =
  | { readonly ok: true; readonly value: Result }
  | { readonly ok: false; readonly error: JobError };

interface JobError {
  /**
   * `input`: what was given will not do; `fault`: the program is wrong; `ended`: the thread did not live to its end; `lost`: no worker on any machine did, though it was tried
   * again.
   */
  readonly kind: 'input' | 'fault' | 'ended' | 'lost';
  readonly message: string;
  /** Of an InputError. */
  readonly code?: string;
  readonly field?: FieldPath;
}
