import { createRegistry, parseStudy, type Result, solve, standardPlugin } from '@menusmith/app';
import { describe, expect, test } from 'vitest';

const registry = createRegistry([standardPlugin]);
const solved = async (document: object): Promise<Result> =>
  (await solve(parseStudy(JSON.stringify(document), { file: 'study.json', registry }))).result;

const values = [
  [0.618, 0.179],
  [0.679, 0.704],
  [1, 0.925],
  [1, 0.617],
];
const mass = [0.202, 0.42, 0.48, 0.182];
const profiles = {
  kind: 'profiles',
  tasks: { weights: [0.915, 0.458] },
  types: values.map((own, n) => ({ mass: mass[n], values: own })),
};
const line = {
  kind: 'representative',
  types: values.map(([value], n) => ({ mass: mass[n], value: value! + 0.05 * n })),
};

/** The best menu of the grid is known; a grid's midpoints alone say nothing of the buyers between them. */
const isBestOfGrid = ({ certificate, reasons }: Result): void => {
  expect(certificate.of).toBe('grid');
  expect(Math.abs(certificate.relativeGap!)).toBeLessThan(1e-8);
  expect(reasons?.map(({ code }) => code)).toEqual(['grid-alone']);
};

// Nothing is made for values below 0.435, where many of the types' virtual values are.
describe.each([
  ['smooth', { formula: '0.435*q + 0.528*q^2/2' }],
  ['with a kink', { formula: '0.435*q + 0.528*q^2/2 + max(0, 0.575*(q - 0.2))' }],
  ['up to a most', { formula: '0.435*q + 0.528*q^2/2', max: 0.4 }],
])('outside options beside a cost with a slope at 0, %s', (_, form) => {
  const study = (buyers: object, utility?: number) => ({
    cost: { use: 'expression', ...form },
    buyers,
    ...(utility === undefined ? {} : { outside: { utility } }),
  });

  test.each([
    ['profiles', profiles],
    ['types along a line', line],
  ])('%s: one worth nothing changes nothing, and more is certified too', async (__, buyers) => {
    const plain = await solved(study(buyers));
    const none = await solved(study(buyers, 0));
    expect(none.status).toBe('optimal');
    expect(none.profit!).toBeCloseTo(plain.profit!, 7);
    let last = none.profit!;
    for (const utility of [0.01, 0.05, 0.1]) {
      const result = await solved(study(buyers, utility));
      expect(result.status).toBe('optimal');
      // What all could be given costs the seller that much, and no less is left to anybody.
      expect(result.profit!).toBeLessThan(last);
      expect(result.profit!).toBeGreaterThan(none.profit! - utility - 1e-7);
      for (const { rent } of result.types) expect(rent!).toBeGreaterThan(utility - 1e-9);
      last = result.profit!;
    }
  });
});

