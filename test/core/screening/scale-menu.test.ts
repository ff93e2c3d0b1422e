import {
  type Distribution,
  type EfficientSupply,
  iron,
  type ScaleMenu,
  type ServedValue,
  scaleMenu,
  supplyPoint,
  trueValue,
} from '@menusmith/core';
import { beta, linear, quadratic, truncatedNormal } from '@menusmith/plugins';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  betaOf,
  distributionNamed,
  expectClose,
  mixture,
  quadraticQuantile,
  technologyNamed,
  uniformOn,
  unit,
} from '../reference-cases.ts';

const halfSquare = quadratic.create({});
const menuOf = (types: Distribution, supply: EfficientSupply = halfSquare, scale = 1): ScaleMenu =>
  scaleMenu({ types, served: iron(types), supply, scale });
const profitOf = (menu: ScaleMenu): number => {
  const { grossValue, rent, cost } = menu.totals();
  return grossValue - rent - cost;
};

describe('Mussa and Rosen, C = q²/2', () => {
  test('U[0, 1]: q = 2θ − 1, T = q(1 + q/2)/2, Π = 1/12, half of all types excluded', () => {
    const menu = menuOf(unit);
    expectClose(menu.cutoff, 0.5, 1e-15);
    for (const value of [0.2, 0.5, 0.6, 0.83, 1]) {
      const q = Math.max(0, 2 * value - 1);
      const item = menu.item(value);
      expectClose(item.quality, q, 1e-14, 'q', 1);
      expectClose(item.rent, (q * q) / 4, 1e-13, 'rent: ∫(2k − 1) dk', 1);
      expectClose(item.transfer, value * q - (q * q) / 4, 1e-13, 'T', 1);
      expectClose(item.cost, (q * q) / 2, 1e-13, 'C', 1);
    }
    const totals = menu.totals();
    expectClose(profitOf(menu), 1 / 12, 1e-14, 'Π');
    expectClose(totals.rent, 1 / 24, 1e-14, 'CS'); // ∫ q(1 − F) = ∫ (2w − 1)(1 − w) dw
    expectClose(totals.excluded, 0.5, 1e-15, 'excluded');
    expect([totals.fineTuned, menu.fineTuningCutoff, totals.solved]).toEqual([0, 1, true]);
    expect(totals.error).toBeLessThan(1e-12);
  });

  test('U[1, 2]: nobody excluded, Π = 2/3', () => {
    const menu = menuOf(uniformOn(1, 2));
    expectClose(profitOf(menu), 2 / 3, 1e-14, 'Π');
    expect([menu.cutoff, menu.totals().excluded]).toEqual([1, 0]);
    expectClose(menu.item(1.5).quality, 1, 1e-14);
  });

  test('served at their true values types leave ½E[w²]: 1/6 on [0, 1], 7/6 on [1, 2]', () => {
    for (const [types, welfare] of [
      [unit, 1 / 6],
      [uniformOn(1, 2), 7 / 6],
    ] as const) {
      const { grossValue, cost, excluded } = scaleMenu({
        types,
        served: trueValue(types),
        supply: halfSquare,
        scale: 1,
      }).totals();
      expectClose(grossValue - cost, welfare, 1e-14);
      expect(excluded).toBe(0);
    }
  });

  test('F⁻¹ = 2 + t + 2t², bunched on t ≤ ¼: Π = 3541/1280, and the bunch all get q = 7/8 for the same transfer', () => {
    const menu = menuOf(quadraticQuantile);
    expectClose(profitOf(menu), 3541 / 1280, 1e-13, 'Π');
    for (const t of [0, 0.1, 0.2, 0.2499]) {
      const item = menu.item(quadraticQuantile.quantile(t));
      expectClose(item.quality, 7 / 8, 1e-13, `q at ${t}`);
      expectClose(item.transfer, 2 * (7 / 8), 1e-12, `T at ${t}`);
    }
  });
});

