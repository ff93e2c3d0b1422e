import { auditMenu, type EfficientSupply, finiteMenu, supplyPoint } from '@menusmith/core';
import { linear, quadratic } from '@menusmith/plugins';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { expectClose, technologyNamed } from '../reference-cases.ts';

const halfSquare = quadratic.create({});
const example1 = technologyNamed('EX1').closedForm;
const solve = (value: readonly number[], mass: readonly number[], supply: EfficientSupply = halfSquare) => {
  const types = { value: Float64Array.from(value), mass: Float64Array.from(mass) };
  const menu = finiteMenu(types, supply);
  const profit = value.reduce(
    (sum, _, k) => (mass[k]! > 0 ? sum + mass[k]! * (menu.transfer[k]! - menu.cost[k]!) : sum),
    0,
  );
  return { menu, profit, types };
};
const expectColumn = (got: Float64Array, expected: readonly number[]): void =>
  expected.forEach((value, k) => {
    expectClose(got[k]!, value, 1e-14, `entry ${k}`, 1);
  });

test('two types θ = (1, 2), f = (2/3, 1/3), C = q²/2: q = (½, 2), T = (½, 3.5), Π = 3/4', () => {
  const { menu, profit } = solve([1, 2], [2 / 3, 1 / 3]);
  expectColumn(menu.virtualValue, [0.5, 2]);
  expectColumn(menu.ironedVirtualValue, [0.5, 2]);
  expectColumn(menu.quality, [0.5, 2]);
  expectColumn(menu.transfer, [0.5, 3.5]);
  expectColumn(menu.rent, [0, 0.5]);
  expectColumn(menu.cost, [0.125, 2]);
  expectClose(profit, 0.75, 1e-14);
  expectClose(menu.upperBound, 0.75, 1e-14);
  expect(menu.solved).toBe(true);
});

test('types in any order get what they get in ascending order', () => {
  const value = [0.9, 0.2, 0.6, 1.5, 0.4];
  const mass = [0.1, 0.3, 0.25, 0.15, 0.2];
  const order = [1, 4, 2, 0, 3];
  const mixed = solve(value, mass, example1).menu;
  const sorted = solve(
    order.map((k) => value[k]!),
    order.map((k) => mass[k]!),
    example1,
  ).menu;
  order.forEach((k, place) => {
    for (const column of [
      'virtualValue',
      'ironedVirtualValue',
      'quality',
      'transfer',
      'rent',
      'cost',
    ] as const)
      expect(mixed[column][k]).toBe(sorted[column][place]);
    expect([...mixed.inputs[k]!]).toEqual([...sorted.inputs[place]!]);
  });
  expectClose(mixed.upperBound, sorted.upperBound, 1e-15);
});

test('types of equal value are one type', () => {
  const twice = solve([1, 2, 1, 2], [0.4, 0.1, 2 / 3 - 0.4, 1 / 3 - 0.1]);
  expectColumn(twice.menu.quality, [0.5, 2, 0.5, 2]);
  expectColumn(twice.menu.transfer, [0.5, 3.5, 0.5, 3.5]);
  expectClose(twice.profit, 0.75, 1e-14);
});

test('types without mass change nobody else’s item and leave no type worse off for existing', () => {
  const without = solve([1, 2], [2 / 3, 1 / 3]);
  const among = solve([0.5, 1, 1.5, 2, 3], [0, 2 / 3, 0, 1 / 3, 0]);
  expectClose(among.profit, without.profit, 1e-14);
  expectClose(among.menu.upperBound, 0.75, 1e-14);
  expectColumn(
    among.menu.quality.filter((_, k) => k % 2 === 1),
    [0.5, 2],
  );
  for (let k = 0; k < 5; k++) expect(among.menu.rent[k]).toBeGreaterThanOrEqual(0);
  expectColumn(
    among.menu.transfer.filter((_, k) => k % 2 === 1),
    [0.5, 3.5],
  );
});

test('one type, or the highest, is served efficiently and a lone type keeps nothing', () => {
  expectColumn(solve([1.3], [1]).menu.transfer, [1.69]);
  expectColumn(solve([1.3], [1]).menu.rent, [0]);
});

test('served efficiently, φ̄ is the value itself', () => {
  const types = { value: Float64Array.of(1, 2), mass: Float64Array.of(2 / 3, 1 / 3) };
  const menu = finiteMenu(types, halfSquare, { isEfficient: true });
  expectColumn(menu.quality, [1, 2]);
  expectClose(menu.upperBound, 1, 1e-14); // Σ f θ²/2
});

test('a linear cost with a cap is a posted price: the best of all prices', () => {
  const supply = linear.create({ rate: 0.1, max: 1 });
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.integer({ min: 1, max: 100 }), fc.integer({ min: 1, max: 20 })), {
        minLength: 1,
        maxLength: 8,
      }),
      (types) => {
        const total = types.reduce((sum, [, n]) => sum + n, 0);
        const { profit } = solve(
          types.map(([v]) => v / 50),
          types.map(([, n]) => n / total),
          supply,
        );
        const prices = types.map(([price]) => {
          const buyers = types.filter(([v]) => v >= price).reduce((sum, [, n]) => sum + n, 0);
          return (price / 50 - 0.1) * (buyers / total);
        });
        expectClose(profit, Math.max(0, ...prices), 1e-13, 'profit', 1);
      },
    ),
    { seed: 20261122 },
  );
});

