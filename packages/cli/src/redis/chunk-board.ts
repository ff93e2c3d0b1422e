import { InputError } from '@menusmith/core';
import type { Queue } from 'bullmq';
import type { Redis } from 'ioredis';
import type { JobResult } from '../jobs/job.ts';
import type { Chunk } from '../sweep/chunks.ts';
import {
  type ChunkAnswer,
  type ChunkJob,
  jobId,
  MOST_DEATHS,
  sweepId,
  sweepKeys,
  WEEK,
} from './sweep-queue.ts';

/** The chunks of one sweep as they stand in Redis, for workers to take. */
export interface ChunkBoard {
  /** The name of a chunk's job, and whether a name is that of one of this sweep's. */
  idOf(chunk: Chunk): string;
  isOwn(id: string): boolean;
  /** Puts chunks up, but for those that are there already. */
  offer(chunks: readonly Chunk[]): Promise<void>;
  /** Finds which have ended, and puts up again what is there no more. */
  ended(chunks: readonly Chunk[]): Promise<readonly Chunk[]>;
  /** Takes down chunks that have failed: under a driver that is gone. */
  forgetFailed(chunks: readonly Chunk[]): Promise<void>;
  /** What became of a chunk that has ended. One that no worker has solved, as its sweep was not there, is put up again: undefined. */
  answer(chunk: Chunk): Promise<JobResult<unknown> | undefined>;
  remove(chunk: Chunk): Promise<void>;
  /** Takes down the whole sweep, or, where it is not done, what nobody has begun to solve. */
  clear(isWhole: boolean): Promise<void>;
}

export const chunkBoard = (client: Redis, queue: Queue<ChunkJob, ChunkAnswer>, sent: string): ChunkBoard => {
  const keys = sweepKeys(sweepId(sent));
  const idOf = (chunk: Chunk): string => jobId(keys.id, chunk);
  const statesOf = (chunks: readonly Chunk[]): Promise<readonly string[]> =>
    Promise.all(chunks.map((chunk) => queue.getJobState(idOf(chunk))));
  const removed = async (id: string): Promise<void> => {
    // A worker is at it.
    await queue.remove(id).catch(() => undefined);
  };
  const offer = async (chunks: readonly Chunk[]): Promise<void> => {
    await client.set(keys.text, sent, 'EX', WEEK);
    await client.sadd(keys.jobs, ...chunks.map(idOf));
    await client.expire(keys.jobs, WEEK);
    await queue.addBulk(
      chunks.map((chunk) => ({
        name: 'chunk',
        data: { sweep: keys.id, chunk },
        opts: { jobId: idOf(chunk), removeOnComplete: { age: WEEK }, removeOnFail: { age: WEEK } },
      })),
    );
  };
  return {
    idOf,
    isOwn: (id) => id.startsWith(keys.id),
    offer,
    async ended(chunks) {
      const states = await statesOf(chunks);
      // Another driver of the same sweep has taken them down at its end, or Redis has forgotten them.
      const missing = chunks.filter((_, k) => states[k] === 'unknown');
      const isThere = (await client.expire(keys.text, WEEK)) === 1;
      if (missing.length > 0 || !isThere) await offer(missing.length > 0 ? missing : chunks);
      return chunks.filter((_, k) => states[k] === 'completed' || states[k] === 'failed');
    },
    async forgetFailed(chunks) {
      const states = await statesOf(chunks);
      await Promise.all(chunks.filter((_, k) => states[k] === 'failed').map((chunk) => removed(idOf(chunk))));
    },
    async answer(chunk) {
      const job = await queue.getJob(idOf(chunk));
      if (job?.failedReason !== undefined) return lostChunk;
      const answer = job?.finishedOn === undefined ? 'withdrawn' : job.returnvalue;
      if (answer !== 'withdrawn') return checkedAnswer(answer);
      await removed(idOf(chunk));
      await offer([chunk]);
      return undefined;
    },
    remove: (chunk) => removed(idOf(chunk)),
    async clear(isWhole) {
      await client.del(keys.text);
      const ids = await client.smembers(keys.jobs);
      await Promise.all(
        ids.map(async (id) => {
          if (isWhole || (await queue.getJobState(id)) === 'waiting') await removed(id);
        }),
      );
      if (!isWhole) return;
      await client.del(keys.jobs);
      const counts = Object.values(await queue.getJobCounts());
      if (counts.every((count) => count === 0)) await queue.trimEvents(0);
    },
  };
};

const lostChunk: JobResult<never> = {
  ok: false,
  error: { kind: 'lost', message: `${MOST_DEATHS} workers have ended before they had solved its chunk` },
};

/** Redis may hold anything. */
const checkedAnswer = (answer: unknown): JobResult<unknown> => {
  const { ok, value, error } = (answer ?? {}) as Partial<Record<string, unknown>>;
  if (ok === true) return { ok, value };
  const { kind, message } = (error ?? {}) as Partial<Record<string, unknown>>;
  if (
    ok !== false ||
    typeof message !== 'string' ||
    (kind !== 'input' && kind !== 'fault' && kind !== 'ended')
  )
    throw new InputError('redis', '--redis: expected what a worker answers, got something else from Redis');
  return { ok, error: { kind, message } };
};
