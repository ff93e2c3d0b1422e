/* What evaluate and calibrate have worked out reaches their directory, whoever ends what follows. */
import { execFileSync } from 'node:child_process';
import { lstatSync, mkdtempSync, readdirSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { main } from '@menusmith/cli';
import { describe, expect, it } from 'vitest';
import {
  type LeftAnswer,
  type StopReason,
  unsupervised,
} from '../../packages/cli/src/supervision/supervisor.ts';
import { recordedOutput, runMain } from './run-main.ts';

const folder = mkdtempSync(join(tmpdir(), 'stopped-'));
const menus = 'examples/menus';
const usage = 'examples/usage';
const study = 'examples/priced-packages.yaml';
const evaluating = ['evaluate', study, '--menu', `${menus}/with-business.json`];
const compared = [...evaluating, '--against', `${menus}/list.json`];
const tables = ['evaluation.json', 'plans.csv'];

/** Runs a command that is asked to stop once its answer is out. */
const run = async (argv: readonly string[], reason?: StopReason) => {
  const left: LeftAnswer[] = [];
  let isOut = false;
  const output = recordedOutput();
  const supervisor = {
    ...unsupervised,
    isListening: true,
    leave: (answer: LeftAnswer) => void left.push(answer),
    answered: () => {
      isOut = true;
    },
    stopReason: () => (isOut ? reason : undefined),
  };
  const code = await main(argv, { ...output, supervisor });
  return { code, left, ...output.written() };
};

describe('evaluate --out', () => {
  it('that is asked to stop at its page writes the rest at once, and says so', async () => {
    const out = join(folder, 'evaluated');
    const { code, stdout, stderr, left } = await run([...compared, '--out', out], 'interrupt');
    expect([code, stderr]).toEqual([3, 'Ctrl-C ended the writing: decision.html is not written\n']);
    expect(stdout).toContain('10.08 %');
    expect(readdirSync(out).sort()).toEqual(tables);
    // Where it does not stop, whoever ends it has the same files.
    expect(Object.keys(left.at(-1)!.files!.content).sort()).toEqual(tables);
  });

  it('works at its page no longer than --time-limit', async () => {
    const out = join(folder, 'limited');
    const { code, stderr } = await run([...compared, '--out', out, '--time-limit', '0.001']);
    expect([code, stderr]).toEqual([
      3,
      'the time limit of 0.001 s ended the evaluation: what is not listed was not found\n' +
        'the time limit of 0.001 s ended the writing: decision.html is not written\n',
    ]);
    expect(readdirSync(out).sort()).toEqual(tables);
  });
});

it('calibrate leaves what is read before it fits, what is fitted before it draws, what it has drawn while it does, and all but its page before it writes', async () => {
  const out = join(folder, 'calibrated');
  const prices = ['--prices', `${usage}/prices.csv`, '--costs', `${usage}/costs.csv`];
  const { code, left } = await run([
    'calibrate',
    `${usage}/usage.csv`,
    ...prices,
    '--bootstrap',
    '2',
    '--out',
    out,
    '--json',
  ]);
  expect(code).toBe(0);
  const isFitted = ({ stdout }: LeftAnswer): boolean => JSON.parse(stdout).status !== 'stopped';
  const fitted = left.filter(isFitted);
  const before = left.slice(0, left.length - fitted.length);
  expect(before.length).toBeGreaterThan(0);
  for (const answer of before) expect([isFitted(answer), answer.files]).toEqual([false, undefined]);
  const answers = fitted.map(({ stdout }) => JSON.parse(stdout));
  expect([answers[0].bootstrap, answers.at(-1).bootstrap.draws]).toEqual([undefined, 2]);
  const tables = readdirSync(out).filter((name) => name !== 'fit.html');
  for (const [k, { files, said }] of fitted.entries()) {
    const own = answers[k].bootstrap === undefined ? tables.filter((name) => name !== 'draws.json') : tables;
    expect(Object.keys(files!.content).sort()).toEqual(own.sort());
    expect(said).toContain(answers[k].bootstrap === undefined ? 'no bootstrap' : ' draws');
  }
});

describe('tiers --menu-out puts no file in the place of', () => {
  const devices: Readonly<Record<string, (path: string) => void>> = {
    'a pipe': (path) => void execFileSync('mkfifo', [path]),
    'a link to a device': (path) => symlinkSync('/dev/null', path),
  };
  it.skipIf(process.platform === 'win32').each(Object.entries(devices))('%s', async (name, make) => {
    const path = join(folder, name);
    make(path);
    const before = lstatSync(path);
    const { code, stdout, stderr } = await runMain('tiers', study, '--count', '1', '--menu-out', path);
    expect([code, stderr]).toEqual([
      2,
      `cannot write ${path}: something else has this name (EEXIST); nothing is written\n`,
    ]);
    expect(stdout).not.toBe('');
    expect(lstatSync(path).ino).toBe(before.ino);
  });
});

it.each([
  ['evaluate', '--menu'],
  ['tiers', '--count', '1', '--keep'],
])('%s calls what it misses a menu', async (command, ...options) => {
  const { code, stderr } = await runMain(command, study, ...options, folder);
  expect([code, stderr]).toEqual([2, `${folder}: expected a menu file, got a directory\n`]);
});
