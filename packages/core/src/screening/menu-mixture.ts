/** A menu as capacity sees it: what it brings at true costs, in money per buyer, and its mean use of each capped input. */
export interface MenuUse {
  readonly worth: number;
  readonly use: Float64Array;
}

/** The best mixture of menus whose mean use stays within capacity. */
export interface MenuMixture {
  /** Of each menu; what is missing to 1 is served nothing, which brings `nothing`. */
  readonly shares: Float64Array;
  /** ρ ≥ 0: what one more unit of each capped input would bring. */
  readonly prices: Float64Array;
  readonly worth: number;
}

/** Smaller gains, as shares of the largest worth, are rounding. */
const ROUNDING = 1e-15;
const MOST_PIVOTS = 500;

/**
 * max Σ αₖ (worthₖ − nothing) subject to Σ αₖ useₖ ≤ capacity, Σ αₖ ≤ 1, α ≥ 0: a linear program with a row an input, by the simplex method
 * with Bland's rule from α = 0, the menu that sells nothing.
 *
 * Direct mechanisms are a convex set: the mixture of menus, each of which everybody takes her own item of, is one of them, with the
 * mean of their qualities, transfers and inputs. Its dual prices are the shadow prices (Dantzig and Wolfe 1960).
 */
export const bestMixture = (menus: readonly MenuUse[], capacity: Float64Array, nothing = 0): MenuMixture => {
  const [inputs, count] = [capacity.length, menus.length];
  const rows = inputs + 1;
  const width = count + rows + 1;
  // Use as a share of capacity, worth as a share of the largest: all columns are of one size.
  const unit = menus.reduce((most, { worth }) => Math.max(most, Math.abs(worth - nothing)), 0) || 1;
  const table = Array.from({ length: rows }, (_, i) => {
    const row = new Float64Array(width);
    menus.forEach(({ use }, k) => {
      row[k] = i < inputs ? use[i]! / capacity[i]! : 1;
    });
    row[count + i] = 1;
    row[width - 1] = 1;
    return row;
  });
  const gains = new Float64Array(width);
  menus.forEach(({ worth }, k) => {
    gains[k] = (worth - nothing) / unit;
  });
  const basis = Array.from({ length: rows }, (_, i) => count + i);
  for (let pivots = 0; pivots < MOST_PIVOTS; pivots++) {
    const entering = gains.findIndex((gain, k) => k < width - 1 && gain > ROUNDING);
    if (entering < 0) break;
    const leaving = leavingRow(table, basis, entering);
    if (leaving < 0) break;
    pivot(table, gains, leaving, entering);
    basis[leaving] = entering;
  }
  const shares = new Float64Array(count);
  basis.forEach((k, i) => {
    if (k < count) shares[k] = Math.max(0, table[i]![width - 1]!);
  });
  return {
    shares,
    prices: capacity.map((most, i) => (Math.max(0, -gains[count + i]!) * unit) / most),
    worth: menus.reduce((sum, { worth }, k) => sum + shares[k]! * (worth - nothing), nothing),
  };
};

/** The row whose variable is the first to reach 0 as the entering one grows, of several the one of the lowest number. */
const leavingRow = (table: readonly Float64Array[], basis: readonly number[], entering: number): number => {
  let [leaving, least] = [-1, Number.POSITIVE_INFINITY];
  table.forEach((row, i) => {
    if (!(row[entering]! > ROUNDING)) return;
    const ratio = row.at(-1)! / row[entering]!;
    if (ratio < least || (ratio === least && basis[i]! < basis[leaving]!)) [leaving, least] = [i, ratio];
  });
  return leaving;
};

const pivot = (
  table: readonly Float64Array[],
  gains: Float64Array,
  leaving: number,
  entering: number,
): void => {
  const pivotRow = table[leaving]!;
  const scale = pivotRow[entering]!;
  for (let k = 0; k < pivotRow.length; k++) pivotRow[k]! /= scale;
  for (const row of [...table, gains]) {
    const factor = row[entering]!;
    if (row === pivotRow || factor === 0) continue;
    for (let k = 0; k < row.length; k++) row[k]! -= factor * pivotRow[k]!;
    row[entering] = 0;
  }
};
