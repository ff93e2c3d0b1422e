/** The number, or null where there is none: as results and JSON hold what could not be computed. */
export const finiteOrNull = (x: number | null | undefined): number | null =>
  x !== null && x !== undefined && Number.isFinite(x) ? x : null;