// The solver knows what buyers have to its tolerance, and a profit of nothing to none: to sell nothing must be an answer of its own.
describe('beside a rival whom nobody leaves, or hardly anybody', () => {
  const root = (exponent: number, price: number) => ({
    rival: {
      production: { use: 'cobb-douglas', exponents: { x: exponent } },
      inputs: { x: { scope: 'task', price } },
    },
  });
  /** max over x of θ x^e − p x. */
  const worth = (theta: number, exponent: number, price: number): number =>
    (1 - exponent) * theta * ((exponent * theta) / price) ** (exponent / (1 - exponent));
  const tokens = (exponent: number, cost: number) => ({
    production: { use: 'cobb-douglas', exponents: { x: exponent } },
    inputs: { x: { scope: 'task', cost } },
  });
  const [exponent, price] = [0.353, 0.46];
  const types = [
    [0.355, 0.091],
    [0.701, 0.575],
    [0.826, 0.439],
    [1.111, 0.958],
  ].map(([value, own]) => ({ value: value!, mass: own! }));
  const many = types.reduce((sum, { mass: own }) => sum + own, 0);

  test.each([
    ['his tokens are cheaper', tokens(exponent, 0.652), 1],
    ['a formula costs more', { cost: { use: 'expression', formula: '0.46*q + q^2/2' } }, 1],
    ['a formula costs more, half as dear', { cost: { use: 'expression', formula: '0.46*q + q^2/4' } }, 0.7],
    ['buyers count too', { ...tokens(exponent, 0.652), objective: { consumerSurplus: 0.926 } }, 1],
  ])('a list of types, where %s: profit is 0, and they have what he leaves', async (_, study, times) => {
    for (const own of [price, 0.9 * price, 0.7 * price]) {
      const result = await solved({
        ...study,
        buyers: { kind: 'representative', types },
        outside: root(exponent, times * own),
      });
      expect(result.certificate.doubts).toBeUndefined();
      expect(result.status).toBe('optimal');
      expect(result.profit).toBe(0);
      expect(result.outsideShare).toBe(1);
      const left = types.reduce(
        (sum, { value, mass: f }) => sum + f * worth(value, exponent, times * own),
        0,
      );
      expect(result.consumerSurplus!).toBeCloseTo(left / many, 12);
    }
  });

  test.each([1, 0.7, 0.5])('values on tasks, at %d times his price', async (times) => {
    const result = await solved({
      ...tokens(0.4, 0.6),
      buyers: profiles,
      outside: root(0.4, 0.59 * times),
    });
    expect(result.certificate.doubts).toBeUndefined();
    expect(result.status).toBe('optimal');
    expect(result.profit).toBe(0);
    expect(result.welfare).toBe(result.efficientWelfare);
  });

  test('goods: what is sold beside him to a few is certified', async () => {
    const result = await solved({
      cost: { use: 'expression', formula: '0.145*q + 0.585*q^3' },
      buyers: {
        kind: 'goods',
        values: [
          { use: 'uniform', min: 0.221, max: 1.349 },
          { use: 'truncated-normal', mean: 1.395, sd: 0.314, min: 0.182, max: 1.479 },
        ],
        grid: [6, 6],
      },
      objective: { consumerSurplus: 0.926 },
      outside: {
        rival: {
          production: { use: 'expression', formula: 'sqrt(x + 0.1) - sqrt(0.1)' },
          inputs: { x: { scope: 'task', price: 0.268 } },
        },
      },
    });
    expect(result.certificate.doubts).toBeUndefined();
    isBestOfGrid(result);
  });
});

// Where quality jumps the interior-point method left brackets of a third beside a rival's product to resell: each has him as an option of her own, a linear program with chords.
// The numbers are those of a program in all qualities, chances and transfers with 401 tangents of the cost (SciPy's HiGHS).
describe('a rival beside a cost that is straight in a part and curved in another', () => {
  const rival = {
    rival: {
      production: { use: 'cobb-douglas', exponents: { x: 0.5 } },
      inputs: { x: { scope: 'task', price: 1 } },
    },
  };
  const types = [
    [1, 0.2],
    [0.3, 0.8],
    [0.9, 0.9],
  ].map((own) => ({ mass: 1, values: own }));
  const uniform = { use: 'uniform', min: 0, max: 1 };

  test.each([
    ['0.1*q + max(0, q - 0.5)^2', 0.2463246],
    ['max(0.2*q, q^2/2)', 0.1343981],
    ['0.3*q + 0.5*max(0, q - 0.3)^3', 0.1482848],
  ])('%s: the bracket is closed', async (formula, exact) => {
    const cost = { use: 'expression', formula, max: 1 };
    const few = await solved({
      cost,
      buyers: { kind: 'profiles', tasks: { weights: [0.5, 0.5] }, types },
      outside: rival,
    });
    expect(few.status).toBe('optimal');
    expect(few.profit!).toBeCloseTo(exact, 5);
    expect(few.notes.join(' ')).toMatch(/rival’s product is not resold/);
    const goods = await solved({
      cost,
      buyers: { kind: 'goods', values: [uniform, uniform], grid: [6, 6] },
      outside: rival,
    });
    isBestOfGrid(goods);
    // Σ w²/4 is what √x at the price 1 leaves, on cells of sixths held by their middles.
    const left = (k: number): number => ((k + 0.5) / 6) ** 2 / 4;
    goods.types.forEach(({ rent }, n) => {
      expect(rent!).toBeGreaterThan(left(Math.floor(n / 6)) + left(n % 6) - 1e-8);
    });
  });
});
