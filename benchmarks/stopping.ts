import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { duration, type Section, table } from './section.ts';

/** Within what time a signal is answered: the command has ended. Milliseconds. */
const LIMIT = 200;
/** Moments at which it comes, after the command has begun; milliseconds. */
const MOMENTS = [900, 1300, 1700, 2300, 3100, 4300];
const COMMAND = 'packages/cli/bin/menusmith.js';

interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  /** Milliseconds from the signal; undefined where the command had ended before. */
  readonly answered: number | undefined;
}

/** Commands that are at work for longer than the last moment, and of what. */
const commands = (folder: string): readonly (readonly [of: string, argv: readonly string[]])[] => {
  const [grid, endless] = [join(folder, 'grid.yaml'), join(folder, 'endless.yaml')];
  writeFileSync(grid, gridStudy(200, 100));
  writeFileSync(endless, studyOfCorpus());
  const calibrating = ['calibrate', `${USAGE}/usage.csv`, '--prices', `${USAGE}/prices.csv`];
  const draws = ['--bootstrap', '10000', '--out', join(folder, 'out')];
  return [
    ['values next to 0', ['solve', endless]],
    [GRID, ['solve', grid]],
    [GRID, ['check', grid]],
    [GRID, ['tiers', grid, '--count', '2..6']],
    ['three-part tariffs', ['tiers', LINE, '--count', '8', '--kind', 'three-part-tariff']],
    [GRID, ['sensitivity', grid, '--count', '3']],
    ['a bootstrap', [...calibrating, ...draws]],
  ];
};
const GRID = 'a grid of 200 × 100';
const LINE = 'examples/example-1-packages.yaml';
const USAGE = 'examples/usage';

const gridStudy = (values: number, scales: number): string => `
production: { use: cobb-douglas, exponents: { input: 0.25, output: 0.25 } }
inputs: { input: { scope: task, cost: 0.125 }, output: { scope: task, cost: 0.125 } }
buyers:
  kind: value-scale
  value: { use: uniform, min: 0, max: 1 }
  scale: { use: uniform, min: 0, max: 1 }
  dependence: { use: gaussian, rho: 0.5 }
  grid: { values: ${values}, scales: ${scales} }
`;

/** How long commands take to end once they are told to, as a user's terminal tells them; and whether an answer and a right exit code come of it. */
export const stopping = async (isQuick: boolean): Promise<Section> => {
  const folder = mkdtempSync(join(tmpdir(), 'menusmith-stopping-'));
  const failures: string[] = [];
  const rows: string[][] = [];
  const times: number[] = [];
  try {
    for (const [of, argv] of commands(folder)) {
      const own: number[] = [];
      let answers = 0;
      for (const signal of isQuick ? (['SIGINT'] as const) : (['SIGINT', 'SIGTERM'] as const)) {
        for (const moment of isQuick ? MOMENTS.slice(1, 2) : MOMENTS) {
          const ended = await endedBy(signal, [...argv, '--json'], moment);
          // It had ended by itself, or did not listen yet.
          if (ended.answered === undefined || ended.code === null) continue;
          own.push(ended.answered);
          if (ended.stdout !== '') answers++;
          const fault = faultOf(ended);
          if (fault !== undefined) failures.push(`${argv[0]} after ${moment} ms of ${signal}: ${fault}`);
        }
      }
      times.push(...own);
      rows.push([
        `\`${argv[0]}\`, ${of}`,
        String(own.length),
        duration(median(own)),
        duration(Math.max(...own)),
        `${own.filter((time) => time <= LIMIT).length} of ${own.length}`,
        `${answers} of ${own.length}`,
      ]);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  const inTime = times.filter((time) => time <= LIMIT).length;
  return {
    title: 'Stopping',
    body: [
      `Commands at work get Ctrl-C or SIGTERM, at up to ${MOMENTS.length} moments each; the time is from the signal to the end of the process, the answer printed. ${inTime} of ${times.length} were answered within ${LIMIT} ms.`,
      table(['command', 'signals', 'median', 'longest', `within ${LIMIT} ms`, 'with an answer'], rows),
    ],
    pictures: [],
    failures,
  };
};

/** The study of the fuzzer's corpus that ran on after three interrupts. */
const studyOfCorpus = (): string => {
  const { files } = JSON.parse(readFileSync('test/fuzz/corpus/uninterruptible.json', 'utf8')) as {
    readonly files: Readonly<Record<string, string>>;
  };
  return files['uninterruptible.yaml']!;
};

const median = (of: readonly number[]): number =>
  [...of].sort((a, b) => a - b)[Math.floor(of.length / 2)] ?? Number.NaN;

/** Runs the command, and ends it by a signal after so many milliseconds. */
const endedBy = (signal: NodeJS.Signals, argv: readonly string[], after: number): Promise<Ended> =>
  new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [COMMAND, ...argv], { stdio: ['ignore', 'pipe', 'ignore'] });
    let stdout = '';
    let sent: number | undefined;
    child.stdout.on('data', (data: Buffer) => {
      stdout += data.toString();
    });
    const timer = setTimeout(() => {
      if (child.kill(signal)) sent = performance.now();
    }, after);
    child.on('error', reject);
    child.on('close', (code) => {
      clearTimeout(timer);
      resolve({ code, stdout, answered: sent === undefined ? undefined : performance.now() - sent });
    });
  });

/** What is wrong with an answer that came early. */
const faultOf = ({ code, stdout }: Ended): string | undefined => {
  if (code !== 3 && code !== 0) return `exit code ${code}`;
  if (stdout === '') return undefined;
  try {
    JSON.parse(stdout);
    return undefined;
  } catch {
    return 'half an answer';
  }
};
