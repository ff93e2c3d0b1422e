import type { SweepRequest, SweepRow, SweptTable } from '@menusmith/app';
import { InputError } from '@menusmith/core';
import type { CommonOptions, ExitCode, Output } from '../command-context.ts';
import { registryFor } from '../command-context.ts';
import { stopWords } from '../supervision/stop-words.ts';
import { unsupervised } from '../supervision/supervisor.ts';
import { chunksOf, chunksOfShard, combinationsIn } from '../sweep/chunks.ts';
import { recordedSweep } from '../sweep/recorded-sweep.ts';
import { shardOf } from '../sweep/shard.ts';
import { solveChunks } from '../sweep/solve-chunks.ts';
import { claimDirectory } from '../sweep/sweep-directory.ts';
import type { SweepFormat } from '../sweep/sweep-files.ts';
import { sweepReport } from '../sweep/sweep-report.ts';
import { writeJson } from '../write-json.ts';

export interface SweepCommandOptions extends CommonOptions {
  readonly vary: readonly string[];
  readonly varyFile?: string;
  readonly columns?: string;
  /** Threads; one a core where it is not given. */
  readonly jobs?: number;
  /** `K/N` */
  readonly shard?: string;
  readonly out?: string;
  readonly format: SweepFormat;
}

/** `menusmith sweep`: a study solved once for every combination of what some of its fields are. 3 where a row is not certified, or missing. */
export const sweepCommand = async (
  file: string,
  options: SweepCommandOptions,
  output: Output,
): Promise<ExitCode> => {
  const { out, plugin = [], timeLimit, shard } = options;
  const { supervisor = unsupervised, stderr } = output;
  supervisor.does('sweep');
  if (timeLimit !== undefined) supervisor.limit(timeLimit);
  const request = await requestOf(file, options);
  const { sweep, record, table } = await recordedSweep(request, await registryFor(options), plugin);
  const all = chunksOf(sweep.count, out !== undefined);
  const chunks = shard === undefined ? all : chunksOfShard(all, shardOf(shard, out));
  const claimed = out === undefined ? 0 : await claimDirectory(out, record, output);
  if (claimed !== 0) return claimed;
  const asked = combinationsIn(chunks);
  const swept = (rows: readonly SweepRow[]): SweptTable => ({ ...table, rows });
  const printed = (rows: readonly SweepRow[]): string | object =>
    options.json === true
      ? { rows: rows.map((row) => named(sweep.columns, row)) }
      : sweepReport(swept(rows), asked);
  const leave = (rows: readonly SweepRow[]): void => {
    const answer = printed(rows);
    const said = `${rows.length} of ${asked} combinations are done${out === undefined ? '' : '; the same command goes on'}`;
    supervisor.leave({
      stdout: typeof answer === 'string' ? answer : `${JSON.stringify(answer, null, 2)}\n`,
      said,
    });
  };
  const context = { request, plugin, ...kept(out, record.identity) };
  const solving = { sweep, context, threads: options.jobs, timeLimit, leave };
  const solved = await solveChunks(chunks, solving, output);
  const rows = solved.rows;
  const answer = printed(rows);
  if (typeof answer === 'string') output.stdout.write(answer);
  else await writeJson(output.stdout, answer);
  const isWhole = rows.length === asked;
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
    const code = await writeSweep(out, swept(rows), record, options.format, output);
    if (code !== 0) return code;
  }
  return isWhole && rows.every(isCertified(sweep.columns, table.varied)) ? 0 : 3;
};

const kept = (directory: string | undefined, identity: string) =>
  directory === undefined ? {} : { kept: { directory, identity } };

const isCertified = (columns: readonly string[], varied: number): ((row: SweepRow) => boolean) => {
  const [status, error] = [columns.indexOf('status', varied), columns.indexOf('error', varied)];
  return (row) => row[status] === 'optimal' && row[error] === null;
};

const named = (columns: readonly string[], row: SweepRow): Readonly<Record<string, unknown>> =>
  Object.fromEntries(columns.map((name, k) => [name, row[k]]));

const requestOf = async (
  file: string,
  { vary, varyFile, columns, set = [], allowFiles }: SweepCommandOptions,
): Promise<SweepRequest> => {
  const app = await import('@menusmith/app');
  if (vary.length === 0 && varyFile === undefined)
    throw new InputError(
      'vary',
      'expected --vary PATH=a:b:n or PATH=v1,v2, or --vary-file with a CSV of combinations',
    );
  const listed =
    varyFile === undefined ? [] : [app.variedByFile(app.csvTable(app.readCsvText(varyFile), varyFile))];
  return {
    text: await app.readStudyText(file),
    file: file === '-' ? app.STANDARD_INPUT : file,
    settings: set.map(app.studySetting),
    varied: [...listed, ...vary.map(app.variedField)],
    ...(columns === undefined ? {} : { columns }),
    ...(allowFiles === undefined ? {} : { allowFiles }),
  };
};
