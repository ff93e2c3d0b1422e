/*
 * Tariffs for buyers who have something outside, against buyers who try every offer, and against all menus on a grid.
 *
 * C = q²/2 on a task: under markup m type w takes q = w/m, for w²/(2m) before the fee, which costs w²/(2m²).
 */
import {
  bestMarkups,
  bestSpaceTariffs,
  chainDemands,
  intendedProfit,
  intendedSurplus,
  type SurplusTable,
  sellTariffs,
  simulateSpending,
  simulateTariffs,
  singleTypeCells,
  type TwoPartTariff,
  tariffsFromMarkups,
  taskSet,
} from '@menusmith/core';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

const table: SurplusTable = { surplus: (w) => (w * w) / 2, quality: (w) => w };
const utility = (w: number, { markup, fee }: TwoPartTariff): number => (w * w) / (2 * markup) - fee;
const earned = (w: number, { markup, fee }: TwoPartTariff): number =>
  fee + ((markup - 1) * w * w) / (2 * markup * markup);

const typesOf = fc
  .array(
    fc.record({
      value: fc.integer({ min: 10, max: 40 }),
      mass: fc.integer({ min: 1, max: 9 }),
      outside: fc.integer({ min: 0, max: 60 }),
    }),
    { minLength: 1, maxLength: 4 },
  )
  .map((rows) => {
    const sorted = [...rows].sort((a, b) => a.value - b.value);
    const total = sorted.reduce((sum, { mass }) => sum + mass, 0);
    return {
      value: Float64Array.from(sorted, ({ value }) => value / 10),
      mass: Float64Array.from(sorted, ({ mass }) => mass / total),
      outside: Float64Array.from(sorted, ({ outside }) => outside / 10),
    };
  });
const tariff = fc.record({
  markup: fc.integer({ min: 8, max: 40 }).map((m) => m / 10),
  fee: fc.integer({ min: -10, max: 50 }).map((f) => f / 10 + 0.0137),
});

