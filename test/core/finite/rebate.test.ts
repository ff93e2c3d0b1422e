import {
  type FiniteProblem,
  type ItemProfiles,
  profilesTaskByTask,
  profileTypes,
  type TypePairs,
  type TypeSpace,
} from '@menusmith/core';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { payTempted } from '../../../packages/core/src/finite/rebate.ts';
import { allWorths, anyItems, anyNumber, anyNumbers, anyProblem, sum } from './examples.ts';

const nobody = { from: new Int32Array(0), to: new Int32Array(0) };
const ENOUGH = 1e-12;

/** gain[n][k] = ⟨w_n − w_k, q_k⟩: by how much U_n must exceed U_k. */
const gainsOf = ({ types }: FiniteProblem, items: ItemProfiles): number[][] => {
  const worths = allWorths(types, items);
  return worths.map((own) => own.map((worth, k) => worth - worths[k]![k]!));
};

/** The least rents above `given` that meet all constraints: longest paths (Bellman–Ford); undefined where a cycle has a positive sum. */
const leastRents = (gains: readonly (readonly number[])[], given: readonly number[]) => {
  const rents = [...given];
  for (let round = 0; round <= given.length; round++) {
    let isRaised = false;
    gains.forEach((own, n) => {
      own.forEach((gain, k) => {
        if (!(rents[k]! + gain > rents[n]! + 1e-10)) return;
        rents[n] = rents[k]! + gain;
        isRaised = true;
      });
    });
    if (!isRaised) return rents;
  }
  return undefined;
};

/** Items that some transfers implement: each type's is what she would choose from any menu. */
const anyImplementable = anyProblem.chain((problem) => {
  const tasks = problem.types.weights.length;
  const count = problem.types.count;
  return fc
    .tuple(anyItems(6, tasks), anyNumbers(6, 0.5), anyNumbers(count, 0.5), fc.boolean())
    .map(([menu, prices, rents, isTold]) => {
      const worths = allWorths(problem.types, menu);
      const chosen = worths.map((own) => {
        let best = 0;
        own.forEach((worth, k) => {
          if (worth - prices[k]! > own[best]! - prices[best]!) best = k;
        });
        return best;
      });
      const quality = new Float64Array(count * tasks);
      chosen.forEach((k, n) => {
        let m = 0;
        for (let b = menu.offsets[k]!; b < menu.offsets[k + 1]!; b++)
          for (; m < menu.ends[b]!; m++) quality[n * tasks + m] = menu.quality[b]!;
      });
      return { problem, items: profilesTaskByTask(quality, tasks), rents, isTold };
    });
});

const paid = (
  problem: FiniteProblem,
  items: ItemProfiles,
  rents: Float64Array,
  likely: { from: Int32Array; to: Int32Array } = nobody,
) => {
  const worths = allWorths(problem.types, items);
  const transfers = rents.map((rent, k) => worths[k]![k]! - rent);
  const rebate = payTempted(problem, items, transfers, likely, ENOUGH);
  return { transfers, rebate, after: transfers.map((transfer, k) => worths[k]![k]! - transfer), worths };
};

describe('where transfers can implement the items', () => {
  test('nobody prefers another’s item afterwards, no rent has fallen, and what is paid is Σ f × what rents rose by', () => {
    fc.assert(
      fc.property(anyImplementable, ({ problem, items, rents, isTold }) => {
        const likely = isTold ? problem.types.neighbours() : nobody;
        const { transfers, rebate, after, worths } = paid(problem, items, rents, likely);
        after.forEach((rent, n) => {
          expect(rent).toBeGreaterThanOrEqual(rents[n]! - 1e-15);
          worths[n]!.forEach((worth, k) => {
            expect(worth - transfers[k]!).toBeLessThanOrEqual(rent + 1e-14);
          });
        });
        const rose = sum(after.map((rent, n) => problem.mass[n]! * (rent - rents[n]!)));
        expect(Math.abs(rebate - rose)).toBeLessThan(1e-14);
      }),
      { numRuns: 200, seed: 20261125 },
    );
  });

  test('rents become the least that do', () => {
    fc.assert(
      fc.property(anyImplementable, ({ problem, items, rents, isTold }) => {
        const least = leastRents(gainsOf(problem, items), [...rents]);
        expect(least).toBeDefined();
        const likely = isTold ? problem.types.neighbours() : nobody;
        paid(problem, items, rents, likely).after.forEach((rent, n) => {
          expect(Math.abs(rent - least![n]!)).toBeLessThan(1e-9);
        });
      }),
      { numRuns: 200, seed: 20261125 },
    );
  });
});

/** What each type is meant to have, starting from her own item, and the transfers, once cycles are broken. */
const shared = (
  problem: FiniteProblem,
  items: ItemProfiles,
  rents: readonly number[] | Float64Array,
  costs = new Float64Array(rents.length),
) => {
  const worths = allWorths(problem.types, items);
  const transfers = Float64Array.from(rents, (rent, n) => worths[n]![n]! - rent);
  const meant = Int32Array.from(rents, (_, n) => n);
  const rebate = payTempted(problem, items, transfers, problem.types.neighbours(), ENOUGH, { meant, costs });
  return { worths, transfers, meant, rebate };
};