test('a linear cost with a cap is a posted price: U[0, 1], cost ¼, price 5/8', () => {
  // φ = 2w − 1 > ¼ from w = 5/8 on: Π = (5/8 − 1/4)·3/8 = 9/64.
  const menu = menuOf(unit, linear.create({ rate: 0.25, max: 1 }));
  expectClose(menu.cutoff, 5 / 8, 1e-14);
  expectClose(profitOf(menu), 9 / 64, 1e-14);
  for (const value of [0.7, 1]) expectClose(menu.item(value).transfer, 5 / 8, 1e-13);
  expectClose(menu.totals().excluded, 5 / 8, 1e-14);
});

const example1 = technologyNamed('EX1').closedForm;
const cases: [string, Distribution, EfficientSupply, number][] = [
  ['U[0,1], C = q²/2', unit, halfSquare, 1],
  ['U[1,2], Example 1', uniformOn(1, 2), example1, 0.4],
  ['Beta(2,3), Example 1 at s = .6', betaOf(2, 3), example1, 0.6],
  ['a mixture with a bunch, Example 1', distributionNamed('0.85Beta(4,10)+0.15Beta(8,2)'), example1, 1],
  ['F⁻¹ = 2 + t + 2t², asymmetric', quadraticQuantile, technologyNamed('ASYM').closedForm, 0.8],
  [
    'truncated normal, asymmetric, numeric',
    distributionNamed('TruncNormal(0.5,0.2;[0,1])'),
    technologyNamed('ASYM_b0.05').numeric(),
    1,
  ],
  ['steps, Example 1', mixture([0.75, uniformOn(0, 0.5)], [0.25, uniformOn(0.5, 1)]), example1, 1],
];

