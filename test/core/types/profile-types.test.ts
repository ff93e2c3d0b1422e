import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  allWorths,
  anyItems,
  anyNumber,
  anyNumbers,
  anyProfileTypes,
  listed,
  sum,
  temptedPairs,
} from '../finite/examples.ts';

const tasks = fc.integer({ min: 1, max: 5 });
const count = fc.integer({ min: 1, max: 10 });
const anyTypes = fc.tuple(count, tasks).chain(([n, m]) => anyProfileTypes(n, m));
/** Beyond 64 types only near ones are neighbours. */
const manyTypes = fc
  .tuple(fc.integer({ min: 65, max: 90 }), fc.integer({ min: 1, max: 3 }))
  .chain(([n, m]) => anyProfileTypes(n, m));

test('free choice is the best over all items, whatever their blocks', () => {
  fc.assert(
    fc.property(
      fc
        .record({ n: count, m: tasks, offered: fc.integer({ min: 1, max: 15 }) })
        .chain(({ n, m, offered }) =>
          fc.tuple(anyProfileTypes(n, m), anyItems(offered, m), anyNumbers(offered, 1, -0.2)),
        ),
      ([types, items, transfers]) => {
        const utilities = new Float64Array(types.count);
        const choices = new Int32Array(types.count).fill(-9);
        types.bestChoices(items, transfers, utilities, choices);
        allWorths(types, items).forEach((worths, n) => {
          const all = worths.map((worth, k) => worth - transfers[k]!);
          // Numbers are of order 1: all that differs is the order of additions.
          expect(Math.abs(utilities[n]! - Math.max(...all))).toBeLessThan(1e-14);
          expect(Math.abs(all[choices[n]!]! - Math.max(...all))).toBeLessThan(1e-14);
        });
      },
    ),
    { numRuns: 300, seed: 20261125 },
  );
});

test('visits all pairs that tempt, and no others', () => {
  fc.assert(
    fc.property(
      fc
        .tuple(count, tasks)
        .chain(([n, m]) =>
          fc.tuple(anyProfileTypes(n, m), anyItems(n, m), anyNumbers(n, 0.5), anyNumber(0.2)),
        ),
      ([types, items, rents, least]) => {
        const { visited, tempting } = temptedPairs(types, items, rents, least);
        tempting.forEach((all, n) => {
          expect([...visited[n]!.keys()].sort()).toEqual([...all.keys()].sort());
          for (const [k, gain] of all) expect(Math.abs(gain - visited[n]!.get(k)!)).toBeLessThan(1e-14);
        });
      },
    ),
    { numRuns: 300, seed: 20261125 },
  );
});

test('every task is a block', () => {
  fc.assert(
    fc.property(anyTypes, (types) => {
      const m = types.weights.length;
      const ends = new Int32Array(m + 1);
      expect(types.blockEnds(0, Int32Array.of(0), 0, 1, ends)).toBe(m);
      expect([...ends.subarray(0, m)]).toEqual(Array.from({ length: m }, (_, b) => b + 1));
    }),
    { numRuns: 20, seed: 20261125 },
  );
});

describe('neighbours', () => {
  test('of few types are all pairs', () => {
    fc.assert(
      fc.property(anyTypes, (types) => {
        const pairs = listed(types.neighbours());
        expect(new Set(pairs.map(String)).size).toBe(types.count * (types.count - 1));
        expect(pairs).toHaveLength(types.count * (types.count - 1));
        for (const [n, k] of pairs) expect(n).not.toBe(k);
      }),
      { numRuns: 50, seed: 20261125 },
    );
  });

  test('of many types are symmetric, without repeats or types beside themselves, and have the eight nearest of each', () => {
    fc.assert(
      fc.property(manyTypes, (types) => {
        const { weights } = types;
        const pairs = listed(types.neighbours());
        const keys = new Set(pairs.map(String));
        expect(keys.size).toBe(pairs.length);
        const near: number[][] = Array.from({ length: types.count }, () => []);
        const apart = (n: number, k: number): number =>
          sum(Array.from(weights, (w, m) => w * (types.valueAt(n, m) - types.valueAt(k, m)) ** 2));
        for (const [n, k] of pairs) {
          expect(n).not.toBe(k);
          expect(keys.has(`${k},${n}`)).toBe(true);
          near[n]!.push(apart(n, k));
        }
        near.forEach((distances, n) => {
          const all = Array.from({ length: types.count }, (_, k) => (k === n ? Infinity : apart(n, k)));
          const eight = (of: number[]): number[] => of.sort((a, b) => a - b).slice(0, 8);
          // Ties may fall either way; distances may not.
          eight(distances).forEach((distance, i) => {
            expect(distance).toBeLessThanOrEqual(eight(all)[i]! + 1e-15);
          });
          expect(distances.length).toBeGreaterThanOrEqual(8);
        });
      }),
      { numRuns: 6, seed: 20261125 },
    );
  });
});

test('a subset has the values of its members, and keys are shared exactly by types that are alike', () => {
  fc.assert(
    fc.property(anyTypes, fc.array(fc.nat(), { minLength: 1 }), (types, drawn) => {
      const members = Int32Array.from(drawn, (n) => n % types.count);
      const some = types.subset(members);
      const profile = (n: number): string => Array.from(types.weights, (_, m) => types.valueAt(n, m)).join();
      expect(some.count).toBe(members.length);
      members.forEach((n, i) => {
        for (let m = 0; m < types.weights.length; m++) expect(some.valueAt(i, m)).toBe(types.valueAt(n, m));
        members.forEach((k, j) => {
          expect(some.key(i) === some.key(j)).toBe(profile(n) === profile(k));
        });
      });
    }),
    { numRuns: 150, seed: 20261125 },
  );
});
