import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { JobResult } from '../jobs/job.ts';
import type { Chunk } from '../sweep/chunks.ts';
import { version } from '../version.ts';

/*
 * What driver and workers find in Redis. A queue of BullMQ has a job for each chunk: its data say of which sweep, and the chunk. The sweep itself, one text, stands under a key
 * of its own, and is what keeps its chunks alive: of a sweep whose text is gone nothing is solved.
 */

/** Before every key; in braces, so that a cluster of Redis keeps them together. */
export const PREFIX = '{menusmith}';

/** Seconds after which what nobody has touched goes. */
export const WEEK = 7 * 24 * 3600;

/** Times that a chunk may be left by a worker that is gone, before it is given up. */
export const MOST_DEATHS = 3;

/** Milliseconds after which a worker that says nothing is taken for gone, and between two looks for such. */
export interface WorkerTimes {
  readonly silence: number;
  readonly look: number;
}

export const workerTimes: WorkerTimes = { silence: 15_000, look: 5000 };

const sha256 = (content: string | Uint8Array): string => createHash('sha256').update(content).digest('hex');

/** The queue of those who have this version and these plugins, in this order: nobody else hears of its sweeps. Plugins are known by what they hold, wherever they lie. */
export const queueName = (plugins: readonly string[]): string => {
  const own = plugins.map((path) => sha256(readFileSync(path))).join();
  return `sweeps-${version}${own === '' ? '' : `-${sha256(own).slice(0, 16)}`}`;
};

/** Where a sweep stands in Redis. */
export interface SweepKeys {
  /** In the place of its text: the same sweep has the same. */
  readonly id: string;
  readonly text: string;
  /** The set of its jobs. */
  readonly jobs: string;
}

export const sweepId = (sent: string): string => sha256(sent).slice(0, 32);

export const sweepKeys = (id: string): SweepKeys => ({
  id,
  text: `${PREFIX}:sweep:${id}:text`,
  jobs: `${PREFIX}:sweep:${id}:jobs`,
});

/** What a job of the queue holds. */
export interface ChunkJob {
  readonly sweep: string;
  readonly chunk: Chunk;
}

export const jobId = (sweep: string, { first, end }: Pick<Chunk, 'first' | 'end'>): string =>
  `${sweep}-${first}-${end}`;

/** What a worker answers: what became of the chunk, or that its sweep was not there any more. */
export type ChunkAnswer = JobResult<unknown> | 'withdrawn';
