import { Matrix } from 'ml-matrix';
import { describe, expect, it } from 'vitest';
import { symmetricEigen } from '../../../packages/core/src/linear-algebra/symmetric-eigen.ts';

describe('eigenvalues of a symmetric matrix', () => {
  const entries = [
    [2, -1, 0.5],
    [-1, 3, 0.25],
    [0.5, 0.25, 1],
  ];
  const plain = symmetricEigen(new Matrix(entries))!;

  it('and eigenvectors satisfy A e = λ e, and the eigenvalues rise', () => {
    const { eigenvalues, eigenvectors } = plain;
    expect([...eigenvalues].sort((a, b) => a - b)).toEqual(eigenvalues);
    eigenvalues.forEach((eigenvalue, r) => {
      const e = eigenvectors.getColumn(r);
      entries.forEach((row, i) => {
        expect(row.reduce((sum, entry, j) => sum + entry * e[j]!, 0)).toBeCloseTo(eigenvalue * e[i]!, 12);
      });
    });
  });

  // A power of two rounds nothing, so that they are the same to the last bit.
  it.each([2 ** 1000, 2 ** -1000])('are found of entries of any size: %s', (size) => {
    const { eigenvalues } = symmetricEigen(new Matrix(entries.map((row) => row.map((x) => x * size))))!;
    expect(eigenvalues).toEqual(plain.eigenvalues.map((x) => x * size));
  });

  it('are those of ½ (A + Aᵀ)', () => {
    const skewed = new Matrix([
      [2, -3, 0.5],
      [1, 3, 0],
      [0.5, 0.5, 1],
    ]);
    expect(symmetricEigen(skewed)!.eigenvalues).toEqual(plain.eigenvalues);
  });

  it('are none where an entry is no number, or the greatest is beyond all numbers', () => {
    expect(symmetricEigen(new Matrix([[Number.NaN]]))).toBeUndefined();
    expect(symmetricEigen(new Matrix([[Number.POSITIVE_INFINITY]]))).toBeUndefined();
    const most = Number.MAX_VALUE;
    expect(
      symmetricEigen(
        new Matrix([
          [most, most],
          [most, most],
        ]),
      ),
    ).toBeUndefined();
  });

  it('are 0 of a matrix of zeros', () => {
    expect(symmetricEigen(Matrix.zeros(2, 2))!.eigenvalues).toEqual([0, 0]);
  });
});
