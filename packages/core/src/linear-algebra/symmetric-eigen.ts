import { EigenvalueDecomposition, Matrix } from 'ml-matrix';

/** Eigenvalues of a symmetric matrix in rising order, and its eigenvectors as columns in the same order. */
export interface SymmetricEigen {
  readonly eigenvalues: readonly number[];
  readonly eigenvectors: Matrix;
}

/**
 * The eigenvalues and eigenvectors of ½ (A + Aᵀ); undefined where an entry is no number, or an eigenvalue is beyond the numbers that there are.
 *
 * The library's QL iteration squares entries, and loses its way where that overflows or is lost: it works on
 * A over the power of two next to its greatest entry, which rounds nothing.
 */
export const symmetricEigen = (matrix: Matrix): SymmetricEigen | undefined => {
  const n = matrix.rows;
  let greatest = 0;
  for (let i = 0; i < n; i++)
    for (let j = 0; j < n; j++) {
      const entry = matrix.get(i, j);
      if (!Number.isFinite(entry)) return undefined;
      greatest = Math.max(greatest, Math.abs(entry));
    }
  if (greatest === 0)
    return { eigenvalues: Array.from({ length: n }, () => 0), eigenvectors: Matrix.identity(n) };
  const size = 2 ** Math.floor(Math.log2(greatest));
  const scaled = Matrix.zeros(n, n);
  for (let i = 0; i < n; i++)
    for (let j = 0; j < n; j++) scaled.set(i, j, (matrix.get(i, j) / size + matrix.get(j, i) / size) / 2);
  const { realEigenvalues, eigenvectorMatrix } = new EigenvalueDecomposition(scaled, {
    assumeSymmetric: true,
  });
  const eigenvalues = realEigenvalues.map((value) => value * size);
  return eigenvalues.every(Number.isFinite) ? { eigenvalues, eigenvectors: eigenvectorMatrix } : undefined;
};
