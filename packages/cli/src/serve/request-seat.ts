import type { TextStream } from '../command-context.ts';
import type { JobResult } from '../jobs/job.ts';
import { jobKinds } from '../jobs/job-kinds.ts';
import { type JobThread, jobThread } from '../jobs/job-thread.ts';
import { type JobWork, jobWork } from '../jobs/job-work.ts';
import { codes, type RpcError } from './json-rpc.ts';
import { type ServeContext, type Served, type ServeJob, timeLimitIn } from './serve-jobs.ts';

/** Milliseconds that a request has to end by itself, once it is cancelled; then its thread is ended. */
const GRACE = 300;
/** Milliseconds beyond its time limit, in which a thread may still have to load. */
const LATE = 2000;
/** Seconds beyond which a time limit is none: a timer of Node's knows no more. */
const LONGEST = 2_000_000;

/** A request that is to be answered once; later answers are nobody's. */
export interface AskedRequest {
  readonly job: ServeJob;
  settle(served: Served): void;
}

export interface SeatOptions extends Omit<ServeContext, 'stop'> {
  /** The module of a thread; without it requests are answered in this one. */
  readonly url: URL | undefined;
  readonly printed: TextStream;
  /** What failed in a thread outside of requests. */
  said(text: string): void;
}

/** Where one request is answered at a time, by a thread that stays warm from one to the next. */
export interface RequestSeat {
  /** The request that it is at. */
  at(): AskedRequest | undefined;
  begin(request: AskedRequest): void;
  /** Asks the request that it is at to end, and ends the thread where it does not. */
  stop(): void;
  end(): Promise<unknown>;
}

/** `freed` is told each time that it is free again. */
export const requestSeat = (
  { url, printed, said, ...common }: SeatOptions,
  freed: () => void,
): RequestSeat => {
  const flag = new Int32Array(new SharedArrayBuffer(4));
  const context: ServeContext = { ...common, stop: flag.buffer as SharedArrayBuffer };
  let thread: JobThread<ServeJob> | undefined;
  let here: JobWork<ServeJob, Served> | undefined;
  let request: AskedRequest | undefined;
  let timers: NodeJS.Timeout[] = [];
  const after = (milliseconds: number, act: () => void): void => {
    timers.push(setTimeout(act, milliseconds));
  };
  const over = (served: Served): void => {
    for (const timer of timers) clearTimeout(timer);
    timers = [];
    request?.settle(served);
    request = undefined;
    freed();
  };
  const drop = (served: Served): void => {
    void thread?.end();
    thread = undefined;
    over(served);
  };
  return {
    at: () => request,
    begin(asked) {
      Atomics.store(flag, 0, 0);
      request = asked;
      const limit = timeLimitIn(asked.job.params);
      if (limit < LONGEST) after(1000 * limit + LATE, () => drop(lateAnswer(limit)));
      if (url === undefined) {
        here ??= jobWork<ServeJob, Served>(jobKinds.serve, context);
        void here(asked.job).then((result) => {
          if (request === asked) over(servedOf(result));
        });
        return;
      }
      thread ??= jobThread<ServeJob, Served>(
        url,
        { kind: 'serve', context, hasPlugins: common.plugin.length > 0 },
        {
          printed,
          said,
          result: (_, result) => over(servedOf(result)),
          gone: (reason) => drop(failure(codes.ended, `the request was ended: ${reason}`, 'ended')),
        },
      );
      thread.send([{ number: 0, job: asked.job }]);
    },
    stop() {
      Atomics.store(flag, 0, 1);
      after(GRACE, () => drop(cancelledAnswer));
    },
    async end() {
      for (const timer of timers) clearTimeout(timer);
      await thread?.end();
    },
  };
};

const failure = (code: number, message: string, name?: string): { readonly error: RpcError } => ({
  error: { code, message, ...(name === undefined ? {} : { data: { code: name } }) },
});

export const cancelledAnswer: Served = failure(codes.cancelled, 'the request was cancelled', 'cancelled');

const lateAnswer = (seconds: number): Served =>
  failure(
    codes.timeLimit,
    `the time limit of ${seconds} s ended the request before it had an answer`,
    'time-limit',
  );

const servedOf = (result: JobResult<Served>): Served => {
  if (result.ok) return result.value;
  const { kind, message, code = 'input' } = result.error;
  return kind === 'input'
    ? failure(codes.params, `Invalid params: ${message}`, code)
    : failure(codes.internal, `Internal error: ${message}`);
};
