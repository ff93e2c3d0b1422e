import {
  type Copula,
  completedMenu,
  independence,
  observableScale,
  type PopulationMenu,
  populationProfit,
} from '@menusmith/core';
import { beta, fgm, uniform } from '@menusmith/plugins';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { anyNumbers, curvedExample1, example1, solved, suppliedAt } from './examples.ts';
import { valueScaleGrid } from './grids.ts';

const unit = uniform.create({ min: 0, max: 1 });
const middles = (n: number): Float64Array => Float64Array.from({ length: n }, (_, j) => (j + 0.5) / n);

const menuOf = (
  scales: Float64Array,
  quality: Iterable<number>,
  transfers: Iterable<number>,
  costs: Iterable<number>,
): PopulationMenu => ({
  scales,
  quality: Float64Array.from(quality),
  transfers: Float64Array.from(transfers),
  costs: Float64Array.from(costs),
  served: new Float64Array(0),
});

test('one item at price a earns (a − c)(1 − a + a ln a), to order 2 in the cells of scales', () => {
  // Quality 1 on all tasks at cost c: buyers with w·s ≥ a take it, ∫_a^1 (1 − a/s) ds of uniform independent ones.
  const [a, c] = [0.3, 0.1];
  const expected = (a - c) * (1 - a + a * Math.log(a));
  for (const n of [20, 40, 80, 160]) {
    const menu = menuOf(middles(n), new Array(n).fill(1), [a], [c]);
    const profit = populationProfit({ values: unit, scales: unit, copula: independence }, menu);
    expect(Math.abs(profit / expected - 1)).toBeLessThan(2 / n ** 2);
  }
});

test('with one cell of scales two items are taken from w = 1 and from w = 2 on, exactly', () => {
  // q = (½, 2) at T = (¼, 7/4). Tasks reach to the middle scale ½: they are worth w/4 and w, which meet their prices at 1 and each other at 2.
  const menu = menuOf(Float64Array.of(0.5), [0.5, 2], [0.25, 1.75], [0.125, 1]);
  const values = uniform.create({ min: 0, max: 4 });
  const expected = 0.25 * (0.25 - 0.125) + 0.5 * (1.75 - 1);
  const profit = populationProfit({ values, scales: unit, copula: independence }, menu);
  expect(Math.abs(profit - expected)).toBeLessThan(1e-15);
});

describe('any menu', () => {
  const anyMenu = fc
    .record({ scales: fc.integer({ min: 1, max: 5 }), items: fc.integer({ min: 1, max: 6 }) })
    .chain(({ scales, items }) =>
      fc
        .tuple(anyNumbers(scales * items, 2), anyNumbers(items, 0.6, -0.05), anyNumbers(items, 0.4))
        .map(([quality, transfers, costs]) =>
          // No two prices are alike, and none is 0: buyers are seldom indifferent.
          menuOf(
            middles(scales),
            quality,
            transfers.map((transfer, k) => transfer + 0.001 * (k + 1)),
            costs,
          ),
        ),
    );
  /** Buyers of each middle scale at many ranks of value, each of whom looks at all items. */
  const sampled = (values: typeof unit, copula: Copula, menu: PopulationMenu, buyers: number): number => {
    const { scales, quality, transfers, costs } = menu;
    const fine = scales.length;
    let profit = 0;
    scales.forEach((s, j) => {
      for (let i = 0; i < buyers; i++) {
        const w = values.quantile((i + 0.5) / buyers);
        const mass = copula.conditional((i + 1) / buyers, s) - copula.conditional(i / buyers, s);
        let [best, earned] = [0, 0];
        transfers.forEach((transfer, k) => {
          let utility = -transfer;
          for (let m = 0; m <= j; m++)
            utility += w * (scales[m]! - (scales[m - 1] ?? 0)) * quality[k * fine + m]!;
          if (utility > best) [best, earned] = [utility, transfer - costs[k]!];
        });
        profit += (mass * earned) / fine;
      }
    });
    return profit;
  };

  test('earns what many buyers of each scale, asked one by one, bring in', () => {
    fc.assert(
      fc.property(anyMenu, fc.constantFrom(-0.9, 0, 0.9), fc.boolean(), (menu, theta, isUniform) => {
        const values = isUniform ? unit : beta.create({ a: 2, b: 3, min: 0, max: 1.5 });
        const copula = theta === 0 ? independence : fgm.create({ theta });
        const buyers = 400;
        const expected = sampled(values, copula, menu, buyers);
        const profit = populationProfit({ values, scales: unit, copula }, menu);
        // A sampled buyer in whose cell a kink lies may choose wrongly: up to 6 kinks a scale, 2/buyers of mass, money below 1.
        expect(Math.abs(profit - expected)).toBeLessThan(12 / buyers);
      }),
      { numRuns: 30, seed: 20261125 },
    );
  });
});

