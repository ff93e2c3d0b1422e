import type { GridBracket, Progress } from '@menusmith/core';

/** What every command that takes its time is told. */
export interface RunOptions<Answer> {
  /** Ends the work at its next step; the promise is then rejected with the signal's reason. `onProgress` has had the best answer until then. */
  readonly signal?: AbortSignal | undefined;
  /** Hears where the work stands, after each of its steps; a fast answer takes none. */
  readonly onProgress?: ((progress: RunProgress<Answer>) => void) | undefined;
  /** Seconds after which the work is asked to end soon, with the best answer so far. */
  readonly timeLimit?: number | undefined;
}

/** Where work stands that takes its time. */
export interface RunProgress<Answer> {
  /** Seconds since it began. */
  readonly seconds: number;
  /** Steps of the solver so far. */
  readonly iterations: number;
  /** The relative gap that the solver expects its menu to have; NaN where it expects none. */
  readonly expectedGap: number;
  /** Where the solver refines its own grid for continuous buyers: the grids that were solved so far, coarsest first; else empty. */
  readonly refinement: readonly GridBracket[];
  /** The best answer so far, with its certificate; undefined while there is none. It takes a moment to be made. */
  best(): Answer | undefined;
}

type Steps<Answer> = Generator<Progress<Answer>, Answer, boolean | undefined>;

/** Milliseconds of work after which whoever else waits for this thread has his turn. */
const TURN = 12;

/** Seconds. */
export const clock = (): number => performance.now() / 1000;

/** Runs work step by step to its end, without holding the thread for longer than a step. */
export const runSteps = async <Answer>(
  steps: Steps<Answer>,
  { signal, onProgress, timeLimit = Number.POSITIVE_INFINITY }: RunOptions<Answer>,
): Promise<Answer> => {
  signal?.throwIfAborted();
  const started = clock();
  let turn = performance.now();
  let current = steps.next(false);
  while (current.done !== true) {
    const { iterations, expectedGap, refinement = [], incumbent } = current.value;
    const seconds = clock() - started;
    onProgress?.({ seconds, iterations, expectedGap, refinement, best: () => incumbent?.() });
    if (performance.now() - turn > TURN) {
      await new Promise((resolve) => setTimeout(resolve));
      turn = performance.now();
    }
    signal?.throwIfAborted();
    current = steps.next(seconds >= timeLimit);
  }
  return current.value;
};
