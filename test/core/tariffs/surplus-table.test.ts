import { type EfficientSupply, supplyPoint, surplusTable } from '@menusmith/core';
import { quadratic } from '@menusmith/plugins';
import { describe, expect, test } from 'vitest';
import { expectClose, technologyNamed } from '../reference-cases.ts';

const errorsOf = (supply: EfficientSupply, scale: number, knots: number) => {
  const table = surplusTable(supply, scale, 1, knots);
  const point = supplyPoint(supply.inputs.length);
  let surplus = 0;
  let quality = 0;
  for (let i = 1; i <= 997; i++) {
    const value = i / 997;
    supply.supply(value, scale, point);
    surplus = Math.max(surplus, Math.abs(table.surplus(value) - point.surplus));
    quality = Math.max(quality, Math.abs(table.quality(value) - point.quality));
  }
  supply.supply(1, scale, point);
  return { surplus: surplus / point.surplus, quality: quality / point.quality };
};

describe.each([
  ['Example 1, s = .6', technologyNamed('EX1').closedForm, 0.6],
  ['asymmetric, b = .05', technologyNamed('ASYM_b0.05').closedForm, 1],
])('the table of S for %s', (_, supply, scale) => {
  test('has an error of order h⁴ in S and h³ in q', () => {
    const orders = [16, 32, 64].map((knots) => {
      const [coarse, fine] = [errorsOf(supply, scale, knots), errorsOf(supply, scale, 2 * knots)];
      return {
        surplus: Math.log2(coarse.surplus / fine.surplus),
        quality: Math.log2(coarse.quality / fine.quality),
      };
    });
    for (const { surplus, quality } of orders) {
      expect(surplus).toBeGreaterThan(3.6);
      expect(surplus).toBeLessThan(4.6);
      expect(quality).toBeGreaterThan(2.6);
    }
  });

  test('is good to 1e-9 in S and 1e-6 in q as it comes', () => {
    const { surplus, quality } = errorsOf(supply, scale, 256);
    expect(surplus).toBeLessThan(1e-9);
    expect(quality).toBeLessThan(1e-6);
  });

  test('is exact at kinks and at the top, and 0 at and below 0', () => {
    const table = surplusTable(supply, scale, 1);
    const point = supplyPoint(supply.inputs.length);
    for (const value of [...supply.kinks(scale, 1), 1]) {
      supply.supply(value, scale, point);
      expectClose(table.surplus(value), point.surplus, 1e-14);
      expectClose(table.quality(value), point.quality, 1e-13);
    }
    for (const value of [0, -1, Number.NEGATIVE_INFINITY])
      expect([table.surplus(value), table.quality(value)]).toEqual([0, 0]);
  });

  test('has for quality the derivative of its surplus', () => {
    const table = surplusTable(supply, scale, 1, 20);
    for (let i = 1; i < 60; i++) {
      const value = i / 60.3;
      const slope = (table.surplus(value + 1e-6) - table.surplus(value - 1e-6)) / 2e-6;
      expect(Math.abs(table.quality(value) - slope)).toBeLessThan(1e-5);
    }
  });
});

test('of C = q²/2 the table is exact', () => {
  expect(errorsOf(quadratic.create({}), 1, 4).surplus).toBeLessThan(1e-15);
});

test('straight costs, of which quality jumps at a kink, are tabulated to rounding', () => {
  // C = 0.1q + max(0, q − 1)/2 up to q = 2: quality is 0, 1 and 2, from 0.1 and from 0.6 on.
  const supply: EfficientSupply = {
    inputs: [],
    supply: (value, _, out) => {
      const quality = value >= 0.6 ? 2 : value >= 0.1 ? 1 : 0;
      const cost = 0.1 * quality + Math.max(0, quality - 1) / 2;
      Object.assign(out, { quality, cost, surplus: value * quality - cost, regime: quality, solved: true });
    },
    slopes: () => {},
    kinks: (_, upTo) => [0.1, 0.6].filter((kink) => kink < upTo),
  };
  const { surplus, quality } = errorsOf(supply, 1, 32);
  expect(surplus).toBeLessThan(1e-11);
  expect(quality).toBeLessThan(1e-11);
});
