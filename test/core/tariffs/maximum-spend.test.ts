/*
 * Maximum-spend items, by Example 1's technology: v = (x y (b + z))^¼, costs 1/8, b = 1.
 *
 * Cost of quality q on s tasks. Without fine-tuning x = y = (q/s)² a task, and C = s·2·(q/s)²/8 = q²/(4s). With Z = b + z, x = y = (q/s)²/√Z and
 * C = q²/(4s√Z) + (Z − 1)/8; ∂C/∂Z = 0 where Z = (q²/s)^{2/3}, which is at least 1 for q² ≥ s, and then C = (3/8)(q²/s)^{2/3} − 1/8. Both are ¼ at q² = s.
 *
 * Inverse, the quality that a spending c buys on s tasks: q = 2√(s c) for c ≤ ¼, else q² = s ((8c + 1)/3)^{3/2}.
 */
import {
  type Distribution,
  iron,
  type ScaleSpending,
  type Schedule,
  scaleMenu,
  simulateSpending,
  singleTypeCells,
  surplusTable,
  typeCells,
} from '@menusmith/core';
import { quadratic } from '@menusmith/plugins';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { distributionNamed, expectClose, technologyNamed, unit } from '../reference-cases.ts';

const example1 = technologyNamed('EX1').closedForm;

const offered = (types: Distribution, scale: number, weight: number, count: number): ScaleSpending => {
  const menu = scaleMenu({ types, served: iron(types), supply: example1, scale });
  const cells = typeCells(types, count);
  const table = surplusTable(example1, scale, types.max);
  return { scale, weight, cells, table, schedule: menu.schedule(cells.value) };
};

const bought = (c: number, s: number): number =>
  c <= 0.25 ? 2 * Math.sqrt(s * c) : Math.sqrt(s * ((8 * c + 1) / 3) ** 1.5);

/** max over c ≤ cap of w q(c) − c on s tasks, by golden section on the concave objective. */
const spent = (w: number, s: number, cap: number): number => {
  let [a, b] = [0, cap];
  const value = (c: number): number => w * bought(c, s) - c;
  for (let step = 0; step < 90; step++) {
    const [l, r] = [b - 0.618 * (b - a), a + 0.618 * (b - a)];
    if (value(l) < value(r)) a = l;
    else b = r;
  }
  return Math.max(value(a), value(cap), 0);
};

/** Every buyer tries every item of every scale, on min(s, s̄) tasks. */
const bruteForce = (
  scales: readonly ScaleSpending[],
): { gain: number; profitChange: number; share: number } => {
  const items = scales.flatMap(({ scale, schedule: { value, quality, cost, rent } }) =>
    Array.from(value, (w, i) => ({
      scale,
      cap: cost[i]!,
      fee: w * quality[i]! - rent[i]! - cost[i]!,
      isSold: quality[i]! > 0,
    })).filter(({ isSold }) => isSold),
  );
  let [gain, profitChange, share] = [0, 0, 0];
  for (const { scale, weight, cells, schedule } of scales) {
    cells.value.forEach((w, i) => {
      let [best, fee] = [0, 0];
      for (const item of items) {
        const utility = spent(w, Math.min(scale, item.scale), item.cap) - item.fee;
        if (utility > best) [best, fee] = [utility, item.fee];
      }
      const own = best - schedule.rent[i]!;
      gain = Math.max(gain, own);
      if (own <= 1e-7) return;
      share += weight * cells.mass[i]!;
      const meant = w * schedule.quality[i]! - schedule.rent[i]! - schedule.cost[i]!;
      profitChange += weight * cells.mass[i]! * (fee - meant);
    });
  }
  return { gain, profitChange, share };
};