describe.each([-0.9, 0.9])('the completed menu of an 8 × 8 grid with FGM dependence of %d', (theta) => {
  const copula = fgm.create({ theta });
  const grid = valueScaleGrid(8, copula, example1);
  const { menu, essential } = solved(grid);
  const { completed, own } = completedMenu(
    grid.types,
    grid.scales,
    menu,
    essential.representative,
    { min: 0, max: 1 },
    curvedExample1(24),
  );
  const { scales, quality, transfers, costs, served } = completed;
  const fine = scales.length;
  const weights = scales.map((s, j) => s - (scales[j - 1] ?? 0));
  const worthOf = (w: number, j: number, k: number): number => {
    let worth = 0;
    for (let m = 0; m <= j; m++) worth += w * weights[m]! * quality[k * fine + m]!;
    return worth;
  };

  test('has items supplied efficiently to their served values, at their cost', () => {
    for (let k = 0; k < transfers.length; k++) {
      const reach = (k % fine) + 1;
      const values = served.slice(k * fine, k * fine + reach).map((p) => Math.max(p, 0));
      const point = suppliedAt(curvedExample1(24), values, weights, reach);
      for (let m = 0; m < fine; m++)
        expect(quality[k * fine + m]).toBeCloseTo(m < reach ? point.quality[m]! : 0, 14);
      expect(costs[k]).toBeCloseTo(point.cost, 14);
    }
  });

  test('interpolates served values between the grid’s scales; beyond the lower one tasks are the upper type’s', () => {
    const at = (a: number, j: number, m: number): number => served[(a * fine + j) * fine + m]!;
    let compared = 0;
    for (let a = 0; a < 8; a++) {
      for (let l = 0; l < 7; l++) {
        const [low, high] = [3 * l + 1, 3 * l + 4];
        for (const step of [1, 2]) {
          for (let m = 0; m <= low + step; m++) {
            const t = m > low ? 1 : step / 3;
            const expected = (1 - t) * (t === 1 ? 0 : at(a, low, m)) + t * at(a, high, m);
            if (!Number.isFinite(expected)) continue;
            compared++;
            expect(at(a, low + step, m)).toBeCloseTo(expected, 12);
          }
        }
      }
    }
    expect(compared).toBeGreaterThan(200);
  });

  test('is such that nobody on the grid’s values and the new scales prefers another’s item', () => {
    for (let n = 0; n < transfers.length; n++) {
      const [w, j] = [Math.floor(n / fine) / 8, n % fine];
      const rent = worthOf(w, j, n) - transfers[n]!;
      for (let k = 0; k < transfers.length; k++)
        expect(worthOf(w, j, k) - transfers[k]! - rent).toBeLessThan(1e-9);
    }
  });

  test('has the grid’s own items among its own, at their transfers', () => {
    expect(own.transfers).toHaveLength(64);
    grid.types.values.forEach((_, n) => {
      const k = menu.choices[n]!;
      if (k < 0) return;
      for (let m = 0; m < fine; m++) {
        // The grid's block in which the fine one lies.
        const middle = scales[m]! - weights[m]! / 2;
        let q = 0;
        for (let b = menu.items.offsets[k + 1]! - 1; b >= menu.items.offsets[k]!; b--)
          if (middle < grid.scales[menu.items.ends[b]! - 1]!) q = menu.items.quality[b]!;
        const isOwn = m <= 3 * (n % 8) + 1;
        expect(own.quality[n * fine + m]).toBeCloseTo(isOwn ? q : 0, 9);
      }
      expect(own.transfers[n]).toBeCloseTo(menu.transfers[k]!, 9);
    });
  });

  test('earns less from the population than could be earned if scales were seen', () => {
    const population = { values: unit, scales: unit, copula };
    const bound = observableScale(population, example1.supply).profit;
    for (const offered of [completed, own]) {
      const profit = populationProfit(population, offered);
      expect(profit).toBeGreaterThan(0.7 * bound);
      expect(profit).toBeLessThan(bound);
    }
  });
});
