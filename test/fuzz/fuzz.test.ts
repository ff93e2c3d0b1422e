import { readdirSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { ChildTask } from './child.ts';
import type { FuzzInput } from './fuzz-input.ts';
import { bundledPrograms, type Programs } from './programs.ts';
import { runInputs, type Tried } from './run-inputs.ts';

/** As many as continuous integration has time for; `npm run fuzz` has the rest. */
const COUNT = Number(process.env.MENUSMITH_FUZZ_COUNT ?? 2000);
/** Always the same inputs: what fails here was broken by the change at hand. */
const SEED = 16;
const MOST_MILLISECONDS = 15 * 60_000;

let programs: Programs;
beforeAll(async () => {
  programs = await bundledPrograms(join(import.meta.dirname, '..', '..'));
}, MOST_MILLISECONDS);
afterAll(() => programs.remove());

/** Faults by how the input is found again. */
const faultsAmong = async (
  tasks: readonly ChildTask[],
  name: (tried: Tried) => string,
): Promise<string[]> => {
  const found: string[] = [];
  let count = 0;
  await runInputs(tasks, {
    programs,
    processes: availableParallelism(),
    onTried(tried) {
      count++;
      found.push(...tried.faults.map((fault) => `${name(tried)}: ${fault}`));
    },
  });
  expect(count).toBe(tasks.length);
  return found;
};

it(
  'every input that once failed ends in an answer or a message',
  async () => {
    const corpus = join(import.meta.dirname, 'corpus');
    const names = readdirSync(corpus).sort();
    const tasks = names.map((name) => ({
      input: JSON.parse(readFileSync(join(corpus, name), 'utf8')) as FuzzInput,
    }));
    expect(await faultsAmong(tasks, ({ index }) => names[index]!)).toEqual([]);
  },
  MOST_MILLISECONDS,
);

it(
  `${COUNT} inputs at random end in an answer or a message, within the limits, with the exit code that the status has`,
  async () => {
    const tasks = Array.from({ length: COUNT }, (_, index) => ({ seed: SEED, index }));
    expect(
      await faultsAmong(tasks, ({ index }) => `npm run fuzz -- --seed ${SEED} --from ${index} --count 1`),
    ).toEqual([]);
  },
  MOST_MILLISECONDS,
);
