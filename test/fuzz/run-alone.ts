import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FuzzInput, Outcome } from './fuzz-input.ts';
import { MOST_MEBIBYTES, MOST_SECONDS } from './judge.ts';
import { busySeconds, residentMebibytes } from './process-use.ts';
import type { Programs } from './programs.ts';
import { writtenTexts } from './written-texts.ts';

/** Seconds in which a process may also wait for others. */
const MOST_WAITED = 300;
/** Memory is looked at so often, in milliseconds. */
const LOOK = 50;

/** Runs an input as people do, in a process of its own that is ended where it takes too long or too much. */
export const runAlone = async (
  { argv, files }: FuzzInput,
  { alone: program, inputs: root }: Programs,
): Promise<Outcome> => {
  const folder = mkdtempSync(join(root, 'alone-'));
  const inputs = join(folder, 'inputs');
  const memory = join(folder, 'memory');
  mkdirSync(inputs);
  for (const [name, text] of Object.entries(files)) writeFileSync(join(inputs, name), text);
  try {
    const started = performance.now();
    const child = spawn(process.execPath, [program, ...argv], {
      cwd: inputs,
      env: { ...process.env, MENUSMITH_FUZZ_MEMORY: memory },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const texts = { stdout: '', stderr: '' };
    for (const name of ['stdout', 'stderr'] as const)
      child[name].setEncoding('utf8').on('data', (text: string) => {
        texts[name] += text;
      });
    let most = 0;
    let busy: number | undefined;
    const seconds = (): number => (performance.now() - started) / 1000;
    const watch = setInterval(() => {
      most = Math.max(most, residentMebibytes(child.pid!));
      busy = busySeconds(child.pid!) ?? busy;
      if (seconds() > MOST_WAITED || (busy ?? seconds()) > MOST_SECONDS || most > 1.5 * MOST_MEBIBYTES)
        child.kill('SIGKILL');
    }, LOOK);
    const code = await new Promise<number | undefined>((resolve) =>
      child.on('close', (ended) => resolve(ended ?? undefined)),
    );
    clearInterval(watch);
    return {
      code,
      ...texts,
      written: writtenTexts(inputs),
      seconds: seconds(),
      mebibytes: Math.max(most, numberIn(memory)),
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

/** 0 where the process did not come to write it. */
const numberIn = (file: string): number => {
  try {
    return Number(readFileSync(file, 'utf8'));
  } catch {
    return 0;
  }
};
