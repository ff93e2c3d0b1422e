/*
 * C = ½ Σ ω q², values and scales even on [0, 1]. A promise u = a s w²/2 is an item of quality a w on every task, for a s w²/2: it costs a² s w²/2. E[s w²] = 1/6.
 */
import {
  type Fallback,
  type FallbackAt,
  independence,
  leastCosts,
  type PopulationMenu,
  populationTotals,
  withoutPromised,
} from '@menusmith/core';
import { fgm, uniform } from '@menusmith/plugins';
import { describe, expect, test } from 'vitest';
import { halfSquares } from '../finite/examples.ts';

const unit = uniform.create({ min: 0, max: 1 });
const supply = halfSquares(1);
const costOf = leastCosts(supply, undefined);
const population = { values: unit, scales: unit, copula: independence };
/** Items on the tasks of scale 1: quality and transfer. */
const menuOf = (items: readonly (readonly [number, number])[]): PopulationMenu => ({
  scales: Float64Array.of(1),
  perScale: items.length,
  quality: Float64Array.from(items, ([quality]) => quality),
  served: Float64Array.from(items, ([quality]) => quality),
  transfers: Float64Array.from(items, ([, transfer]) => transfer),
  costs: Float64Array.from(items, ([quality]) => quality ** 2 / 2),
  sharedCosts: new Float64Array(items.length),
  shares: new Float64Array(items.length).fill(1),
  models: 1,
  starts: Float64Array.from(items, ([quality]) => quality),
  parts: 1,
  bends: new Float64Array(items.length),
  costOf,
});

const A = 0.6;
const promise =
  (planCost?: number): FallbackAt =>
  (s) => ({
    utility: (w) => (A * s * w * w) / 2,
    slope: (w) => A * s * w,
    breakpoints: [],
    of: (w): Fallback => ({
      kind: 'promised',
      quality: A * s * w,
      transfer: (A * s * w * w) / 2,
      ...(planCost === undefined
        ? {}
        : {
            plan: {
              weights: Float64Array.of(s),
              quality: Float64Array.of(A * w),
              served: Float64Array.of(Number.NaN),
              cost: (planCost * (A * A * s * w * w)) / 2,
              sharedCost: 0,
              shares: Float64Array.of(1),
              inputs: {},
            },
          }),
    }),
  });

describe('where nothing else is offered', () => {
  const totals = (fallbackAt: FallbackAt) =>
    populationTotals(population, menuOf([]), false, undefined, fallbackAt);

  test.each([
    ['everybody has her promise, made at its least cost', undefined, 1, 0],
    ['a plan that costs no more is kept', 1, 1, 1],
    ['a plan that costs less is kept, and counted at its own cost', 0.9, 0.9, 1],
    ['in the place of a plan that costs more there is an item', 1.2, 1, 0],
  ])('%s', (_, planCost, cost, kept) => {
    const found = totals(promise(planCost));
    expect(found.rent).toBeCloseTo(A / 12, 8);
    expect(found.grossValue - found.rent).toBeCloseTo(A / 12, 8);
    expect(found.cost).toBeCloseTo((cost * A * A) / 12, 8);
    expect(found.kept).toBeCloseTo(kept, 12);
    expect(found.outside).toBe(0);
    expect(found.excluded).toBeCloseTo(0, 12);
  });

  test('who has something elsewhere costs and pays nothing', () => {
    const found = totals((s) => ({ ...promise()(s), of: () => ({ kind: 'elsewhere' }) }));
    expect(found.rent).toBeCloseTo(A / 12, 8);
    expect(found.profit).toBeCloseTo(0, 12);
    expect(found.outside).toBeCloseTo(1, 12);
    expect(found.excluded).toBeCloseTo(1, 12);
  });
});

test('one item beside a promise: all numbers by free choice of buyers one by one, dependent ones too', () => {
  const copula = fgm.create({ theta: 0.7 });
  const [quality, transfer] = [1, 0.55];
  const found = populationTotals(
    { ...population, copula },
    menuOf([[quality, transfer]]),
    false,
    undefined,
    promise(1),
  );
  let [profit, rent, kept] = [0, 0, 0];
  const n = 1200;
  for (let i = 0; i < n; i++)
    for (let j = 0; j < n; j++) {
      const [w, s] = [(i + 0.5) / n, (j + 0.5) / n];
      const mass = (1 + 0.7 * (1 - 2 * w) * (1 - 2 * s)) / (n * n);
      // Between scale 0, which gets nothing, and scale 1 there is the share s of the item.
      const item = s * (w * quality - transfer);
      const promised = (A * s * w * w) / 2;
      if (item > promised) {
        profit += mass * s * (transfer - quality ** 2 / 2);
        rent += mass * item;
      } else {
        profit += (mass * (A * s * w * w - A * A * s * w * w)) / 2;
        rent += mass * promised;
        kept += mass;
      }
    }
  expect(found.profit).toBeCloseTo(profit, 5);
  expect(found.rent).toBeCloseTo(rent, 5);
  expect(found.kept!).toBeCloseTo(kept, 2);
});

test('items that are a promise over again are left to it, others are not', () => {
  const own = Array.from({ length: 40 }, (_, f): [number, number] => {
    const w = (f + 0.5) / 40;
    return f < 20 ? [A * w, (A * w * w) / 2] : [w, w * w - (A * w * w) / 2 - (w - 0.5) / 10];
  });
  const menu = { ...menuOf(own), starts: Float64Array.from(own, (_, f) => f / 40) };
  const left = withoutPromised(menu, unit, promise());
  const isSold = Array.from(left.quality, (q) => q > 0);
  expect(isSold.slice(20)).toEqual(new Array(20).fill(true));
  expect(isSold.slice(1, 20).filter((is) => is)).toEqual([]);
});
