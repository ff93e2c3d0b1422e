import {
  bestBundlesForTypes,
  bestTariffsForTypes,
  type EfficientSupply,
  finished,
  type PlanForm,
  type PlanSearch,
  searchPlans,
  surplusLookup,
} from '@menusmith/core';
import { quadratic } from '@menusmith/plugins';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { technologyNamed } from '../reference-cases.ts';

const halfSquare = quadratic.create({});
const example1 = technologyNamed('EX1').closedForm;

const searchOf = (
  supply: EfficientSupply,
  form: PlanForm,
  value: Float64Array,
  mass: Float64Array,
  given: Partial<PlanSearch> = {},
): PlanSearch => {
  const highest = 2 * value.at(-1)!;
  return {
    value,
    mass,
    highest,
    lookup: surplusLookup(supply, 1, highest),
    form,
    utility: new Float64Array(value.length),
    margin: new Float64Array(value.length),
    surplusWeight: 0,
    leastShare: 0,
    ...given,
  };
};

const lists = fc
  .array(
    fc.record({
      value: fc.double({ min: 0.1, max: 2, noNaN: true }),
      weight: fc.integer({ min: 1, max: 9 }),
    }),
    {
      minLength: 2,
      maxLength: 9,
    },
  )
  .map((types) => {
    const ascending = [...types].sort((a, b) => a.value - b.value);
    const total = ascending.reduce((sum, { weight }) => sum + weight, 0);
    return {
      value: Float64Array.from(ascending, ({ value }) => value),
      mass: Float64Array.from(ascending, ({ weight }) => weight / total),
    };
  });

/** How much less than the best a search may find. */
const SHORT = 1e-3;

describe('menus of few plans that a search finds', () => {
  test.each([
    ['quadratic costs', halfSquare],
    ['Example 1', example1],
  ] as const)('are the best bundles, %s', (_, supply) => {
    fc.assert(
      fc.property(lists, fc.integer({ min: 1, max: 3 }), ({ value, mass }, asked) => {
        const most = Math.min(asked, new Set(value).size);
        const found = finished(searchPlans(searchOf(supply, 'bundle', value, mass), most));
        const best = bestBundlesForTypes({ value, mass }, supply, 1, [most])[0]!;
        const { worth } = found[most - 1]!;
        expect(worth).toBeGreaterThanOrEqual(best.profit * (1 - SHORT));
        expect(worth).toBeLessThanOrEqual(best.profit * (1 + 1e-9));
      }),
      { numRuns: 20, seed: 20, endOnFailure: true },
    );
  });

  test('are the best two-part tariffs', () => {
    fc.assert(
      fc.property(lists, fc.integer({ min: 1, max: 2 }), ({ value, mass }, asked) => {
        const most = Math.min(asked, new Set(value).size);
        const found = finished(searchPlans(searchOf(example1, 'two-part-tariff', value, mass), most));
        const best = bestTariffsForTypes({ value, mass }, example1, 1, [most])[0]!;
        expect(found[most - 1]!.worth).toBeGreaterThanOrEqual(best.profit * (1 - SHORT));
      }),
      { numRuns: 10, seed: 21, endOnFailure: true },
    );
  });

  test('make more the more they can do', () => {
    const value = Float64Array.from({ length: 200 }, (_, n) => (n + 0.5) / 200);
    const mass = new Float64Array(200).fill(1 / 200);
    const worth = (form: PlanForm, given: Partial<PlanSearch> = {}): number =>
      finished(searchPlans(searchOf(example1, form, value, mass, given), 2))[1]!.worth;
    const [bundles, tariffs, three] = (['bundle', 'two-part-tariff', 'three-part-tariff'] as const).map(
      (form) => worth(form),
    );
    expect(three).toBeGreaterThanOrEqual(Math.max(bundles!, tariffs!) * (1 - SHORT));
    const least = worth('bundle', { leastShare: 0.25 });
    expect(least).toBeLessThan(bundles!);
    // Half the types at most buy, of whom each plan must have a quarter of all.
    expect(least).toBeGreaterThan(0.5 * bundles!);
    expect(worth('bundle', { surplusWeight: 0.5 })).toBeGreaterThan(bundles!);
  });

  test('end where they are asked to', () => {
    const value = Float64Array.of(0.5, 1);
    const search = searchPlans(searchOf(example1, 'bundle', value, Float64Array.of(0.5, 0.5)), 2);
    expect(search.next().done).toBe(false);
    const last = search.next(true);
    expect(last.done).toBe(true);
    expect((last.value as readonly { worth: number }[])[0]!.worth).toBeGreaterThan(0);
  });
});
