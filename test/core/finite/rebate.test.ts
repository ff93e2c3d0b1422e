import { type FiniteProblem, type ItemProfiles, profilesTaskByTask, profileTypes } from '@menusmith/core';
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

test('where a cycle of items has a positive sum items are withdrawn, and those who keep theirs are content', () => {
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
        const worths = allWorths(problem.types, items);
        const transfers = Float64Array.from(rents, (rent, n) => worths[n]![n]! - rent);
        const withdrawn = new Uint8Array(transfers.length);
        const rebate = payTempted(problem, items, transfers, nobody, ENOUGH, withdrawn);
        expect(Number.isFinite(rebate)).toBe(true);
        expect(withdrawn).toContain(1);
        expect(withdrawn).toContain(0);
        worths.forEach((own, n) => {
          if (withdrawn[n] === 1) return;
          const rent = own[n]! - transfers[n]!;
          expect(rent).toBeGreaterThanOrEqual(rents[n]! - 1e-15);
          own.forEach((worth, k) => {
            expect(worth - transfers[k]!).toBeLessThanOrEqual(rent + 1e-9);
          });
        });
      },
    ),
    { numRuns: 150, seed: 20261125 },
  );
});

test('of two types given each other’s items one item is withdrawn: the cycle has a positive sum', () => {
  // Values 1 and 2, qualities 2 and 1: ⟨w₂ − w₁, q₁⟩ + ⟨w₁ − w₂, q₂⟩ = 2 − 1 = 1 (Rochet 1987).
  const problem: FiniteProblem = {
    types: profileTypes(Float64Array.of(1, 2), Float64Array.of(1)),
    mass: Float64Array.of(0.4, 0.6),
    supply: undefined as never,
  };
  const items = profilesTaskByTask(Float64Array.of(2, 1), 1);
  const transfers = Float64Array.of(2, 2);
  const withdrawn = new Uint8Array(2);
  const known = { from: Int32Array.of(0, 1), to: Int32Array.of(1, 0) };
  payTempted(problem, items, transfers, known, ENOUGH, withdrawn);
  // The heavier type keeps hers, at her whole value; nobody pays twice the largest worth for the other.
  expect([...withdrawn]).toEqual([1, 0]);
  expect(transfers[1]).toBeCloseTo(2, 12);
  expect(transfers[0]).toBeGreaterThan(2 * 2 - 1e-12);
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
