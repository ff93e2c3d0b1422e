import { createRegistry, parseStudy, prepareStudy, solve, solveStudy, standardPlugin } from '@menusmith/app';
import { describe, expect, test } from 'vitest';
import { expectClose } from '../core/reference-cases.ts';

const registry = createRegistry([standardPlugin]);
const solution = (study: object) =>
  solveStudy(parseStudy(JSON.stringify(study), { file: 'study.json', registry }));
type Solved = ReturnType<typeof solution>;
const uniform = (min: number, max: number) => ({ use: 'uniform', min, max });
const COST = 0.5;
const study = (buyers: object, outside: object | undefined) => ({
  contract: 'allocations',
  production: { use: 'cobb-douglas', exponents: { input: 0.5 } },
  inputs: { input: { scope: 'task', cost: COST } },
  buyers: { kind: 'value-scale', value: uniform(0, 1), scale: uniform(0.5, 1), ...buyers },
  ...(outside ? { outside } : {}),
});
const rivalAt = (price: number) => ({
  rival: {
    production: { use: 'cobb-douglas', exponents: { input: 0.5 } },
    inputs: { input: { scope: 'task', price } },
  },
});
const grid = { grid: { values: 16, scales: 8 } };

/** What is earned from even buyers, by their quotes alone, and the share of those who go elsewhere. */
const earnedFrom = ({ quote }: Solved, values: number, scales: number) => {
  let [profit, outside] = [0, 0];
  for (let j = 0; j < scales; j++)
    for (let i = 0; i < values; i++) {
      const buyer = { value: (i + 0.5) / values, scale: 0.5 + (j + 0.5) / (2 * scales) };
      const { transfer, inputs, takes } = quote(buyer);
      profit += (transfer! - COST * (inputs.input ?? 0)) / (values * scales);
      if (takes === 'outside') outside += 1 / (values * scales);
    }
  return { profit, outside };
};

/** The most that a buyer lacks of what she has outside. */
const largestLack = ({ quote }: Solved, utility: (value: number, scale: number) => number): number => {
  let most = 0;
  for (const scale of [0.5, 0.58, 0.71, 0.86, 1])
    for (const value of [0.07, 0.2, 0.43, 0.6, 0.81, 1])
      most = Math.max(most, utility(value, scale) - quote({ value, scale }).rent!);
  return most;
};

describe('a grid for continuous buyers who have something outside', () => {
  test.each([
    ['a rival', rivalAt(0.8), (w: number, s: number) => (s * w * w) / 3.2],
    ['a number', { utility: 0.02 }, () => 0.02],
    ['a formula', { utility: '0.1*scale*value' }, (w: number, s: number) => 0.1 * s * w],
  ])(
    '%s: the menu is sold by free choice, below the bound that scale by scale attains',
    (_, outside, utility) => {
      const exact = solution(study({}, outside)).result;
      expect(exact.status).toBe('optimal');
      const solved = solution(study(grid, outside));
      const { result } = solved;
      expect(result.certificate.of).toBe('population');
      expect(result.certificate.doubts).toBeUndefined();
      expect(result.certificate.upperBound! / exact.profit! - 1).toBeGreaterThan(-1e-9);
      expectClose(result.certificate.upperBound!, exact.profit!, 1e-6, 'bound');
      expectClose(result.efficientWelfare!, exact.efficientWelfare!, 1e-6, 'first best');
      expect(result.certificate.attainedProfit!).toBeLessThan(exact.profit!);
      expect(result.certificate.relativeGap!).toBeLessThan(2e-3);
      expect(largestLack(solved, utility)).toBeLessThan(1e-9);
      // Without the integration: the quotes of 80 × 24 buyers.
      const { profit, outside: share } = earnedFrom(solved, 80, 24);
      expect(Math.abs(profit / result.profit! - 1)).toBeLessThan(5e-3);
      expect(Math.abs(share - result.outsideShare!)).toBeLessThan(0.02);
      expectClose(result.welfare!, result.profit! + result.consumerSurplus!, 1e-12);
    },
    120_000,
  );

  test('dependent values and scales: a dear rival is nobody’s, a nearer one takes profit', () => {
    const dependent = { ...grid, dependence: { use: 'gaussian', rho: 0.4 } };
    const [alone, dear, near] = [undefined, rivalAt(5000), rivalAt(0.8)].map(
      (outside) => solution(study(dependent, outside)).result,
    );
    expectClose(dear!.profit!, alone!.profit!, 3e-3);
    // What flows across scales bounds is not known beside a rival.
    expectClose(dear!.certificate.upperBound!, alone!.population!.observableScale!, 1e-3);
    expect(near!.profit!).toBeLessThan(0.8 * alone!.profit!);
    expect(near!.certificate.attainedProfit!).toBeLessThan(near!.certificate.upperBound!);
    expect(near!.certificate.relativeGap!).toBeLessThan(2e-2);
  }, 120_000);
});