describe.each(cases)('the menu for %s', (_, types, supply, scale) => {
  const ironed = iron(types);
  const menu = scaleMenu({ types, served: ironed, supply, scale });
  const span = types.max - types.min;

  test('earns the served surplus: E[T − C] = E[S(φ̄)], two different integrals', () => {
    const { servedSurplus, error, solved } = menu.totals();
    expectClose(profitOf(menu), servedSurplus, 1e-12);
    expect(error).toBeLessThan(1e-11);
    expect(solved).toBe(true);
  });

  test('has totals that are the expectations of its items, by Simpson’s rule', () => {
    // 2000 panels between the breakpoints: order 4 away from the start of supply.
    const ends = [...new Set([menu.cutoff, ...menu.pieces.map((piece) => piece.to)])];
    let transfer = 0;
    let rent = 0;
    const panels = 120;
    ends.slice(1).forEach((to, e) => {
      const from = ends[e]!;
      // Substituted w = from + (to − from)t³, smooth at the start; a hair inside, since the density may jump at the ends.
      for (let i = 0; i <= panels; i++) {
        const t = i / panels;
        const simpson = (i === 0 || i === panels ? 1 : i % 2 === 1 ? 4 : 2) / (3 * panels);
        const w = Math.min(to - 1e-13 * span, Math.max(from + 1e-13 * span, from + (to - from) * t ** 3));
        const weight = simpson * (to - from) * 3 * t * t * types.density(w);
        const item = menu.item(w);
        transfer += weight * (item.transfer - item.cost);
        rent += weight * item.rent;
      }
    });
    expectClose(profitOf(menu), transfer, 1e-5, 'profit');
    expectClose(menu.totals().rent, rent, 1e-5, 'rent');
  });

  test('gives each type the item at which φ̄ is marginal cost, and T = wq − ∫q', () => {
    const point = supplyPoint(supply.inputs.length);
    for (let i = 0; i <= 12; i++) {
      const value = types.min + (span * i) / 12;
      const item = menu.item(value);
      supply.supply(ironed.at(value), scale, point);
      expect([item.value, item.scale, item.servedValue]).toEqual([value, scale, ironed.at(value)]);
      // The numeric path ends where its start lets it: the same to rounding.
      expectClose(item.quality, point.quality, 1e-13, 'q');
      expectClose(item.cost, point.cost, 1e-13, 'C');
      item.inputs.forEach((amount, k) => {
        expectClose(amount, point.inputs[k]!, 1e-12, 'input', 1e-3);
      });
      expectClose(item.rent, menu.rent(value), 1e-13, 'rent');
      expectClose(item.transfer, value * item.quality - item.rent, 1e-14, 'T', 1);
      if (value < menu.cutoff) expect([item.quality, item.rent, item.transfer]).toEqual([0, 0, 0]);
    }
  });

  test('obeys the envelope: rent grows by the quality', () => {
    for (let i = 1; i < 12; i++) {
      const value = types.min + (span * i) / 12 + 0.0123 * span;
      const h = 1e-4 * span;
      if (value > types.max - h) continue;
      const slope = (menu.rent(value + h) - menu.rent(value - h)) / (2 * h);
      const [low, high] = [menu.item(value - h).quality, menu.item(value + h).quality];
      expect(slope).toBeGreaterThanOrEqual(low - 1e-9 * (1 + high));
      expect(slope).toBeLessThanOrEqual(high + 1e-9 * (1 + high));
    }
  });

  test('is incentive compatible: no type gains from any of 40 items, or from none', () => {
    const items = Array.from({ length: 41 }, (_, i) => menu.item(types.min + (span * i) / 40));
    const money = items[40]!.transfer;
    for (const own of items) {
      expect(own.rent).toBeGreaterThanOrEqual(0);
      for (const other of items) {
        expect(own.value * other.quality - other.transfer).toBeLessThanOrEqual(own.rent + 1e-12 * money);
      }
    }
  });

  test('excludes the share of types below its cutoff, and cuts off where supply starts', () => {
    expectClose(menu.totals().excluded, types.cdf(menu.cutoff), 1e-15, 'share', 1);
    if (menu.cutoff > types.min) expect(menu.item(menu.cutoff - 1e-9 * span).quality).toBe(0);
    expect(menu.item(menu.cutoff + 1e-6 * span).quality).toBeGreaterThan(0);
  });

  test('fine-tunes for the types above its fine-tuning cutoff only', () => {
    const { fineTuningCutoff } = menu;
    const shared = (value: number): number => menu.item(value).inputs[2] ?? 0;
    expect(shared(fineTuningCutoff - 1e-6 * span)).toBe(0);
    if (fineTuningCutoff < types.max) {
      expect(shared(fineTuningCutoff + 1e-4 * span)).toBeGreaterThan(0);
      expectClose(menu.totals().fineTuned, types.survival(fineTuningCutoff), 1e-14);
    } else expect(menu.totals().fineTuned).toBe(0);
  });

  test.each([
    [7, 1e-10],
    [40, 1e-12],
    [160, 1e-12],
    [900, 1e-12],
  ])('schedules %i ascending types as item() does, to %f of the top type’s', (count, tolerance) => {
    const values = Float64Array.from({ length: count }, (_, i) => types.min + (span * (i + 0.5)) / count);
    const schedule = menu.schedule(values);
    const top = menu.item(types.max);
    for (let i = 0; i < count; i += Math.ceil(count / 23)) {
      const item = menu.item(values[i]!);
      expect(schedule.value[i]).toBe(values[i]);
      expect(schedule.servedValue[i]).toBe(item.servedValue);
      expectClose(schedule.quality[i]!, item.quality, tolerance, 'quality', top.quality);
      expectClose(schedule.cost[i]!, item.cost, tolerance, 'cost', top.cost);
      expectClose(schedule.rent[i]!, item.rent, tolerance, `rent of ${values[i]}`, top.rent);
    }
  });
});

