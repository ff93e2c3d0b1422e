import type { SolveProgress } from '@menusmith/app';
import type { InterruptSource } from './interrupts.ts';
import { watchInterrupts } from './interrupts.ts';
import type { ProgressLine } from './progress-line.ts';

/** Why a solve was asked to stop before its end. */
export type StopReason = 'time-limit' | 'interrupt';

export interface Supervision {
  /** Seconds. */
  readonly clock: () => number;
  readonly timeLimit?: number | undefined;
  readonly interrupts: InterruptSource;
  readonly line: ProgressLine;
}

/** Seconds of computing between two turns of the event loop, which costs short solves nothing. */
const TURN_INTERVAL = 0.02;

/**
 * Runs a solve step by step to its end, which comes soon once the time is up or Ctrl-C was pressed: `step(true)` asks for it.
 *
 * Nothing is heard while a step computes, so a stop can be late by the length of one.
 */
export const supervisedSolve = async <T>(
  step: (isToStop: boolean) => IteratorResult<SolveProgress, T>,
  { clock, timeLimit = Number.POSITIVE_INFINITY, interrupts, line }: Supervision,
): Promise<{ readonly outcome: T; readonly stopReason: StopReason | undefined }> => {
  const started = clock();
  const watch = watchInterrupts(interrupts);
  try {
    let stopReason: StopReason | undefined;
    let turned = started;
    let current = step(false);
    while (current.done !== true) {
      if (clock() - turned >= TURN_INTERVAL) {
        // Signals are delivered between two turns of the loop.
        await new Promise(setImmediate);
        turned = clock();
      }
      const seconds = clock() - started;
      line.show(current.value, seconds);
      if (watch.isAsked()) stopReason ??= 'interrupt';
      else if (seconds >= timeLimit) stopReason ??= 'time-limit';
      current = step(stopReason !== undefined);
    }
    return { outcome: current.value, stopReason };
  } finally {
    watch.end();
    line.clear();
  }
};
