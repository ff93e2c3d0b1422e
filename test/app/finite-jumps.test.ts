import { createRegistry, parseStudy, prepareStudy, solveStudy, standardPlugin } from '@menusmith/app';
import { describe, expect, test } from 'vitest';

const registry = createRegistry([standardPlugin]);

const solved = async (study: object) => {
  const parsed = parseStudy(JSON.stringify({ name: 'jumps', ...study }), { file: 'jumps.json', registry });
  await prepareStudy(parsed);
  return solveStudy(parsed).result;
};

const buyers = {
  kind: 'profiles',
  tasks: { weights: [0.5, 0.5] },
  types: [
    { mass: 1, values: [0.3, 0.9] },
    { mass: 2, values: [0.8, 0.5] },
    { mass: 1, values: [1, 1] },
    { mass: 1, values: [0.4, 0.35] },
  ],
};
const byExpression = (formula: string, cost: number) => ({
  production: { use: 'expression', formula },
  inputs: formula.includes('y')
    ? { x: { scope: 'task', cost: cost / 2 }, y: { scope: 'task', cost } }
    : { x: { scope: 'task', cost } },
});

describe('production that is all or nothing is the linear cost up to what there is', () => {
  test.each([
    ['min(x, 1)', 1, 0.3],
    ['min(2*x, 3)', 3, 0.15],
    ['min(x, 0.5)', 0.5, 0.3],
    ['min(x, 2*y, 1)', 1, 0.3],
  ])('%s', async (formula, max, rate) => {
    const bought = await solved({
      ...byExpression(formula, formula.includes('2*x') ? 2 * rate : rate),
      buyers,
    });
    const given = await solved({ cost: { use: 'linear', rate, max }, buyers });
    expect(bought.status).toBe('optimal');
    expect(given.status).toBe('optimal');
    expect(bought.profit! / given.profit!).toBeCloseTo(1, 9);
    expect(bought.certificate.upperBound! / given.certificate.upperBound!).toBeCloseTo(1, 9);
    for (const field of ['profit', 'consumerSurplus', 'welfare', 'efficientWelfare'] as const)
      expect(bought[field]).toBeCloseTo(given[field]!, 8);
  });

  test('inputs cost what the menu costs', async () => {
    const { types, profit, consumerSurplus } = await solved({ ...byExpression('min(x, 1)', 0.3), buyers });
    const masses = types.map(({ mass }) => mass!);
    const whole = masses.reduce((sum, mass) => sum + mass, 0);
    const net = types.reduce(
      (sum, { mass, transfer, inputs }) => sum + (mass! / whole) * (transfer! - 0.3 * inputs.x!),
      0,
    );
    expect(net).toBeCloseTo(profit!, 10);
    expect(consumerSurplus).toBeGreaterThan(0);
  });
});
