/*
 * Ctrl-C as it comes from a terminal: a process of its own solves, its event loop is blocked step by step, and SIGINT is sent to it.
 * What it solves is a stand-in that only burns time, so that it is always still at work.
 */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { bundledScript, cliSource } from './bundled-script.ts';

const root = join(import.meta.dirname, '..', '..');

const script = `
import { solveCommand } from ${JSON.stringify(join(cliSource, 'commands', 'solve.ts'))};

const say = (text) => process.stderr.write(text + '\\n');
const burn = (milliseconds) => {
  const end = performance.now() + milliseconds;
  while (performance.now() < end);
};
const solution = (status) => ({ result: { name: 'A stand-in', status, types: [] }, quote: () => ({}) });
const isStubborn = process.argv[2] === 'stubborn';

function* solving() {
  let hasSaid = false;
  for (let k = 1; k <= 2000; k++) {
    burn(30);
    if (k === 1) say('at work');
    if (!(yield { iterations: k, expectedGap: 1 })) continue;
    if (!isStubborn) return solution('feasible');
    if (!hasSaid) say('asked to stop');
    hasSaid = true;
  }
  return solution('optimal');
}

const study = ${JSON.stringify(join(root, 'examples/example-1-packages.yaml'))};
process.exitCode = await solveCommand(study, { at: [], json: true }, process, { solving });
`;

let bundle = '';
beforeAll(async () => {
  bundle = await bundledScript(script);
}, 60_000);

/** Runs the script and sends SIGINT as soon as each of these lines has been said. */
const interrupted = (mode: string, lines: readonly string[]) =>
  new Promise<{ code: number | null; stdout: string; stderr: string }>((resolve, reject) => {
    const child = spawn(process.execPath, [bundle, mode]);
    let [stdout, stderr, sent] = ['', '', 0];
    child.stdout.on('data', (data) => {
      stdout += data;
    });
    child.stderr.on('data', (data) => {
      stderr += data;
      while (sent < lines.length && stderr.includes(`${lines[sent]}\n`)) {
        child.kill('SIGINT');
        sent++;
      }
    });
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, stdout, stderr }));
  });

// Windows has no signals to send.
describe.skipIf(process.platform === 'win32')('a process that is interrupted', () => {
  it('prints the best result, says what ended the solve and ends with exit code 3', async () => {
    const { code, stdout, stderr } = await interrupted('', ['at work']);
    expect(stderr).toBe('at work\nCtrl-C ended the solve: the result is feasible\n');
    expect(JSON.parse(stdout)).toMatchObject({ status: 'feasible' });
    expect(code).toBe(3);
  });

  it('ends with 130 at once, and without a result, at the second Ctrl-C', async () => {
    const { code, stdout, stderr } = await interrupted('stubborn', ['at work', 'asked to stop']);
    expect(stderr).toBe('at work\nasked to stop\n');
    expect({ code, stdout }).toEqual({ code: 130, stdout: '' });
  });
});
