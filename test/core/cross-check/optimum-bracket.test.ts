import {
  chainBracket,
  type Distribution,
  independence,
  indexBracket,
  type OptimumBracket,
  scaleByScaleBracket,
  singleItemBracket,
} from '@menusmith/core';
import { gaussian, quadratic, uniform } from '@menusmith/plugins';
import { describe, expect, test } from 'vitest';
import { technologyNamed } from '../reference-cases.ts';

const halfSquare = quadratic.create({});
const example1 = technologyNamed('EX1').closedForm;
const unit = uniform.create({ min: 0, max: 1 });
const counts = { values: 128, scales: 64, tail: 20 };

const expectWithin = (
  { profit, welfare, solved }: OptimumBracket,
  optimum: number,
  firstBest: number,
): void => {
  expect(solved).toBe(true);
  expect(profit.low).toBeLessThanOrEqual(optimum);
  expect(profit.high).toBeGreaterThanOrEqual(optimum);
  expect(welfare.low).toBeLessThanOrEqual(firstBest);
  expect(welfare.high).toBeGreaterThanOrEqual(firstBest);
};
const width = ({ profit }: OptimumBracket): number => (profit.high - profit.low) / profit.high;

describe('the optimum and the first best lie in the bracket', () => {
  // U[0, 1], C = q²/2: q = 2θ − 1 above 1/2, Π = ∫ (2θ − 1)²/2 = 1/12, first best ∫ θ²/2 = 1/6.
  test('one-dimensional types, where it narrows at order 1', () => {
    const brackets = [100, 200, 400].map((values) => chainBracket(unit, halfSquare, { values, tail: 20 }));
    for (const bracket of brackets) expectWithin(bracket, 1 / 12, 1 / 6);
    const [a, b, c] = brackets.map(width);
    expect(a! / b!).toBeCloseTo(2, 1);
    expect(b! / c!).toBeCloseTo(2, 1);
  });

  // Example 1: Π* = 97/960 by allocations and 97/1080 by packages; the first best is 97/480.
  test('independent values and scales, by allocations and by packages, as closely as docs/explanation/accuracy.md says', () => {
    const { profit } = scaleByScaleBracket(unit, unit, example1, { values: 128, scales: 32, tail: 20 });
    expect(profit.low).toBeGreaterThan(0.96 * (97 / 960));
    expect(profit.high).toBeLessThan(1.08 * (97 / 960));
    const chain = chainBracket(unit, halfSquare, { values: 2000, tail: 20 }).profit;
    expect(chain.high - chain.low).toBeLessThan(0.00155 / 12);
    expectWithin(scaleByScaleBracket(unit, unit, example1, counts), 97 / 960, 97 / 480);
    expectWithin(indexBracket(unit, unit, 0.5, independence, example1, counts), 97 / 1080, 97 / 480);
  });

  test('dependent values and scales: one item earns less than all of them together', () => {
    const copula = gaussian.create({ rho: 0.6 });
    const single = singleItemBracket(unit, unit, copula, example1, counts);
    const packages = indexBracket(unit, unit, 0.5, copula, example1, counts);
    expect(single.profit.low).toBeGreaterThan(0.5 * packages.profit.low);
    expect(single.profit.low).toBeLessThan(packages.profit.high);
    // The first best does not depend on the contract.
    expect(single.welfare.low).toBeLessThanOrEqual(packages.welfare.high);
    expect(single.welfare.high).toBeGreaterThanOrEqual(packages.welfare.low);
  });
});

test('a tail without end has a lower bound and no upper one', () => {
  // 1 − F = θ⁻⁵ from 1 on: φ = 4θ/5, E θ²/2 = 5/6, and the optimum earns 16/25 of it.
  const types: Distribution = {
    min: 1,
    max: Number.POSITIVE_INFINITY,
    breakpoints: [],
    density: (x) => 5 * x ** -6,
    cdf: (x) => 1 - x ** -5,
    survival: (x) => x ** -5,
    quantile: (u) => (1 - u) ** -0.2,
  };
  const { profit, welfare } = chainBracket(types, halfSquare, { values: 1000, tail: 20 });
  expect(profit.high).toBe(Number.POSITIVE_INFINITY);
  expect(welfare.high).toBe(Number.POSITIVE_INFINITY);
  expect(profit.low).toBeLessThan((16 / 25) * (5 / 6));
  expect(profit.low).toBeGreaterThan(0.98 * (16 / 25) * (5 / 6));
});

test('a supply that cannot be solved says nothing', () => {
  const unsolved = {
    ...halfSquare,
    supply: (value: number, scale: number, out: Parameters<typeof halfSquare.supply>[2]) => {
      halfSquare.supply(value, scale, out);
      out.solved = value < 0.5;
    },
  };
  expect(chainBracket(unit, unsolved, { values: 100, tail: 20 }).solved).toBe(false);
});