/** Small problems: distinct values, positive masses that sum to 1. */
const problems = fc
  .array(fc.tuple(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 1, max: 30 })), {
    minLength: 1,
    maxLength: 7,
  })
  .map((rows) => {
    const distinct = [...new Map(rows).entries()].sort(([a], [b]) => a - b);
    const total = distinct.reduce((sum, [, n]) => sum + n, 0);
    return { value: distinct.map(([v]) => v / 20), mass: distinct.map(([, n]) => n / total) };
  });

/**
 * The optimum by trying every way to bunch neighbours. Profit is Σ f_k(φ_k q_k) − C(q_k) over nondecreasing q with
 * φ_k = θ_k − (θ_{k+1} − θ_k)(mass above)/f_k; an optimum is constant on blocks and, within each, efficient at the block's mean φ.
 */
const byEnumeration = (
  value: readonly number[],
  mass: readonly number[],
  supply: EfficientSupply,
): number => {
  const n = value.length;
  const phi = value.map((theta, k) => {
    const above = mass.slice(k + 1).reduce((sum, f) => sum + f, 0);
    return k + 1 < n ? theta - ((value[k + 1]! - theta) * above) / mass[k]! : theta;
  });
  const point = supplyPoint(supply.inputs.length);
  let best = Number.NEGATIVE_INFINITY;
  for (let cuts = 0; cuts < 2 ** (n - 1); cuts++) {
    let profit = 0;
    let last = 0;
    let isMonotone = true;
    for (let from = 0; from < n; ) {
      let to = from + 1;
      while (to < n && ((cuts >> (to - 1)) & 1) === 0) to++;
      const weight = mass.slice(from, to).reduce((sum, f) => sum + f, 0);
      const mean = phi.slice(from, to).reduce((sum, p, i) => sum + (p * mass[from + i]!) / weight, 0);
      supply.supply(mean, 1, point);
      isMonotone &&= point.quality >= last - 1e-13;
      last = point.quality;
      profit += weight * (mean * point.quality - point.cost);
      from = to;
    }
    if (isMonotone) best = Math.max(best, profit);
  }
  return best;
};

describe.each([
  ['C = q²/2', halfSquare],
  ['Example 1', example1],
])('random problems with %s', (_, supply) => {
  test('are solved as by trying every way to bunch, and the upper bound is met', () => {
    let bunched = 0;
    fc.assert(
      fc.property(problems, ({ value, mass }) => {
        const { menu, profit } = solve(value, mass, supply);
        const best = byEnumeration(value, mass, supply);
        expectClose(profit, best, 1e-12, 'profit', 1e-6);
        expectClose(menu.upperBound, best, 1e-12, 'bound', 1e-6);
        if (menu.ironedVirtualValue.some((level, k) => Math.abs(level - menu.virtualValue[k]!) > 1e-9))
          bunched++;
      }),
      { numRuns: 300, seed: 20261122 },
    );
    expect(bunched).toBeGreaterThan(30);
  });

  test('bound the profit of any menu from which buyers choose freely (weak duality)', () => {
    const offers = fc.array(
      fc.tuple(fc.double({ min: 0, max: 5, noNaN: true }), fc.double({ min: 0, max: 8, noNaN: true })),
      { minLength: 1, maxLength: 6 },
    );
    fc.assert(
      fc.property(
        problems,
        offers,
        fc.double({ min: 0, max: 1, noNaN: true }),
        ({ value, mass }, extra, shade) => {
          const { menu } = solve(value, mass, supply);
          const point = supplyPoint(supply.inputs.length);
          // Random offers, the optimal menu's items shaded, and efficient items at a share of their worth.
          const items = extra.map(([level, price]) => ({ level, price }));
          value.forEach((theta, k) => {
            items.push({
              level: menu.ironedVirtualValue[k]! * (1 + 0.1 * shade),
              price: menu.transfer[k]! * (0.9 + 0.1 * shade),
            });
            items.push({ level: theta * shade, price: theta * theta * shade * 0.5 });
          });
          const priced = items.map(({ level, price }) => {
            supply.supply(level, 1, point);
            return { quality: point.quality, price, margin: price - point.cost };
          });
          let profit = 0;
          value.forEach((theta, k) => {
            let utility = 0;
            let margin = 0;
            for (const item of priced) {
              const gain = theta * item.quality - item.price;
              // Ties for the seller: the bound holds even so.
              if (gain > utility || (gain === utility && item.margin > margin))
                [utility, margin] = [gain, item.margin];
            }
            profit += mass[k]! * margin;
          });
          expect(profit).toBeLessThanOrEqual(menu.upperBound + 1e-12);
        },
      ),
      { numRuns: 300, seed: 9 },
    );
  });

  test('end in menus that are incentive compatible and voluntary, by audit', () => {
    fc.assert(
      fc.property(problems, ({ value, mass }) => {
        const { menu, types } = solve(value, mass, supply);
        const schedule = {
          value: types.value,
          servedValue: menu.ironedVirtualValue,
          quality: menu.quality,
          cost: menu.cost,
          rent: menu.rent,
        };
        const audit = auditMenu([{ scale: 1, schedule, masses: types.mass }], 1e-12);
        expect(audit.maxIncentiveViolation).toBeLessThan(1e-12);
        expect(audit.maxParticipationViolation).toBeLessThanOrEqual(0);
        expect(audit.loss).toBe(0);
      }),
      { numRuns: 100, seed: 4 },
    );
  });
});

test('a supply that is not solved for some type makes the menu unsolved', () => {
  const stubborn: EfficientSupply = {
    ...halfSquare,
    supply: (value, scale, out) => {
      halfSquare.supply(value, scale, out);
      if (value > 1.9) out.solved = false;
    },
  };
  expect(solve([1, 2], [0.5, 0.5], stubborn).menu.solved).toBe(false);
});
