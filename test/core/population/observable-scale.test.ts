import { type EfficientSupply, independence, observableScale } from '@menusmith/core';
import { fgm, quadratic, uniform } from '@menusmith/plugins';
import { expect, test } from 'vitest';
import { cobbDouglasSupply } from '../finite/examples.ts';
import { technologyNamed } from '../reference-cases.ts';

const unit = uniform.create({ min: 0, max: 1 });
const profitOf = (supply: EfficientSupply, copula = independence) => {
  const found = observableScale({ values: unit, scales: unit, copula }, supply);
  expect(found.solved).toBe(true);
  return found.profit;
};

test('is Example 1’s 97/960 where value and scale are independent, and not below it', () => {
  const profit = profitOf(technologyNamed('EX1').closedForm);
  expect(Math.abs(profit / (97 / 960) - 1)).toBeLessThan(1e-8);
  expect(profit).toBeGreaterThanOrEqual((97 / 960) * (1 - 1e-14));
});

test('is E[s]·E[φ²]/2 = 1/24 for independent uniform buyers and C = q²/2s', () => {
  // S(φ, s) = sφ²/2 with φ = 2w − 1: ½·∫_{½}^1 (2w − 1)²/2 dw = ½·1/12.
  expect(Math.abs(profitOf(quadratic.create({})) * 24 - 1)).toBeLessThan(1e-8);
});

test.each([-0.8, 0.8])('is the double integral of S(φ(w|v), s) for FGM dependence of %d', (theta) => {
  // With a = θ(1 − 2v), F(w|v) = w(1 + a(1 − w)): φ = w − (1 − w)(1 − aw)/(1 + a − 2aw), which increases. Midpoint rule, of order 2.
  const [values, ranks] = [4000, 400];
  let [expected, isIncreasing] = [0, true];
  for (let j = 0; j < ranks; j++) {
    const v = (j + 0.5) / ranks;
    const a = theta * (1 - 2 * v);
    let last = Number.NEGATIVE_INFINITY;
    for (let i = 0; i < values; i++) {
      const w = (i + 0.5) / values;
      const density = 1 + a - 2 * a * w;
      const phi = w - ((1 - w) * (1 - a * w)) / density;
      isIncreasing &&= phi > last;
      last = phi;
      expected += (v * density * Math.max(0, phi) ** 2) / 2 / values / ranks;
    }
  }
  expect(isIncreasing).toBe(true);
  expect(Math.abs(profitOf(quadratic.create({}), fgm.create({ theta })) / expected - 1)).toBeLessThan(2e-6);
});

test('does not depend on the way in which scales are told apart: breakpoints change nothing', () => {
  const { supply } = cobbDouglasSupply({ alpha: 0.3, beta: 0.2, gamma: 0.2, base: 0.2 });
  const copula = fgm.create({ theta: -0.9 });
  const split = { ...unit, breakpoints: [0.2, 0.7] };
  const whole = profitOf(supply, copula);
  const parts = observableScale({ values: unit, scales: split, copula }, supply).profit;
  expect(Math.abs(parts / whole - 1)).toBeLessThan(1e-8);
});
