import { InputError } from '@menusmith/core';
import type { Output } from '../command-context.ts';
import type { JobResult } from '../jobs/job.ts';
import type { JobKindName } from '../jobs/job-kinds.ts';
import type { JobRunner } from '../jobs/job-runner.ts';
import { unsupervised } from '../supervision/supervisor.ts';
import type { Chunk } from '../sweep/chunks.ts';
import { chunkBoard } from './chunk-board.ts';
import { briefly, type RedisConnection } from './redis-connection.ts';
import { type ChunkAnswer, type ChunkJob, PREFIX } from './sweep-queue.ts';

/** Has chunks of one sweep solved by workers that share a Redis. */
export interface RedisRunner {
  readonly run: JobRunner<JobKindName>;
  /** Takes the sweep out of Redis where it is whole; else workers solve no more of it, and what they have solved waits for who goes on. */
  end(isWhole: boolean): Promise<void>;
}

export interface RedisRunnerOptions {
  /** That of workers with this version and these plugins. */
  readonly queue: string;
  /** The sweep as a text. */
  readonly sent: string;
  /** What starts a worker, for who has none. */
  readonly workerCommand: string;
}

/** Milliseconds between two looks at what has come without an event, or has gone. */
const LOOK = 5000;
/** Events that Redis keeps; each has the rows of a chunk. What is missed is found at the next look. */
const EVENTS = 100;
/** Milliseconds that taking out a sweep may take; what is left then goes after a week. */
const CLEARING = 10_000;

export const redisRunner = (
  { bullmq, client, shown }: RedisConnection,
  { queue: name, sent, workerCommand }: RedisRunnerOptions,
  { stderr }: Pick<Output, 'stderr'>,
): RedisRunner => {
  const options = { connection: client, prefix: PREFIX };
  const streams = { events: { maxLen: EVENTS } };
  const queue = new bullmq.Queue<ChunkJob, ChunkAnswer>(name, { ...options, streams });
  const events = new bullmq.QueueEvents(name, options);
  const board = chunkBoard(client, queue, sent);
  /** Jobs that have ended, and are to be fetched. */
  const ready = new Set<string>();
  let wake = (): void => undefined;
  let [isGone, isHinted] = [false, false];
  const hear = ({ jobId }: { readonly jobId: string }): void => {
    if (!board.isOwn(jobId)) return;
    ready.add(jobId);
    wake();
  };
  events.on('completed', hear).on('failed', hear);
  const lose = (): void => {
    if (client.status === 'ready') return;
    if (!isGone) stderr.write(`${shown} does not answer any more: the sweep goes on once it does\n`);
    isGone = true;
  };
  queue.on('error', lose);
  events.on('error', lose);
  client.on('ready', () => {
    isGone = false;
  });
  const look = async (chunks: readonly Chunk[]): Promise<void> => {
    for (const chunk of await board.ended(chunks)) ready.add(board.idOf(chunk));
    if (isHinted || (await queue.getWorkersCount()) > 0) return;
    isHinted = true;
    stderr.write(
      `no worker is at ${shown} yet: start some, here or on other machines, with\n  ${workerCommand}\n`,
    );
  };
  /** Finds what was done before, by a driver that is gone; what has failed under it is tried again. */
  const begin = async (chunks: readonly Chunk[]): Promise<void> => {
    await Promise.all([queue.waitUntilReady(), events.waitUntilReady()]);
    await board.forgetFailed(chunks);
    await board.offer(chunks);
    await look(chunks);
  };
  /** Waits for an event; false where none came for a while. */
  const woken = (): Promise<boolean> =>
    new Promise((resolve) => {
      const timer = setTimeout(() => resolve(false), LOOK);
      wake = () => {
        clearTimeout(timer);
        resolve(true);
      };
    });

  async function* run(
    chunks: readonly Chunk[],
    { supervisor = unsupervised }: Output,
  ): AsyncGenerator<JobResult<unknown>, void, undefined> {
    let isStopped = false;
    const stopped = supervisor.stopped().then(() => {
      isStopped = true;
      wake();
    });
    if (chunks.length > 0) await Promise.race([begin(chunks), stopped]);
    for (const [k, chunk] of chunks.entries()) {
      for (;;) {
        if (isStopped) return;
        const answer = ready.delete(board.idOf(chunk)) ? await board.answer(chunk) : undefined;
        if (answer !== undefined) {
          yield answer;
          // Its rows are where they are to be.
          void board.remove(chunk);
          break;
        }
        if (isStopped || ready.has(board.idOf(chunk))) continue;
        if (!(await woken())) await look(chunks.slice(k));
      }
    }
  }
  async function* told(results: ReturnType<typeof run>): ReturnType<typeof run> {
    try {
      yield* results;
    } catch (error) {
      // Redis has answered that it cannot: as where it is full.
      if ((error as Error).name !== 'ReplyError') throw error;
      throw new InputError('redis', `--redis ${shown}: ${(error as Error).message}`);
    }
  }
  return {
    run: (({ jobs }, output) =>
      told(run(jobs as readonly unknown[] as readonly Chunk[], output))) as JobRunner<JobKindName>,
    async end(isWhole) {
      await briefly(board.clear(isWhole), isWhole ? CLEARING : undefined);
      await briefly(Promise.all([events.close(), queue.close()]));
      client.disconnect();
    },
  };
};
