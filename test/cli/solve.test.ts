import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Coordinates, Result, Solution, SolveProgress, Study, TypeResult } from '@menusmith/app';
import { createRegistry, filesBeside, standardPlugin, studyFromText } from '@menusmith/app';
import { checkCommand, type SolveOptions, solveCommand, solveReport } from '@menusmith/cli';
import { describe, expect, it } from 'vitest';
import { smallPlugin } from '../app/small-plugin.ts';
import { recordedOutput, runMain, withoutComments } from './run-main.ts';

const registry = createRegistry([smallPlugin]);
const packages = join(import.meta.dirname, '..', '..', 'examples', 'example-1-packages.yaml');

/** A made-up item; the numbers only have to be wide. */
const item = ({ value, scale = 1 }: Coordinates): TypeResult => ({
  value,
  scale,
  excluded: value <= 0.5,
  quality: (2 * value - 1) / 3,
  transfer: 0.123456789 * value,
  rent: 1e-17,
  virtualValue: 2 * value - 1,
  ironedVirtualValue: null,
  index: { theta: value * Math.sqrt(scale), quality: 1 / 3 },
  inputs: { input: 1.23456789, output: 1234.56789, fineTuning: -0 },
  perTask: { input: 2.46913578, output: 2469.13578 },
  tariff:
    value <= 0.5
      ? null
      : {
          upfront: 0.15,
          prices: { input: 1 / 6, output: 1 / 6, fineTuning: 1 / 6 },
          taskCap: null,
          markup: 4 / 3,
        },
});

const result: Result = {
  name: 'A stand-in',
  method: 'one-dimensional',
  status: 'optimal',
  reasons: [],
  profit: 97 / 1080,
  revenue: 139 / 540,
  cost: 181 / 1080,
  consumerSurplus: 1 / 12,
  welfare: 1 / 7,
  efficientWelfare: Number.NaN,
  excludedShare: 0.5,
  fineTunedShare: 1 / 3,
  objective: { profit: 1, consumerSurplus: 0, value: 97 / 1080 },
  certificate: {
    of: 'population',
    attainedObjective: 97 / 1080,
    attainedProfit: 97 / 1080,
    upperBound: 97 / 1080,
    relativeGap: 3.1e-13,
    maxIncentiveViolation: 0,
    maxParticipationViolation: null,
  },
  conditions: [
    { name: 'increasing-virtual-value', holds: true, margin: 2, at: { value: 1 } },
    { name: 'bounded-rent-tariff', holds: false, margin: -1.23456e-7, at: { value: 1 / 3, scale: 2 / 3 } },
  ],
  pools: [{ from: 0.25, to: 0.5, ironedVirtualValue: 7 / 8, item: item({ value: 0.4, scale: 0.5 }) }],
  types: [],
  implementation: {
    kind: 'two-part-tariff',
    attainedProfit: 0.0894,
    maxDeviationGain: 0.0012,
    deviatingShare: 0.2,
    best: { attainedProfit: 0.0897, maxDeviationGain: 0, isBest: true },
  },
  notes: [
    'A remark that is long enough to be broken into two lines, as it has more letters than fit into eighty columns.',
  ],
  supply: 'numeric',
  seconds: 0.0123,
  iterations: 10,
};

/** A solve that has its result without taking a step. */
const solving = (changes: Partial<Result>) =>
  // biome-ignore lint/correctness/useYield: one-dimensional solves take no steps either
  function* (): Generator<SolveProgress, Solution, boolean | undefined> {
    return { result: { ...result, ...changes }, quote: item };
  };

const run = async (options: Partial<SolveOptions>, changes: Partial<Result> = {}) => {
  const output = recordedOutput();
  const code = await solveCommand(packages, { at: [], ...options }, output, {
    registry,
    solving: solving(changes),
  });
  return { code, stdout: output.written().stdout };
};

