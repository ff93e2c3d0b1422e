import { type ItemProfiles, profilesTaskByTask, profileTypes, type TypeSpace } from '@menusmith/core';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { allWorths, anyItems, anyNumber, anyNumbers, temptedPairs } from '../finite/examples.ts';

/** As many types as make boxes worth their while; values tie now and then. */
const anyCrowd = fc
  .tuple(
    fc.constantFrom({ tasks: 1, count: 80 }, { tasks: 2, count: 150 }, { tasks: 3, count: 260 }),
    fc.integer(),
    fc.constantFrom(5, 20, 1e9),
  )
  .map(([{ tasks, count }, seed, steps]) => {
    let state = Math.abs(seed) + 1;
    const next = (): number => {
      state = (state * 48271) % 2147483647;
      return Math.floor((state / 2147483647) * steps) / steps;
    };
    return {
      tasks,
      types: profileTypes(
        Float64Array.from({ length: tasks * count }, next),
        Float64Array.from({ length: tasks }, (_, m) => (m + 1) / tasks),
      ),
    };
  });

/** What types have by free choice, and what the pairs say that they can have at most. */
const choiceAndBest = (types: TypeSpace, items: ItemProfiles, transfers: Float64Array) => {
  const utilities = new Float64Array(types.count);
  const choices = new Int32Array(types.count).fill(-9);
  types.bestChoices(items, transfers, utilities, choices);
  return allWorths(types, items).map((worths, n) => ({
    utility: utilities[n]!,
    ofChoice: worths[choices[n]!]! - transfers[choices[n]!]!,
    best: Math.max(...worths.map((worth, k) => worth - transfers[k]!)),
  }));
};

test('free choice by boxes is the best over all items', () => {
  fc.assert(
    fc.property(
      anyCrowd.chain(({ types, tasks }) =>
        fc
          .integer({ min: 1, max: 40 })
          .chain((offered) =>
            fc.tuple(fc.constant(types), anyItems(offered, tasks), anyNumbers(offered, 1, -0.2)),
          ),
      ),
      ([types, items, transfers]) => {
        for (const { utility, ofChoice, best } of choiceAndBest(types, items, transfers)) {
          // Numbers are of order 1: all that differs is the order of additions.
          expect(Math.abs(utility - best)).toBeLessThan(1e-14);
          expect(Math.abs(ofChoice - best)).toBeLessThan(1e-14);
        }
      },
    ),
    { numRuns: 100, seed: 20261201 },
  );
});

test('of a menu with an item for everyone, whose rents are convex, all keep their own', () => {
  const tasks = 2;
  const side = 24;
  const values = Float64Array.from({ length: 2 * side * side }, (_, i) => {
    const n = i >> 1;
    return 1 + ((i & 1 ? n % side : Math.floor(n / side)) * 1.37) / side;
  });
  const types = profileTypes(values, Float64Array.of(1, 1));
  const quality = values.map((w, i) => w + 0.3 * values[i ^ 1]!);
  const transfers = Float64Array.from({ length: side * side }, (_, n) => {
    const [a, b] = [values[2 * n]!, values[2 * n + 1]!];
    return (a * a + b * b) / 2 + 0.3 * a * b;
  });
  const choices = new Int32Array(types.count);
  types.bestChoices(profilesTaskByTask(quality, tasks), transfers, new Float64Array(types.count), choices);
  expect([...choices]).toEqual(Array.from(choices, (_, n) => n));
});

test('an item that is no number makes the utility of all types none', () => {
  fc.assert(
    fc.property(anyCrowd, ({ types, tasks }) => {
      const items = profilesTaskByTask(new Float64Array(2 * tasks).fill(0.5, 0, 2 * tasks - 1), tasks);
      items.quality[2 * tasks - 1] = Number.NaN;
      const utilities = new Float64Array(types.count);
      types.bestChoices(items, Float64Array.of(0.1, 0.1), utilities, new Int32Array(types.count));
      expect(utilities.every(Number.isNaN)).toBe(true);
    }),
    { numRuns: 20, seed: 20261201 },
  );
});

test('boxes visit every type with all that tempts her, and with nothing else', () => {
  fc.assert(
    fc.property(
      // Of rows on a plane, favourites alone are visited.
      anyCrowd
        .filter(({ tasks }) => tasks !== 2)
        .chain(({ types, tasks }) =>
          fc.tuple(
            fc.constant(types),
            anyItems(types.count, tasks),
            anyNumbers(types.count, 0.9),
            anyNumber(0.2),
          ),
        ),
      ([types, items, rents, least]) => {
        const { visited, tempting } = temptedPairs(types, items, rents, least);
        tempting.forEach((all, n) => {
          expect([...visited[n]!.keys()].sort((a, b) => a - b)).toEqual(
            [...all.keys()].sort((a, b) => a - b),
          );
          for (const [k, gain] of visited[n]!) expect(Math.abs(gain - all.get(k)!)).toBeLessThan(1e-14);
        });
      },
    ),
    { numRuns: 12, seed: 20261201 },
  );
});
