/* Every command of many steps, asked to stop at each of its first steps: it ends in 3 with an answer, and its files hold what there is; whoever ends it has the same. */
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { main } from '@menusmith/cli';
import { describe, expect, it } from 'vitest';
import { type LeftAnswer, unsupervised } from '../../packages/cli/src/supervision/supervisor.ts';
import { recordedOutput } from './run-main.ts';

const folder = mkdtempSync(join(tmpdir(), 'stopped-commands-'));
const packages = 'examples/example-1-packages.yaml';
const priced = 'examples/priced-packages.yaml';
const menus = 'examples/menus';
const usage = 'examples/usage';
const customers = join(folder, 'customers.csv');
writeFileSync(customers, 'customer_id,theta\nc1,0.4\nc2,0.8\n');

/** Runs a command that is asked to stop when it has looked so often whether it is. */
const stoppedAt = (argv: readonly string[], looks: number) => stoppedWhen(argv, (_, count) => count > looks);

const stoppedWhen = async (
  argv: readonly string[],
  isTime: (left: readonly LeftAnswer[], looks: number) => boolean,
) => {
  const left: LeftAnswer[] = [];
  let count = 0;
  const output = recordedOutput();
  const code = await main(argv, {
    ...output,
    supervisor: {
      ...unsupervised,
      isListening: true,
      leave: (answer) => void left.push(answer),
      stopReason: () => (isTime(left, ++count) ? 'interrupt' : undefined),
    },
  });
  return { code, left, ...output.written() };
};

const commands: readonly (readonly [string, readonly string[], RegExp, string | undefined])[] = [
  ['tiers', ['tiers', 'examples/capacity.yaml', '--count', '2'], /^Ctrl-C ended the search: /, '--menu-out'],
  ['tiers of plans', ['tiers', packages, '--count=2', '--kind=three-part-tariff'], /^Ctrl-C ended the search: /, '--menu-out'],
  ['sensitivity', ['sensitivity', packages, '--count', '1'], /^Ctrl-C ended the analysis: /, '--out'],
  ['check', ['check', packages], /^Ctrl-C ended the check: /, undefined],
  [
    'evaluate',
    ['evaluate', priced, '--menu', `${menus}/with-business.json`, '--against', `${menus}/list.json`, '--customers', customers],
    /^Ctrl-C ended the (evaluation|writing): /,
    '--out',
  ],
]; // biome-ignore format: one row a command

describe.each(commands)('%s', (name, argv, said, option) => {
  it.each([0, 1])('that is asked to stop at once, or a step later, has an answer (%i)', async (looks) => {
    const path = join(folder, `${name} ${looks}`, option === '--menu-out' ? 'menu.json' : 'out');
    const asked = [...argv, '--json', ...(option === undefined ? [] : [option, path])];
    const { code, stdout, stderr, left } = await stoppedAt(asked, looks);
    expect([code, stderr]).toEqual([3, expect.stringMatching(said)]);
    const answer = JSON.parse(stdout);
    expect(answer.stopped).toBe(true);
    expect(answer.notes.join(' ')).toMatch(/[Ss]topped before/);
    for (const each of left) {
      expect(JSON.parse(each.stdout)).toMatchObject({ name: answer.name });
      expect(each.stdout).not.toMatch(/NaN|Infinity/);
    }
    if (option === '--out') expect(readdirSync(path).some((file) => file.endsWith('.json'))).toBe(true);
    if (option === '--menu-out') expect(JSON.parse(readFileSync(path, 'utf8'))).toHaveProperty('plans');
  });

  it('that is asked to stop has a text for people, without a word that is no word', async () => {
    const { code, stdout, left } = await stoppedAt(argv, 0);
    expect(code).toBe(3);
    for (const text of [stdout, ...left.map((each) => each.stdout)]) {
      expect(text).toMatch(/stopped|Stopped/);
      expect(text).not.toMatch(/NaN|Infinity|∞|undefined/);
      for (const line of text.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
    }
  });
});

it('a bootstrap that is stopped keeps the draws that are done', async () => {
  const out = join(folder, 'calibrated');
  const prices = ['--prices', `${usage}/prices.csv`, '--costs', `${usage}/costs.csv`];
  const argv = ['calibrate', `${usage}/usage.csv`, ...prices, '--bootstrap', '1000', '--out', out, '--json'];
  // What is read is left first, then what is fitted, and then what is drawn.
  const { code, stdout, stderr, left } = await stoppedWhen(argv, (known) => known.length > 2);
  expect([code, stderr]).toEqual([
    3,
    expect.stringMatching(
      /^Ctrl-C ended the bootstrap after \d+ of 1000 draws\nCtrl-C ended the writing: fit.html is not written\n$/,
    ),
  ]);
  const [, fitted, drawn] = left.map((each) => JSON.parse(each.stdout));
  expect([fitted.bootstrap, drawn.bootstrap.asked]).toEqual([undefined, 1000]);
  expect(drawn.bootstrap.draws).toBeGreaterThan(0);
  expect(left[2]!.said).toContain(`a bootstrap of ${drawn.bootstrap.draws} of 1000 draws`);
  expect(JSON.parse(stdout).bootstrap.draws).toBeGreaterThanOrEqual(drawn.bootstrap.draws);
  // The page is not drawn: its pictures take longer than who asks for an end waits.
  expect(readdirSync(out)).toContain('fit.json');
  expect(readdirSync(out)).not.toContain('fit.html');
});

describe('a calibration that is stopped before it has fitted anything', () => {
  const argv = ['calibrate', `${usage}/usage.csv`, '--prices', `${usage}/prices.csv`];
  const out = ['--out', join(folder, 'not-fitted')];

  it('says so, with what it has read', async () => {
    const { code, stdout, stderr } = await stoppedAt([...argv, ...out, '--json'], 0);
    expect([code, stderr]).toEqual([3, 'Ctrl-C ended the calibration: nothing is written\n']);
    expect(JSON.parse(stdout)).toMatchObject({
      status: 'stopped',
      stopped: true,
      rows: 3040,
      customers: 240,
      models: ['large', 'small'],
    });
  });

  it('has a text for people', async () => {
    const { code, stdout } = await stoppedAt([...argv, ...out], 0);
    expect(code).toBe(3);
    expect(stdout.replaceAll(/\s+/g, ' ')).toContain(
      'was stopped before anything was fitted: it had read 3040 rows',
    );
  });

  it('has left the same for whoever ends it in its fit', async () => {
    const { left } = await stoppedWhen([...argv, ...out, '--json'], () => false);
    expect(JSON.parse(left[0]!.stdout)).toMatchObject({ status: 'stopped', rows: 3040 });
  });
});

it.each(['--json', 'text'])(
  'an evaluation that is ended in its first menu has left an answer (%s)',
  async (option) => {
    const isJson = option === '--json';
    const argv = ['evaluate', priced, '--menu', `${menus}/list.json`, ...(isJson ? [option] : [])];
    const { left } = await stoppedWhen(argv, () => false);
    const [first] = left;
    if (isJson)
      expect(JSON.parse(first!.stdout)).toMatchObject({
        status: 'stopped',
        plans: [{ name: 'Pay as you go' }],
      });
    else
      expect(first!.stdout.replaceAll(/\s+/g, ' ')).toContain(
        'stopped before it was known what the menu sells',
      );
  },
);
