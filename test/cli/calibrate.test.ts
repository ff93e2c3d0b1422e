import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type FitDocument, sha256 } from '@menusmith/app';
import { main } from '@menusmith/cli';
import { describe, expect, it } from 'vitest';
import { unsupervised } from '../../packages/cli/src/supervision/supervisor.ts';
import { oneModel, usageLog, writtenLog } from '../app/calibration/usage-logs.ts';
import { recordedOutput, runMain } from './run-main.ts';

const tuned = {
  ...oneModel,
  tuning: 0.1,
  exponents: { input: 0.15, cached: 0.05, output: 0.25 },
  prices: { ...oneModel.prices, cached: [[0, 1]], fine_tune: [[0, 5]] },
  costs: { ...oneModel.costs, cached: 0.3, fine_tune: 2 },
} as const;
const second = { ...oneModel, name: 'vendor/small 2', share: 0.5, better: -1 };
const log = usageLog({ seed: 4, customers: 120, months: 8, models: [second, oneModel], noise: 0.2 });
const files = writtenLog(log);
const fresh = (): string => join(mkdtempSync(join(tmpdir(), 'calibrated-')), 'out');
const run = (out: string, ...more: string[]) =>
  runMain('calibrate', files.usage, '--prices', files.prices, '--costs', files.costs, '--out', out, ...more);
const text = (out: string, name: string): string => readFileSync(join(out, name), 'utf8');

