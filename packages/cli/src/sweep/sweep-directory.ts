import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { exactJson, type Provenance, readText, type SweepRequest, sha256 } from '@menusmith/app';
import { InputError, limits } from '@menusmith/core';
import type { ExitCode, Output } from '../command-context.ts';
import { outDirectory } from '../write-files.ts';

/** What was run, as sweep.json has it: what decides the rows, and no times. */
export interface SweepRecord {
  readonly varied: readonly { readonly paths: readonly string[]; readonly steps: number }[];
  readonly columns: string | null;
  readonly combinations: number;
  /** SHA-256 of all of it but the version of Node, and of every value that is varied: two sweeps with the same have the same rows. */
  readonly identity: string;
  readonly provenance: Provenance;
}

export const SWEEP_RECORD = 'sweep.json';

/** The record of a sweep of so many combinations. */
export const sweepRecord = (
  { varied, columns }: SweepRequest,
  combinations: number,
  provenance: Provenance,
): SweepRecord => {
  const record = {
    varied: varied.map(({ paths, steps }) => ({ paths, steps: steps.length })),
    columns: columns ?? null,
    combinations,
  };
  const { node: _, ...rest } = provenance;
  return { ...record, identity: sha256(exactJson([record, rest, varied])), provenance };
};

/**
 * Makes the directory that of this sweep: 0, or, as for every `--out`, 2 where the path is wrong and 1 where it cannot be written for another reason, which is told. Throws
 * InputError where it is another sweep's.
 */
export const claimDirectory = async (
  directory: string,
  record: SweepRecord,
  output: Pick<Output, 'stderr' | 'fileSystem'>,
): Promise<ExitCode> => {
  const there = recordIn(directory);
  if (there === undefined)
    return (await outDirectory(directory, output)).fill([SWEEP_RECORD], async (write) => {
      await write(SWEEP_RECORD, recordText(record));
      return 0;
    });
  if (there.identity !== record.identity)
    throw new InputError('another-sweep', `--out ${directory}: ${differences(there, record)}`);
  return 0;
};

export const recordText = (record: SweepRecord): string => `${JSON.stringify(record, null, 2)}\n`;

/** The record that is there. Throws InputError where what has its name cannot be read. */
const recordIn = (directory: string): Partial<SweepRecord> | undefined => {
  let text: string;
  try {
    text = readText(join(directory, SWEEP_RECORD), { what: 'JSON', limit: limits.fileBytes });
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    // What is wrong with the directory is said where it is made.
    if (error.code === 'no-such-file' || !existsSync(directory)) return undefined;
    throw new InputError(error.code, `--out ${directory}: ${SWEEP_RECORD}: ${error.message}`);
  }
  try {
    const record = JSON.parse(text) as unknown;
    return typeof record === 'object' && record !== null ? record : {};
  } catch {
    // Somebody else's file, which nothing of ours is to replace.
    return {};
  }
};

/** What two sweeps differ in, as far as it can be said in a few words. */
const differences = (there: Partial<SweepRecord>, record: SweepRecord): string => {
  const words: readonly (readonly [keyof Provenance | 'varied' | 'columns', string])[] = [
    ['menusmith', 'version'],
    ['study', 'study'],
    ['files', 'files of the study'],
    ['plugins', 'plugins'],
    ['set', '--set'],
    ['varied', '--vary'],
    ['columns', '--columns'],
  ];
  const parts = ({
    provenance,
    varied,
    columns,
  }: Partial<SweepRecord>): Readonly<Record<string, unknown>> => ({
    ...provenance,
    varied,
    columns,
  });
  const [its, own] = [parts(there), parts(record)];
  const other = words.filter(([key]) => JSON.stringify(its[key]) !== JSON.stringify(own[key]));
  const what = other.length === 0 ? 'values that are varied' : other.map(([, word]) => word).join(', ');
  return `expected an empty directory or one of the same sweep, got one of another sweep (it differs in: ${what})`;
};
