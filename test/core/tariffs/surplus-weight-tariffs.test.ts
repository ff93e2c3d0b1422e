/*
 * Best tariffs for an objective that counts consumer surplus: profit + κ·surplus.
 *
 * C = q²/2, types 1 and 2 of masses f and 1 − f. Under markup m type w takes q = w/m: utility w²/(2m) before the fee, welfare w²/m − w²/(2m²). The low type
 * pays all; the high type is kept at m = 1 by the surplus that the low type's tariff leaves her, (4 − 1)/(2m). Objective in m:
 * f [1/(2m) + (m − 1)/(2m²)] + (1 − f) [2 − (1 − κ) 3/(2m)], maximised on a fine grid; m = ∞ leaves the low type out.
 */
import {
  bestMarkups,
  intendedProfit,
  intendedSurplus,
  type ScaleTariffs,
  type SurplusTable,
  simulateTariffs,
  singleTypeCells,
  tariffsFromMarkups,
} from '@menusmith/core';
import { describe, expect, test } from 'vitest';

const table: SurplusTable = { surplus: (w) => (w * w) / 2, quality: (w) => w };

describe('best tariffs for profit and a share of consumer surplus', () => {
  test.each([
    [0.75, 0],
    [0.75, 0.4],
    [0.5, 0.3],
    [0.5, 0.8],
    [0.6, 1],
    [0.3, 0],
  ])('of two types are those of a search over the low type’s markup: f = %s, κ = %s', (f, κ) => {
    const cells = singleTypeCells(Float64Array.of(1, 2), Float64Array.of(f, 1 - f));
    const markups = bestMarkups(cells, [{ weight: 1, table }], κ);
    const tariffs = tariffsFromMarkups(cells, markups, table);
    const attained = intendedProfit(cells, table, tariffs) + κ * intendedSurplus(cells, table, tariffs);
    let best = 2 * (1 - f);
    for (let d = 0.0005; d <= 1; d += 0.0005) {
      const low = f * (d / 2 + ((1 / d - 1) * d * d) / 2);
      best = Math.max(best, low + (1 - f) * (2 - (1 - κ) * 1.5 * d));
    }
    expect(attained).toBeGreaterThanOrEqual(best - 1e-12);
    expect(attained - best).toBeLessThan(1e-6);
    const offer: ScaleTariffs = { scale: 1, weight: 1, cells, table, intended: tariffs };
    expect(simulateTariffs([offer], 1e-9).deviatingShare).toBe(0);
  });

  test('surplusChange is what those who take another tariff gain', () => {
    const cells = singleTypeCells(Float64Array.of(1, 2), Float64Array.of(0.5, 0.5));
    // The high type prefers the low type's: 4/(2·1.2) − 0.2 against 2 − 0.9.
    const intended = [
      { markup: 1.2, fee: 0.2 },
      { markup: 1, fee: 0.9 },
    ];
    const found = simulateTariffs([{ scale: 1, weight: 1, cells, table, intended }], 1e-9);
    const gain = 4 / 2.4 - 0.2 - 1.1;
    expect(found.deviatingShare).toBe(0.5);
    expect(found.surplusChange).toBeCloseTo(0.5 * gain, 12);
    expect(found.maxDeviationGain).toBeCloseTo(gain, 12);
  });
});
