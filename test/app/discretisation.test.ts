import { createRegistry, parseStudy, type Result, solveStudy, standardPlugin } from '@menusmith/app';
import { describe, expect, test } from 'vitest';

const registry = createRegistry([standardPlugin]);

describe('the numbers of a grid and of the buyers whom it stands for', () => {
  const correlated = (count: number): Result =>
    solveStudy(
      parseStudy(
        JSON.stringify({
          production: {
            use: 'cobb-douglas',
            exponents: { input: 0.25, output: 0.25, fineTuning: 0.25 },
            base: { fineTuning: 1 },
          },
          inputs: {
            input: { scope: 'task', cost: 0.125 },
            output: { scope: 'task', cost: 0.125 },
            fineTuning: { scope: 'shared', cost: 0.125 },
          },
          buyers: {
            kind: 'value-scale',
            value: { use: 'uniform' },
            scale: { use: 'uniform' },
            dependence: { use: 'fgm', theta: 0.9 },
            grid: { values: count, scales: count },
          },
        }),
        { file: 'test.json', registry },
      ),
    ).result;

  const counts = [8, 16, 32];
  const results = counts.map(correlated);

  test('the optimum on a grid converges at order 2 in its cells', () => {
    const [a, b, c] = results.map(({ grid }) => grid!.profit!);
    const order = Math.log2((b! - a!) / (c! - b!));
    expect(order).toBeGreaterThan(1.9);
    expect(order).toBeLessThan(2.2);
  });

  test('what the population pays converges at order 2 or better, to the same limit, from a far smaller distance', () => {
    const [a, b, c] = results.map(({ profit }) => profit!);
    expect(Math.log2((b! - a!) / (c! - b!))).toBeGreaterThan(1.9);
    const limit = results[2]!.grid!.extrapolatedProfit!;
    results.forEach(({ profit, grid }, k) => {
      expect(limit / profit! - 1).toBeLessThan(0.15 / counts[k]! ** 2);
      expect(Math.abs(limit - profit!)).toBeLessThan(0.1 * (limit - grid!.profit!));
    });
  });

  test('the population earns less than the bound', () => {
    for (const { population } of results)
      expect(population!.attainedProfit).toBeLessThan(population!.upperBound!);
  });
});
