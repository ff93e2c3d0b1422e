import type { SweepRequest } from '@menusmith/app';
import type { Output } from '../command-context.ts';
import { failedJob } from '../jobs/job-work.ts';
import { printableOutput } from '../printable-output.ts';
import { progressLine } from '../progress-line.ts';
import { unsupervised } from '../supervision/supervisor.ts';
import { receivedChunk, receivedSweep } from '../sweep/sent-sweep.ts';
import { briefly, type RedisConnection } from './redis-connection.ts';
import {
  type ChunkAnswer,
  type ChunkJob,
  MOST_DEATHS,
  PREFIX,
  sweepId,
  sweepKeys,
  type WorkerTimes,
} from './sweep-queue.ts';
import { warmThreads } from './warm-threads.ts';

export interface RedisWorkerOptions {
  /** That of sweeps with this version and these plugins. */
  readonly queue: string;
  /** Modules of plugins, as whoever started the worker gave them. */
  readonly plugin: readonly string[];
  readonly threads: number;
  readonly times: WorkerTimes;
}

/** Solves chunks of sweeps until it is asked to end; then it hands back what it was at. */
export const redisWorker = async (
  { bullmq, client, shown }: RedisConnection,
  { queue, plugin, threads, times }: RedisWorkerOptions,
  output: Output,
): Promise<void> => {
  const { supervisor = unsupervised, jobThreads, stderr } = output;
  const warm = warmThreads(threads, jobThreads, printableOutput(output).stderr);
  const received = receivedSweeps(threads);
  const line = progressLine(stderr);
  const started = performance.now();
  let [chunks, combinations, isGone] = [0, 0, false];
  const stopped = supervisor.stopped().then(() => 'stopped' as const);

  const answer = async (data: unknown): Promise<ChunkAnswer> => {
    try {
      const { sweep, chunk: sent } = data as Partial<ChunkJob>;
      const id = String(sweep);
      const { text } = sweepKeys(id);
      if ((await client.exists(text)) === 0) return 'withdrawn';
      const request = received.get(id) ?? received.add(id, (await client.get(text)) ?? '');
      const chunk = receivedChunk(sent);
      const solved = await warm.solve(id, { request, plugin }, chunk);
      chunks++;
      combinations += chunk.end - chunk.first;
      const seconds = (performance.now() - started) / 1000;
      line.show(`${chunks} chunks, ${combinations} combinations`, seconds);
      return solved;
    } catch (error) {
      return failedJob(error);
    }
  };
  const worker = new bullmq.Worker<ChunkJob, ChunkAnswer>(
    queue,
    async (job, token = '') => {
      const done = await Promise.race([answer(job.data), stopped]);
      if (done !== 'stopped') return done;
      // Others go on with it at once, and it counts as no death.
      await job.moveToWait(token);
      throw new bullmq.WaitingError();
    },
    {
      connection: client,
      prefix: PREFIX,
      concurrency: threads,
      lockDuration: times.silence,
      stalledInterval: times.look,
      maxStalledCount: MOST_DEATHS - 1,
    },
  );
  worker.on('error', () => {
    // Else it is a chunk that was given to another worker meanwhile.
    if (client.status === 'ready') return;
    if (!isGone) stderr.write(`${shown} does not answer any more: the worker goes on once it does\n`);
    isGone = true;
  });
  client.on('ready', () => {
    isGone = false;
  });
  stderr.write(
    `solves chunks of sweeps at ${shown} on ${threads} thread${threads === 1 ? '' : 's'}; Ctrl-C ends it\n`,
  );
  await stopped;
  line.clear();
  await briefly(worker.close());
  await warm.end();
  client.disconnect();
};

/** Sweeps that were read lately, by their ids. */
const receivedSweeps = (threads: number) => {
  const known = new Map<string, SweepRequest>();
  return {
    get: (id: string): SweepRequest | undefined => known.get(id),
    /** Throws where the text is none, or another one's. */
    add(id: string, text: string): SweepRequest {
      if (sweepId(text) !== id) throw new Error('what Redis has as the sweep is not what was sent');
      const request = receivedSweep(text);
      known.set(id, request);
      if (known.size > threads) known.delete(known.keys().next().value!);
      return request;
    },
  };
};
