import fc from 'fast-check';
import { Matrix } from 'ml-matrix';
import type { Cliques } from '../../../packages/core/src/linear-algebra/cliques.ts';

export interface Example {
  readonly size: number;
  readonly cliques: Cliques;
  readonly coordinates: readonly Float64Array[];
}

export const cliquesOf = (lists: readonly (readonly number[])[]): Cliques => {
  const offsets = new Int32Array(lists.length + 1);
  lists.forEach((list, c) => {
    offsets[c + 1] = offsets[c]! + list.length;
  });
  return { offsets, members: Int32Array.from(lists.flat()) };
};

export const star: readonly (readonly [number, number])[] = [
  [0, 0],
  [1, 0],
  [-1, 0],
  [0, 1],
  [0, -1],
];

export const square: typeof star = [...star, [1, 1], [1, -1], [-1, 1], [-1, -1]];

/** Each vertex of an n×n grid with its neighbours. */
export const grid = (n: number, neighbours: typeof star = star): Example => {
  const vertices = Array.from({ length: n * n }, (_, v) => [Math.floor(v / n), v % n] as const);
  const inside = (i: number) => i >= 0 && i < n;
  return {
    size: n * n,
    cliques: cliquesOf(
      vertices.map(([i, j]) =>
        neighbours.flatMap(([a, b]) => (inside(i + a) && inside(j + b) ? [(i + a) * n + j + b] : [])),
      ),
    ),
    coordinates: [Float64Array.from(vertices, ([i]) => i / n), Float64Array.from(vertices, ([, j]) => j / n)],
  };
};

/** Diagonals and blocks, from a sequence of numbers in [−1, 1] that repeats; positive definite by construction. */
export const definite = ({ size, cliques: { offsets } }: Example, numbers: readonly number[]) => {
  let at = 0;
  const next = (): number => numbers[at++ % numbers.length]!;
  const blocks: number[] = [];
  for (let c = 0; c + 1 < offsets.length; c++) {
    const d = offsets[c + 1]! - offsets[c]!;
    const v = Array.from({ length: d }, next);
    for (const x of v) for (const y of v) blocks.push(x * y);
  }
  return {
    diagonal: Float64Array.from({ length: size }, () => 0.5 + Math.abs(next())),
    blocks: Float64Array.from(blocks),
  };
};

export type Values = ReturnType<typeof definite>;

/** The product of the matrix and x. */
export const product = (
  { cliques }: Example,
  { diagonal, blocks }: Values,
  x: Float64Array,
): Float64Array => {
  const { offsets, members } = cliques;
  const y = diagonal.map((value, v) => value * x[v]!);
  let k = 0;
  for (let c = 0; c + 1 < offsets.length; c++)
    for (let b = offsets[c]!; b < offsets[c + 1]!; b++)
      for (let a = offsets[c]!; a < offsets[c + 1]!; a++) y[members[a]!]! += blocks[k++]! * x[members[b]!]!;
  return y;
};

export const dense = (example: Example, values: Values): Matrix => {
  const { size } = example;
  const matrix = Matrix.zeros(size, size);
  for (let j = 0; j < size; j++) {
    const unit = new Float64Array(size);
    unit[j] = 1;
    product(example, values, unit).forEach((value, i) => {
      matrix.set(i, j, value);
    });
  }
  return matrix;
};

/** Any cliques, with edges as long as may be, and coordinates that mean nothing and often coincide. */
export const anyExample: fc.Arbitrary<Example> = fc.integer({ min: 1, max: 70 }).chain((size) =>
  fc.record({
    size: fc.constant(size),
    cliques: fc
      .array(fc.uniqueArray(fc.nat({ max: size - 1 }), { maxLength: 6 }), { maxLength: 2 * size })
      .map(cliquesOf),
    coordinates: fc.array(
      fc
        .array(fc.integer({ min: 0, max: 12 }), { minLength: size, maxLength: size })
        .map((values) => Float64Array.from(values)),
      { maxLength: 3 },
    ),
  }),
);

/** In [−1, 1], enough of them that their period is no multiple of a clique's. */
export const anyNumbers = fc.array(fc.double({ min: -1, max: 1, noNaN: true }), {
  minLength: 97,
  maxLength: 97,
});

export const numbers = Array.from({ length: 997 }, (_, i) => Math.sin(1 + i * i));
