import { availableParallelism } from 'node:os';
import type { CommonOptions, ExitCode, Output } from '../command-context.ts';
import { registryFor } from '../command-context.ts';
import { redisConnection } from '../redis/redis-connection.ts';
import { redisWorker } from '../redis/redis-worker.ts';
import { queueName, type WorkerTimes, workerTimes } from '../redis/sweep-queue.ts';
import { unsupervised } from '../supervision/supervisor.ts';

export interface WorkerCommandOptions extends CommonOptions {
  readonly redis: string;
  /** Threads; one a core where it is not given. */
  readonly jobs?: number;
}

/** `menusmith worker`: solves chunks of sweeps that drivers put into a Redis, until Ctrl-C or SIGTERM. */
export const workerCommand = async (
  { redis, plugin = [], jobs: threads = availableParallelism() }: WorkerCommandOptions,
  output: Output,
  times: WorkerTimes = workerTimes,
): Promise<ExitCode> => {
  const { supervisor = unsupervised } = output;
  supervisor.does('worker');
  // What cannot be loaded is told at once, and not by the first chunk.
  await registryFor({ plugin });
  const connection = await redisConnection(redis);
  // At the end it hands back what it is at, which may take a moment longer than what is asked to end usually has.
  supervisor.answered();
  await redisWorker(connection, { queue: queueName(plugin), plugin, threads, times }, output);
  return 0;
};
