/*
 * Demand of a profile at prices in proportion to costs. Quadratic cost, C = ½ Σ ω q²: with n² = Σ ω w₊², S(d w) = d² n²/2, ⟨w, q⟩ = d n², C = d² n²/2. Linear
 * cost, rate r up to 1: a task is bought whole from d w = r on.
 */
import {
  type Demand,
  demandPoint,
  type EfficientSupply,
  exactDemand,
  noUsage,
  profileTypes,
  sellTariffs,
  spaceDemands,
  supplyTaskByTask,
  tariffAt,
  taskSet,
  usageUnder,
} from '@menusmith/core';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

const supplyOf = (quality: (v: number) => number, cost: (q: number) => number): EfficientSupply => ({
  inputs: [],
  supply(value, scale, out) {
    const q = quality(value);
    out.quality = q * scale;
    out.cost = cost(q) * scale;
    out.surplus = (value * q - cost(q)) * scale;
    out.solved = true;
  },
  slopes() {},
  kinks: () => [],
});
const quadratic = supplyOf(
  (v) => Math.max(0, v),
  (q) => (q * q) / 2,
);
const power = supplyOf(
  (v) => Math.max(0, v) ** 3,
  (q) => 0.75 * q ** (4 / 3),
);
const linear = supplyOf(
  (v) => (v > 0.3 ? 1 : 0),
  (q) => 0.3 * q,
);
const weights = Float64Array.of(1, 0.5, 2);
const all = taskSet(Uint8Array.of(1, 1, 1));
const value = fc.double({ min: 0.05, max: 2, noNaN: true });
const profile = fc.tuple(value, value, value).map((values) => Float64Array.from(values));
const solvedAlways = (): void => expect.fail('not solved');

const demandsOf = (values: Float64Array, supply: EfficientSupply) => {
  const made = spaceDemands(profileTypes(values, weights), supplyTaskByTask(supply, 3));
  return { exact: made.exact(0, all), tabled: made.tabled(all)[0]! };
};

describe('demand', () => {
  test('is the closed form of quadratic cost, and spending inverts cost', () => {
    fc.assert(
      fc.property(profile, fc.double({ min: 0.05, max: 1, noNaN: true }), (values, d) => {
        const square = values.reduce((sum, w, m) => sum + weights[m]! * w * w, 0);
        const demand = exactDemand(supplyTaskByTask(quadratic, 3), values, weights, solvedAlways);
        const point = demandPoint();
        demand.at(d, point);
        expect(point.cost).toBeCloseTo((d * d * square) / 2, 12);
        expect(point.worth).toBeCloseTo(d * square, 12);
        expect(demand.spending(point.cost) / d).toBeCloseTo(1, 12);
      }),
      { numRuns: 50, seed: 1 },
    );
  });

  test.each([
    ['quadratic', quadratic],
    ['power', power],
    ['linear, with jumps', linear],
  ])('by tables is as computed anew, under markups and caps: %s', (_, supply) => {
    const usageOf = (demand: Demand, markup: number, spendingCap: number) => {
      const usage = noUsage();
      usageUnder({ markup, spendingCap }, demand, usage);
      return usage;
    };
    fc.assert(
      fc.property(
        profile,
        fc.double({ min: 1, max: 8, noNaN: true }),
        fc.double({ min: 0.01, max: 1.5, noNaN: true }),
        (values, markup, cap) => {
          const { exact, tabled } = demandsOf(values, supply);
          for (const most of [Number.POSITIVE_INFINITY, cap]) {
            const [a, b] = [usageOf(exact, markup, most), usageOf(tabled, markup, most)];
            expect(b.worth).toBeCloseTo(a.worth, 8);
            if (supply !== linear) expect(b.cost).toBeCloseTo(a.cost, 6);
          }
        },
      ),
      { numRuns: 60, seed: 2 },
    );
  });

  test('under a cap of K at cost is worth n √(2K) of quadratic cost, and whole tasks and a part of one of linear', () => {
    const values = Float64Array.of(1, 0.8, 0.4);
    const usage = noUsage();
    usageUnder({ markup: 1, spendingCap: 0.1 }, demandsOf(values, quadratic).exact, usage);
    const n = Math.sqrt(1 + 0.5 * 0.64 + 2 * 0.16);
    expect(usage.worth).toBeCloseTo(n * Math.sqrt(0.2) - 0.1, 12);
    // 0.3 buys the first task, 0.15 the second, and 0.05 a twelfth of what the third costs.
    usageUnder({ markup: 1, spendingCap: 0.5 }, demandsOf(values, linear).exact, usage);
    expect(usage.worth).toBeCloseTo(1 + 0.4 + (0.05 / 0.6) * 0.8 - 0.5, 10);
    expect(usage.payment).toBe(0.5);
  });
});

describe('selling tariffs to types of any kind', () => {
  test('leaves ties to the seller, and counts who deviates', () => {
    const types = profileTypes(Float64Array.of(1, 1, 1, 2, 2, 2), weights);
    const demands = spaceDemands(types, supplyTaskByTask(quadratic, 3));
    const mass = Float64Array.of(0.5, 0.5);
    const terms = { markup: 1, spendingCap: Number.POSITIVE_INFINITY };
    // n² = 3.5 and 14: the low type's whole surplus is 1.75, the high type's 7.
    const low = tariffAt(terms, all, demands.exact(0, all), 2 * 1.75);
    expect(low.fee).toBeCloseTo(1.75, 12);
    const high = { ...low, fee: 7 };
    const sale = sellTariffs(demands, [low, high], mass, 1e-9);
    expect(sale.deviatingShare).toBe(0.5);
    expect(sale.maxDeviationGain).toBeCloseTo(5.25, 10);
    expect(sale.profit).toBeCloseTo(1.75, 10);
    expect(sale.consumerSurplus).toBeCloseTo(0.5 * 5.25, 10);
    expect(sale.worst).toMatchObject({ type: 1, takes: { fee: low.fee } });
    const alone = sellTariffs(demands, [undefined, high], mass, 1e-9);
    expect(alone.deviatingShare).toBe(0);
    expect(alone.profit).toBeCloseTo(3.5, 10);
  });
});