test('where a cycle of items has a positive sum types share items, and are content with what they are meant to have', () => {
  fc.assert(
    fc.property(
      anyProblem.chain((problem) =>
        fc.tuple(
          fc.constant(problem),
          anyItems(problem.types.count, problem.types.weights.length),
          anyNumbers(problem.types.count, 0.5),
        ),
      ),
      ([problem, items, rents]) => {
        fc.pre(leastRents(gainsOf(problem, items), [...rents]) === undefined);
        const { worths, transfers, meant, rebate } = shared(problem, items, rents);
        expect(Number.isFinite(rebate)).toBe(true);
        expect(new Set(meant).size).toBeLessThan(meant.length);
        worths.forEach((own, n) => {
          const rent = own[meant[n]!]! - transfers[meant[n]!]!;
          expect(rent).toBeGreaterThanOrEqual(-1e-12);
          own.forEach((worth, k) => {
            expect(worth - transfers[k]!).toBeLessThanOrEqual(rent + 1e-9);
          });
        });
      },
    ),
    { numRuns: 150, seed: 20261125 },
  );
});

describe('of two types given each other’s items, as the cycle has a positive sum,', () => {
  // Values 1 and 2, qualities 2 and 1: ⟨w₂ − w₁, q₁⟩ + ⟨w₁ − w₂, q₂⟩ = 2 − 1 = 1 (Rochet 1987).
  const problem: FiniteProblem = {
    types: profileTypes(Float64Array.of(1, 2), Float64Array.of(1)),
    mass: Float64Array.of(0.4, 0.6),
    supply: undefined as never,
  };
  const items = profilesTaskByTask(Float64Array.of(2, 1), 1);

  test.each([
    ['first', [1, 2], [0, 0], 0],
    ['second', [2, 1], [0, 0], 1],
    ['first', [0, 0], [0, 0.5], 0],
    ['second', [0, 0], [0.5, 0], 1],
  ])('the %s is had by both where its profit is larger', (_, costs, rents, best) => {
    const { meant, transfers } = shared(problem, items, rents, Float64Array.from(costs));
    expect([...meant]).toEqual([best, best]);
    // The low type pays her whole value for either; nobody pays twice the largest worth for the other item.
    expect(transfers[best]).toBeCloseTo(best === 0 ? 2 : 1, 12);
    expect(transfers[1 - best]).toBeGreaterThan(2 * 2 - 1e-12);
  });

  test('each keeps her own where they may not share, though one is not content', () => {
    const { transfers, rebate } = paid(problem, items, new Float64Array(2));
    expect(Math.max(...transfers)).toBeLessThanOrEqual(2);
    expect(Number.isFinite(rebate)).toBe(true);
  });
});

describe('of types in a cycle', () => {
  const meantFor = (values: number[], quality: number[], costs: number[], rents: number[]) => {
    const problem: FiniteProblem = {
      types: profileTypes(Float64Array.from(values), Float64Array.of(1)),
      mass: new Float64Array(values.length).fill(1 / values.length),
      supply: undefined as never,
    };
    const items = profilesTaskByTask(Float64Array.from(quality), 1);
    const { meant, transfers, worths } = shared(problem, items, rents, Float64Array.from(costs));
    worths.forEach((worth, n) => {
      const rent = worth[meant[n]!]! - transfers[meant[n]!]!;
      expect(rent).toBeGreaterThanOrEqual(Math.max(0, ...worth.map((of, k) => of - transfers[k]!)) - 1e-10);
    });
    return [...meant];
  };

  test('she is given the most profitable item who is tempted by it', () => {
    expect(meantFor([1, 4, 2], [4, 3, 3], [2, 2, 2], [1, 1, 1])).toEqual([1, 1, 2]);
  });

  test('others who like it as well as their own are given it too', () => {
    expect(meantFor([4, 1, 1, 1], [1, 4, 3, 3], [2, 3, 0, 0], [0, 0, 0, 3])).toEqual([2, 2, 2, 3]);
    expect(meantFor([2, 1, 3, 3], [2, 2, 2, 1], [0, 3, 1, 3], [3, 3, 2, 2])).toEqual([0, 0, 2, 0]);
  });

  test('who would lose by it keeps her own', () => {
    expect(meantFor([3, 2, 4], [2, 2, 1], [0, 0, 0], [3, 2, 2])).toEqual([0, 1, 0]);
  });

  test('who is in none keeps her own', () => {
    expect(meantFor([1, 1, 4], [4, 1, 1], [0, 3, 3], [3, 2, 2])).toEqual([0, 1, 0]);
  });
});

