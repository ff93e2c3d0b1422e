/*
 * The lines of docs/how-to/clusters.md for GNU parallel and for an indexed job of Kubernetes, of which the index of a job is all that is needed.
 */
import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, it } from 'vitest';
import { bundledCommand } from './bundled-script.ts';
import { isInstalled } from './redis-server.ts';

const root = join(import.meta.dirname, '..', '..');
const page = readFileSync(join(root, 'docs/how-to/clusters.md'), 'utf8').split('\n');
const study = join(root, 'examples', 'example-1-packages.yaml');
/** Values that a shell would take for its own, and exponents of which the last ones are too large. */
const values = [`name="A (b); c","$HOME 'd'"`, 'production.exponents.fineTuning=0.05:0.6:4'];

const folder = mkdtempSync(join(tmpdir(), 'sweep-arrays-'));
const quoted = (word: string): string => `'${word.replaceAll("'", `'\\''`)}'`;
let command = '';
let alone = '';

/** The page's line that has this word, for three parts of this sweep. */
const lineWith = (word: string, out: string): string => {
  const line = page.find(
    (each) => each.includes(word) && each.includes('STUDY') && each.includes('--shard'),
  )!;
  return line
    .replaceAll('npx menusmith', `${process.execPath} ${command}`)
    .replaceAll('16', '3')
    .replace('STUDY', study)
    .replace('--vary FIELD=VALUES', values.map((each) => `--vary ${quoted(each)}`).join(' '))
    .replace('DIR', out);
};

/** Runs it as a process of its own; its exit code. */
const code = async (program: string, argv: readonly string[], env = {}): Promise<unknown> => {
  const options = { cwd: folder, env: { ...process.env, ...env } };
  return promisify(execFile)(program, argv, options).then(
    () => 0,
    (error: { readonly code: unknown }) => error.code,
  );
};

const varied = values.flatMap((each) => ['--vary', each]);
const gathered = async (out: string): Promise<string> => {
  expect(await code(process.execPath, [command, 'sweep', study, ...varied, '--out', out])).toBe(3);
  return readFileSync(join(folder, out, 'sweep.csv'), 'utf8');
};

/** Files of rows, and when each was written: what is gathered has been solved before. */
const rowsIn = (out: string): readonly (readonly [string, number])[] => {
  const rows = join(folder, out, 'rows');
  return readdirSync(rows)
    .sort()
    .map((name) => [name, statSync(join(rows, name)).mtimeMs] as const);
};

beforeAll(async () => {
  command = await bundledCommand();
  alone = await gathered('alone');
  expect(alone.match(/,optimal,/g)).toHaveLength(6);
}, 120_000);

describe.skipIf(!isInstalled('parallel'))('the line for GNU parallel', { retry: 1 }, () => {
  it('solves all parts: the bytes of one run', async () => {
    // It counts jobs that did not end with 0: those whose rows are not all certified.
    expect(await code('bash', ['-c', lineWith('parallel ', 'parallel')])).toBe(2);
    const before = rowsIn('parallel');
    expect(await gathered('parallel')).toBe(alone);
    expect(rowsIn('parallel')).toEqual(before);
  }, 120_000);
});

describe('the line for an indexed job of Kubernetes', { retry: 1 }, () => {
  it('solves the part of its index, and takes no row without a certificate for a failure: the bytes of one run', async () => {
    for (const index of ['0', '1', '2'])
      expect(
        await code('sh', ['-c', lineWith('JOB_COMPLETION_INDEX', 'indexed')], {
          JOB_COMPLETION_INDEX: index,
        }),
      ).toBe(0);
    const before = rowsIn('indexed');
    expect(await gathered('indexed')).toBe(alone);
    expect(rowsIn('indexed')).toEqual(before);
  }, 120_000);
});
