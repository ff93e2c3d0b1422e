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

describe('a cost that is straight in a part, and bends like no parabola in another', () => {
  const pairs = [
    ['min(2*x, 0.9 + 0.1*sqrt(x))', 'max(0.25*q, 50*max(q - 0.9, 0)^2)'],
    ['min(2*x, 1 + 0.2*log(1 + x))', 'max(0.25*q, 0.5*(exp((q - 1)/0.2) - 1))'],
    ['min(2*x, 0.3 + x/(1 + x))', 'max(0.25*q, 0.5*max(q - 0.3, 0)/(1.3 - q))'],
  ] as const;

  test.each(pairs)('%s for 1/2 each is the cost %s', async (formula, cost) => {
    const max = formula.includes('/(1 + x)') ? { max: 1.3 } : {};
    const bought = await solved({ ...byExpression(formula, 0.5), buyers });
    const given = await solved({ cost: { use: 'expression', formula: cost, ...max }, buyers });
    for (const { status, certificate } of [bought, given]) {
      expect(status).toBe('optimal');
      expect(certificate.relativeGap).toBeLessThan(1e-8);
    }
    expect(bought.profit! / given.profit!).toBeCloseTo(1, 7);
    for (const type of bought.types) expect(type.profile!.every((q) => q === 0 || q > 1e-9)).toBe(true);
    const whole = bought.types.reduce((sum, { mass }) => sum + mass!, 0);
    const spent = bought.types.reduce((sum, { mass, inputs }) => sum + (mass! / whole) * 0.5 * inputs.x!, 0);
    expect(spent).toBeCloseTo(bought.cost!, 9);
  });

  test('of a list of costs by task', async () => {
    const result = await solved({
      cost: { use: 'expression', formula: ['max(0.2*q, exp(q) - 1.5)', 'q^3'], max: 1.7 },
      buyers,
    });
    expect(result.status).toBe('optimal');
  });
});

test('continuous buyers are sold what a grid has of a quality that jumps, and the menu has a profit', async () => {
  const { profit, certificate } = await solved({
    ...byExpression('min(2*x, 1 + 0.2*log(1 + x))', 0.3),
    buyers: {
      kind: 'value-scale',
      value: { use: 'uniform' },
      scale: { use: 'uniform' },
      dependence: { use: 'fgm', theta: 0.6 },
      grid: { values: 8, scales: 4 },
    },
  });
  expect(profit).toBeGreaterThan(0);
  expect(certificate.upperBound!).toBeGreaterThan(profit!);
});
