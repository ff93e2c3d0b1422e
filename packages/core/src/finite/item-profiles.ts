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