describe('solve', () => {
  it('prints a report of at most 80 columns', async () => {
    const at = [
      'value=1,scale=1',
      'value=0.5,scale=0.25',
      'value=0.75,scale=1',
      'value=0.9,scale=0.8',
      'value=0.8,scale=0.8',
    ];
    const { code, stdout } = await run({ at });
    expect(code).toBe(0);
    expect(stdout.split('\n').filter((line) => line.length > 80)).toEqual([]);
    expect(stdout).toMatch(/profit +0\.0898148 +consumer surplus +0\.0833333/);
    expect(stdout).toContain('✓ certified optimal, over the whole population');
    expect(stdout).toMatch(/✗ +bounded rent of tariffs +−1\.23456e-7 +value 0\.3333, scale 0\.6667/);
    expect(stdout).toMatch(/total output +1,234\.57 +1,234\.57 +1,234\.57 +1,234\.57\n/);
  });

  it('breaks what it says of the study too, whatever goods are called', () => {
    const name = 'a long name of a good';
    const text = `cost: { use: linear, rate: [0.1, 0.2, 0.05], max: 1, total: 1 }
buyers: { kind: goods, names: [${name}, another ${name}, and still ${name}], values: [${'{ use: uniform },'.repeat(3)}], grid: [2, 2, 2] }`;
    const standard = createRegistry([standardPlugin]);
    const source = { file: 'study.yaml', registry: standard, ...filesBeside('study.yaml') };
    const report = solveReport(result, studyFromText(text, source), []);
    expect(report.split('\n').filter((line) => line.length > 80)).toEqual([]);
    expect(report.replace(/\s+/g, ' ')).toContain(`linear (rate: ${name} 0.1, another ${name} 0.2,`);
  });

  it('prints JSON that holds the buyers asked for, in order, and null where a number does not exist', async () => {
    const { stdout } = await run({ json: true, at: ['value=1,scale=1', 'scale=0.25, value=0.5'] });
    const parsed = JSON.parse(stdout) as Result;
    expect(parsed.types.map(({ value, scale }) => [value, scale])).toEqual([
      [1, 1],
      [0.5, 0.25],
    ]);
    expect(parsed.efficientWelfare).toBeNull();
    expect(parsed.profit).toBe(97 / 1080);
  });

  it('ends in exit code 3, with the result printed, where it is not certified', async () => {
    for (const status of ['feasible', 'uncertified'] as const) {
      const { code, stdout } = await run({ json: true }, { status });
      expect(code).toBe(3);
      expect(JSON.parse(stdout)).toMatchObject({ status });
    }
  });

  it('shows twelve types of a finite study that nobody asked for, and says how many there are', () => {
    const types = Array.from({ length: 100 }, (_, i) => item({ value: 1 + i, scale: 1 }));
    const buyers = { kind: 'representative', types } as unknown as Study['buyers'];
    const technology = { kind: 'cost', use: 'quadratic', parameters: {} };
    const study = { buyers, contract: 'packages', technology } as unknown as Study;
    const report = solveReport({ ...result, types }, study, []);
    expect(report).toMatch(/value +9 +10 +11 +12\n/);
    expect(report).toContain('and 88 more; --json or --out gives all, --at any one of them\n');
    expect(solveReport({ ...result, types }, study, types)).not.toContain('more;');
  });

  it('refuses a closed form that is not there', async () => {
    await expect(run({ supply: 'closed-form' })).rejects.toThrow(
      '"cobb-douglas" has no closed form; expected auto or numeric',
    );
  });

  it('writes result.json and menu.csv, 41 values by 21 scales', async () => {
    const out = join(mkdtempSync(join(tmpdir(), 'menusmith-')), 'made', 'here');
    await run({ out });
    expect(JSON.parse(readFileSync(join(out, 'result.json'), 'utf8'))).toMatchObject({ name: 'A stand-in' });
    const lines = withoutComments(readFileSync(join(out, 'menu.csv'), 'utf8'))
      .trimEnd()
      .split('\r\n');
    expect(lines[0]).toBe(
      'value,scale,theta,excluded,quality,total input,total output,total fineTuning,transfer,rent,virtualValue,' +
        'markup,upfront,price input,price output,price fineTuning',
    );
    expect(lines).toHaveLength(1 + 41 * 21);
    expect(lines.at(-1)).toMatch(/^1,1,1,false,0\.3333333333333333,/);
  });
});

describe('check', () => {
  it('prints what holds and what does not, and ends in exit code 0', async () => {
    const output = recordedOutput();
    const checked = {
      name: 'A stand-in',
      conditions: result.conditions,
      assumptions: [{ name: 'concave', holds: true, margin: null, at: {} }],
    };
    function* checking(): Generator<SolveProgress<typeof checked>, typeof checked, boolean | undefined> {
      yield { iterations: 1, expectedGap: Number.NaN };
      return checked;
    }
    expect(await checkCommand(packages, {}, output, { registry, checking })).toBe(0);
    const { stdout } = output.written();
    expect(stdout).toMatch(/✓ +concave +–\n/);
    expect(stdout).toMatch(/✗ +bounded rent of tariffs/);
  });
});

describe('plugins', () => {
  it('lists every entry by kind within 80 columns', async () => {
    const { code, stdout } = await runMain('plugins');
    expect(code).toBe(0);
    expect(stdout).toMatch(/^production functions\n +ces /);
    expect(stdout.split('\n').filter((line) => line.length > 80)).toEqual([]);
  });

  it('describes one entry with its parameters', async () => {
    const { stdout } = await runMain('plugins', 'cobb-douglas');
    expect(stdout).toMatch(/^cobb-douglas: a production function\n/);
    expect(stdout.split('\n').filter((line) => line.length > 80)).toEqual([]);
  });

  it('prints JSON and nothing else when asked to', async () => {
    const { stdout } = await runMain('plugins', 'uniform', '--json');
    expect(JSON.parse(stdout)).toMatchObject([
      { kind: 'distribution', name: 'uniform', parameters: { max: { kind: 'number' } } },
    ]);
  });
});
