import {
  bestProfileSupply,
  type FiniteProblem,
  hasLotteries,
  type ProfileModel,
  profilePoint,
  profileTypes,
  supplyByIndex,
} from '@menusmith/core';
import { cobbDouglas } from '@menusmith/plugins';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { PowerCost } from './conic-program.ts';
import { anyNumbers, inWords, solved, sum } from './examples.ts';
import { lotteryOptimum } from './lottery-program.ts';

/** C = factor·q^power a task: v = x^{1/power} at `factor` a token. */
const modelOf = ({ factor, power }: PowerCost, tasks: number): ProfileModel => {
  const production = cobbDouglas.create(
    { exponents: { x: 1 / power }, base: {} },
    { task: ['x'], shared: [] },
  );
  const input = { name: 'x', scope: 'task', cost: factor, max: Number.POSITIVE_INFINITY } as const;
  return {
    name: `${factor} q^${power}`,
    supply: supplyByIndex(production.closedForm!([input]), 1 / power, tasks),
  };
};

/** Models whose surplus is the same at φ = w throughout, (p − 1) c (w/(c p))^{p/(p−1)}, so that all of them are in use: c by p and w. */
const factorFor = (power: number, surplus: number, value: number): number =>
  ((power - 1) / surplus) ** (power - 1) * (value / power) ** power;

/** Of a steep cost as q^1.25 Clarabel finds the optimum to a few millionths. */
const CONIC = 1e-5;

interface Drawn {
  readonly problem: FiniteProblem;
  readonly costs: readonly PowerCost[];
}

const anyCase = (mostTypes: number, mostModels = 2): fc.Arbitrary<Drawn> =>
  fc
    .record({
      count: fc.integer({ min: 2, max: mostTypes }),
      tasks: fc.integer({ min: 2, max: 3 }),
      powers: fc.uniqueArray(fc.constantFrom(1.4, 2, 4, 8), { minLength: 2, maxLength: mostModels }),
    })
    .chain(({ count, tasks, powers }) =>
      fc
        .tuple(
          anyNumbers(count * tasks, 1, 0.1),
          anyNumbers(tasks, 1, 0.2),
          anyNumbers(count, 1, 0.2),
          anyNumbers(powers.length, 1, 1),
        )
        .map(([values, weights, parts, tilts]): Drawn => {
          const all = sum(parts);
          const costs = powers.map((power, l) => ({ power, factor: factorFor(power, 0.2 * tilts[l]!, 0.5) }));
          return {
            problem: {
              types: profileTypes(values, weights),
              mass: parts.map((part) => part / all),
              supply: bestProfileSupply(costs.map((cost) => modelOf(cost, tasks))),
            },
            costs,
          };
        }),
    );

const described = ({ problem, costs }: Drawn): string =>
  `${inWords(problem)} with ${costs.map(({ factor, power }) => `${factor} q^${power}`).join(' and ')}`;

/** Every way to give each type a model. */
const assignments = (types: number, models: number): number[][] =>
  Array.from({ length: models ** types }, (_, code) =>
    Array.from({ length: types }, (_, k) => Math.floor(code / models ** k) % models),
  );

describe('a choice of models', () => {
  test('the optimum with lotteries is that of the program with every constraint, by Clarabel, and certified', () => {
    const seen = { lotteries: 0, plain: 0 };
    fc.assert(
      fc.property(anyCase(4, 3), (drawn) => {
        const { problem, costs } = drawn;
        const { menu, essential } = solved(problem, 1e-8);
        const { attained, upperBound, maxIncentiveViolation, maxParticipationViolation } = menu.certificate;
        const say = described(drawn);
        expect(upperBound - attained, say).toBeLessThanOrEqual(1e-7 * upperBound);
        expect(maxIncentiveViolation + maxParticipationViolation, say).toBeLessThanOrEqual(1e-11);
        const exact = lotteryOptimum(problem, costs);
        if (exact !== undefined)
          expect(Math.abs(attained - exact), say).toBeLessThanOrEqual(
            CONIC * Math.max(essential.firstBest, 0.05),
          );
        seen[hasLotteries(menu, problem) ? 'lotteries' : 'plain']++;
      }),
      { numRuns: 60, seed: 2026 },
    );
    expect(Math.min(seen.lotteries, seen.plain)).toBeGreaterThan(3);
  });

  test('the profit without lotteries is the best over all ways to give each type a model, by Clarabel', () => {
    let told = 0;
    fc.assert(
      fc.property(anyCase(4), (drawn) => {
        const { problem, costs } = drawn;
        const { menu, essential } = solved(problem, 1e-8);
        const own = (menu.withoutLotteries ?? menu).certificate.attained;
        const all = assignments(problem.types.count, 2).map((models) =>
          lotteryOptimum(problem, costs, models),
        );
        if (all.some((each) => each === undefined)) return;
        const most = Math.max(...all.map((each) => each!));
        expect(Math.abs(own - most), described(drawn)).toBeLessThanOrEqual(
          CONIC * Math.max(essential.firstBest, 0.05),
        );
        // Lotteries are said exactly where they earn more.
        expect(menu.withoutLotteries !== undefined).toBe(hasLotteries(menu, problem));
        if (menu.certificate.attained > most + 2 * CONIC * Math.max(essential.firstBest, 0.05)) {
          told++;
          expect(menu.withoutLotteries, described(drawn)).toBeDefined();
        }
      }),
      { numRuns: 25, seed: 20261130 },
    );
    expect(told).toBeGreaterThan(1);
  });

  test('items are what their shares make of the models: quality and cost are those expected', () => {
    fc.assert(
      fc.property(anyCase(4, 3), ({ problem }) => {
        const { menu } = solved(problem, 1e-8);
        const models = problem.supply.models!;
        const { offsets, ends, quality } = menu.items;
        const { weights } = problem.types;
        for (let k = 0; k + 1 < offsets.length; k++) {
          const [from, to] = [offsets[k]!, offsets[k + 1]!];
          const [own, lengths] = [menu.served.slice(from, to), new Float64Array(to - from)];
          ends.subarray(from, to).forEach((end, b) => {
            for (let m = b === 0 ? 0 : ends[from + b - 1]!; m < end; m++) lengths[b]! += weights[m]!;
          });
          const shares = menu.shares!.subarray(k * models.length, (k + 1) * models.length);
          expect(sum(shares)).toBeCloseTo(1, 12);
          const points = models.map(({ supply }) => {
            const point = profilePoint(supply);
            supply.supply(own, lengths, to - from, point);
            return point;
          });
          if (quality.subarray(from, to).every((q) => q === 0)) continue;
          expect(menu.costs[k]).toBeCloseTo(sum(points.map(({ cost }, l) => shares[l]! * cost)), 12);
          for (let b = from; b < to; b++) {
            const expected = sum(points.map((point, l) => shares[l]! * point.quality[b - from]!));
            expect(quality[b]).toBeCloseTo(expected, 11);
          }
        }
      }),
      { numRuns: 25, seed: 20261130 },
    );
  });
});
