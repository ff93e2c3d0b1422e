import { findShadowPrices, type MenuUse, type ShadowPrices } from '@menusmith/core';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

interface Found extends ShadowPrices {
  readonly menus: readonly MenuUse[];
  readonly worth: number;
  readonly use: Float64Array;
}

/** Answers every question until there is none. */
const run = (
  menuAt: (prices: Float64Array) => MenuUse,
  most: readonly number[],
  costs: readonly number[],
  tolerance = 1e-10,
): Found => {
  const menus: MenuUse[] = [];
  const asking = findShadowPrices(
    { most: Float64Array.from(most), costs: Float64Array.from(costs) },
    tolerance,
  );
  let step = asking.next();
  while (step.done !== true) {
    menus.push(menuAt(step.value));
    step = asking.next(menus.at(-1)!);
  }
  const mean = (of: (menu: MenuUse) => number): number =>
    step.done
      ? step.value.sold.reduce((sum, { menu, share }) => sum + share * of(menus[menu]!), 0)
      : Number.NaN;
  return {
    ...step.value,
    menus,
    worth: mean(({ worth }) => worth),
    use: Float64Array.from(most, (_, j) => mean(({ use }) => use[j]!)),
  };
};

/** Cobb–Douglas buyers: D(c) = A Π c_j^{−e_j/(1−S)}, and X = −∂D/∂c. */
const powerMenu = (costs: readonly number[], exponents: readonly number[]) => {
  const sum = exponents.reduce((a, b) => a + b, 0);
  return (prices: Float64Array): MenuUse => {
    const at = costs.map((cost, j) => cost + prices[j]!);
    const dual = at.reduce((value, cost, j) => value * cost ** (-exponents[j]! / (1 - sum)), 1);
    const use = Float64Array.from(at, (cost, j) => (dual * exponents[j]!) / (1 - sum) / cost);
    return { worth: dual + use.reduce((total, x, j) => total + x * prices[j]!, 0), use };
  };
};

/** A menu for all of one's buyers from a list: kinks everywhere. */
const bestOf =
  (list: readonly MenuUse[]) =>
  (prices: Float64Array): MenuUse => {
    const value = ({ worth, use }: MenuUse): number =>
      worth - use.reduce((sum, x, j) => sum + x * prices[j]!, 0);
    return list.reduce((best, menu) => (value(menu) > value(best) ? menu : best));
  };

/** min over ρ ≥ 0 of D(ρ) + ρ·K, by golden section in one coordinate inside golden section in the other. */
const bruteForce = (dual: (prices: readonly number[]) => number, size: number, upTo: number): number => {
  const minimum = (f: (x: number) => number): number => {
    const ratio = (Math.sqrt(5) - 1) / 2;
    let [a, b] = [0, upTo];
    for (let i = 0; i < 70; i++) {
      const [left, right] = [b - ratio * (b - a), a + ratio * (b - a)];
      if (f(left) < f(right)) b = right;
      else a = left;
    }
    return Math.min(f(0), f((a + b) / 2));
  };
  const along = (fixed: readonly number[]): number =>
    fixed.length === size ? dual(fixed) : minimum((x) => along([...fixed, x]));
  return along([]);
};

describe('one input of Cobb–Douglas buyers', () => {
  test('ρ = c[(X(0)/K)^{(1−S)/(1−S+e)} − 1], within three solves of the first and one menu within capacity', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.05, max: 0.9, noNaN: true }),
        fc.double({ min: 0.01, max: 5, noNaN: true }),
        fc.double({ min: 0.001, max: 0.999, noNaN: true }),
        (exponent, cost, share) => {
          const menu = powerMenu([cost], [exponent]);
          const free = menu(Float64Array.of(0)).use[0]!;
          const most = share * free;
          const found = run(menu, [most], [cost]);
          const expected = cost * ((free / most) ** (1 - exponent) - 1);
          expect(found.sold).toHaveLength(1);
          expect(Math.abs(found.prices[0]! - expected)).toBeLessThan(1e-9 * (cost + expected));
          expect(found.use[0]!).toBeLessThanOrEqual(most);
          expect(found.use[0]!).toBeGreaterThan(most * (1 - 1e-9));
          expect(found.menus.length).toBeLessThanOrEqual(6);
        },
      ),
    );
  });

  test('slack capacity costs one solve and changes nothing', () => {
    const found = run(powerMenu([1], [0.5]), [1], [1]);
    expect(found.menus).toHaveLength(1);
    expect(found.prices[0]).toBe(0);
    expect(found.sold).toEqual([{ menu: 0, share: 1 }]);
  });
});

