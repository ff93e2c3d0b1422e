/*
 * Every shipped example through every command: an answer, or a message about the input, and never a fault of ours. The long ones are stopped at their first step.
 */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Output } from '@menusmith/cli';
import { InputError } from '@menusmith/core';
import { describe, expect, it } from 'vitest';
import { checkCommand } from '../../packages/cli/src/commands/check.ts';
import { sensitivityCommand } from '../../packages/cli/src/commands/sensitivity.ts';
import { solveCommand } from '../../packages/cli/src/commands/solve.ts';
import { tiersCommand } from '../../packages/cli/src/commands/tiers.ts';
import { main } from '../../packages/cli/src/main.ts';
import { unsupervised } from '../../packages/cli/src/supervision/supervisor.ts';
import { recordedOutput } from './run-main.ts';

const folder = 'examples';
const studies = readdirSync(folder).filter((name) => name.endsWith('.yaml'));
const lists = readdirSync(folder).filter((name) => name.endsWith('.csv'));
const plugin = [join(folder, 'plugins', 'saturating-quality.js')];

/** Numeric supply scale by scale takes seconds: these two are commands of docs/how-to/write-a-plugin.md, which test/pages runs. */
const isInReadme = (name: string, command: string): boolean =>
  name === 'saturating-quality.yaml' && ['solve', 'check'].includes(command);

/** Ctrl-C before the first step. */
const stopped = (output: Output): Output => ({
  ...output,
  supervisor: { ...unsupervised, stopReason: () => 'interrupt' },
});

describe.each(studies)('%s', (name) => {
  const file = join(folder, name);
  it.each([
    ['solve', (output) => solveCommand(file, { plugin, at: [], json: true }, stopped(output))],
    ['check', (output) => checkCommand(file, { plugin }, output)],
    ['tiers', (output) => tiersCommand(file, { plugin, count: '1', kind: 'bundle' }, stopped(output))],
    [
      'sensitivity',
      (output) => sensitivityCommand(file, { plugin, count: '1', kind: 'bundle', by: 10 }, stopped(output)),
    ],
    ['sheet', (output) => main(['sheet', file], output)],
  ] as const satisfies readonly (readonly [
    string,
    (output: ReturnType<typeof recordedOutput>) => Promise<number>,
  ])[])('%s: an answer or a clean message', async (command, run) => {
    if (isInReadme(name, command)) return;
    const output = recordedOutput();
    let code: number;
    try {
      code = await run(output);
    } catch (error) {
      // As main takes it: anything else would be a fault of ours.
      expect(error).toBeInstanceOf(InputError);
      expect((error as Error).message).toMatch(/^examples\/[\w.-]+(:\d+:\d+)?: ./);
      return;
    }
    expect([0, 2, 3]).toContain(code);
    const { stdout, stderr } = output.written();
    expect(stdout + stderr).not.toBe('');
    expect(stdout).not.toMatch(/\bNaN\b|undefined|\[object/);
  });
});

it.each(lists)('sheet %s answers', async (name) => {
  const output = recordedOutput();
  expect(await main(['sheet', join(folder, name)], output)).toBe(0);
  expect(output.written().stdout).not.toMatch(/\bNaN\b|undefined/);
});
