import fc from 'fast-check';
import { CholeskyDecomposition, Matrix } from 'ml-matrix';
import { describe, expect, test } from 'vitest';
import { cliqueCholesky } from '../../../packages/core/src/linear-algebra/clique-cholesky.ts';
import {
  anyExample,
  anyNumbers,
  cliquesOf,
  definite,
  dense,
  type Example,
  grid,
  numbers,
  product,
  square,
  type Values,
} from './example-cliques.ts';

const choleskyOf = ({ size, cliques, coordinates }: Example) => cliqueCholesky(size, cliques, coordinates);

const expectSolves = (example: Example, values: Values, cholesky = choleskyOf(example)): void => {
  expect(cholesky.factor(values.diagonal, values.blocks)).toBe(true);
  const rightHandSide = Float64Array.from({ length: example.size }, (_, i) => Math.cos(i));
  const x = rightHandSide.slice();
  cholesky.solve(x);
  const back = product(example, values, x);
  // Backward stable: the residual is rounding in |A||x|, and entries of these matrices are of order 1.
  const scale = 1 + Math.max(...x.map(Math.abs));
  for (let i = 0; i < example.size; i++)
    expect(Math.abs(back[i]! - rightHandSide[i]!)).toBeLessThan(1e-13 * scale);
};

describe('cliqueCholesky', () => {
  test('solves as the dense factorisation does, whatever the cliques and coordinates', () => {
    fc.assert(
      fc.property(anyExample, anyNumbers, (example, entries) => {
        const values = definite(example, entries);
        const rightHandSide = Float64Array.from({ length: example.size }, (_, i) => Math.cos(i));
        const expected = new CholeskyDecomposition(dense(example, values))
          .solve(Matrix.columnVector(rightHandSide))
          .to1DArray();
        const cholesky = choleskyOf(example);
        expect(cholesky.factor(values.diagonal, values.blocks)).toBe(true);
        cholesky.solve(rightHandSide);
        // Condition numbers stay below a few hundred: the diagonal is at least ½.
        for (let i = 0; i < example.size; i++)
          expect(Math.abs(rightHandSide[i]! - expected[i]!)).toBeLessThan(1e-11);
      }),
    );
  });

  test('tells definite from indefinite as eigenvalues do', () => {
    fc.assert(
      fc.property(
        anyExample,
        anyNumbers,
        fc.double({ min: 0, max: 1, noNaN: true }),
        (example, entries, at) => {
          const values = definite(example, entries);
          const v = Math.min(example.size - 1, Math.floor(at * example.size));
          // A − t·eeᵀ is definite just as long as t·eᵀA⁻¹e < 1.
          const unit = new Float64Array(example.size);
          unit[v] = 1;
          const cholesky = choleskyOf(example);
          cholesky.factor(values.diagonal, values.blocks);
          cholesky.solve(unit);
          const factorLess = (t: number): boolean => {
            const diagonal = values.diagonal.slice();
            diagonal[v]! -= t / unit[v]!;
            return cholesky.factor(diagonal, values.blocks);
          };
          expect(factorLess(1 - 1e-9)).toBe(true);
          expect(factorLess(1 + 1e-9)).toBe(false);
        },
      ),
    );
  });

  test.each<[string, Example]>([
    ['a single vertex', { size: 1, cliques: cliquesOf([]), coordinates: [] }],
    ['no vertex', { size: 0, cliques: cliquesOf([]), coordinates: [] }],
    ['vertices in no clique', { size: 40, cliques: cliquesOf([[3, 1], [], [7]]), coordinates: [] }],
    [
      'one dense clique',
      { size: 90, cliques: cliquesOf([[...Array(90).keys()].reverse()]), coordinates: [] },
    ],
    ['a grid', grid(32)],
    ['a grid of wider cliques', grid(20, square)],
    ['a grid with all coordinates equal', { ...grid(13), coordinates: [new Float64Array(169)] }],
    ['a grid with coordinates NaN', { ...grid(13), coordinates: [new Float64Array(169).fill(Number.NaN)] }],
    ['a grid without coordinates', { ...grid(13), coordinates: [] }],
    [
      'long-range edges',
      {
        ...grid(16),
        cliques: cliquesOf(
          Array.from({ length: 256 }, (_, v) => [v, (v + 1) % 256, (v * 37 + 11) % 256].sort()).map((c) => [
            ...new Set(c),
          ]),
        ),
      },
    ],
    [
      'an arrow: one vertex joined to all',
      { ...grid(16), cliques: cliquesOf(Array.from({ length: 255 }, (_, v) => [255, v])) },
    ],
    [
      'two grids that do not touch',
      {
        size: 128,
        cliques: cliquesOf(
          [0, 64].flatMap((shift) => Array.from({ length: 63 }, (_, v) => [v + shift, v + shift + 1])),
        ),
        coordinates: [Float64Array.from({ length: 128 }, (_, v) => v % 64)],
      },
    ],
  ])('solves to rounding: %s', (_, example) => {
    expectSolves(example, definite(example, numbers));
  });

  test('factors again with other numbers, also after a failure', () => {
    const example = grid(12);
    const cholesky = choleskyOf(example);
    const values = definite(example, numbers);
    expectSolves(example, values, cholesky);
    expect(
      cholesky.factor(
        values.diagonal.map(() => -100),
        values.blocks,
      ),
    ).toBe(false);
    expect(
      cholesky.factor(
        values.diagonal.map(() => Number.NaN),
        values.blocks,
      ),
    ).toBe(false);
    expectSolves(example, definite(example, numbers.map(Math.cos)), cholesky);
    expectSolves(example, values, cholesky);
  });

  test.each([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])(
    '%d anywhere in what is read makes it false',
    (bad) => {
      const example = grid(7);
      const cholesky = choleskyOf(example);
      const values = definite(example, numbers);
      const { offsets } = example.cliques;
      let at = 0;
      for (let c = 0; c + 1 < offsets.length; c++) {
        const d = offsets[c + 1]! - offsets[c]!;
        for (let column = 0; column < d; column++)
          for (let row = 0; row < d; row++) {
            const blocks = values.blocks.slice();
            blocks[at++] = bad;
            expect(cholesky.factor(values.diagonal, blocks)).toBe(row < column);
          }
      }
      for (let v = 0; v < example.size; v++)
        expect(cholesky.factor(values.diagonal.with(v, bad), values.blocks)).toBe(false);
    },
  );

  test('reads only the lower triangles of the blocks', () => {
    const example = grid(9);
    const values = definite(example, numbers);
    const blocks = values.blocks.slice();
    let at = 0;
    for (let c = 0; c < example.size; c++) {
      const d = example.cliques.offsets[c + 1]! - example.cliques.offsets[c]!;
      for (let column = 0; column < d; column++)
        for (let row = 0; row < d; row++, at++) if (row < column) blocks[at] = 1e6;
    }
    const cholesky = choleskyOf(example);
    const [x, y] = [new Float64Array(81).fill(1), new Float64Array(81).fill(1)];
    cholesky.factor(values.diagonal, values.blocks);
    cholesky.solve(x);
    cholesky.factor(values.diagonal, blocks);
    cholesky.solve(y);
    expect(y).toEqual(x);
  });

  test('the fill of a grid grows like n log n, its operations like n^(3/2)', () => {
    const sizes = [16, 32, 64, 128];
    const fill = sizes.map((n) => choleskyOf(grid(n)).nonzeros / (n * n * Math.log2(n * n)));
    const work = sizes.map((n) => choleskyOf(grid(n)).operations / n ** 3);
    // George (1973): 31/4·n log₂ n for the nine-point stencil; separators are twice as wide here.
    expect(Math.max(...fill)).toBeLessThan(8);
    expect(Math.max(...work)).toBeLessThan(70);
    // Another order would grow by 2 (n^(3/2) fill, n² work) a step.
    expect(fill[3]! / fill[2]!).toBeLessThan(1.25);
    expect(work[3]! / work[2]!).toBeLessThan(1.25);
  });
});
