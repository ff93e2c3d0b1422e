/** What the program advises must be possible: each piece of advice is read from its message and followed. */
import { describe, expect, test } from 'vitest';
import { createRegistry } from '../../packages/app/src/composition-root.ts';
import { solveStudy } from '../../packages/app/src/solve/solve-study.ts';
import { statusReasons } from '../../packages/app/src/solve/status-reasons.ts';
import { parseStudy } from '../../packages/app/src/study/parse-study.ts';
import { bestTiers, type TiersOptions } from '../../packages/app/src/tiers/best-tiers.ts';
import { solveReport } from '../../packages/cli/src/solve-report.ts';
import { standardPlugin } from '../../plugins/src/index.ts';

const registry = createRegistry([standardPlugin]);
const parse = (study: object) => parseStudy(JSON.stringify(study), { file: 'test.json', registry });

const production = {
  production: { use: 'cobb-douglas', exponents: { x: 0.4 } },
  inputs: { x: { scope: 'task', cost: 0.3 } },
};
const unlike = {
  production: { use: 'expression', formula: 'log(1 + x)' },
  inputs: { x: { scope: 'task', cost: 0.1 } },
};
const quadratic = { cost: { use: 'quadratic' } };
const uniform = (min: number, max: number): object => ({ use: 'uniform', min, max });
const continuous = (scale: object): object => ({ kind: 'value-scale', value: uniform(0, 1), scale });
const tariffs = { implementation: 'two-part-tariff' };
const profiles = {
  kind: 'profiles',
  tasks: { weights: [1, 1] },
  types: [
    { mass: 1, values: [1, 6] },
    { mass: 1, values: [3, 1] },
  ],
};

interface Study {
  readonly buyers: object;
  readonly [field: string]: unknown;
}

const refusal = (study: object, options: TiersOptions): string => {
  try {
    bestTiers(parse(study), options);
  } catch (error) {
    return (error as Error).message;
  }
  return expect.fail('expected a refusal');
};

/** Does what a message says was expected, one way after another. */
const followed = (study: Study, options: TiersOptions): number[] => {
  const message = refusal(study, options);
  const ways = message.slice(message.indexOf('expected ') + 'expected '.length).split(', or ');
  return ways.map((way) => {
    const scale = /--scale ([\d.e-]+)/.exec(way);
    if (scale) return bestTiers(parse(study), { ...options, scale: Number(scale[1]) }).menus[0]!.profit;
    if (/--kind bundle/.test(way))
      return bestTiers(parse(study), { ...options, kind: 'bundle' }).menus[0]!.profit;
    if (way === 'contract: packages')
      return bestTiers(parse({ ...study, contract: 'packages' }), options).menus[0]!.profit;
    const grid = /buyers\.grid: \{ values: (\d+), scales: (\d+) \}$/.exec(way);
    if (!grid) return expect.fail(`advice that is not understood: ${way}`);
    const buyers = { ...study.buyers, grid: { values: Number(grid[1]), scales: Number(grid[2]) } };
    // Whether the study is taken; its tiers are a matter of seconds.
    parse({ ...study, buyers });
    const small = { ...buyers, grid: { values: 4, scales: 3 } };
    return bestTiers(parse({ ...study, buyers: small }), { ...options, kind: 'bundle' }).menus[0]!.profit;
  });
};

describe('advice of tiers can be followed', () => {
  test.each([
    ['values and scales', { ...production, buyers: continuous(uniform(0, 1)) }, {}, 3],
    [
      'high scales, sold as tariffs',
      { ...production, ...tariffs, buyers: continuous(uniform(0.6, 1)) },
      {},
      3,
    ],
    ['scales in a narrow range', { ...production, buyers: continuous(uniform(0.9, 0.9001)) }, {}, 3],
    [
      'a production that packages do not take',
      { ...unlike, ...tariffs, buyers: continuous(uniform(0, 1)) },
      {},
      2,
    ],
    ['a cost given outright', { ...quadratic, buyers: continuous(uniform(0, 1)) }, {}, 2],
  ] as const)('%s', (_, study, options, ways) => {
    const profits = followed(study, { counts: [1], ...options });
    expect(profits.length).toBe(ways);
    for (const profit of profits) expect(profit).toBeGreaterThan(0);
  });
});

test('a grid that a note advises is taken, also where tariffs were asked for', () => {
  const asked = { ...production, ...tariffs, buyers: continuous(uniform(0.2, 1)) };
  const study = parse(asked);
  const { result } = solveStudy(study);
  const conditions = [
    { name: 'bounded-rent' as const, holds: false, margin: -1, at: { value: 1, scale: 1 } },
  ];
  const [reason] = statusReasons({ ...result, status: 'feasible', conditions }, study);
  const [, values, scales] = /buyers\.grid: \{ values: (\d+), scales: (\d+) \}/.exec(reason!.remedy)!;
  const grid = { values: Number(values), scales: Number(scales) };
  for (const implementation of ['direct', 'two-part-tariff'])
    expect(() => parse({ ...asked, implementation, buyers: { ...asked.buyers, grid } })).not.toThrow();
});

test('--at is advised for buyers whom it can ask for, and the task of a quality is told', () => {
  const types = Array.from({ length: 14 }, (_, n) => ({ mass: 1, values: [1 + n, 14 - n] }));
  const study = parse({ ...quadratic, buyers: { ...profiles, types } });
  const { result } = solveStudy(study);
  const report = solveReport(result, study, []);
  expect(report).toMatch(/--json or --out gives all\n/);
  expect(report).not.toMatch(/--at/);
  expect(report).toMatch(/item .* task 1 +task 2/);
  const values = Array.from({ length: 40 }, (_, n) => ({ mass: 1, value: 1 + n / 40 }));
  const listed = parse({ ...production, buyers: { kind: 'representative', types: values } });
  expect(solveReport(solveStudy(listed).result, listed, [])).toMatch(/--at any one of them/);
});
