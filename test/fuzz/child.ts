import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { main, type Output } from '@menusmith/cli';
import { unsupervised } from '../../packages/cli/src/supervision/supervisor.ts';
import type { FuzzInput, Outcome } from './fuzz-input.ts';
import { inputAt } from './generators/inputs.ts';
import { writtenTexts } from './written-texts.ts';

/* The process in which inputs run one after another: loading the program takes longer than most inputs. */

/** What is asked of the process: an input of a series, or one as it is. */
export type ChildTask = { readonly seed: number; readonly index: number } | { readonly input: FuzzInput };

/** What it answers: the input where it is code, which does not run here, or what came of it. */
export interface ChildAnswer {
  readonly input: FuzzInput;
  readonly outcome?: Outcome;
}

/** Whoever started the process removes the folder, as it may be ended at any time. */
const root = mkdtempSync(join(process.argv[2]!, 'inputs-'));

let rejected: unknown;
process.on('unhandledRejection', (reason) => {
  rejected = reason;
});

const runs = async (input: FuzzInput, folder: string): Promise<Outcome> => {
  for (const [name, text] of Object.entries(input.files)) writeFileSync(join(folder, name), text);
  process.chdir(folder);
  const stdout: string[] = [];
  const stderr: string[] = [];
  let left = '';
  const started = performance.now();
  const seconds = (): number => (performance.now() - started) / 1000;
  let limit = Number.POSITIVE_INFINITY;
  const output: Output = {
    stdout: { write: (text) => stdout.push(text) },
    stderr: { write: (text) => stderr.push(text) },
    // Who asks, but does not end.
    supervisor: {
      ...unsupervised,
      stopReason: () => (seconds() > limit ? 'time-limit' : undefined),
      limit: (given) => {
        limit = given;
      },
      leave: (answer) => {
        left = answer.stdout;
      },
      isListening: true,
    },
  };
  let code: number;
  rejected = undefined;
  try {
    code = await main(input.argv, output);
    // A promise that nobody waits for is heard of after the next turn.
    await new Promise((resolve) => setImmediate(resolve));
    if (rejected !== undefined) throw rejected;
  } catch (error) {
    code = 1;
    stderr.push(`${error instanceof Error ? error.stack : String(error)}\n`);
  }
  return {
    code,
    stdout: stdout.join(''),
    stderr: stderr.join(''),
    left,
    written: writtenTexts(folder),
    seconds: seconds(),
    mebibytes: process.resourceUsage().maxRSS / 1024,
  };
};

let count = 0;
const answer = async (task: ChildTask): Promise<ChildAnswer> => {
  const input = 'input' in task ? task.input : inputAt(task.seed, task.index);
  if (input.isCode === true) return { input };
  const folder = join(root, String(count++));
  mkdirSync(folder);
  const outcome = await runs(input, folder);
  process.chdir(root);
  rmSync(folder, { recursive: true });
  return { input, outcome };
};

process.on('message', (task: ChildTask) => {
  answer(task).then(
    (answered) => process.send!(answered),
    (error) => {
      process.stderr.write(`${error.stack}\n`);
      process.exit(1);
    },
  );
});

// Whatever is loaded when it is first asked for is loaded before an input's time is taken.
const warm = {
  argv: ['solve', 'study.yaml'],
  files: {
    'study.yaml': 'cost: { use: quadratic }\nbuyers: { kind: representative, type: { use: uniform } }\n',
  },
};
mkdirSync(join(root, 'warm'));
await runs(warm, join(root, 'warm'));
process.send!('ready');
