/**
 * Quality profiles of a menu's items, item by item as runs of tasks with the same quality: block b of item k, for b from offsets[k] to
 * offsets[k + 1], ends before task ends[b] and has quality[b]. The first block starts at task 0; tasks after the last have quality 0.
 */
export interface ItemProfiles {
  readonly offsets: Int32Array;
  readonly ends: Int32Array;
  readonly quality: Float64Array;
}

/** Writes the quality of item k on every task into `out`. */
export const writeProfile = (
  { offsets, ends, quality }: ItemProfiles,
  k: number,
  out: Float64Array,
): void => {
  let m = 0;
  for (let b = offsets[k]!; b < offsets[k + 1]!; b++) {
    for (; m < ends[b]!; m++) out[m] = quality[b]!;
  }
  out.fill(0, m);
};

/** Profiles given task by task, one after another, with `tasks` entries each. */
export const profilesTaskByTask = (quality: Float64Array, tasks: number): ItemProfiles => {
  const count = tasks === 0 ? 0 : quality.length / tasks;
  return {
    offsets: Int32Array.from({ length: count + 1 }, (_, k) => k * tasks),
    ends: Int32Array.from(quality, (_, b) => (b % tasks) + 1),
    quality,
  };
};

/** Items that are told block by block, `levels` numbers an item, as runs of blocks with one quality: most have one or two. */
export const runsOf = (quality: Float64Array, made: readonly number[], levels: number): ItemProfiles => {
  const offsets = new Int32Array(made.length + 1);
  const [ends, runs]: [number[], number[]] = [[], []];
  made.forEach((k, n) => {
    let last = levels;
    while (last > 0 && quality[k * levels + last - 1] === 0) last--;
    for (let m = 0; m < last; m++) {
      const q = quality[k * levels + m]!;
      if (m > 0 && q === runs.at(-1)) ends[ends.length - 1] = m + 1;
      else {
        ends.push(m + 1);
        runs.push(q);
      }
    }
    offsets[n + 1] = ends.length;
  });
  return { offsets, ends: Int32Array.from(ends), quality: Float64Array.from(runs) };
};
