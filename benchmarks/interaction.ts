import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import {
  createRegistry,
  parseStudy,
  prepareStudy,
  readStudy,
  type Study,
  solveStudy,
  standardPlugin,
} from '@menusmith/app';
import { InputError } from '@menusmith/core';
import { measureInteraction } from './page-interaction.ts';
import { duration, type Section, small, spread, table } from './section.ts';
import { type Timing, timeInTurns, timingOf } from './timing.ts';

/** What an explorer may take between a changed parameter and a solved study, milliseconds at the 95th percentile. */
const LIMIT = { example1: 16, independent: 100, pictures: 50 };

/** Profits of Example 1 (pages 14 and 16). */
const printed = [
  { file: 'benchmarks/cases/closed-form/example-1-allocations.yaml', profit: 97 / 960 },
  { file: 'benchmarks/cases/closed-form/example-1-packages.yaml', profit: 97 / 1080 },
];

const registry = createRegistry([standardPlugin]);

/** The time from a changed parameter to a solved study, and of the command as a whole. */
export const interaction = async (isQuick: boolean): Promise<Section> => {
  const changes = isQuick ? 6 : 200;
  const failures: string[] = [];
  const rows: string[][] = [];
  for (const file of await independentStudies()) {
    const text = readFileSync(file, 'utf8');
    await prepareStudy(parseStudy(text, { file, registry }));
    const times: number[] = [];
    for (let change = isQuick ? -3 : -10; change < changes; change++) {
      const study = changed(text, file, change + 10);
      if (study === undefined) continue;
      const started = performance.now();
      const { result, quote } = solveStudy(parseStudy(study, { file, registry }));
      if ('value' in (result.types[0] ?? { value: 0 })) quote({ value: 0.5, scale: 0.5 });
      if (change >= 0) times.push(performance.now() - started);
    }
    const timing = timingOf(times);
    const isExample1 = printed.some((each) => each.file === file);
    const limit = isExample1 ? LIMIT.example1 : LIMIT.independent;
    rows.push([
      file.replace(/.*\//, ''),
      String(timing.runs),
      duration(timing.median),
      duration(timing.p95),
      `${limit} ms`,
      timing.p95 <= limit ? 'yes' : 'no',
    ]);
  }
  const inPage = isQuick ? [] : await pageRows();
  const commands = commandRows(isQuick ? 2 : 11, failures);
  return {
    title: 'Interaction',
    body: [
      'From a changed parameter to a solved and certified study, in a warm process: the study is read from its text with one number changed by up to five per cent, solved, and a buyer quoted. Every independent study of examples and of the closed-form cases.',
      table(['study', 'changes', 'p50', 'p95', 'limit of p95', 'met'], rows),
      ...(inPage.length === 0
        ? [isQuick ? 'The page is not timed in a short run.' : 'No Chromium here: the page was not timed.']
        : [
            'In the explorer, in Chromium, as its slider “cost of input” moves: until its worker has solved the study, until the page shows the numbers, until the pictures in sight have followed, where the page begins and further down, where about four pictures of curves are in sight:',
            table(['study', 'until', 'changes', 'p50', 'p95', 'limit of p95', 'met'], inPage),
          ]),
      '`menusmith solve --json` on Example 1 as a whole process:',
      table(['study and supply', 'time', 'error of the profit'], commands),
    ],
    pictures: [],
    failures,
  };
};

const pageRows = async (): Promise<string[][]> =>
  ((await measureInteraction()) ?? []).map(({ study, until, runs, p50, p95 }) => {
    const isExample1 = study.startsWith('example-1') && until === 'solved in the worker';
    const isShown = until !== 'solved in the worker';
    const limit = isExample1 ? LIMIT.example1 : isShown ? LIMIT.pictures : LIMIT.independent;
    return [
      study,
      until,
      String(runs),
      duration(p50),
      duration(p95),
      `${limit} ms`,
      p95 <= limit ? 'yes' : 'no',
    ];
  });

/** Studies that need no grid, which the explorer solves as a slider moves. */
const independentStudies = async (): Promise<string[]> => {
  const files: string[] = [];
  for (const folder of ['benchmarks/cases/closed-form', 'examples'])
    for (const entry of readdirSync(folder).sort())
      if (entry.endsWith('.yaml')) files.push(`${folder}/${entry}`);
  const isAsked = await Promise.all(
    files.map(async (file) => {
      try {
        return isIndependent(await readStudy(file, registry));
      } catch (thrown) {
        // An example of a plugin that is not registered here.
        if (thrown instanceof InputError && thrown.code === 'unknown-name') return false;
        throw thrown;
      }
    }),
  );
  return files.filter((_, i) => isAsked[i]);
};

const isIndependent = ({ buyers, contract }: Study): boolean =>
  buyers.kind === 'representative' ||
  (buyers.kind === 'profiles' && (buyers.types.length <= 2 || contract !== 'allocations')) ||
  (buyers.kind === 'value-scale' &&
    buyers.grid === undefined &&
    (buyers.dependence.independent || contract !== 'allocations'));

/** The text with its k-th number changed a little; undefined where that is no study. */
const changed = (text: string, file: string, k: number): string | undefined => {
  const numbers = [...text.matchAll(/(?<=[:[,] )\d+\.?\d*(?=[ ,}\]\n])/g)];
  const number = numbers[k % numbers.length];
  if (number === undefined) return undefined;
  const value = Number(number[0]) * (1 + 0.05 * Math.sin(1 + k));
  const other = `${text.slice(0, number.index)}${value.toFixed(6)}${text.slice(number.index + number[0].length)}`;
  try {
    parseStudy(other, { file, registry });
    return other;
  } catch (thrown) {
    if (thrown instanceof InputError) return undefined;
    throw thrown;
  }
};

const commandRows = (turns: number, failures: string[]): string[][] => {
  const tasks = printed.flatMap(({ file, profit }) =>
    (['closed-form', 'numeric'] as const).map((supply) => ({ file, profit, supply, error: Number.NaN })),
  );
  const timings: Timing[] = timeInTurns(
    tasks.map((task) => () => {
      const json = execFileSync(process.execPath, [
        'packages/cli/bin/menusmith.js',
        'solve',
        task.file,
        '--supply',
        task.supply,
        '--json',
      ]);
      task.error = Math.abs((JSON.parse(json.toString()) as { profit: number }).profit / task.profit - 1);
    }),
    { turns, warmUp: 1, most: 30_000 },
  );
  return tasks.map(({ file, supply, error }, i) => {
    const name = `${file.replace(/.*\//, '')}, ${supply}`;
    if (!(error <= 1e-10)) failures.push(`${name}: off by ${small(error)}`);
    return [name, spread(timings[i]!), small(error)];
  });
};
