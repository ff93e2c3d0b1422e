import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { exactJson, pathsOf, readText, type SweepRequest } from '@menusmith/app';
import { InputError, limits } from '@menusmith/core';
import type { ExitCode, Output } from '../command-context.ts';
import { version } from '../version.ts';
import { outDirectory } from '../write-files.ts';

/** What was run, as sweep.json has it: what decides the rows, and nothing of machines and times. */
export interface SweepRecord {
  readonly menusmith: string;
  /** SHA-256 of what the study, the files that it reads and the plugins hold. */
  readonly study: string;
  readonly files: Readonly<Record<string, string>>;
  readonly plugins: Readonly<Record<string, string>>;
  readonly settings: readonly string[];
  readonly varied: readonly { readonly paths: readonly string[]; readonly steps: number }[];
  readonly columns: string | null;
  readonly combinations: number;
  /** SHA-256 of all of it, every value that is varied included: two sweeps with the same have the same rows. */
  readonly identity: string;
}

export const SWEEP_RECORD = 'sweep.json';

const sha256 = (content: string | Uint8Array): string => createHash('sha256').update(content).digest('hex');

/** The record of a sweep of so many combinations. `files` and `plugins` have the contents by name. */
export const sweepRecord = (
  { text, settings, varied, columns }: SweepRequest,
  combinations: number,
  contents: {
    readonly files: ReadonlyMap<string, string>;
    readonly plugins: ReadonlyMap<string, Uint8Array>;
  },
): SweepRecord => {
  const hashes = (by: ReadonlyMap<string, string | Uint8Array>) =>
    Object.fromEntries([...by].map(([name, content]) => [name, sha256(content)]));
  const record = {
    menusmith: version,
    study: sha256(text),
    files: hashes(contents.files),
    plugins: hashes(contents.plugins),
    settings: settings.map((setting) => setting.text.replace(/^--set /, '')),
    varied: varied.map(({ paths, steps }) => ({ paths, steps: steps.length })),
    columns: columns ?? null,
    combinations,
  };
  return { ...record, identity: sha256(exactJson([record, varied])) };
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
  const words: readonly (readonly [keyof SweepRecord, string])[] = [
    ['menusmith', 'version'],
    ['study', 'study'],
    ['files', 'files of the study'],
    ['plugins', 'plugins'],
    ['settings', '--set'],
    ['varied', '--vary'],
    ['columns', '--columns'],
  ];
  const other = words.filter(([key]) => JSON.stringify(there[key]) !== JSON.stringify(record[key]));
  const what = other.length === 0 ? 'values that are varied' : other.map(([, word]) => word).join(', ');
  return `expected an empty directory or one of the same sweep, got one of another sweep (it differs in: ${what})`;
};

/** `# menusmith 0.1.0, …`: on top of tables, for who finds the file alone. */
export const provenanceLine = (record: SweepRecord): string =>
  `# menusmith ${record.menusmith}, sweep ${record.identity.slice(0, 16)}, study sha256 ${record.study}, ${record.combinations} combinations of ${pathsOf(record.varied.map(({ paths }) => ({ paths, steps: [] }))).join(', ')}`;
