/** Milliseconds of repeated runs: the least, the median and the 95th percentile. */
export interface Timing {
  readonly least: number;
  readonly median: number;
  readonly p95: number;
}

/** Timing of several tasks, run in turns so that drift of the machine hits all of them alike; the first turns only warm up. */
export const timeInTurns = (tasks: readonly (() => void)[], turns: number, warmUp: number): Timing[] => {
  const taken = tasks.map((): number[] => []);
  for (let turn = 0; turn < warmUp + turns; turn++) {
    tasks.forEach((task, i) => {
      const started = performance.now();
      task();
      if (turn >= warmUp) taken[i]!.push(performance.now() - started);
    });
  }
  return taken.map((times) => {
    const sorted = [...times].sort((a, b) => a - b);
    const at = (share: number): number =>
      sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]!;
    return { least: sorted[0]!, median: at(0.5), p95: at(0.95) };
  });
};
