import type { ReplicationRow } from '@menusmith/app';
import { describe, expect, it } from 'vitest';
import { runMain } from './run-main.ts';

const json = runMain('replicate', '--json');
const rows = json.then(({ stdout }) => (JSON.parse(stdout) as { rows: ReplicationRow[] }).rows);

describe('menusmith replicate', () => {
  it('accounts for every number of the paper, and ends with 0', async () => {
    expect((await json).code).toBe(0);
    const verdicts = new Set((await rows).map(({ verdict }) => verdict));
    expect([...verdicts].sort()).toEqual(['misprint, corrected', 'not printed', 'right as printed']);
  });

  it('finds every number numerically to nine digits', async () => {
    for (const { id, at, error } of await rows) expect(error ?? Number.NaN, `${id} ${at}`).toBeLessThan(1e-9);
  });

  it('shows every formula to people within eighty columns', async () => {
    const { code, stdout } = await runMain('replicate');
    expect(code).toBe(0);
    expect(stdout.split('\n').filter((line) => line.length > 80)).toEqual([]);
    for (const { quantity } of await rows) expect(stdout).toContain(quantity);
    expect(stdout).toContain('misprint, corrected (F12)');
  });
});
