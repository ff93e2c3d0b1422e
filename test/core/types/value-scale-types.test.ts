import { valueScaleTypes } from '@menusmith/core';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  allWorths,
  anyItems,
  anyNumber,
  anyNumbers,
  anyValueScaleTypes,
  listed,
  temptedPairs,
} from '../finite/examples.ts';

const tasks = fc.integer({ min: 1, max: 6 });
const count = fc.integer({ min: 1, max: 12 });
const anyTypes = fc.tuple(count, tasks).chain(([n, m]) => anyValueScaleTypes(n, m));

describe('free choice', () => {
  test('is the best over all items, whatever their blocks, for fewer types or more', () => {
    fc.assert(
      fc.property(
        fc
          .record({ n: count, m: tasks, offered: fc.integer({ min: 1, max: 15 }) })
          .chain(({ n, m, offered }) =>
            fc.tuple(anyValueScaleTypes(n, m), anyItems(offered, m), anyNumbers(offered, 1, -0.2)),
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
      { numRuns: 400, seed: 20261125 },
    );
  });

  test('among lines of one slope is the cheapest', () => {
    // All items have quality 1 on the first task; beyond it they differ, where type 0 cannot tell.
    const types = valueScaleTypes(Float64Array.of(1, 1), Int32Array.of(1, 2), Float64Array.of(0.5, 0.5));
    const items = {
      offsets: Int32Array.of(0, 2, 4, 6),
      ends: Int32Array.of(1, 2, 1, 2, 1, 2),
      quality: Float64Array.of(1, 0, 1, 3, 1, 2),
    };
    const utilities = new Float64Array(2);
    const choices = new Int32Array(2);
    types.bestChoices(items, Float64Array.of(0.4, 0.9, 0.3), utilities, choices);
    expect([...choices]).toEqual([2, 2]);
    expect(utilities[0]).toBeCloseTo(0.2, 14);
    expect(utilities[1]).toBeCloseTo(1.2, 14);
  });
});

test('visits for every type that is tempted her favourite, and only pairs that do tempt', () => {
  fc.assert(
    fc.property(
      fc
        .tuple(count, tasks)
        .chain(([n, m]) =>
          fc.tuple(anyValueScaleTypes(n, m), anyItems(n, m), anyNumbers(n, 0.5), anyNumber(0.2)),
        ),
      ([types, items, rents, least]) => {
        const { visited, tempting } = temptedPairs(types, items, rents, least);
        for (let n = 0; n < types.count; n++) {
          for (const [k, gain] of visited[n]!) {
            expect(k).not.toBe(n);
            expect(Math.abs(gain - tempting[n]!.get(k)!)).toBeLessThan(1e-14);
          }
          const most = Math.max(0, ...visited[n]!.values());
          expect(Math.abs(most - Math.max(0, ...tempting[n]!.values()))).toBeLessThan(1e-14);
        }
      },
    ),
    { numRuns: 400, seed: 20261125 },
  );
});

test('blocks are the fewest runs of tasks on which the types asked for do not change', () => {
  fc.assert(
    fc.property(anyTypes, fc.array(fc.nat()), fc.nat(), (types, drawn, first) => {
      const k = first % types.count;
      // Others stand inside a longer list.
      const others = Int32Array.from([k, ...drawn, k], (n) => n % types.count);
      const ends = new Int32Array(types.weights.length + 1);
      const blocks = types.blockEnds(k, others, 1, 1 + drawn.length, ends);
      const asked = [k, ...others.subarray(1, 1 + drawn.length)];
      const own = types.reach[k]!;
      const changes = new Set(asked.map((n) => types.reach[n]!).filter((r) => r > 0 && r < own));
      expect(blocks).toBe(own === 0 ? 0 : changes.size + 1);
      let start = 0;
      for (let b = 0; b < blocks; b++) {
        expect(ends[b]!).toBeGreaterThan(start);
        for (const n of asked) {
          for (let m = start; m < ends[b]!; m++)
            expect(types.valueAt(n, m)).toBe(types.valueAt(n, ends[b]! - 1));
        }
        start = ends[b]!;
      }
      for (let m = start; m < types.weights.length; m++) expect(types.valueAt(k, m)).toBe(0);
    }),
    { numRuns: 400, seed: 20261125 },
  );
});

describe('neighbours', () => {
  test('are symmetric, without repeats or types beside themselves, and connect all types', () => {
    fc.assert(
      fc.property(anyTypes, (types) => {
        const pairs = listed(types.neighbours());
        const keys = new Set(pairs.map(String));
        expect(keys.size).toBe(pairs.length);
        for (const [n, k] of pairs) {
          expect(n).not.toBe(k);
          expect(keys.has(`${k},${n}`)).toBe(true);
        }
        const reached = new Set([0]);
        for (const n of reached) for (const [a, b] of pairs) if (a === n) reached.add(b);
        expect(reached.size).toBe(types.count);
      }),
      { numRuns: 300, seed: 20261125 },
    );
  });

  test('join each type to the nearest values of the next reach that there is, above and below', () => {
    fc.assert(
      fc.property(anyTypes, ({ values, reach, count, neighbours }) => {
        const pairs = listed(neighbours());
        const all = [...new Set(reach)].sort((a, b) => a - b);
        for (let n = 0; n < count; n++) {
          const own = all.indexOf(reach[n]!);
          for (const next of [all[own - 1], all[own + 1]]) {
            if (next === undefined) continue;
            const apart = (k: number): number => Math.abs(values[k]! - values[n]!);
            const there = [...reach.keys()].filter((k) => reach[k] === next);
            const joined = pairs.filter(([a, b]) => a === n && reach[b] === next).map(([, b]) => apart(b));
            expect(Math.min(...joined)).toBe(Math.min(...there.map(apart)));
          }
        }
      }),
      { numRuns: 300, seed: 20261125 },
    );
  });
});

test('a subset has the values of its members, in their order', () => {
  fc.assert(
    fc.property(anyTypes, fc.array(fc.nat(), { minLength: 1 }), (types, drawn) => {
      const members = Int32Array.from(drawn, (n) => n % types.count);
      const some = types.subset(members);
      expect(some.count).toBe(members.length);
      members.forEach((n, i) => {
        for (let m = 0; m < types.weights.length; m++) expect(some.valueAt(i, m)).toBe(types.valueAt(n, m));
        expect(some.key(i)).toBe(types.key(n));
      });
    }),
    { numRuns: 200, seed: 20261125 },
  );
});

test('types that are worth something share a key exactly if they are alike', () => {
  fc.assert(
    fc.property(anyTypes, (types) => {
      const profile = (n: number): string => Array.from(types.weights, (_, m) => types.valueAt(n, m)).join();
      const worth = [...types.values.keys()].filter((n) => types.values[n]! > 0 && types.reach[n]! > 0);
      for (const n of worth)
        for (const k of worth) expect(types.key(n) === types.key(k)).toBe(profile(n) === profile(k));
    }),
    { numRuns: 200, seed: 20261125 },
  );
});
