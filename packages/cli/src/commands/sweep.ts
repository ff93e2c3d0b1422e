import type { SweepRow, SweptTable } from '@menusmith/app';
import { InputError } from '@menusmith/core';
import type { CommonOptions, ExitCode, Output } from '../command-context.ts';
import { registryFor } from '../command-context.ts';
import { idleOptions } from '../idle-options.ts';
import { type PictureOptions, pictureLook } from '../picture-options.ts';
import type { RedisRunner } from '../redis/redis-runner.ts';
import { stopWords } from '../supervision/stop-words.ts';
import { unsupervised } from '../supervision/supervisor.ts';
import { chunksOf, chunksOfShard, combinationsIn } from '../sweep/chunks.ts';
import { type RecordedSweep, recordedSweep } from '../sweep/recorded-sweep.ts';
import { sentSweep } from '../sweep/sent-sweep.ts';
import { shardOf } from '../sweep/shard.ts';
import { solveChunks } from '../sweep/solve-chunks.ts';
import { claimDirectory } from '../sweep/sweep-directory.ts';
import type { SweepFormat } from '../sweep/sweep-files.ts';
import { emptyColumns, sweepReport } from '../sweep/sweep-report.ts';
import { type SweepWords, sweepRequest, sweepWords } from '../sweep/sweep-request.ts';
import { writeJson } from '../write-json.ts';

/** Of JSON that is left for whoever ends the sweep by force: it is one text, and two are there at a time. Files have all rows. */
const MOST_LEFT_CELLS = 1_000_000;

export interface SweepCommandOptions extends CommonOptions, PictureOptions {
  readonly vary: readonly string[];
  readonly varyFile?: string;
  readonly columns?: string;
  /** Threads; one a core where it is not given. */
  readonly jobs?: number;
  /** `K/N` */
  readonly shard?: string;
  /** Where workers take chunks from, in place of threads. */
  readonly redis?: string;
  readonly out?: string;
  readonly format: SweepFormat;
}

/** `menusmith sweep`: a study solved once for every combination of what some of its fields are. 3 where a row is not certified, or missing. */
export const sweepCommand = async (
  file: string,
  options: SweepCommandOptions,
  output: Output,
): Promise<ExitCode> => {
  const { out, plugin = [], timeLimit, shard, redis } = options;
  const { supervisor = unsupervised, stderr } = output;
  supervisor.does('sweep');
  if (timeLimit !== undefined) supervisor.limit(timeLimit);
  if (redis !== undefined && options.jobs !== undefined)
    throw new InputError(
      'jobs',
      `--jobs ${options.jobs}: expected no --jobs beside --redis, as workers have the threads: give it to menusmith worker`,
    );
  const look = await pictureLook(options);
  output.stderr.write(idleOptions(options));
  const words = await sweepWords(file, options);
  const request = { ...sweepRequest(words), allowFiles: options.allowFiles };
  const recorded = await recordedSweep(request, await registryFor(options), words.combinations);
  const { sweep, record, table } = recorded;
  // What workers have solved is kept in Redis.
  const all = chunksOf(sweep.count, out !== undefined || redis !== undefined);
  const chunks = shard === undefined ? all : chunksOfShard(all, shardOf(shard, out));
  const runner =
    redis === undefined ? undefined : await redisDriver(redis, words, recorded.files, options, output);
  let isWhole = false;
  try {
    const claimed = out === undefined ? 0 : await claimDirectory(out, record, output);
    if (claimed !== 0) return claimed;
    const asked = combinationsIn(chunks);
    const swept = (rows: readonly SweepRow[]): SweptTable => ({ ...table, rows });
    const printed = (rows: readonly SweepRow[]): string | object =>
      options.json === true
        ? { rows: rows.map((row) => named(sweep.columns, row)), provenance: record.provenance }
        : sweepReport(swept(rows), asked);
    const leave = (rows: readonly SweepRow[]): void => {
      const most = options.json === true ? Math.floor(MOST_LEFT_CELLS / sweep.columns.length) : rows.length;
      const answer = printed(rows.slice(0, most));
      const said = `${rows.length} of ${asked} combinations are done${out === undefined ? '' : '; the same command goes on'}`;
      supervisor.leave({
        stdout: typeof answer === 'string' ? answer : `${JSON.stringify(answer, null, 2)}\n`,
        said,
      });
    };
    const context = { request, plugin, ...kept(out, record.identity) };
    const solving = { sweep, context, elsewhere: runner?.run, threads: options.jobs, timeLimit, leave };
    const solved = await solveChunks(chunks, solving, output);
    const rows = solved.rows;
    const answer = printed(rows);
    if (typeof answer === 'string') output.stdout.write(answer);
    else await writeJson(output.stdout, answer);
    for (const column of emptyColumns(swept(rows))) stderr.write(`--columns ${column}: empty in every row\n`);
    isWhole = rows.length === asked;
    if (solved.stopReason !== undefined && !isWhole)
      stderr.write(
        `${stopWords(solved.stopReason, timeLimit)} ended the sweep after ${rows.length} of ${asked} combinations${out === undefined ? '' : '; the same command goes on'}\n`,
      );
    if (solved.unwritable !== undefined) {
      stderr.write(`${solved.unwritable.message}\n`);
      return solved.unwritable.isWrongPath ? 2 : 1;
    }
    supervisor.answered();
    if (out !== undefined && isWhole && shard === undefined) {
      const { writeSweep } = await import('../sweep/write-sweep.ts');
      const code = await writeSweep(out, swept(rows), record, options.format, look, output);
      if (code !== 0) return code;
    }
    return isWhole && rows.every(isCertified(sweep.columns, table.varied)) ? 0 : 3;
  } finally {
    await runner?.end(isWhole);
  }
};

/** Workers at a Redis, which have the sweep's text, the files that it names, and plugins of their own that hold the same. */
const redisDriver = async (
  url: string,
  words: SweepWords,
  files: RecordedSweep['files'],
  { plugin = [], allowFiles, shard }: SweepCommandOptions,
  output: Output,
): Promise<RedisRunner> => {
  const [{ redisConnection }, { redisRunner }, { queueName }] = await Promise.all([
    import('../redis/redis-connection.ts'),
    import('../redis/redis-runner.ts'),
    import('../redis/sweep-queue.ts'),
  ]);
  const connection = await redisConnection(url);
  const workerCommand = [
    'menusmith worker --redis',
    connection.shown,
    ...plugin.map((path) => `--plugin ${path}`),
  ].join(' ');
  const sent = sentSweep(words, { files, allowFiles, shard });
  return redisRunner(connection, { queue: queueName(plugin), sent, workerCommand }, output);
};

const kept = (directory: string | undefined, identity: string) =>
  directory === undefined ? {} : { kept: { directory, identity } };

const isCertified = (columns: readonly string[], varied: number): ((row: SweepRow) => boolean) => {
  const [status, error] = [columns.indexOf('status', varied), columns.indexOf('error', varied)];
  return (row) => row[status] === 'optimal' && row[error] === null;
};

const named = (columns: readonly string[], row: SweepRow): Readonly<Record<string, unknown>> =>
  Object.fromEntries(columns.map((name, k) => [name, row[k]]));
