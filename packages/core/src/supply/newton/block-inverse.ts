import { inverse, Matrix, pseudoInverse } from 'ml-matrix';

/** Reads a matrix: row a, column b. */
type Entry = (a: number, b: number) => number;

/** Singular values below this share of the largest are differences' rounding. */
const SINGULAR = 1e-9;
/** A determinant that cancels by less leaves the inverse of a pair accurate. */
const REGULAR_PAIR = 1e-2;

/** A⁻¹ by elimination; undefined where ml-matrix throws, as it does on a singular matrix. */
const plainInverse = (matrix: Matrix): Matrix | undefined => {
  try {
    return inverse(matrix);
  } catch {
    return undefined;
  }
};

/**
 * Whether a matrix is far from singular, by its inverse B: with rows of size r its own singular values, rows made even, are n at most and
 * 1/‖B diag(r)‖ at least, so that the pseudo-inverse would leave none out.
 */
const isRegular = (of: Matrix, sizes: readonly number[]): boolean => {
  const n = sizes.length;
  let sum = 0;
  for (let a = 0; a < n; a++) for (let b = 0; b < n; b++) sum += (of.get(a, b) * sizes[b]!) ** 2;
  return n * Math.sqrt(sum) < 0.1 / SINGULAR;
};

/**
 * A⁻¹, and where A is singular to rounding its pseudo-inverse: the conditions of perfect substitutes say the same thing twice, and any split of a
 * change between them is right. Rows are brought to one size first, so that a small elasticity is no sign of singularity.
 */
const sharpInverse = (matrix: Matrix): Matrix => {
  const sizes = matrix.to2DArray().map((row) => Math.max(...row.map(Math.abs)));
  if (!sizes.every((size) => size > 0)) return inverse(matrix);
  const plain = plainInverse(matrix);
  if (plain && isRegular(plain, sizes)) return plain;
  const even = new Matrix(matrix.to2DArray().map((row, i) => row.map((entry) => entry / sizes[i]!)));
  const result = pseudoInverse(even, SINGULAR);
  return new Matrix(result.to2DArray().map((row) => row.map((entry, i) => entry / sizes[i]!)));
};

/** `writeInverse` of a pair by its determinant, at no cost of memory; false where it is close to singular. */
const writePairInverse = (entry: Entry, out: Float64Array, at: number): boolean => {
  const [a, b, c, d] = [entry(0, 0), entry(0, 1), entry(1, 0), entry(1, 1)];
  const determinant = a * d - b * c;
  if (!(Math.abs(determinant) > REGULAR_PAIR * (Math.abs(a * d) + Math.abs(b * c)))) return false;
  out[at] = d / determinant;
  out[at + 1] = -b / determinant;
  out[at + 2] = -c / determinant;
  out[at + 3] = a / determinant;
  return Number.isFinite(out[at]! + out[at + 1]! + out[at + 2]! + out[at + 3]!);
};

/**
 * Writes the inverse of a square matrix, read by `entry`, into `out` at `at`; false where it is singular. With `isSharp` the entries are exact
 * enough to tell a singular matrix, which then has its pseudo-inverse.
 */
export const writeInverse = (
  size: number,
  entry: Entry,
  out: Float64Array,
  at: number,
  isSharp: boolean,
): boolean => {
  if (size === 1) {
    out[at] = 1 / entry(0, 0);
    return Number.isFinite(out[at]!);
  }
  if (size === 2 && writePairInverse(entry, out, at)) return true;
  const matrix = new Matrix(size, size);
  for (let a = 0; a < size; a++) for (let b = 0; b < size; b++) matrix.set(a, b, entry(a, b));
  try {
    const result = isSharp ? sharpInverse(matrix) : inverse(matrix);
    for (let a = 0; a < size; a++) for (let b = 0; b < size; b++) out[at + a * size + b] = result.get(a, b);
  } catch {
    return false; // ml-matrix throws on a singular matrix
  }
  for (let i = 0; i < size * size; i++) if (!Number.isFinite(out[at + i]!)) return false;
  return true;
};
