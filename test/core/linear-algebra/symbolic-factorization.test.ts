import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { amalgamation } from '../../../packages/core/src/linear-algebra/amalgamation.ts';
import { nestedDissection } from '../../../packages/core/src/linear-algebra/nested-dissection.ts';
import { supernodes } from '../../../packages/core/src/linear-algebra/supernodes.ts';
import { symbolicFactorization } from '../../../packages/core/src/linear-algebra/symbolic-factorization.ts';
import { anyExample, type Example, grid } from './example-cliques.ts';

/** Rows below the diagonal of each column of the factor, by elimination of a graph, vertex by vertex. */
const eliminate = ({ size, cliques: { offsets, members } }: Example, position: ArrayLike<number>) => {
  const rows = Array.from({ length: size }, () => new Set<number>());
  const join = (list: readonly number[]) => {
    for (const a of list) for (const b of list) if (b > a) rows[a]!.add(b);
  };
  for (let c = 0; c + 1 < offsets.length; c++)
    join([...members.slice(offsets[c]!, offsets[c + 1]!)].map((v) => position[v]!));
  for (let j = 0; j < size; j++) join([...rows[j]!]);
  return rows;
};

describe('supernodes', () => {
  test('have just the rows of elimination, where no leaf is taken whole', () => {
    fc.assert(
      fc.property(anyExample, (example) => {
        const { size } = example;
        const position = Int32Array.from({ length: size }, (_, v) => v);
        const { count, first, rowOffsets, rows } = supernodes(
          example.cliques,
          position,
          new Uint8Array(size),
        );
        const expected = eliminate(example, position);
        for (let s = 0; s < count; s++) {
          const below = [...rows.slice(rowOffsets[s]!, rowOffsets[s + 1]!)];
          for (let j = first[s]!; j < first[s + 1]!; j++) {
            const column = [...below];
            for (let i = j + 1; i < first[s + 1]!; i++) column.push(i);
            expect(new Set(column)).toEqual(expected[j]);
          }
        }
      }),
    );
  });
});

describe('amalgamation', () => {
  test('leaves a grid less than half of its fronts', () => {
    const { size, cliques, coordinates } = grid(40);
    const { order, sameLeaf } = nestedDissection(size, cliques, coordinates);
    const position = new Int32Array(size);
    order.forEach((v, j) => {
      position[v] = j;
    });
    const { count } = supernodes(cliques, position, sameLeaf);
    expect(symbolicFactorization(size, cliques, coordinates).count).toBeLessThan(count / 2);
  });

  test('keeps a child apart whose rows are few beside its parent’s', () => {
    const parent = Int32Array.of(1, -1);
    const first = Int32Array.of(0, 40, 80);
    const rows = new Int32Array(0);
    const none = { rows, cliqueOffsets: rows, cliqueList: rows, count: 2, first, parent };
    expect(amalgamation({ ...none, rowOffsets: Int32Array.of(0, 8, 208) })).toEqual(Int32Array.of(0, 1));
    expect(amalgamation({ ...none, rowOffsets: Int32Array.of(0, 48, 56) })).toEqual(Int32Array.of(1, 1));
  });
});

describe('symbolicFactorization', () => {
  test('has every entry of the factor, rows ascending, and children before parents in one piece', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          anyExample,
          fc.integer({ min: 5, max: 9 }).map((n) => grid(n)),
        ),
        (example) => {
          const { size, cliques, coordinates } = example;
          const symbolic = symbolicFactorization(size, cliques, coordinates);
          const { count, first, rowOffsets, rows, parent, order } = symbolic;
          const position = new Int32Array(size);
          order.forEach((v, j) => {
            position[v] = j;
          });
          const expected = eliminate(example, position);
          const descendants = new Int32Array(count);
          for (let s = 0; s < count; s++) {
            const below = [...rows.slice(rowOffsets[s]!, rowOffsets[s + 1]!)];
            expect(below).toEqual([...new Set(below)].sort((a, b) => a - b));
            for (let j = first[s]!; j < first[s + 1]!; j++)
              for (const row of expected[j]!) expect(row < first[s + 1]! || below.includes(row)).toBe(true);
            if (below.length === 0) expect(parent[s]).toBe(-1);
            else {
              expect(first[parent[s]!]!).toBeLessThanOrEqual(below[0]!);
              expect(first[parent[s]! + 1]!).toBeGreaterThan(below[0]!);
              descendants[parent[s]!]! += descendants[s]! + 1;
            }
          }
          // In postorder the subtree of s is s − descendants[s] … s.
          for (let s = 0; s < count; s++)
            for (let t = s - descendants[s]!; t < s; t++)
              expect(parent[t]! > t && parent[t]! <= s).toBe(true);
        },
      ),
    );
  });

  test('every clique belongs to the supernode of its member that is eliminated first', () => {
    fc.assert(
      fc.property(anyExample, ({ size, cliques, coordinates }) => {
        const symbolic = symbolicFactorization(size, cliques, coordinates);
        const { count, first, order, cliqueOffsets, cliqueList } = symbolic;
        const { offsets, members } = cliques;
        let found = 0;
        for (let s = 0; s < count; s++)
          for (let l = cliqueOffsets[s]!; l < cliqueOffsets[s + 1]!; l++) {
            const c = cliqueList[l]!;
            const positions = [...members.slice(offsets[c]!, offsets[c + 1]!)].map((v) => order.indexOf(v));
            expect(Math.min(...positions)).toBeGreaterThanOrEqual(first[s]!);
            expect(Math.min(...positions)).toBeLessThan(first[s + 1]!);
            found++;
          }
        const empty = [...offsets].filter((at, c) => c > 0 && at === offsets[c - 1]).length;
        expect(found).toBe(offsets.length - 1 - empty);
      }),
    );
  });
});