describe('maximum-spend items', () => {
  test.each(['U', '0.05U+0.95Beta(6,9)', '0.85Beta(4,10)+0.15Beta(8,2)', '0.5Beta(2,8)+0.5Beta(8,2)'])(
    'implement the optimum for one number, whatever the markup does, pooled types included: %s',
    (name) => {
      const types = name === 'U' ? unit : distributionNamed(name);
      const scales = [offered(types, 1, 1, 500)];
      const { maxDeviationGain, deviatingShare, profitChange } = simulateSpending(scales, 1e-10);
      // What is left is that of low-order quadrature between 500 types.
      expect(maxDeviationGain).toBeLessThan(1e-10);
      expect([deviatingShare, profitChange]).toEqual([0, 0]);
    },
  );

  test('implement a list of types: any values, masses and pools, by quadratic cost', () => {
    // C = q²/2: S(θ) = θ²/2, q = φ̄. Here q, T come from a chain ironed by hand, with exhaustive choice of item and of spending.
    const list = fc.array(
      fc.tuple(fc.double({ min: 0.01, max: 3, noNaN: true }), fc.double({ min: 0.01, max: 1, noNaN: true })),
      {
        minLength: 1,
        maxLength: 8,
      },
    );
    fc.assert(
      fc.property(list, (pairs) => {
        const sorted = [...new Map(pairs)].sort(([a], [b]) => a - b);
        const total = sorted.reduce((sum, [, m]) => sum + m, 0);
        const value = Float64Array.from(sorted, ([x]) => x);
        const mass = Float64Array.from(sorted, ([, m]) => m / total);
        const cells = singleTypeCells(value, mass);
        // Any nondecreasing φ̄ ≤ θ does: half the value, pooled in twos.
        const servedValue = value.map((_, i) => value[i - (i % 2)]! / 2);
        const quality = servedValue.slice();
        const cost = quality.map((q) => (q * q) / 2);
        const rent = new Float64Array(value.length);
        for (let i = 1; i < value.length; i++)
          rent[i] = rent[i - 1]! + (value[i]! - value[i - 1]!) * quality[i - 1]!;
        const schedule: Schedule = { value, servedValue, quality, cost, rent };
        const table = surplusTable(quadratic.create({}), 1, value[value.length - 1]!);
        const { maxDeviationGain } = simulateSpending(
          [{ scale: 1, weight: 1, cells, table, schedule }],
          1e-9,
        );
        expect(maxDeviationGain).toBeLessThan(1e-9);
        // Exhaustively: she takes item k and spends c = q²/2 up to the cap.
        value.forEach((w, i) => {
          value.forEach((_, k) => {
            const q = Math.min(w, quality[k]!);
            const fee = value[k]! * quality[k]! - rent[k]! - cost[k]!;
            expect(w * q - (q * q) / 2 - fee).toBeLessThan(rent[i]! + 1e-9);
          });
        });
      }),
      { numRuns: 200 },
    );
  });

  test('may not across scales: who gains, and what is lost, as by every buyer trying every item', () => {
    // G1's markup rises on part of the types. Tasks capped, spending not.
    const types = distributionNamed('0.05U+0.95Beta(6,9)');
    const scales = [0.4, 0.7, 0.8, 0.9, 0.95, 1].map((scale) => offered(types, scale, 1 / 6, 80));
    const { maxDeviationGain, profitChange, deviatingShare, worst } = simulateSpending(scales, 1e-7);
    const expected = bruteForce(scales);
    expectClose(maxDeviationGain, expected.gain, 1e-5);
    expectClose(profitChange, expected.profitChange, 1e-4);
    expectClose(deviatingShare, expected.share, 1e-12);
    expect(maxDeviationGain).toBeGreaterThan(1e-3);
    expect(worst!.gain).toBe(maxDeviationGain);
  });

  test('do across scales where the markup does not rise, as the fee for a cap then rises with the scale', () => {
    const scales = [0.3, 0.6, 0.9, 1].map((scale) => offered(unit, scale, 1 / 4, 60));
    const { maxDeviationGain, deviatingShare } = simulateSpending(scales, 1e-9);
    expect([maxDeviationGain < 1e-9, deviatingShare]).toEqual([true, 0]);
    expect(bruteForce(scales).gain).toBeLessThan(1e-7);
  });

  test('that are cheaper than they should be are found out', () => {
    const [scale] = [offered(unit, 1, 1, 100)];
    const rent = scale!.schedule.rent.slice();
    rent[90] = rent[90]! + 0.05;
    const { maxDeviationGain, profitChange } = simulateSpending(
      [{ ...scale!, schedule: { ...scale!.schedule, rent } }],
      1e-9,
    );
    expect(maxDeviationGain).toBeGreaterThan(0.02);
    expect(profitChange).toBeLessThan(0);
  });

  test('need not be spent in full: a low type takes a large cap for a small fee, and spends what is best for her', () => {
    // C = q²/2, types 1 and 2: q = (½, 2), C = (1/8, 2). A fee of 0.1 for the large item, where 3/2 is asked for: type 1 spends ½ of the 2 and has
    // S(1) − 0.1 = 0.4, where spending all would leave her 2 − 2 − 0.1; the seller has 0.1 in place of 3/8 from her.
    const value = Float64Array.of(1, 2);
    const schedule: Schedule = {
      value,
      servedValue: Float64Array.of(0.5, 2),
      quality: Float64Array.of(0.5, 2),
      cost: Float64Array.of(0.125, 2),
      rent: Float64Array.of(0, 1.9),
    };
    const cells = singleTypeCells(value, Float64Array.of(0.6, 0.4));
    const table = surplusTable(quadratic.create({}), 1, 2);
    const simulated = simulateSpending([{ scale: 1, weight: 1, cells, table, schedule }], 1e-9);
    expectClose(simulated.maxDeviationGain, 0.4, 1e-12);
    expectClose(simulated.profitChange, 0.6 * (0.1 - 0.375), 1e-12);
    expectClose(simulated.deviatingShare, 0.6, 1e-15);
    expectClose(simulated.worst!.takes!.cap, 2, 1e-15);
  });

  test('of a menu that is no number have no gain that is one', () => {
    const [scale] = [offered(unit, 1, 1, 20)];
    const broken = { ...scale!.schedule, rent: scale!.schedule.rent.map(() => Number.NaN) };
    const { maxDeviationGain } = simulateSpending([{ ...scale!, schedule: broken }], 1e-9);
    expect(maxDeviationGain).toBeNaN();
  });

  test('of a menu that sells nothing are none', () => {
    const [scale] = [offered(unit, 1, 1, 20)];
    const empty = new Float64Array(20);
    const schedule = { ...scale!.schedule, quality: empty, cost: empty, rent: empty };
    const simulated = simulateSpending([{ ...scale!, schedule }], 1e-9);
    expect(simulated).toEqual({ profitChange: 0, surplusChange: 0, maxDeviationGain: 0, deviatingShare: 0 });
  });
});
