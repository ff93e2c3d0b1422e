import type { Sweep, SweepRow } from '@menusmith/app';
import type { Output } from '../command-context.ts';
import type { JobResult } from '../jobs/job.ts';
import type { JobKindName } from '../jobs/job-kinds.ts';
import type { JobRunner } from '../jobs/job-runner.ts';
import { jobValue } from '../jobs/job-work.ts';
import { runJobs } from '../jobs/run-jobs.ts';
import { type StopReason, unsupervised } from '../supervision/supervisor.ts';
import { UnwritableError } from '../unwritable-error.ts';
import { type Chunk, combinationsIn } from './chunks.ts';
import { inOrder, type RowFiles, rowFiles } from './row-files.ts';
import { receivedRows } from './sent-sweep.ts';
import type { SolvedChunk, SweepContext } from './sweep-job.ts';

/** Rows of chunks in order, as far as they came. */
export interface SolvedChunks {
  readonly rows: readonly SweepRow[];
  readonly stopReason: StopReason | undefined;
  readonly unwritable: SolvedChunk['unwritable'];
}

export interface ChunkSolving {
  readonly sweep: Sweep;
  readonly context: SweepContext;
  /** Whoever solves on other machines, which hand their rows in; threads of this process, which keep theirs themselves, where there is none. */
  readonly elsewhere?: JobRunner<JobKindName> | undefined;
  readonly threads?: number | undefined;
  /** Seconds. */
  readonly timeLimit?: number | undefined;
  /** Hears the rows so far now and then. */
  readonly leave: (rows: readonly SweepRow[]) => void;
}

/** Seconds between two answers that are left, after the first, for whoever ends the sweep, and the share of the time that this takes at most. */
const LEAVING = 2;
const LEAVING_SHARE = 0.1;

/** Solves chunks; those that are finished on disk are read. */
export const solveChunks = async (
  chunks: readonly Chunk[],
  solving: ChunkSolving,
  output: Output,
): Promise<SolvedChunks> => {
  const { timeLimit = Number.POSITIVE_INFINITY, leave, context } = solving;
  const { supervisor = unsupervised } = output;
  const started = performance.now();
  const seconds = (): number => (performance.now() - started) / 1000;
  const count = combinationsIn(chunks);
  const files = filesOf(solving.sweep, context);
  const found = chunks.map((chunk) => files?.finished(chunk));
  const places = [...found.keys()].filter((place) => found[place] === undefined);
  const unsolved = places.map((place) => chunks[place]!);
  const rowsSoFar = (): SweepRow[] => found.flatMap((rows) => rows ?? []);
  let [done, due, next] = [count - combinationsIn(unsolved), 0, 0];
  const isStopped = (): boolean => supervisor.stopReason() !== undefined || seconds() > timeLimit;
  const solved = ({ unwritable }: Pick<SolvedChunk, 'unwritable'> = {}): SolvedChunks => {
    const isCut = done < count && unwritable === undefined;
    const stopReason = isCut ? (supervisor.stopReason() ?? 'time-limit') : undefined;
    return { rows: rowsSoFar(), unwritable, stopReason };
  };
  if (supervisor.isListening) leave(rowsSoFar());
  const jobs = solving.elsewhere === undefined ? unsolved : unsolved.map((chunk) => restOf(chunk, files));
  for await (const result of runJobs<Chunk, SolvedChunk>(jobsOf(jobs, solving, context), output)) {
    const place = places[next]!;
    const own = await rowsOf(result, chunks[place]!, jobs[next++]!, solving, output);
    found[place] = own.rows;
    done += own.rows.length;
    if (own.unwritable !== undefined || isStopped()) return solved(own);
    if (!supervisor.isListening || seconds() < due) continue;
    const before = seconds();
    leave(rowsSoFar());
    due = seconds() + Math.max(LEAVING, (seconds() - before) / LEAVING_SHARE);
  }
  return solved();
};

const filesOf = (sweep: Sweep, { kept }: SweepContext): RowFiles | undefined =>
  kept && rowFiles(kept.directory, kept.identity, sweep);

/** A chunk without the rows at its beginning that are there. */
const restOf = (chunk: Chunk, files: RowFiles | undefined): Chunk => {
  const known = files?.read(chunk);
  let first = chunk.first;
  while (known?.has(first) && first < chunk.end - 1) first++;
  return { ...chunk, first };
};

const jobsOf = (
  chunks: readonly Chunk[],
  { elsewhere, threads }: Pick<ChunkSolving, 'elsewhere' | 'threads'>,
  context: SweepContext,
) => ({
  kind: 'sweep' as const,
  context,
  jobs: chunks,
  what: 'combinations',
  size: (chunk: Chunk) => combinationsIn([chunk]),
  runner: elsewhere,
  threads,
  hasPlugins: context.plugin.length > 0,
});

/** The rows of a chunk, of which `job` was to be solved, kept where rows are. Throws what the job threw. */
const rowsOf = async (
  result: JobResult<SolvedChunk>,
  chunk: Chunk,
  job: Chunk,
  solving: ChunkSolving,
  output: Output,
): Promise<SolvedChunk> => {
  const { sweep, context, elsewhere } = solving;
  if (!result.ok && result.error.kind === 'ended') return oneByOne(chunk, solving, output);
  if (elsewhere === undefined) return jobValue(result);
  const files = filesOf(sweep, context);
  const known = new Map(files?.read(chunk));
  if (!result.ok && result.error.kind === 'lost') {
    // On no disk: the same command tries it again.
    for (let k = chunk.first; k < chunk.end; k++)
      if (!known.has(k)) known.set(k, sweep.failed(k, result.error.message));
    return { rows: inOrder(known) };
  }
  for (const [k, row] of receivedRows(jobValue(result), job, sweep.columns.length))
    if (!known.has(k)) known.set(k, row);
  return keep(files, chunk, known);
};

/** A chunk in which something has ended the thread, as a plugin that does not return: each combination by itself, so that the others have their rows. */
const oneByOne = async (
  chunk: Chunk,
  { sweep, context, elsewhere, threads }: ChunkSolving,
  output: Output,
): Promise<SolvedChunk> => {
  const { kept: _, ...unkept } = context;
  const files = filesOf(sweep, context);
  const found = new Map(files?.read(chunk));
  const single: Chunk[] = [];
  for (let first = chunk.first; first < chunk.end; first++)
    if (!found.has(first)) single.push({ number: first, first, end: first + 1 });
  let place = 0;
  for await (const result of runJobs<Chunk, SolvedChunk>(
    jobsOf(single, { elsewhere, threads }, unkept),
    output,
  )) {
    const job = single[place++]!;
    const isEnded = !result.ok && (result.error.kind === 'ended' || result.error.kind === 'lost');
    const row = isEnded
      ? sweep.failed(job.first, result.error.message)
      : receivedRows(jobValue(result), job, sweep.columns.length).get(job.first)!;
    found.set(job.first, row);
  }
  return keep(files, chunk, found);
};

/** Writes rows of a chunk, where rows are kept. */
const keep = (
  files: RowFiles | undefined,
  chunk: Chunk,
  known: ReadonlyMap<number, SweepRow>,
): SolvedChunk => {
  const rows = inOrder(known);
  try {
    const file = files?.goOn(chunk, known);
    if (known.size === chunk.end - chunk.first) file?.finish();
    else file?.close();
    return { rows };
  } catch (error) {
    if (!(error instanceof UnwritableError)) throw error;
    const { message, isWrongPath } = error;
    return { rows, unwritable: { message, isWrongPath } };
  }
};
