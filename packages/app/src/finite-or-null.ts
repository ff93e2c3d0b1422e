/** The number, or null where there is none: as results and JSON hold what could not be computed. */
export const finiteOrNull = (x: number | null | undefined): number | null =>
  x !== null && x !== undefined && Number.isFinite(x) ? x : null;

/** What rounding of integrals may add to a share. */
const ROUNDING = 1e-9;

/** A share of buyers, in [0, 1]: what rounding has taken it beyond is left out. Null where there is no number. */
export const shareOrNull = (share: number): number | null =>
  finiteOrNull(share > 1 && share <= 1 + ROUNDING ? 1 : share < 0 && share >= -ROUNDING ? 0 : share);
