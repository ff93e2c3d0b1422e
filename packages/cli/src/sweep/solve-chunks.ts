import type { Sweep, SweepRow } from '@menusmith/app';
import type { Output } from '../command-context.ts';
import { jobValue } from '../jobs/job-work.ts';
import { runJobs } from '../jobs/run-jobs.ts';
import { type StopReason, unsupervised } from '../supervision/supervisor.ts';
import { type Chunk, combinationsIn } from './chunks.ts';
import { inOrder, type RowFiles, rowFiles } from './row-files.ts';
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
  readonly threads?: number | undefined;
  /** Seconds. */
  readonly timeLimit?: number | undefined;
  /** Hears the rows so far now and then. */
  readonly leave: (rows: readonly SweepRow[]) => void;
}

/** Seconds between two answers that are left, after the first, for whoever ends the sweep, and the share of the time that this takes at most. */
const LEAVING = 2;
const LEAVING_SHARE = 0.1;

/** Solves chunks on so many threads; those that are finished on disk are read. */
export const solveChunks = async (
  chunks: readonly Chunk[],
  solving: ChunkSolving,
  output: Output,
): Promise<SolvedChunks> => {
  const { timeLimit = Number.POSITIVE_INFINITY, leave } = solving;
  const { supervisor = unsupervised } = output;
  const started = performance.now();
  const seconds = (): number => (performance.now() - started) / 1000;
  const count = combinationsIn(chunks);
  const files = filesOf(solving.sweep, solving.context);
  const found = chunks.map((chunk) => files?.finished(chunk));
  const places = [...found.keys()].filter((place) => found[place] === undefined);
  const jobs = places.map((place) => chunks[place]!);
  const rowsSoFar = (): SweepRow[] => found.flatMap((rows) => rows ?? []);
  let [done, due, next] = [count - combinationsIn(jobs), 0, 0];
  const isStopped = (): boolean => supervisor.stopReason() !== undefined || seconds() > timeLimit;
  const solved = ({ unwritable }: Pick<SolvedChunk, 'unwritable'> = {}): SolvedChunks => {
    const isCut = done < count && unwritable === undefined;
    const stopReason = isCut ? (supervisor.stopReason() ?? 'time-limit') : undefined;
    return { rows: rowsSoFar(), unwritable, stopReason };
  };
  if (supervisor.isListening) leave(rowsSoFar());
  for await (const result of runJobs<Chunk, SolvedChunk>(jobsOf(jobs, solving), output)) {
    const place = places[next++]!;
    const isEnded = !result.ok && result.error.kind === 'ended';
    const own = isEnded ? await oneByOne(chunks[place]!, solving, output) : jobValue(result);
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

const filesOf = ({ columns }: Sweep, { kept }: SweepContext): RowFiles | undefined =>
  kept && rowFiles(kept.directory, kept.identity, columns.length);

const jobsOf = (
  chunks: readonly Chunk[],
  { context, threads }: Pick<ChunkSolving, 'context' | 'threads'>,
) => ({
  kind: 'sweep' as const,
  context,
  jobs: chunks,
  what: 'combinations',
  size: (chunk: Chunk) => combinationsIn([chunk]),
  threads,
  hasPlugins: context.plugin.length > 0,
});

/** A chunk in which something has ended the thread, as a plugin that does not return: each combination by itself, so that the others have their rows. */
const oneByOne = async (
  chunk: Chunk,
  { sweep, context, threads }: ChunkSolving,
  output: Output,
): Promise<SolvedChunk> => {
  const { kept: _, ...unkept } = context;
  const files = filesOf(sweep, context);
  const known = files?.read(chunk) ?? new Map<number, SweepRow>();
  const single: Chunk[] = [];
  for (let first = chunk.first; first < chunk.end; first++)
    if (!known.has(first)) single.push({ number: first, first, end: first + 1 });
  const found = new Map(known);
  let place = 0;
  for await (const result of runJobs<Chunk, SolvedChunk>(
    jobsOf(single, { context: unkept, threads }),
    output,
  )) {
    const { first } = single[place++]!;
    const isEnded = !result.ok && result.error.kind === 'ended';
    const row = isEnded ? sweep.failed(first, result.error.message) : jobValue(result).rows[0]!;
    found.set(first, row);
  }
  const file = files?.goOn(chunk, found);
  if (place === single.length) file?.finish();
  else file?.close();
  return { rows: inOrder(found) };
};
