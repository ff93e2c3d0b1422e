import {
  bestBundlesForTypes,
  bestProfileBundles,
  bestRise,
  type CertifiedMenu,
  type FiniteProblem,
  type ProfileBundle,
  type ProfileMenu,
  profileSale,
  profileTypes,
  supplyTaskByTask,
} from '@menusmith/core';
import { quadratic } from '@menusmith/plugins';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { solved } from '../finite/examples.ts';
import { rochetChone } from '../finite/grids.ts';
import { expectClose } from '../reference-cases.ts';

const halfSquare = quadratic.create({});

const menusOf = (problem: FiniteProblem, full: CertifiedMenu, count: number): readonly ProfileMenu[] => {
  const steps = bestProfileBundles(problem, full, count);
  let step = steps.next();
  while (step.done !== true) step = steps.next();
  return step.value;
};

/** What the menu earns from buyers who choose for themselves, without any of the program. */
const freeProfit = ({ types, mass }: FiniteProblem, { bundles, transfers }: ProfileMenu): number => {
  let profit = 0;
  for (let n = 0; n < types.count; n++) {
    let [best, earned] = [1e-11, 0];
    bundles.forEach(({ quality, making: cost }, k) => {
      let utility = -transfers[k]!;
      for (let m = 0; m < types.weights.length; m++)
        utility += types.weights[m]! * types.valueAt(n, m) * quality[m]!;
      // Near ties go to the seller.
      if (utility > best + 1e-11 || (utility > best - 2e-11 && transfers[k]! - cost > earned))
        [best, earned] = [Math.max(best, utility), transfers[k]! - cost];
    });
    profit += mass[n]! * earned;
  }
  return profit;
};

describe('types in one dimension, where the best menus of few are known', () => {
  test.each([
    [7, 5],
    [12, 4],
    [40, 5],
  ])('%i types: at most a thousandth of the profit is missed, with up to %i items', (count, most) => {
    for (let seed = 1; seed <= 4; seed++) {
      let state = seed;
      const random = (): number => {
        state = (state * 1103515245 + 12345) % 2147483648;
        return state / 2147483648;
      };
      const value = Float64Array.from({ length: count }, () => 0.2 + random()).sort();
      const drawn = Array.from({ length: count }, () => 0.05 + random());
      const total = drawn.reduce((sum, m) => sum + m, 0);
      const mass = Float64Array.from(drawn, (m) => m / total);
      const problem: FiniteProblem = {
        types: profileTypes(value, Float64Array.of(1)),
        mass,
        supply: supplyTaskByTask(halfSquare, 1),
        cost: halfSquare.form!,
      };
      const exact = bestBundlesForTypes({ value, mass }, halfSquare, 1, [1, 2, 3, 4, 5].slice(0, most));
      menusOf(problem, solved(problem).menu, most).forEach(({ profit }, k) => {
        expect(profit).toBeLessThanOrEqual(exact[k]!.upperBound * (1 + 1e-9));
        expect(profit).toBeGreaterThan(exact[k]!.profit * (1 - 1e-3));
      });
    }
  });
});

describe('types in two dimensions', () => {
  const problem = rochetChone(5);
  const full = solved(problem).menu;
  const menus = menusOf(problem, full, 6);

  test('every menu earns what free choice makes of it, more with every item, and less than the bound', () => {
    let last = 0;
    for (const menu of menus) {
      expectClose(freeProfit(problem, menu), menu.profit, 1e-9);
      expect(menu.profit).toBeGreaterThan(last);
      expect(menu.profit).toBeLessThanOrEqual(full.certificate.upperBound);
      expect(menu.bundles.length).toBeLessThanOrEqual(menu.count);
      last = menu.profit;
    }
    expect(last).toBeGreaterThan(0.95 * full.certificate.upperBound);
  });

  test('as many items as the full menu has earn what it earns', () => {
    const small = rochetChone(2);
    const whole = solved(small).menu;
    const last = menusOf(small, whole, 4)[3]!;
    expectClose(last.profit, whole.certificate.attained, 1e-9);
  });

  test('the single item of [1, 2]² is not beaten by any item on a grid at any price', () => {
    const { types, mass } = problem;
    const single = menus[0]!.profit;
    for (let a = 0; a <= 20; a++) {
      for (let b = 0; b <= 20; b++) {
        const quality = [a / 8, b / 8];
        const worths = Array.from({ length: types.count }, (_, n) =>
          quality.reduce((sum, q, m) => sum + types.weights[m]! * types.valueAt(n, m) * q, 0),
        );
        const cost = quality.reduce((sum, q, m) => sum + (types.weights[m]! * q * q) / 2, 0);
        for (const price of worths) {
          const sold = worths.reduce((sum, worth, n) => (worth >= price ? sum + mass[n]! : sum), 0);
          expect(sold * (price - cost)).toBeLessThanOrEqual(single + 1e-9);
        }
      }
    }
  });

  test('asked to stop, it leaves larger menus at what there is', () => {
    const steps = bestProfileBundles(problem, full, 5);
    steps.next();
    const end = steps.next(true);
    expect(end.done).toBe(true);
    if (end.done === true)
      expect(end.value.map(({ profit }) => profit)).toEqual(Array(5).fill(end.value[0]!.profit));
  });
});

test('the best common rise of transfers is the best of all, where no item is sold at a loss', () => {
  const amount = fc.integer({ min: 0, max: 20 }).map((x) => x / 8);
  fc.assert(
    fc.property(
      fc.array(fc.tuple(amount, amount, amount), { minLength: 1, maxLength: 8 }),
      fc.tuple(amount, amount, amount),
      fc.integer({ min: 1, max: 7 }),
      (worths, margins, raised) => {
        const transfers = margins.map((margin, k) => margin + 0.25 * k);
        const bundles = [0, 1, 2].map(
          (k): ProfileBundle => ({
            served: new Float64Array(1),
            quality: new Float64Array(1),
            cost: 0.25 * k,
            making: 0.25 * k,
            worth: Float64Array.from(worths, (row) => row[k]!),
          }),
        );
        const mass = new Float64Array(worths.length).fill(1 / worths.length);
        const isRaised = (k: number): boolean => (raised & (1 << k)) !== 0;
        const at = (rise: number): number =>
          profileSale(
            bundles,
            transfers.map((transfer, k) => (isRaised(k) ? transfer + rise : transfer)),
            mass,
          ).profit;
        const found = at(bestRise(bundles, transfers, mass, isRaised).rise);
        // Between two breaks profit is linear in the rise and ascending.
        for (let rise = -3; rise <= 3; rise += 1 / 8) expect(found).toBeGreaterThanOrEqual(at(rise) - 1e-9);
      },
    ),
    { numRuns: 300, seed: 63 },
  );
});
