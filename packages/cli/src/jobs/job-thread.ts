import { MessageChannel, Worker } from 'node:worker_threads';
import { RUNNING_CALL_BYTES, runningCall } from '@menusmith/app/plugin-calls';
import type { TextStream } from '../command-context.ts';
import { callLimits, callWatch } from '../supervision/call-watch.ts';
import type { JobResult } from './job.ts';

/** Jobs by their number, from 0. */
export interface NumberedJob<Job> {
  readonly number: number;
  readonly job: Job;
}

/** What a thread is told once. */
export interface JobThreadStart {
  /** Over which jobs and results go. The usual one is at every plugin's hand. */
  readonly port: MessageChannel['port1'];
  readonly kind: string;
  readonly context: unknown;
  /** For `shareRunningCalls`. */
  readonly calls: SharedArrayBuffer;
  readonly hasPlugins: boolean;
}

/** What a thread tells: the result of a job, what failed in it outside of jobs, or why it cannot go on. */
export type JobMessage<Result> =
  | { readonly number: number; readonly result: JobResult<Result> }
  | { readonly said: string }
  | { readonly gone: string };

export interface JobThread<Job> {
  /** Does these in their order. */
  send(jobs: readonly NumberedJob<Job>[]): void;
  end(): Promise<unknown>;
}

/** Milliseconds between two looks at what plugins do. */
const LOOK = 500;

/** A warm thread: it loads and makes ready what its jobs have in common once. */
export const jobThread = <Job, Result>(
  url: URL,
  { kind, context, hasPlugins }: Pick<JobThreadStart, 'kind' | 'context' | 'hasPlugins'>,
  on: {
    /** What plugins print is no part of an answer. */
    readonly printed: TextStream;
    /** What failed in it outside of jobs. */
    said(text: string): void;
    result(number: number, result: JobResult<Result>): void;
    /** It is gone before its end, for this reason. */
    gone(reason: string): void;
  },
): JobThread<Job> => {
  const calls = new SharedArrayBuffer(RUNNING_CALL_BYTES);
  const { port1, port2 } = new MessageChannel();
  const start: JobThreadStart = { port: port2, kind, context, calls, hasPlugins };
  const worker = new Worker(url, { workerData: start, transferList: [port2], stdout: true, stderr: true });
  for (const stream of [worker.stdout, worker.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => on.printed.write(text));
  port1.on('message', (message: JobMessage<Result>) => {
    if ('said' in message) on.said(message.said);
    else if ('gone' in message) leave(message.gone);
    else on.result(message.number, message.result);
  });
  const watch = callWatch(() => runningCall(calls), callLimits);
  const look = hasPlugins
    ? setInterval(() => {
        // How much memory the process has is the doing of all threads.
        const fault = watch.look(performance.now() / 1000, 0);
        if (fault !== undefined) leave(fault);
      }, LOOK)
    : undefined;
  let isGone = false;
  const end = (): Promise<unknown> => {
    isGone = true;
    clearInterval(look);
    port1.close();
    return worker.terminate();
  };
  const leave = (reason: string): void => {
    if (isGone) return;
    void end();
    on.gone(reason);
  };
  worker.on('error', (error: NodeJS.ErrnoException) =>
    leave(error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? 'it needs more memory than there is' : error.message),
  );
  worker.on('exit', () => leave('its thread ended before it'));
  return { send: (jobs) => port1.postMessage(jobs), end };
};
