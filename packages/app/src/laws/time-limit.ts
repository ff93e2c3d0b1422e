import { runInThisContext } from 'node:vm';

/** Ends work of a plugin that does not come back. */
export interface TimeLimit {
  /** For all of it together. */
  readonly seconds: number;
  /** Whether the time is up. */
  isOver(): boolean;
  /** What `work` answers; throws OutOfTime where the time is up before it does, also out of a loop without end. */
  run<T>(work: () => T): T;
  /** The same of what answers later. */
  wait<T>(work: () => Promise<T>): Promise<T>;
}

export class OutOfTime extends Error {}

const KEY = Symbol.for('menusmith.limited');
const CALL = "globalThis[Symbol.for('menusmith.limited')]()";

/** As Node's timers take it, which know no longer time than 24 days. */
const milliseconds = (seconds: number): number =>
  Math.min(Math.max(1, Math.round(1000 * seconds)), 2 ** 31 - 1);

/** Node ends a script after its time, wherever in it or in what it calls that is: `work` is called by a script of one line. */
const withinSeconds = <T>(seconds: number, work: () => T): T => {
  (globalThis as Record<symbol, unknown>)[KEY] = work;
  try {
    return runInThisContext(CALL, { timeout: milliseconds(seconds) }) as T;
  } catch (error) {
    if ((error as NodeJS.ErrnoException | null)?.code !== 'ERR_SCRIPT_EXECUTION_TIMEOUT') throw error;
    throw new OutOfTime(`no answer within ${seconds} s`);
  }
};

/** A limit that begins now. */
export const timeLimit = (seconds: number): TimeLimit => {
  const end = performance.now() / 1000 + seconds;
  const left = (): number => end - performance.now() / 1000;
  let isOver = false;
  const outOfTime = (): OutOfTime => {
    isOver = true;
    return new OutOfTime(`no answer within ${seconds} s`);
  };
  const run = <T>(work: () => T): T => {
    if (!(left() > 0)) throw outOfTime();
    try {
      return withinSeconds(left(), work);
    } catch (error) {
      throw error instanceof OutOfTime ? outOfTime() : error;
    }
  };
  return {
    seconds,
    isOver: () => isOver,
    run,
    wait: async (work) => {
      let timer: NodeJS.Timeout | undefined;
      const late = new Promise<never>((_, reject) => {
        timer = setTimeout(() => reject(outOfTime()), milliseconds(left()));
      });
      try {
        return await Promise.race([run(work), late]);
      } finally {
        clearTimeout(timer);
      }
    },
  };
};