describe('buyers with something outside', () => {
  test('take the tariff, or what is outside, that is worth most to them', () => {
    fc.assert(
      fc.property(
        typesOf,
        fc.array(fc.option(tariff, { nil: undefined }), { minLength: 4, maxLength: 4 }),
        (types, given) => {
          const { value, mass, outside } = types;
          const cells = singleTypeCells(value, mass);
          const intended = given.slice(0, value.length);
          const offers = intended.filter((offer) => offer !== undefined);
          let [profit, surplus] = [0, 0];
          value.forEach((w, i) => {
            let [best, taken] = [outside[i]!, undefined as TwoPartTariff | undefined];
            for (const offer of offers)
              if (utility(w, offer) > best) [best, taken] = [utility(w, offer), offer];
            profit += mass[i]! * (taken ? earned(w, taken) : 0);
            surplus += mass[i]! * best;
          });
          const edges = Float64Array.of(...outside, outside.at(-1)!);
          const own = { types: outside, edges };
          const found = simulateTariffs([{ scale: 1, weight: 1, cells, table, intended, outside: own }], 0);
          expect(intendedProfit(cells, table, intended) + found.profitChange).toBeCloseTo(profit, 9);
          expect(intendedSurplus(cells, table, intended, own) + found.surplusChange).toBeCloseTo(surplus, 9);

          const tasks = taskSet(Uint8Array.of(1));
          const sale = sellTariffs(
            chainDemands(value, table),
            intended.map((offer) => offer && { ...offer, tasks, spendingCap: Number.POSITIVE_INFINITY }),
            mass,
            0,
            outside,
          );
          expect(sale.profit).toBeCloseTo(profit, 9);
          expect(sale.consumerSurplus).toBeCloseTo(surplus, 9);
        },
      ),
      { numRuns: 120, seed: 20261130 },
    );
  });

  test('leave some of a cap that is more than they want, and take what is outside where that is better', () => {
    fc.assert(
      fc.property(
        typesOf,
        fc.array(fc.integer({ min: 0, max: 50 }), { minLength: 8, maxLength: 8 }),
        (types, numbers) => {
          const { value, mass, outside } = types;
          const n = value.length;
          // Any qualities and rents: who is not served has what is outside.
          const quality = Float64Array.from(
            { length: n },
            (_, i) => Math.max(0, numbers[i]! - 10) / 10 + (numbers[i]! > 10 ? 0.003 : 0),
          );
          const rent = Float64Array.from({ length: n }, (_, i) =>
            quality[i]! > 0 ? numbers[4 + i]! / 10 : outside[i]!,
          );
          const cost = quality.map((q) => (q * q) / 2);
          const schedule = { value, servedValue: quality, quality, cost, rent };
          const fees = Array.from(value, (w, i) => w * quality[i]! - rent[i]! - cost[i]!);
          const left = (w: number, k: number): number => {
            const q = Math.min(w, quality[k]!);
            return w * q - (q * q) / 2 - fees[k]!;
          };
          let [profit, surplus, meantProfit, meantSurplus] = [0, 0, 0, 0];
          value.forEach((w, i) => {
            let [best, fee] = [outside[i]!, 0];
            for (let k = 0; k < n; k++)
              if (quality[k]! > 0 && left(w, k) > best + 1e-12) [best, fee] = [left(w, k), fees[k]!];
            profit += mass[i]! * fee;
            surplus += mass[i]! * best;
            meantProfit += quality[i]! > 0 ? mass[i]! * fees[i]! : 0;
            meantSurplus += mass[i]! * rent[i]!;
          });
          const edges = Float64Array.of(...outside, outside.at(-1)!);
          const cells = singleTypeCells(value, mass);
          const found = simulateSpending(
            [{ scale: 1, weight: 1, cells, table, schedule, outside: { types: outside, edges } }],
            1e-12,
          );
          expect(meantSurplus + found.surplusChange).toBeCloseTo(surplus, 9);
          // Who is indifferent between two items is nobody's, as all numbers are odd ones.
          expect(meantProfit + found.profitChange).toBeCloseTo(profit, 9);
        },
      ),
      { numRuns: 120, seed: 20261131 },
    );
  });

  test('the best tariffs for those who have the same outside are those of all menus on a grid', () => {
    const grid = [1, 1.05, 1.15, 1.3, 1.6, 2, 3, 6, Number.POSITIVE_INFINITY];
    fc.assert(
      fc.property(
        typesOf,
        fc.integer({ min: 0, max: 30 }),
        fc.integer({ min: 0, max: 9 }),
        ({ value, mass }, u, κ10) => {
          const distinct = new Set(value).size === value.length;
          fc.pre(distinct);
          const [outside, κ] = [u / 10, κ10 / 10];
          const n = value.length;
          const cells = singleTypeCells(value, mass);
          const own = { types: value.map(() => outside), edges: cells.edges.map(() => outside) };
          const tariffs = tariffsFromMarkups(
            cells,
            bestMarkups(cells, [{ weight: 1, table, outside: own }], κ),
            table,
            own,
          );
          const found =
            intendedProfit(cells, table, tariffs) + κ * intendedSurplus(cells, table, tariffs, own);
          expect(
            simulateTariffs([{ scale: 1, weight: 1, cells, table, intended: tariffs, outside: own }], 1e-9)
              .deviatingShare,
          ).toBe(0);
          const markups = new Array<number>(n).fill(1);
          /** By hand: fees leave the lowest type what is outside, and each next one indifferent. */
          const attained = (): number => {
            let sum = 0;
            let left = outside;
            for (let i = 0; i < n; i++) {
              const m = markups[i]!;
              const w = value[i]!;
              if (i > 0 && markups[i - 1]! < Number.POSITIVE_INFINITY)
                left += (w * w - value[i - 1]! ** 2) / (2 * markups[i - 1]!);
              const profit = m === Number.POSITIVE_INFINITY ? 0 : w * (w / m) - (w / m) ** 2 / 2 - left;
              sum += mass[i]! * (profit + κ * left);
            }
            return sum;
          };
          const all = (i: number, from: number): number => {
            if (i === n) return attained();
            let best = Number.NEGATIVE_INFINITY;
            for (let g = 0; g <= from; g++) {
              markups[i] = grid[g]!;
              best = Math.max(best, all(i + 1, g));
            }
            return best;
          };
          const brute = all(0, grid.length - 1);
          expect(found).toBeGreaterThanOrEqual(brute - 1e-7 * Math.abs(brute) - 1e-12);
        },
      ),
      { numRuns: 40, seed: 20261132 },
    );
  });

  test('a search finds at least what one tariff at any markup and fee earns, whatever they have', () => {
    fc.assert(
      fc.property(typesOf, ({ value, mass, outside }) => {
        const tasks = taskSet(Uint8Array.of(1));
        const [menu] = bestSpaceTariffs({
          demands: chainDemands(value, table),
          mass,
          candidates: [1, 1.5, 2.5].map((markup) => ({
            markup,
            fee: 0,
            tasks,
            spendingCap: Number.POSITIVE_INFINITY,
          })),
          varied: (terms, factor) => ({ ...terms, markup: factor * terms.markup }),
          surplusWeight: 0,
          outside,
          counts: [3],
        });
        let brute = 0;
        for (let m = 1; m <= 4; m += 0.05) {
          for (const [i, at] of value.entries()) {
            const fee = (at * at) / (2 * m) - outside[i]!;
            const profit = value.reduce(
              (sum, w, k) =>
                (w * w) / (2 * m) - fee >= outside[k]! - 1e-12
                  ? sum + mass[k]! * Math.max(0, earned(w, { markup: m, fee }))
                  : sum,
              0,
            );
            // Fees that leave somebody at a loss are no better than those who are kept out.
            const isLoss = value.some(
              (w, k) => (w * w) / (2 * m) - fee >= outside[k]! - 1e-12 && earned(w, { markup: m, fee }) < 0,
            );
            if (!isLoss) brute = Math.max(brute, profit);
          }
        }
        expect(menu!.profit).toBeGreaterThanOrEqual(brute * (1 - 2e-3) - 1e-9);
      }),
      { numRuns: 40, seed: 20261133 },
    );
  });
});
