import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Case } from '../cases.ts';

/** What one solver made of one case; `failed` says in words why there is nothing. */
export interface Measured {
  /** Of every run in its process; the first one is cold. */
  readonly seconds: readonly number[];
  readonly iterations: number;
  readonly status: string;
  readonly solver: string;
  readonly attained: number;
  readonly bound: number;
  readonly gap: number;
  readonly violation: number;
  /** Peak memory of the process. */
  readonly megabytes: number;
  readonly outside: string;
}

export type Outcome = Measured | { readonly failed: string };

export const isMeasured = (outcome: Outcome): outcome is Measured => !('failed' in outcome);

/** Seconds more, for a process to stop by itself what it has started. */
const GRACE = 5;

/** Runs a solver on a case in a child process, a few times if it is fast; it is stopped after `mostSeconds`. */
export const measure = (
  one: Case,
  solver: string,
  { mostSeconds, isOnce = false }: { readonly mostSeconds: number; readonly isOnce?: boolean },
): Outcome => {
  const folder = mkdtempSync(join(tmpdir(), 'menusmith-bench-'));
  const file = join(folder, 'study.yaml');
  try {
    writeFileSync(file, one.text);
    const output = execFileSync(
      process.execPath,
      ['benchmarks/dist/solvers/finite-case.js', file, solver, String(mostSeconds), isOnce ? '1' : '5'],
      { timeout: 1000 * (mostSeconds + GRACE), maxBuffer: 2 ** 28, stdio: ['ignore', 'pipe', 'ignore'] },
    );
    // JSON has no NaN.
    return JSON.parse(output.toString(), (_key, value: unknown) => value ?? Number.NaN) as Outcome;
  } catch (thrown) {
    const { code, signal } = thrown as { code?: string; signal?: string };
    return {
      failed: code === 'ETIMEDOUT' || signal === 'SIGTERM' ? `none in ${mostSeconds} s` : 'its process broke',
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
};