test('among menus that serve types at a shifted φ̄, none earns more', () => {
  fc.assert(
    fc.property(
      fc.double({ min: -0.4, max: 0.4, noNaN: true }),
      fc.double({ min: 0.5, max: 1.5, noNaN: true }),
      (shift, slope) => {
        const types = betaOf(2, 3);
        const ironed = iron(types);
        // ψ = slope·φ̄ + shift is nondecreasing as well, so the direct mechanism that serves it is feasible.
        const other: ServedValue = {
          ...ironed,
          at: (x) => slope * ironed.at(x) + shift,
          cutoff: (level) => ironed.cutoff((level - shift) / slope),
        };
        const menu = scaleMenu({ types, served: other, supply: example1, scale: 0.7 });
        expect(profitOf(menu)).toBeLessThanOrEqual(profitOf(menuOf(types, example1, 0.7)) + 1e-13);
      },
    ),
    { numRuns: 40, seed: 20261122 },
  );
});

describe('where the density is infinite or steep', () => {
  test('Beta(.5, .7) on [1, 3]: efficient welfare is ½E[w²], and the profit is finite, to 1e-9', () => {
    const types = beta.create({ a: 0.5, b: 0.7, min: 1, max: 3 });
    const efficient = scaleMenu({ types, served: trueValue(types), supply: halfSquare, scale: 1 }).totals();
    // E[w] = 1 + 2·.5/1.2, Var = 4·.35/(1.2²·2.2).
    const second = (1 + 1 / 1.2) ** 2 + 1.4 / (1.44 * 2.2);
    expectClose(efficient.grossValue - efficient.cost, second / 2, 1e-9);
    const menu = menuOf(types);
    expectClose(profitOf(menu), menu.totals().servedSurplus, 1e-9);
    expect(profitOf(menu)).toBeLessThan(second / 2);
  });

  test.each([
    [0.5, 0.01, 1],
    [0.5, 0.002, 1],
    [5, 0.001, 10],
    [7.123, 1e-5, 10],
    [0.03, 1e-4, 1],
  ])(
    'a truncated normal about %f with sd %f on [0, %f] leaves ½(mean² + sd²), and the profit is the served surplus',
    (mean, sd, max) => {
      const types = truncatedNormal.create({ mean, sd, min: 0, max });
      const menu = menuOf(types);
      expectClose(profitOf(menu), menu.totals().servedSurplus, 1e-11);
      const efficient = scaleMenu({ types, served: trueValue(types), supply: halfSquare, scale: 1 }).totals();
      expectClose(efficient.grossValue - efficient.cost, (mean * mean + sd * sd) / 2, 1e-11, 'welfare');
      expect(profitOf(menu)).toBeLessThan(efficient.grossValue - efficient.cost);
      expect(profitOf(menu)).toBeGreaterThan(0.8 * (efficient.grossValue - efficient.cost));
    },
  );
});

test('a supply that is not solved somewhere makes the totals unsolved', () => {
  const stubborn: EfficientSupply = {
    ...halfSquare,
    supply: (value, scale, out) => {
      halfSquare.supply(value, scale, out);
      if (value > 0.9) out.solved = false;
    },
  };
  expect(menuOf(unit, stubborn).totals().solved).toBe(false);
});

test('a supply that fails with nothing supplied makes the totals unsolved: nobody is served, and it is not certain', () => {
  const failing: EfficientSupply = {
    ...halfSquare,
    kinks: () => [],
    supply: (value, scale, out) => {
      halfSquare.supply(0, scale, out);
      out.solved = !(value > 0);
    },
  };
  const { servedSurplus, excluded, solved } = menuOf(unit, failing).totals();
  expect([servedSurplus, excluded, solved]).toEqual([0, 1, false]);
});

test('where nobody is served everything is 0 and all are excluded', () => {
  const menu = menuOf(unit, linear.create({ rate: 2, max: 1 }));
  expect([menu.cutoff, menu.fineTuningCutoff]).toEqual([1, 1]);
  expect(menu.totals()).toEqual({
    servedSurplus: 0,
    cost: 0,
    grossValue: 0,
    rent: 0,
    excluded: 1,
    fineTuned: 0,
    error: 0,
    solved: true,
  });
  expect(menu.item(0.9).transfer).toBe(0);
});