describe('a formula that says what a rival leaves buyers', () => {
  // P(q) = 0.03 q⁴ a task leaves u = s · max_q (w q − P(q)) = s · ¾ w^(4/3) / 0.12^(1/3).
  const convex = (outside: object) =>
    solution({
      contract: 'allocations',
      cost: { use: 'expression', formula: 'q^2/10' },
      buyers: {
        kind: 'value-scale',
        value: uniform(0, 1),
        scale: uniform(0.5, 1),
        dependence: { use: 'fgm', theta: 0.8 },
        ...grid,
      },
      outside,
    }).result;

  test('is the rival’s product, of the grid, its population and the bound', () => {
    const production = { use: 'cobb-douglas', exponents: { input: 0.25 } };
    const rival = convex({ rival: { production, inputs: { input: { scope: 'task', price: 0.03 } } } });
    const formula = convex({ utility: '0.75*scale*value^(4/3)/0.12^(1/3)' });
    expect(rival.lotteries).toBe(true);
    expect(formula.lotteries).toBe(true);
    expectClose(formula.certificate.upperBound!, rival.certificate.upperBound!, 1e-9, 'bound');
    expectClose(formula.grid!.profit!, rival.grid!.profit!, 1e-7, 'grid');
    expectClose(formula.certificate.attainedProfit!, rival.certificate.attainedProfit!, 1e-4, 'attained');
    expectClose(
      formula.withoutLotteries!.profit!,
      rival.withoutLotteries!.profit!,
      1e-4,
      'without lotteries',
    );
    expect(formula.status).toBe('optimal');
  }, 120_000);
});

describe('a grid for continuous buyers beside a linear cost', () => {
  const linear = async (buyers: object, outside: object | undefined, objective?: object): Promise<Solved> => {
    const { production: _, inputs: __, ...rest } = study(buyers, outside);
    const asked = {
      ...rest,
      cost: { use: 'linear', rate: 0.1, max: 1 },
      ...(objective ? { objective } : {}),
    };
    const read = parseStudy(JSON.stringify(asked), { file: 'study.json', registry });
    await prepareStudy(read);
    return solve(read);
  };
  /** The same again, by quotes. */
  const earnedAt = ({ quote }: Solved, values: number, scales: number): number => {
    let profit = 0;
    for (let j = 0; j < scales; j++)
      for (let i = 0; i < values; i++) {
        const { transfer, quality } = quote({
          value: (i + 0.5) / values,
          scale: 0.5 + (j + 0.5) / (2 * scales),
        });
        profit += (transfer! - 0.1 * quality!) / (values * scales);
      }
    return profit;
  };
  const fine = { grid: { values: 24, scales: 6 } };

  test.each([
    ['a rival', rivalAt(1), (w: number, s: number) => (s * w * w) / 4],
    ['a near rival', rivalAt(0.5), (w: number, s: number) => (s * w * w) / 2],
    ['a number', { utility: 0.05 }, () => 0.05],
    ['a formula', { utility: '0.1*scale*value^2' }, (w: number, s: number) => 0.1 * s * w * w],
  ])(
    '%s: the bound is what scale by scale attains with lotteries, the menu nearly what it attains without',
    async (_, outside, utility) => {
      const exact = (await linear({}, outside)).result;
      expect(exact.status).toBe('optimal');
      const solved = await linear(fine, outside);
      const { result } = solved;
      expect(result.certificate.of).toBe('population');
      expect(result.certificate.doubts).toBeUndefined();
      expectClose(result.certificate.upperBound!, exact.profit!, 1e-6, 'bound');
      const without = exact.withoutLotteries?.profit ?? exact.profit!;
      expect(result.certificate.attainedProfit!).toBeLessThan(without + 1e-9);
      expect(result.certificate.attainedProfit!).toBeGreaterThan(0.996 * without);
      expect(result.grid!.relativeGap!).toBeLessThan(1e-8);
      expect(largestLack(solved, utility)).toBeLessThan(1e-9);
      expect(Math.abs(earnedAt(solved, 389, 12) / result.profit! - 1)).toBeLessThan(1e-2);
    },
    120_000,
  );

  test('dependent values and scales, with a weight on consumer surplus: below the bound, and above what a posted price a task makes', async () => {
    const dependent = { ...fine, dependence: { use: 'fgm', theta: -0.8 } };
    const { result } = await linear(dependent, rivalAt(1), { profit: 1, consumerSurplus: 0.3 });
    const { attainedObjective, upperBound } = result.certificate;
    expect(attainedObjective!).toBeLessThan(upperBound!);
    expect(attainedObjective!).toBeGreaterThan(0.985 * upperBound!);
    // A price p for each task: s w − s p ≥ s w²/4 has w ≥ 2 − 2√(1 − p) up to w = 1; others have s w²/4. FGM by midpoint sums.
    const posted = (price: number): number => {
      let sum = 0;
      const n = 200;
      for (let i = 0; i < n; i++)
        for (let j = 0; j < n; j++) {
          const [u, v] = [(i + 0.5) / n, (j + 0.5) / n];
          const mass = (1 - 0.8 * (1 - 2 * u) * (1 - 2 * v)) / (n * n);
          const scale = 0.5 + v / 2;
          const takes = u - price > u ** 2 / 4;
          sum += mass * scale * ((takes ? price - 0.1 : 0) + 0.3 * (takes ? u - price : u ** 2 / 4));
        }
      return sum;
    };
    const best = Math.max(...Array.from({ length: 50 }, (_, k) => posted(0.2 + 0.01 * k)));
    expect(attainedObjective!).toBeGreaterThan(best - 1e-3);
    expect(best).toBeLessThan(upperBound! + 1e-4);
  }, 120_000);
});
