import { CholeskyDecomposition, inverse, Matrix } from 'ml-matrix';
import { describe, expect, test } from 'vitest';
import { factorFront } from '../../../packages/core/src/linear-algebra/dense-cholesky.ts';

/** A positive definite front, as the kernel stores it and as a matrix. */
const front = (pivotCount: number, updateSize: number) => {
  const size = pivotCount + updateSize;
  const root = new Matrix(
    Array.from({ length: size }, (_, i) =>
      Array.from({ length: size }, (_, j) => Math.sin(i * size + j * j)),
    ),
  );
  const matrix = root.mmul(root.transpose()).add(Matrix.eye(size));
  const panel = new Float64Array(3 + size * pivotCount);
  const update = new Float64Array(5 + updateSize * updateSize);
  for (let i = 0; i < size; i++)
    for (let j = 0; j <= i; j++)
      if (j < pivotCount) panel[3 + i * pivotCount + j] = matrix.get(i, j);
      else update[5 + (i - pivotCount) * updateSize + j - pivotCount] = matrix.get(i, j);
  return { size, matrix, panel, update, factor: () => factorFront(panel, 3, pivotCount, size, update, 5) };
};

describe('factorFront', () => {
  test.each([
    [4, 0],
    [4, 4],
    [8, 20],
    [24, 0],
    [32, 16],
  ])('%d pivots and %d rows: a Cholesky factor with reciprocal diagonal, and a Schur complement', (p, u) => {
    const { size, matrix, panel, update, factor } = front(p, u);
    expect(factor()).toBe(true);
    const lower = new CholeskyDecomposition(matrix).lowerTriangularMatrix;
    for (let i = 0; i < size; i++)
      for (let j = 0; j <= Math.min(i, p - 1); j++)
        expect(panel[3 + i * p + j]!).toBeCloseTo(i === j ? 1 / lower.get(i, i) : lower.get(i, j), 10);
    if (u === 0) return;
    const inverseComplement = inverse(matrix).subMatrix(p, size - 1, p, size - 1);
    const complement = inverse(inverseComplement);
    for (let i = 0; i < u; i++)
      for (let j = 0; j <= i; j++) expect(update[5 + i * u + j]!).toBeCloseTo(complement.get(i, j), 8);
  });

  test.each([0, 1, 2, 3, 4, 7])('false where pivot %d is not positive, zero, infinite or NaN', (k) => {
    for (const value of [-1, 0, Number.NaN, Number.POSITIVE_INFINITY]) {
      const { panel, factor } = front(8, 4);
      panel[3 + k * 8 + k] = value;
      expect(factor()).toBe(false);
    }
  });
});
