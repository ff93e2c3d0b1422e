import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Case } from '../cases.ts';
import { colours, duration, pictureConfig, powerOf, type Section, small, spread, table } from '../section.ts';
import { timingOf } from '../timing.ts';
import { isMeasured, measure } from './measure.ts';

/** Sizes from which on a power law is fitted: below, fixed costs rule. */
const FITTED = 3;

/** Time and memory against the number of types and tasks, and of the whole command with its JSON written. */
export const growth = (cases: readonly Case[], isQuick: boolean): Section => {
  const failures: string[] = [];
  const rows: string[][] = [];
  const dots: { family: string; size: number; seconds: number; megabytes: number }[] = [];
  for (const one of cases) {
    const outcome = measure(one, 'auto', { mostSeconds: 900, isOnce: isQuick });
    if (!isMeasured(outcome)) {
      failures.push(`${one.name}, ${one.size}: ${outcome.failed}`);
      continue;
    }
    if (outcome.status !== 'optimal')
      failures.push(`${one.name}, ${one.size}: ${outcome.status}, gap ${small(outcome.gap)}`);
    const command = isQuick ? Number.NaN : commandTime(one);
    const [cold, ...warm] = outcome.seconds.map((seconds) => 1000 * seconds);
    dots.push({ family: one.name, size: one.size!, seconds: cold! / 1000, megabytes: outcome.megabytes });
    rows.push([
      one.name,
      String(one.size),
      duration(cold!),
      warm.length === 0 ? '–' : spread(timingOf(warm)),
      duration(command),
      String(outcome.iterations),
      small(outcome.gap),
      outcome.megabytes.toFixed(0),
    ]);
  }
  const families = [...new Set(dots.map(({ family }) => family))];
  const exponents = families.map((family) => {
    const largest = dots.filter((dot) => dot.family === family).slice(-FITTED);
    const of = (y: (dot: (typeof largest)[number]) => number): string =>
      powerOf(largest.map((dot) => ({ x: dot.size, y: y(dot) }))).toFixed(2);
    return [
      family,
      largest.map(({ size }) => size).join(', '),
      of(({ seconds }) => seconds),
      of(({ megabytes }) => megabytes),
    ];
  });
  return {
    title: 'Growth',
    body: [
      'Each study of [cases/growth](cases/growth) in a process of its own: the first solve, the median of further ones (quartiles), and `menusmith solve --json` as a whole process, its JSON written; steps of the solver, the certified gap, peak memory.',
      table(['growing in', 'size', 'first solve', 'warm', 'command', 'steps', 'gap', 'MB'], rows),
      'Fitted on the three largest: time and memory as powers of the size.',
      table(['growing in', 'fitted on', 'time', 'memory'], exponents),
    ],
    pictures: [picture(dots)],
    failures,
  };
};

/** Milliseconds of the command as a whole: start-up, reading, solving, certifying, writing. */
const commandTime = (one: Case): number => {
  const folder = mkdtempSync(join(tmpdir(), 'menusmith-bench-'));
  const file = join(folder, 'study.yaml');
  try {
    writeFileSync(file, one.text);
    const started = performance.now();
    execFileSync(process.execPath, ['packages/cli/bin/menusmith.js', 'solve', file, '--json'], {
      maxBuffer: 2 ** 31 - 1,
      stdio: ['ignore', one.size! > 20_000 ? 'ignore' : 'pipe', 'ignore'],
    });
    return performance.now() - started;
  } catch {
    return Number.NaN;
  } finally {
    rmSync(folder, { recursive: true });
  }
};

const picture = (
  dots: readonly { family: string; size: number; seconds: number; megabytes: number }[],
): Section['pictures'][number] => ({
  name: 'growth',
  caption: 'Time of a first solve, and peak memory of its process, against the size of the problem.',
  specification: {
    $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
    title: { text: 'Growth of time and memory', anchor: 'start', offset: 12 },
    data: { values: [...dots] },
    hconcat: (['seconds', 'megabytes'] as const).map((field) => ({
      width: 280,
      height: 240,
      mark: { type: 'line', point: { size: 36 }, strokeWidth: 1.5 },
      encoding: {
        x: {
          field: 'size',
          type: 'quantitative',
          scale: { type: 'log' },
          title: 'types or tasks',
          axis: { format: '~s', tickCount: 6 },
        },
        y: {
          field,
          type: 'quantitative',
          scale: { type: 'log' },
          title: field === 'seconds' ? 'seconds' : 'peak memory, MB',
          axis: { format: '~g', tickCount: 6 },
        },
        color: {
          field: 'family',
          type: 'nominal',
          scale: { range: [...colours] },
          legend: { title: null, orient: 'bottom', columns: 2, labelLimit: 0 },
        },
      },
    })),
    config: pictureConfig,
  },
});