describe('along a chain of 80 values with rising qualities', () => {
  const count = 80;
  const steps = (of: (n: number) => number) => Float64Array.from({ length: count }, (_, n) => of(n));
  const chain = profileTypes(
    steps((n) => 1 + n / count),
    Float64Array.of(1),
  );
  const items = profilesTaskByTask(
    steps((n) => (n + 1) / count),
    1,
  );
  /** U_n = Σ (w_k+1 − w_k) q_k over k < n. */
  const expected = (n: number): number => (n * (n + 1)) / (2 * count ** 2);
  /** What is left to types, and how often all pairs were looked at. */
  const settled = (likely: TypePairs, meant?: Int32Array) => {
    let looks = 0;
    const types: TypeSpace = Object.assign(Object.create(chain), {
      bestChoices: (...asked: Parameters<TypeSpace['bestChoices']>) => {
        looks++;
        chain.bestChoices(...asked);
      },
    });
    const problem: FiniteProblem = { types, mass: steps(() => 1 / count), supply: undefined as never };
    const worths = allWorths(types, items);
    const transfers = steps((n) => worths[n]![n]!);
    payTempted(problem, items, transfers, likely, ENOUGH, meant && { meant, costs: new Float64Array(count) });
    return { looks, rents: transfers.map((transfer, n) => worths[n]![n]! - transfer) };
  };
  const pairs = Array.from({ length: count }, (_, n) =>
    Array.from({ length: n }, (_, k) => [n, k] as const),
  ).flat();
  const everyPair = { from: Int32Array.from(pairs, ([n]) => n), to: Int32Array.from(pairs, ([, k]) => k) };

  test.each<[string, TypePairs]>([
    ['neighbours', chain.neighbours()],
    ['all, so that the highest rent is raised by every other type', everyPair],
  ])('pairs that are told are settled before all are looked at, once: %s', (_, likely) => {
    const own = Int32Array.from({ length: count }, (_, n) => n);
    for (const meant of [undefined, own]) {
      const { looks, rents } = settled(likely, meant);
      rents.forEach((rent, n) => {
        expect(Math.abs(rent - expected(n))).toBeLessThan(1e-11);
      });
      expect(looks).toBe(1);
    }
  });

  test('pairs that are not told are found by looks, the last of which finds nothing', () => {
    const { looks, rents } = settled(nobody);
    rents.forEach((rent, n) => {
      expect(Math.abs(rent - expected(n))).toBeLessThan(1e-11);
    });
    expect(looks).toBeGreaterThan(1);
    expect(looks).toBeLessThan(20);
  });
});

test('types that are indifferent to 10⁻⁹ in 50 cycles share the most profitable of their items, and nothing is lost', () => {
  // Three types a level whose values rise by 2·10⁻⁸ while their qualities fall by .01: each three make a cycle, and there are more than are broken one by one.
  const count = 150;
  const level = (n: number): number => Math.floor(n / 3);
  const turn = (n: number): number => (7 * n) % 3;
  const each = (of: (n: number) => number): Float64Array =>
    Float64Array.from({ length: count }, (_, n) => of(n));
  const values = each((n) => 0.5 + level(n) / 8 + 2e-8 * turn(n));
  const problem: FiniteProblem = {
    types: profileTypes(values, Float64Array.of(1)),
    mass: new Float64Array(count).fill(1 / count),
    supply: undefined as never,
  };
  const items = profilesTaskByTask(
    each((n) => 0.5 + 0.1 * level(n) - 0.01 * turn(n)),
    1,
  );
  const own = Float64Array.from(values, (w, n) => w * items.quality[n]!);
  let rent = 0;
  const rents = Float64Array.from(values, (_, n) => {
    if (n > 0 && n % 3 === 0) rent += (values[n]! - values[n - 3]!) * items.quality[n - 3]!;
    return rent;
  });
  const before = sum(own.map((worth, n) => (worth - rents[n]!) / count));
  const { meant, transfers, worths } = shared(problem, items, rents);
  const after = sum(Array.from(meant, (k) => transfers[k]! / count));
  expect(after).toBeGreaterThan(before - 1e-6);
  worths.forEach((worth, n) => {
    const best = Math.max(...worth.map((of, k) => of - transfers[k]!));
    expect(worth[meant[n]!]! - transfers[meant[n]!]!).toBeGreaterThanOrEqual(best - 1e-12);
  });
});

test('no type is paid where nobody is tempted', () => {
  fc.assert(
    fc.property(anyImplementable, anyNumber(1), ({ problem, items, rents }, more) => {
      const content = leastRents(gainsOf(problem, items), [...rents])!;
      const { rebate, after } = paid(
        problem,
        items,
        Float64Array.from(content, (rent) => rent + more),
      );
      expect(Math.abs(rebate)).toBeLessThan(1e-9);
      after.forEach((rent, n) => {
        expect(Math.abs(rent - content[n]! - more)).toBeLessThan(1e-9);
      });
    }),
    { numRuns: 100, seed: 20261125 },
  );
});
