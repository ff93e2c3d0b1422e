import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { correlatedGrid, crossingProfiles, type FiniteStudy, rochetChone } from './finite-studies.ts';

interface Measured {
  readonly cold: number;
  readonly warm: number;
  readonly iterations: number;
  readonly status: string;
  readonly profit: number;
  readonly gap: number;
  readonly violation: number;
  readonly megabytes: number;
}

const quick: readonly FiniteStudy[] = [
  correlatedGrid(16, 0.9),
  correlatedGrid(32, 0.9),
  correlatedGrid(64, 0.9, 0.132184394),
  rochetChone(10, 1.5801454),
  rochetChone(30, 1.5365147),
  crossingProfiles(50, 200),
];
const full: readonly FiniteStudy[] = [
  ...quick,
  correlatedGrid(64, -0.9),
  correlatedGrid(128, 0.9),
  correlatedGrid(256, 0.9),
  rochetChone(60),
  rochetChone(100),
];
/** Runs of a case beside the first: large ones take their time. */
const repetitions = (types: number): number => (types > 20_000 ? 1 : types > 3000 ? 2 : 4);

/**
 * The finite solver, each case in a process of its own: the first solve and the best of a few, iterations, certified gap, peak memory; and the
 * command as a whole process with its JSON written. Answers with whether all were certified.
 */
export const benchmarkFinite = (isQuick: boolean): boolean => {
  const folder = mkdtempSync(join(tmpdir(), 'menusmith-bench-'));
  let isRight = true;
  const growth: { types: number; seconds: number }[] = [];
  try {
    console.log('\nFinite screening: first solve, best of a few, and the command as a whole process\n');
    console.log(
      `${''.padEnd(34)}${['types', 'first', 'warm', 'process', 'steps', 'gap', 'violation', 'MB'].map((head) => head.padStart(10)).join('')}`,
    );
    for (const { name, types, study, profit } of isQuick ? quick : full) {
      const file = join(folder, 'study.json');
      writeFileSync(file, JSON.stringify(study));
      const child = execFileSync(process.execPath, [
        'benchmarks/dist/finite-case.js',
        file,
        String(repetitions(types)),
      ]);
      const measured = JSON.parse(child.toString()) as Measured;
      const started = performance.now();
      execFileSync(process.execPath, ['packages/cli/bin/menusmith.js', 'solve', file, '--json'], {
        maxBuffer: 2 ** 31,
        stdio: ['ignore', types > 20_000 ? 'ignore' : 'pipe', 'ignore'],
      });
      const whole = (performance.now() - started) / 1000;
      const seconds = (time: number): string => (time > 1e6 ? '–' : `${time.toFixed(time < 1 ? 3 : 2)} s`);
      console.log(
        `${name.padEnd(34)}${[
          String(types),
          seconds(measured.cold),
          seconds(measured.warm),
          seconds(whole),
          String(measured.iterations),
          measured.gap.toExponential(1),
          measured.violation.toExponential(1),
          measured.megabytes.toFixed(0),
        ]
          .map((cell) => cell.padStart(10))
          .join('')}`,
      );
      if (name.startsWith('FGM 0.9') && types >= 1000) growth.push({ types, seconds: measured.cold });
      if (measured.status !== 'optimal') isRight = false;
      if (profit !== undefined && !(Math.abs(measured.profit / profit - 1) < 1e-7)) isRight = false;
    }
    if (growth.length > 1) console.log(`\ntime grows like N^${exponent(growth).toFixed(2)} on the FGM grids`);
  } finally {
    rmSync(folder, { recursive: true });
  }
  return isRight;
};

/** Least-squares slope of log seconds against log types. */
const exponent = (rows: readonly { types: number; seconds: number }[]): number => {
  const x = rows.map((row) => Math.log(row.types));
  const y = rows.map((row) => Math.log(row.seconds));
  const mean = (list: readonly number[]): number => list.reduce((a, b) => a + b, 0) / list.length;
  const [mx, my] = [mean(x), mean(y)];
  const sum = (f: (i: number) => number): number => x.reduce((total, _, i) => total + f(i), 0);
  return sum((i) => (x[i]! - mx) * (y[i]! - my)) / sum((i) => (x[i]! - mx) ** 2);
};
