import type { SolveProgress } from '@menusmith/app';
import type { Output } from './command-context.ts';
import { progressLine } from './progress-line.ts';
import { type LeftAnswer, type StopReason, unsupervised } from './supervision/supervisor.ts';

export interface Supervision<T> {
  /** Seconds. */
  readonly clock: () => number;
  /** When the command began, by the clock; the time limit counts from then. */
  readonly started?: number;
  readonly timeLimit?: number | undefined;
  /** How an answer is left, in case that the solve is ended before it ends by itself. */
  readonly left?: (answer: T) => LeftAnswer;
  /** Seconds of work before anything is left; 2 where none are given, as most solves are over by then. */
  readonly patience?: number;
}

/** To find out and leave what there is so far takes at most this share of the time. */
const LEAVING = 0.1;
const PATIENCE = 2;

/**
 * Runs a solve step by step to its end, which comes soon once the time is up or whoever supervises asks for it: `step(true)` asks the solve.
 *
 * Meanwhile the best answer so far is left with the supervisor, who ends a solve that takes too long for a step.
 */
export const supervisedSolve = async <T>(
  step: (isToStop: boolean) => IteratorResult<SolveProgress<T>, T>,
  { stderr, supervisor = unsupervised }: Output,
  {
    clock,
    started = clock(),
    timeLimit = Number.POSITIVE_INFINITY,
    left,
    patience = PATIENCE,
  }: Supervision<T>,
): Promise<{ readonly outcome: T; readonly stopReason: StopReason | undefined }> => {
  const line = progressLine(stderr);
  /** Seconds that it takes to leave an answer, and when the next one is due. */
  let [leaving, due] = [0, started + patience];
  const leave = ({ incumbent }: SolveProgress<T>): void => {
    if (!supervisor.isListening || left === undefined || incumbent === undefined || clock() < due) return;
    const before = clock();
    supervisor.leave(left(incumbent()));
    const after = clock();
    leaving = after - before;
    due = after + leaving / LEAVING;
  };
  try {
    let stopReason: StopReason | undefined;
    let current = step(false);
    while (current.done !== true) {
      const seconds = clock() - started;
      const { incumbent: _, ...progress } = current.value;
      line.show(progress, seconds);
      // The answer takes its time as well.
      stopReason ??= supervisor.stopReason() ?? (seconds + leaving >= timeLimit ? 'time-limit' : undefined);
      if (stopReason === undefined) leave(current.value);
      current = step(stopReason !== undefined);
    }
    return { outcome: current.value, stopReason };
  } finally {
    line.clear();
  }
};
