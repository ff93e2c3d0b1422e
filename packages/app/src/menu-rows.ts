/** Of values by scales, so many values for each scale. */
const VALUES_A_SCALE = 9 / 4;

/** What chooses rows of a long list of buyers who have a value and a scale each. */
export interface PlaneOf<T> {
  readonly value: (row: T) => unknown;
  readonly scale: (row: T) => unknown;
}

/** At most so many rows: all of a short list, even steps through a long one; of values by scales, even steps of either, without the least scale, which may be nothing. */
export const spreadRows = <T>(
  rows: readonly T[],
  most: number,
  plane: PlaneOf<T> | undefined,
): readonly T[] => {
  if (rows.length <= most) return rows;
  if (plane !== undefined) {
    const count = Math.max(1, Math.floor(Math.sqrt(most / VALUES_A_SCALE)));
    const scales = evenOf(distinct(rows, plane.scale).slice(1), count);
    const values = evenOf(distinct(rows, plane.value), Math.floor(most / count));
    const shown = rows.filter((row) => values.has(plane.value(row)) && scales.has(plane.scale(row)));
    if (shown.length > 1) return shown;
  }
  const steps = evenOf(
    rows.map((_, k) => k),
    most,
  );
  return rows.filter((_, k) => steps.has(k));
};

const distinct = <T>(rows: readonly T[], of: (row: T) => unknown): unknown[] => [...new Set(rows.map(of))];

/** So many of a list, with its ends. */
const evenOf = <T>(list: readonly T[], count: number): ReadonlySet<T> =>
  new Set(
    Array.from(
      { length: Math.min(count, list.length) },
      (_, k) => list[Math.round((k * (list.length - 1)) / Math.max(1, Math.min(count, list.length) - 1))]!,
    ),
  );
