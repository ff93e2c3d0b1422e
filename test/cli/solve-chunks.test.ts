/*
 * What becomes of chunks whose solving ends in whatever way: a stand-in has them done.
 */
import { mkdirSync, mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Sweep, SweepRow } from '@menusmith/app';
import { describe, expect, it } from 'vitest';
import type { JobResult } from '../../packages/cli/src/jobs/job.ts';
import type { JobRunner } from '../../packages/cli/src/jobs/job-runner.ts';
import type { Chunk } from '../../packages/cli/src/sweep/chunks.ts';
import { solveChunks } from '../../packages/cli/src/sweep/solve-chunks.ts';
import { recordedOutput } from './run-main.ts';

const chunks: readonly Chunk[] = [
  { number: 0, first: 0, end: 3 },
  { number: 1, first: 3, end: 6 },
];
const sweep = {
  columns: ['profit', 'error'],
  failed: (_: number, reason: string): SweepRow => [null, reason],
  isRow: (_: number, row: readonly unknown[]): row is SweepRow => row.length === 2,
} as Partial<Sweep> as Sweep;

const rowsOf = ({ first, end }: Chunk): SweepRow[] =>
  Array.from({ length: end - first }, (_, k) => [10 * (first + k), null]);

/** Solves chunks, but for those that hold combination `bad`, of which this is the end. */
const solved = async (
  directory: string,
  ends?: (job: Chunk) => JobResult<never> | { ok: true; value: unknown },
  bad = 4,
) => {
  const asked: string[] = [];
  const elsewhere = async function* ({ jobs }: { jobs: readonly Chunk[] }) {
    for (const job of jobs) {
      asked.push(`${job.first}-${job.end}`);
      const isBad = ends !== undefined && job.first <= bad && job.end > bad;
      yield isBad ? ends(job) : { ok: true, value: { rows: rowsOf(job) } };
    }
  } as unknown as JobRunner;
  const context = {
    request: { text: '', file: '', settings: [], varied: [] },
    plugin: [],
    kept: { directory, identity: 'x' },
  };
  const solving = { sweep, context, elsewhere, leave: () => undefined };
  return { ...(await solveChunks(chunks, solving, recordedOutput())), asked };
};

const folder = (): string => mkdtempSync(join(tmpdir(), 'solve-chunks-'));
const all = chunks.flatMap(rowsOf);
const ended = (kind: 'ended' | 'lost'): JobResult<never> => ({
  ok: false,
  error: { kind, message: 'it has ended' },
});

describe('chunks that are solved elsewhere', () => {
  it('are kept here, and not asked for again', async () => {
    const directory = folder();
    expect(await solved(directory)).toMatchObject({ rows: all, asked: ['0-3', '3-6'] });
    expect(await solved(directory)).toMatchObject({ rows: all, asked: [] });
  });

  it('are asked for from the first row that is missing', async () => {
    const directory = folder();
    mkdirSync(join(directory, 'rows'));
    writeFileSync(join(directory, 'rows', '000001-x.elsewhere-1-1-2.part'), '[3,-1,null]\n[5,-2,null]\n');
    const { rows, asked } = await solved(directory);
    expect(asked).toEqual(['0-3', '4-6']);
    expect(rows).toEqual([...rowsOf(chunks[0]!), [-1, null], [40, null], [-2, null]]);
  });

  it('whose thread has ended are tried one by one: only that row says so', async () => {
    const { rows, asked } = await solved(folder(), () => ended('ended'));
    expect(asked).toEqual(['0-3', '3-6', '3-4', '4-5', '5-6']);
    expect(rows).toEqual(all.with(4, [null, 'it has ended']));
  });

  it('that no worker has lived through are rows that say so, on no disk', async () => {
    const directory = folder();
    const { rows, asked } = await solved(directory, () => ended('lost'));
    expect(asked).toEqual(['0-3', '3-6']);
    expect(rows).toEqual([...rowsOf(chunks[0]!), ...Array(3).fill([null, 'it has ended'])]);
    expect(readdirSync(join(directory, 'rows'))).toEqual(['000000-x.jsonl']);
    expect((await solved(directory)).rows).toEqual(all);
  });

  it('whose rows are none are refused', async () => {
    for (const value of [
      null,
      { rows: [] },
      { rows: [[1], [2], [3]] },
      {
        rows: [
          [{}, 1],
          [2, 3],
          [4, 5],
        ],
      },
    ])
      await expect(solved(folder(), () => ({ ok: true, value }))).rejects.toThrow('as menusmith sends it');
  });

  it('that cannot be written are one message, even when they were tried one by one', async () => {
    for (const ends of [undefined, () => ended('ended')]) {
      const directory = folder();
      writeFileSync(join(directory, 'rows'), '');
      const { unwritable } = await solved(directory, ends, 1);
      expect(unwritable).toMatchObject({
        isWrongPath: true,
        message: expect.stringContaining('cannot write'),
      });
    }
  });
});
