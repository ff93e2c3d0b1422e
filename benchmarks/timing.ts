/** Milliseconds of repeated runs: the median, the quartiles around it, the 95th percentile. */
export interface Timing {
  readonly median: number;
  readonly lower: number;
  readonly upper: number;
  readonly p95: number;
  readonly runs: number;
}

export interface TimingLimits {
  readonly turns: number;
  /** Turns before those that count. */
  readonly warmUp: number;
  /** Once a task alone has taken this long, milliseconds, it has had its turns. */
  readonly most: number;
}

/**
 * Timing of several tasks, run in turns so that drift of the machine hits all of them alike; the first turns only warm up. A task that takes
 * long is run less often, at least once: `runs` says how often.
 */
export const timeInTurns = (
  tasks: readonly (() => void)[],
  { turns, warmUp, most }: TimingLimits,
): Timing[] => {
  const taken = tasks.map((): number[] => []);
  const spent = tasks.map(() => 0);
  for (let turn = 0; turn < warmUp + turns; turn++) {
    tasks.forEach((task, i) => {
      if (spent[i]! > most) return;
      const started = performance.now();
      task();
      const time = performance.now() - started;
      spent[i]! += time;
      // A first run that used up all the time is all that there is.
      if (turn >= warmUp || spent[i]! > most) taken[i]!.push(time);
    });
  }
  return taken.map(timingOf);
};

/** Order statistics of a list of milliseconds. */
export const timingOf = (times: readonly number[]): Timing => {
  const sorted = [...times].sort((a, b) => a - b);
  const at = (share: number): number =>
    sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
  return { median: at(0.5), lower: at(0.25), upper: at(0.75), p95: at(0.95), runs: sorted.length };
};
