import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runMain, withoutComments } from './run-main.ts';

const folder = mkdtempSync(join(tmpdir(), 'evaluate-'));
const written = (name: string, text: string): string => {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
};
const study = written(
  'study.yaml',
  `name: A market
production: { use: cobb-douglas, exponents: { input: 0.25, output: 0.25 } }
inputs: { input: { scope: task, cost: 0.125 }, output: { scope: task, cost: 0.2 } }
buyers: { kind: value-scale, value: { use: uniform }, scale: { use: uniform } }
contract: packages
units: { currency: $, period: month, inputs: { input: { unit: tokens, per: 1000000 } } }
`,
);
const list = written(
  'list.json',
  '{ "plans": [{ "name": "List", "prices": { "input": 0.25, "output": 0.4 } }] }',
);
const wide = written(
  'wide.json',
  JSON.stringify({
    currency: '$',
    period: 'month',
    plans: [
      { name: 'List', prices: { input: 0.25, output: 0.4 } },
      { name: 'A plan with quite a long name that goes on', fee: 0.1, included: { input: 0.3, output: 0.3 } },
      { name: 'Free', included: { input: 0.01, output: 0.01 } },
    ],
  }),
);
const customers = written('customers.csv', 'customer_id,theta\nz,0.1\n=a,0.9\nb,0.5\n');

describe('evaluate', () => {
  it('prints tables for people, within eighty columns', async () => {
    const { code, stdout } = await runMain('evaluate', study, '--menu', wide, '--against', list);
    expect(code).toBe(0);
    expect(stdout.replaceAll(/\s+/g, ' ')).toContain(
      'evaluate: 3 plans in place of 1 plan; means over a continuous population; money in $ per month; input in 1M tokens',
    );
    expect(stdout).toMatch(/of the buyers are better off than under the other menu/);
    for (const line of stdout.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
  });

  it('writes a row for each customer, in their order, which add up to the change', async () => {
    const out = join(folder, 'out');
    const { code, stdout } = await runMain(
      ...[
        'evaluate',
        study,
        '--menu',
        wide,
        '--against',
        list,
        '--customers',
        customers,
        '--out',
        out,
        '--json',
      ],
    );
    expect(code).toBe(0);
    const { customers: found } = JSON.parse(stdout) as {
      customers: { count: number; change: { bill: number; consumerSurplus: number } };
    };
    const [header, ...rows] = withoutComments(readFileSync(join(out, 'migration.csv'), 'utf8'))
      .trim()
      .split('\r\n');
    expect(header).toMatch(/^customer_id,from,to,bill_before,bill_after,surplus_before,surplus_after/);
    expect(rows.map((row) => row.split(',')[0])).toEqual(['z', `"'=a"`, 'b']);
    const mean = (column: number): number =>
      rows.reduce((sum, row) => sum + Number(row.split(',')[column]), 0) / rows.length;
    expect(found.count).toBe(3);
    expect(mean(4) - mean(3)).toBeCloseTo(found.change.bill, 12);
    expect(mean(6) - mean(5)).toBeCloseTo(found.change.consumerSurplus, 12);
  });

  it.each([
    [['--menu', customers], /customers\.csv.*: expected/],
    [['--menu', list, '--model', 'big'], /--model chooses among customers; expected --customers/],
    [['--menu', list, '--scale', '0.5'], /--scale: with packages one number stands for value and scale/],
    [
      ['--menu', written('bad.json', '{ "plans": [{ "name": "a", "fee": -1 }] }')],
      /bad\.json:1:\d+: plans\[0\]\.fee: expected a number of at least 0, got -1/,
    ],
    [
      ['--menu', written('free.json', '{ "plans": [{ "name": "a", "prices": { "input": 0 } }] }')],
      /free\.json:1:\d+: plans\[0\]\.prices\.input: at a price of 0 buyers take input without end/,
    ],
  ])('refuses %j', async (argv, message) => {
    const { code, stdout, stderr } = await runMain('evaluate', study, ...argv);
    expect(stderr).toMatch(message);
    expect([code, stdout]).toEqual([2, '']);
  });
});
