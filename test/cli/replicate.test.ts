import { readFile } from 'node:fs/promises';
import type { ReplicationRow } from '@menusmith/replication';
import { describe, expect, it } from 'vitest';
import { runMain } from './run-main.ts';

const json = runMain('replicate', '--json');
const rows = json.then(({ stdout }) => (JSON.parse(stdout) as { rows: ReplicationRow[] }).rows);

describe('menusmith replicate', () => {
  it('accounts for every number of the paper, and ends with 0', async () => {
    expect((await json).code).toBe(0);
    const verdicts = new Set((await rows).map(({ verdict }) => verdict));
    expect([...verdicts].sort()).toEqual([
      'false, corrected',
      'misprint, corrected',
      'no number',
      'not printed',
      'right as printed',
    ]);
  });

  it('finds Example 1 and the uniform setting numerically to nine digits', async () => {
    const uniform = (await rows).filter(({ setting }) => setting.ρ !== null);
    expect(uniform.length).toBeGreaterThan(250);
    for (const { id, at, error } of uniform) expect(error ?? Number.NaN, `${id} ${at}`).toBeLessThan(1e-9);
  });

  it('shows every formula to people within eighty columns', async () => {
    const { code, stdout } = await runMain('replicate');
    expect(code).toBe(0);
    expect(stdout.split('\n').filter((line) => line.length > 80)).toEqual([]);
    const words = stdout.replaceAll(/\s+/g, ' ');
    for (const { quantity } of await rows) expect(words).toContain(quantity.replaceAll(/\s+/g, ' '));
    expect(stdout).toContain('misprint, corrected (F12)');
    expect(stdout).toContain('false, corrected (S1)');
  });

  it('prints docs/errata.md with --errata', async () => {
    const { code, stdout } = await runMain('replicate', '--errata');
    expect(code).toBe(0);
    expect(stdout).toBe(await readFile(new URL('../../docs/errata.md', import.meta.url), 'utf8'));
  });
});
