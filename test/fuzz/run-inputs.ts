import { type ChildProcess, fork } from 'node:child_process';
import type { ChildAnswer, ChildTask } from './child.ts';
import type { FuzzInput, Outcome } from './fuzz-input.ts';
import { inputAt } from './generators/inputs.ts';
import { faultsOf, MOST_MEBIBYTES } from './judge.ts';
import { busySeconds, residentMebibytes } from './process-use.ts';
import type { Programs } from './programs.ts';
import { runAlone } from './run-alone.ts';

/** One input, what came of it, and what was wrong with that. */
export interface Tried {
  /** Its place in the series. */
  readonly index: number;
  readonly input: FuzzInput;
  readonly outcome: Outcome;
  /** Whether it ran in a process of its own, being code, or slow, or large. */
  readonly isAlone: boolean;
  readonly faults: readonly string[];
}

/** Seconds of work after which an input is given a process of its own, in which the command can be ended: it has 0.3 s by itself. */
const PATIENCE = 1.2;
/** The same for one that waits. */
const MOST_WAITED = 120;
const LOOK = 100;
/** A process that holds as much is replaced, so that no input pays for others. */
const FULL_MEBIBYTES = 900;

/** Runs the inputs on as many processes, and answers each as it is done. `inputs` is the number of a series, or an input as it is. */
export const runInputs = async (
  tasks: Iterable<ChildTask>,
  {
    programs,
    processes,
    onTried,
  }: { readonly programs: Programs; readonly processes: number; onTried(tried: Tried): void },
): Promise<void> => {
  const waiting = tasks[Symbol.iterator]();
  let index = 0;
  await Promise.all(
    Array.from({ length: processes }, async () => {
      let child = await startChild(programs);
      try {
        for (let next = waiting.next(); next.done !== true; next = waiting.next()) {
          const own = 'index' in next.value ? next.value.index : index++;
          const { answer, mebibytes } = await asked(child, next.value);
          const input = answer?.input ?? inputOf(next.value);
          const isAlone = answer?.outcome === undefined || answer.outcome.mebibytes > MOST_MEBIBYTES;
          if (
            answer === undefined ||
            mebibytes > FULL_MEBIBYTES ||
            (isAlone && answer.outcome !== undefined)
          ) {
            child.kill('SIGKILL');
            child = await startChild(programs);
          }
          const outcome = isAlone ? await runAlone(input, programs) : answer!.outcome!;
          onTried({ index: own, input, outcome, isAlone, faults: faultsOf(input, outcome) });
        }
      } finally {
        child.disconnect();
        child.kill();
      }
    }),
  );
};

const inputOf = (task: ChildTask): FuzzInput =>
  'input' in task ? task.input : inputAt(task.seed, task.index);

/** A process that has loaded the program. */
const startChild = async ({ child: program, inputs }: Programs): Promise<ChildProcess> => {
  const child = fork(program, [inputs], {
    execArgv: ['--max-old-space-size=800'],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  await new Promise((resolve, reject) => {
    child
      .once('message', resolve)
      .once('exit', () => reject(new Error('the process of inputs has ended before it began')));
  });
  child.removeAllListeners('exit');
  return child;
};

/** The answer of the process, or none where it takes too long or too much, or has ended; and how much memory it holds. */
const asked = (
  child: ChildProcess,
  task: ChildTask,
): Promise<{ readonly answer: ChildAnswer | undefined; readonly mebibytes: number }> =>
  new Promise((resolve) => {
    const begun = performance.now() / 1000;
    const busy = (): number => busySeconds(child.pid!) ?? performance.now() / 1000;
    const before = busy();
    const finish = (answer: ChildAnswer | undefined): void => {
      clearInterval(watch);
      child.off('message', finish).off('exit', ended);
      resolve({ answer, mebibytes: residentMebibytes(child.pid!) });
    };
    const ended = (): void => finish(undefined);
    const watch = setInterval(() => {
      const isSlow = busy() - before > PATIENCE || performance.now() / 1000 - begun > MOST_WAITED;
      if (isSlow || residentMebibytes(child.pid!) > 1.5 * MOST_MEBIBYTES) finish(undefined);
    }, LOOK);
    child.on('message', finish).on('exit', ended);
    child.send(task);
  });