test('two inputs: the dual value of brute force in ρ, and complementary slackness', () => {
  fc.assert(
    fc.property(
      fc.tuple(
        fc.double({ min: 0.1, max: 0.45, noNaN: true }),
        fc.double({ min: 0.1, max: 0.45, noNaN: true }),
      ),
      fc.tuple(fc.double({ min: 0.1, max: 2, noNaN: true }), fc.double({ min: 0.1, max: 2, noNaN: true })),
      fc.tuple(
        fc.double({ min: 0.05, max: 1.5, noNaN: true }),
        fc.double({ min: 0.05, max: 1.5, noNaN: true }),
      ),
      (exponents, costs, shares) => {
        const menu = powerMenu(costs, exponents);
        const free = menu(new Float64Array(2)).use;
        const most = shares.map((share, j) => share * free[j]!);
        const found = run(menu, most, costs);
        const value = (prices: readonly number[]): number => {
          const { worth, use } = menu(Float64Array.from(prices));
          return worth + prices.reduce((sum, price, j) => sum + price * (most[j]! - use[j]!), 0);
        };
        const best = bruteForce(value, 2, 1000);
        expect(Math.abs(found.worth - best)).toBeLessThan(1e-9 * best);
        found.use.forEach((used, j) => {
          expect(used).toBeLessThanOrEqual(most[j]! * (1 + 1e-14));
          expect(found.prices[j]! * (most[j]! - used)).toBeLessThan(1e-9 * best);
        });
        expect(found.menus.length).toBeLessThan(30);
      },
    ),
    { numRuns: 40 },
  );
});

test('four inputs take no more than thirty solves', () => {
  const exponents = [0.2, 0.25, 0.1, 0.3];
  const menu = powerMenu([1, 0.5, 2, 0.2], exponents);
  const free = menu(new Float64Array(4)).use;
  const found = run(
    menu,
    [0.3, 0.9, 0.01, 0.5].map((share, j) => share * free[j]!),
    [1, 0.5, 2, 0.2],
  );
  expect(found.gap).toBeLessThan(1e-9);
  expect(found.menus.length).toBeLessThan(30);
});

test('where use jumps, the best mixture of menus is found: the dual value of brute force, within capacity', () => {
  const number = fc.double({ min: 0.1, max: 3, noNaN: true });
  fc.assert(
    fc.property(
      fc.array(fc.record({ worth: number, use: fc.tuple(number, number) }), { minLength: 2, maxLength: 8 }),
      fc.tuple(number, number),
      (list, most) => {
        const menus = list.map(({ worth, use }): MenuUse => ({ worth, use: Float64Array.from(use) }));
        const nothing = { worth: 0, use: new Float64Array(2) };
        const menu = bestOf([nothing, ...menus]);
        const found = run(menu, most, [1, 1]);
        const value = (prices: readonly number[]): number => {
          const { worth, use } = menu(Float64Array.from(prices));
          return worth + prices.reduce((sum, price, j) => sum + price * (most[j]! - use[j]!), 0);
        };
        const best = bruteForce(value, 2, 100);
        expect(found.worth).toBeLessThan(best + 1e-7);
        expect(found.worth).toBeGreaterThan(best - 1e-7);
        found.use.forEach((used, j) => {
          expect(used).toBeLessThanOrEqual(most[j]! * (1 + 1e-12));
        });
        expect(found.sold.reduce((sum, { share }) => sum + share, 0)).toBeLessThanOrEqual(1 + 1e-12);
      },
    ),
    { numRuns: 60 },
  );
});

test('numbers that are not numbers end it, with a gap that is none', () => {
  const found = run(() => ({ worth: Number.NaN, use: Float64Array.of(Number.NaN) }), [1], [1]);
  expect(found.menus.length).toBeLessThan(3);
  expect(found.gap).toBeNaN();
});

test('where it costs something to sell nothing, that is what a mixture within capacity starts from', () => {
  // One menu that brings 1 and uses 2, or nothing, which costs 3: of capacity 1 half of each, and a unit is worth (1 + 3)/2.
  const menuAt = bestOf([{ worth: 1, use: Float64Array.of(2) }]);
  const asking = findShadowPrices(
    { most: Float64Array.of(1), costs: Float64Array.of(1), nothing: -3 },
    1e-10,
  );
  let step = asking.next();
  while (step.done !== true) step = asking.next(menuAt(step.value));
  const { sold, prices, gap } = step.value;
  expect(sold).toHaveLength(1);
  expect(sold[0]!.share).toBeCloseTo(0.5, 12);
  expect(prices[0]!).toBeCloseTo(2, 12);
  expect(gap).toBeLessThan(1e-10);
});

test('menus that are short of the best ones end the search where prices leave open a small part of that', () => {
  const exact = powerMenu([0.4], [0.5]);
  /** Short by a fiftieth, and using a little more or less: as a grid's menu is for its population. */
  const short = (prices: Float64Array) => {
    const { worth, use } = exact(prices);
    const open = worth / 50;
    const noise = 1 + 2e-3 * Math.sin(1e5 * prices[0]!);
    return { worth: worth - open, use: use.map((x) => x * noise), open };
  };
  const capacity = exact(Float64Array.of(0.9)).use[0]! / 3;
  const found = run(short, [capacity], [0.4], 2.5e-4);
  expect(found.menus.length).toBeLessThan(7);
  expect(found.use[0]!).toBeLessThanOrEqual(capacity * (1 + 1e-12));
  // The dual value of the exact menus, less what all are short of.
  const best = run(exact, [capacity], [0.4]);
  expect(found.worth / best.worth).toBeGreaterThan(1 - 1 / 50 - 1 / 400);
});