describe('menusmith calibrate', () => {
  const out = fresh();

  it('writes a study a model, that of the model on which most is spent first, customers, and the fit', async () => {
    const { code, stdout, stderr } = await run(out);
    expect([code, stderr]).toEqual([0, '']);
    expect(readdirSync(out).sort()).toEqual([
      'customers.csv',
      'fit.html',
      'fit.json',
      'study-vendor-small-2.yaml',
      'study.yaml',
      'today-vendor-small-2.json',
      'today.json',
    ]);
    expect(stdout.split('\n').filter((line) => line.length > 80)).toEqual([]);
    const fit = JSON.parse(text(out, 'fit.json')) as FitDocument;
    expect(fit.models.map(({ model, study }) => [model, study])).toEqual([
      ['large', 'study.yaml'],
      ['vendor/small 2', 'study-vendor-small-2.yaml'],
    ]);
    expect([fit.customers, fit.months]).toEqual([120, 8]);
    expect(Math.abs(fit.degree - 0.5)).toBeLessThan(3 * fit.degreeStandardError!);
    expect(Object.keys(fit.exponents)).toEqual(['input', 'output']);
    expect(fit.identifiedBy).toContain('prices');
    expect(Object.keys(fit.provenance)).toEqual(['menusmith', 'node', 'study', 'set', 'files', 'plugins']);
    expect(fit.provenance.study).toBe(sha256(text(out, 'study.yaml')));
    expect(Object.keys(fit.provenance.files)).toEqual(['usage.csv', 'prices.csv', 'costs.csv']);
  });

  it('writes every customer’s type by model', () => {
    const [comment, header, ...rows] = text(out, 'customers.csv').trimEnd().split('\n');
    expect(comment).toMatch(/^# provenance: \{"menusmith":.*"usage\.csv":"[\da-f]{64}"/);
    expect(header).toBe('customer_id,model,theta,standard_error');
    expect(rows.map((row) => row.split(',').slice(0, 2))).toEqual(
      log.truth.map(({ id, model }) => [id, model]),
    );
    for (const row of rows)
      for (const cell of row.split(',').slice(2)) expect(Number(cell)).toBeGreaterThan(0);
  });

  it.each(['study.yaml', 'study-vendor-small-2.yaml'])(
    'writes %s, which solves to an optimum',
    async (study) => {
      const { code, stdout } = await runMain('solve', join(out, study), '--json');
      expect([code, JSON.parse(stdout).status]).toEqual([0, 'optimal']);
    },
  );

  it('writes today’s list and customers, which evaluate reads beside the study', async () => {
    const menu = join(out, 'today.json');
    expect(JSON.parse(text(out, 'today.json')).plans[0].prices).toEqual({ input: 2.1, output: 8.4 });
    const words = ['evaluate', join(out, 'study.yaml'), '--menu', menu, '--against', menu, '--json'];
    const { code, stdout, stderr } = await runMain(
      ...words,
      ...['--customers', join(out, 'customers.csv'), '--model', 'large', '--out', fresh()],
    );
    expect([code, stderr]).toEqual([0, '']);
    const { change, customers } = JSON.parse(stdout);
    expect(change.profit).toBe(0);
    expect(customers.count).toBe(120);
  });

  it('writes a page that holds everything, pictures with names', () => {
    const page = text(out, 'fit.html');
    expect(page).not.toMatch(/<script|<link|<img|https?:\/\/(?!www\.w3\.org)/);
    expect(page.match(/<svg role="img" aria-label="[^"]+"/g)).toHaveLength(10);
    expect(page).not.toMatch(/NaN|Infinity|undefined/);
  });

  it('has lines of at most eighty columns, with many inputs too', async () => {
    const more = writtenLog(
      usageLog({ seed: 2, customers: 60, months: 8, models: [tuned], type: (random) => 3 + random() }),
    );
    const { code, stdout } = await runMain(
      ...['calibrate', more.usage, '--prices', more.prices, '--costs', more.costs, '--out', fresh()],
    );
    expect([code, stdout.split('\n').filter((line) => line.length > 80)]).toEqual([0, []]);
    expect(stdout).toMatch(/input 0\.1.*\n +cached 0\.0.*\n +output 0\.2.*\n +fine_tune 0\.0/);
  });

  it('prints the fit with --json and nothing else, the same in every run but for the directory', async () => {
    const other = fresh();
    const { stdout, stderr } = await run(other, '--json');
    expect([stderr, JSON.parse(stdout)]).toEqual(['', JSON.parse(text(other, 'fit.json'))]);
    for (const name of readdirSync(out)) expect(text(other, name)).toBe(text(out, name));
  });

  it('has the bands of a bootstrap in its answer, fit.json and page where they are asked for', async () => {
    const other = fresh();
    const { code, stdout } = await run(other, '--bootstrap', '4', '--seed', '2');
    expect(code).toBe(0);
    expect(stdout).toMatch(/in 90 % of\s+4 draws/);
    const { bootstrap } = JSON.parse(text(other, 'fit.json')) as FitDocument;
    expect([bootstrap!.draws, bootstrap!.seed, bootstrap!.changes.length]).toEqual([4, 2, 4]);
    expect(text(other, 'fit.html')).toContain('<figure id="draws">');
    expect(JSON.parse(text(other, 'draws.json')).draws).toHaveLength(4);
    await run(other);
    expect(readdirSync(other)).not.toContain('draws.json');
    const wrong = await run(other, '--bootstrap', '0');
    expect([wrong.code, wrong.stderr]).toEqual([2, expect.stringContaining('from 1 to 10000')]);
  });

  it('keeps the draws that are done where it is stopped', async () => {
    const other = fresh();
    let looks = 0;
    const supervisor = {
      ...unsupervised,
      stopReason: () => (++looks > 4 ? ('interrupt' as const) : undefined),
    };
    const output = recordedOutput();
    const words = ['--prices', files.prices, '--costs', files.costs, '--out', other, '--bootstrap', '50'];
    const code = await main(['calibrate', files.usage, ...words], { ...output, supervisor });
    const { bootstrap } = JSON.parse(text(other, 'fit.json')) as FitDocument;
    const done = bootstrap!.draws;
    expect(done).toBeGreaterThan(0);
    expect([code, bootstrap!.asked, output.written().stderr]).toEqual([
      3,
      50,
      `Ctrl-C ended the bootstrap after ${done} of 50 draws\nCtrl-C ended the writing: fit.html is not written\n`,
    ]);
    expect(JSON.parse(text(other, 'draws.json')).draws).toHaveLength(done);
  });

  it('refuses what is wrong with exit code 2, and writes nothing', async () => {
    const steady = { ...oneModel, prices: { input: [[0, 3]], output: [[0, 12]] } } as const;
    const wrong = writtenLog(usageLog({ seed: 4, customers: 20, months: 3, models: [steady] }));
    const calibrate = (...words: string[]) =>
      runMain('calibrate', ...words, '--prices', wrong.prices, '--out', join(wrong.folder, 'out'));
    const cases: readonly (readonly [string[], RegExp])[] = [
      [[wrong.usage], /--elasticity E.*--assume list-optimal/],
      [[wrong.usage, '--elasticity', 'two'], /--elasticity: expected a number such as -2, got "two"/],
      [[wrong.usage, '--assume', 'list-optimal'], /expected --costs FILE/],
      [
        [wrong.usage, '--columns', 'month=none', '--elasticity', '-2'],
        /usage\.csv:1: no column called "none"/,
      ],
      [['no-such.csv', '--elasticity', '-2'], /^no-such\.csv: no such file/],
      [[wrong.folder, '--elasticity', '-2'], /expected a CSV file, got a directory/],
    ];
    for (const [words, message] of cases) {
      const { code, stdout, stderr } = await calibrate(...words);
      expect([code, stdout]).toEqual([2, '']);
      expect(stderr).toMatch(message);
    }
    expect(readdirSync(wrong.folder).sort()).toEqual(['costs.csv', 'prices.csv', 'usage.csv']);
    const given = await calibrate(wrong.usage, '--elasticity', '-2');
    expect([given.code, given.stderr]).toEqual([0, '']);
  });

  it('takes lists that sheet reads as prices without dates', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'listed-'));
    writeFileSync(join(folder, 'list.csv'), 'Model,Input,Output\nlarge,$3.00,$12.00\n');
    const usage = join(folder, 'usage.csv');
    writeFileSync(usage, usageLog({ seed: 4, customers: 30, months: 2, models: [oneModel] }).usage);
    const { code, stdout } = await runMain(
      ...['calibrate', usage, '--prices', join(folder, 'list.csv'), '--elasticity', '-2'],
      ...['--out', join(folder, 'out'), '--json'],
    );
    expect([code, (JSON.parse(stdout) as FitDocument).degree]).toEqual([0, 0.5]);
  });
});
