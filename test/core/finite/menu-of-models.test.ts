/*
 * Two types θ = (1, 2) with f = (2/3, 1/3), and two models: C = q²/2 by the cheap one and q² by the dear one, which nothing is better made by. All by the cheap one Π = ¾ (q = ½
 * and 2, T = ½ and 3½).
 */
import {
  bestProfileSupply,
  type CertifiedMenu,
  certifiedMenu,
  essentialTypes,
  type FiniteProblem,
  hasLotteries,
  type ProfileModel,
  type Proposal,
  profilesTaskByTask,
  profileTypes,
  supplyTaskByTask,
} from '@menusmith/core';
import { quadratic } from '@menusmith/plugins';
import { describe, expect, test } from 'vitest';

const model = (name: string, coefficient: number): ProfileModel => ({
  name,
  supply: supplyTaskByTask(quadratic.create({ coefficient }), 1),
});
const problem: FiniteProblem = {
  types: profileTypes(Float64Array.of(1, 2), Float64Array.of(1)),
  mass: Float64Array.of(2 / 3, 1 / 3),
  supply: bestProfileSupply([model('cheap', 1), model('dear', 2)]),
};
const certified = (shares: readonly number[] | undefined, expectedGap = 0): CertifiedMenu => {
  const proposal: Proposal = {
    flows: { from: Int32Array.of(1), to: Int32Array.of(0), amount: Float64Array.of(1 / 3) },
    rents: Float64Array.of(0, 0.5),
    served: profilesTaskByTask(Float64Array.of(0.5, 2), 1),
    ...(shares ? { shares: Float64Array.from(shares) } : {}),
    iterations: 1,
    expectedGap,
  };
  return certifiedMenu(problem, essentialTypes(problem, 0), proposal);
};
const attained = (shares: readonly number[] | undefined): number => certified(shares).certificate.attained;

describe('items made by models in shares', () => {
  test('are all made by the best one where no shares are given', () => {
    expect(attained(undefined)).toBeCloseTo(0.75, 12);
    expect(hasLotteries(certified(undefined), problem)).toBe(false);
  });

  test('are made by the one that has the whole share, the dear one as well', () => {
    expect(attained([1, 0, 1, 0])).toBeCloseTo(0.75, 12);
    const dear = certified([0, 1, 0, 1]);
    expect(dear.certificate.attained).toBeLessThan(0.75 - 0.01);
    // The bound is what the best model could make.
    expect(dear.certificate.upperBound).toBeCloseTo(0.75, 12);
    expect(attained([1, 0, 0, 1])).toBeGreaterThan(dear.certificate.attained);
  });

  test('shares are chances: whatever they sum to, and none below 0', () => {
    const half = certified([0.5, 0.5, 1, 0]);
    expect(hasLotteries(half, problem)).toBe(true);
    for (const shares of [
      [1, 1, 3, 0],
      [0.25, 0.25, 0.5, -7],
      [1e-3, 1e-3, 1e-3, -1e-9],
    ])
      expect(attained(shares)).toBeCloseTo(half.certificate.attained, 12);
    expect(half.certificate.attained).toBeLessThan(0.75 - 1e-3);
    expect(half.certificate.attained).toBeGreaterThan(attained([0, 1, 1, 0]));
  });

  test('a model that is all but sure is sure, item by item, where the solver expects a gap as large', () => {
    const settled = certified([1 - 1e-7, 1e-7, 1e-7, 1 - 1e-7], 1);
    expect([...settled.shares!]).toEqual([1, 0, 0, 1]);
    expect(hasLotteries(settled, problem)).toBe(false);
    expect([...certified([0.5, 0.5, 1 - 1e-7, 1e-7], 1).shares!]).toEqual([0.5, 0.5, 1, 0]);
    expect([...certified([1e-7, 1 - 1e-7, 0.75, 0.25], 1).shares!]).toEqual([0, 1, 0.75, 0.25]);
  });

  test('or else what is better of the two', () => {
    // A little of the second item is then made by the cheap model, which is better.
    const open = certified([1 - 1e-7, 1e-7, 1e-7, 1 - 1e-7]);
    expect(open.shares![2]).toBeCloseTo(1e-7, 12);
    expect(open.certificate.attained).toBeGreaterThan(
      certified([1 - 1e-7, 1e-7, 1e-7, 1 - 1e-7], 1).certificate.attained,
    );
    // All by the cheap one is better than all but a little.
    expect([...certified([1 - 1e-7, 1e-7, 1 - 1e-7, 1e-7]).shares!]).toEqual([1, 0, 1, 0]);
  });

  test('and one that is less than that keeps its chance', () => {
    const open = certified([1 - 1e-5, 1e-5, 1 - 1e-5, 1e-5]);
    expect(open.shares![1]).toBeCloseTo(1e-5, 12);
    expect(open.certificate.attained).toBeLessThan(0.75 - 1e-7);
    expect(hasLotteries(open, problem)).toBe(true);
  });
});

describe('a lottery', () => {
  const lottery = certified([0.5, 0.5, 1, 0]);

  test('is one where somebody takes it', () => {
    expect(hasLotteries(lottery, problem)).toBe(true);
    expect(hasLotteries({ ...lottery, choices: Int32Array.of(1, 1) }, problem)).toBe(false);
    expect(hasLotteries({ ...lottery, choices: Int32Array.of(-1, 1) }, problem)).toBe(false);
    expect(hasLotteries(lottery, { ...problem, mass: Float64Array.of(0, 1) })).toBe(false);
    expect(hasLotteries({ ...lottery, choices: Int32Array.of(1, 0) }, problem)).toBe(true);
  });

  test('is none without models, without shares or without quality', () => {
    const { models: _, ...single } = problem.supply;
    expect(hasLotteries(lottery, { ...problem, supply: single })).toBe(false);
    const { shares: __, ...unshared } = lottery;
    expect(hasLotteries(unshared, problem)).toBe(false);
    const { items } = lottery;
    const empty = { ...items, quality: items.quality.map((q, b) => (b < items.offsets[1]! ? 0 : q)) };
    expect(hasLotteries({ ...lottery, items: empty }, problem)).toBe(false);
  });

  test('of a millionth is none', () => {
    const shares = Float64Array.of(1 - 0.9e-6, 0.9e-6, 1, 0);
    expect(hasLotteries({ ...lottery, shares }, problem)).toBe(false);
    expect(hasLotteries({ ...lottery, shares: Float64Array.of(1 - 1.1e-6, 1.1e-6, 1, 0) }, problem)).toBe(
      true,
    );
  });
});
