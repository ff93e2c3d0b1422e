import type { TextStream } from '../command-context.ts';
import type { JobResult } from './job.ts';
import { type JobThread, jobThread, type NumberedJob } from './job-thread.ts';

export interface JobPoolRequest<Job> {
  /** Its name among the kinds that the threads know. */
  readonly kind: string;
  /** What all jobs have in common: it goes to each thread once. */
  readonly context: unknown;
  readonly jobs: Iterable<Job>;
  readonly threads: number;
  /** So many neighbours go to one thread, for which the one before is a warm start. */
  readonly chunk?: number;
  readonly hasPlugins?: boolean;
}

export interface JobPoolSurroundings {
  /** The module of a thread, which ends in `workOnJobs`. */
  readonly url: URL;
  readonly printed: TextStream;
  /** Ends it with the results that are there by then. */
  readonly stopped: Promise<void>;
}

/** Chunks a thread that may be under way or wait for those before them: so few that a slow job holds up little of what others have done. */
const AHEAD = 2;

interface Seat<Job> {
  thread: JobThread<Job> | undefined;
  /** Sent and not answered, in order. */
  readonly at: NumberedJob<Job>[];
}

/**
 * Results of independent jobs in the order of jobs, worked on by so many threads at once. A job whose thread does not live to its end has that as its result, and
 * another thread does the rest. Nothing of what comes out depends on the number of threads.
 */
export async function* jobPool<Job, Result>(
  { kind, context, jobs, threads, chunk = 1, hasPlugins = false }: JobPoolRequest<Job>,
  { url, printed, stopped }: JobPoolSurroundings,
): AsyncGenerator<JobResult<Result>, void, undefined> {
  const source = jobs[Symbol.iterator]();
  const done = new Map<number, JobResult<Result>>();
  /** Of threads that are gone. */
  const again: NumberedJob<Job>[] = [];
  const seats = Array.from({ length: threads }, (): Seat<Job> => ({ thread: undefined, at: [] }));
  let [taken, delivered, isExhausted, isStopped] = [0, 0, false, false];
  let wake = (): void => undefined;
  /** Every thread loads the same plugins, which fail in the same way. */
  const heard = new Set<string>();
  const take = (): NumberedJob<Job>[] => {
    const own = again.splice(0, chunk);
    while (own.length < chunk && !isExhausted && taken < delivered + AHEAD * threads * chunk) {
      const { done: isOver, value } = source.next();
      if (isOver) isExhausted = true;
      else own.push({ number: taken++, job: value });
    }
    return own;
  };
  const settle = (seat: Seat<Job>, number: number, result: JobResult<Result>): void => {
    const place = seat.at.findIndex((one) => one.number === number);
    if (place >= 0) seat.at.splice(place, 1);
    done.set(number, result);
    wake();
  };
  const fill = (seat: Seat<Job>): void => {
    if (seat.at.length > 0) return;
    const own = take();
    if (own.length === 0) return;
    seat.at.push(...own);
    seat.thread ??= jobThread<Job, Result>(
      url,
      { kind, context, hasPlugins },
      {
        printed,
        said: (text) => {
          if (!heard.has(text)) printed.write(text);
          heard.add(text);
        },
        result: (number, result) => settle(seat, number, result),
        gone: (message) => {
          seat.thread = undefined;
          const [lost, ...rest] = seat.at.splice(0);
          again.push(...rest);
          if (lost !== undefined) done.set(lost.number, { ok: false, error: { kind: 'ended', message } });
          wake();
        },
      },
    );
    seat.thread.send(own);
  };
  void stopped.then(() => {
    isStopped = true;
    wake();
  });
  try {
    for (;;) {
      if (!isStopped) for (const seat of seats) fill(seat);
      const result = done.get(delivered);
      if (result !== undefined) {
        done.delete(delivered++);
        yield result;
      } else if (isStopped || (isExhausted && delivered === taken)) return;
      else
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
    }
  } finally {
    await Promise.all(seats.map(({ thread }) => thread?.end()));
  }
}
