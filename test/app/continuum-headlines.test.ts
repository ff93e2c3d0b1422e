/*
 * Headline numbers of continuous buyers who are solved on a grid are of these buyers.
 *
 * As dependence vanishes they are those of independent values and scales, which no grid stands for: profit, bound and first best to the gap and the quadrature; numbers that the
 * optimum does not maximise, such as consumer surplus, to the root of the gap, as a menu within ε of the best profit may differ by so much.
 *
 * Where all buyers of goods have u outside, an item is worth its price to who values it at T + u: free choice is added up over small cells.
 */
import { createRegistry, parseStudy, type Result, solve, standardPlugin } from '@menusmith/app';
import { describe, expect, it } from 'vitest';

const registry = createRegistry([standardPlugin]);
const solved = async (text: string): Promise<Result> =>
  (await solve(parseStudy(`name: s\n${text}`, { file: 'study.yaml', registry }))).result;

const HEADLINES = [
  'profit',
  'revenue',
  'cost',
  'consumerSurplus',
  'welfare',
  'efficientWelfare',
  'excludedShare',
  'fineTunedShare',
] as const;

const valueScale = (dependence: string, grid = '') => `
production: { use: cobb-douglas, exponents: { input: 0.25, output: 0.25, fineTuning: 0.25 }, base: { fineTuning: 1 } }
inputs:
  input: { scope: task, cost: 0.125 }
  output: { scope: task, cost: 0.125 }
  fineTuning: { scope: shared, cost: 0.125 }
buyers:
  kind: value-scale
  value: { use: uniform }
  scale: { use: uniform }
  dependence: ${dependence}
${grid}contract: allocations
`;
const GRID = '  grid: { values: 24, scales: 12 }\n';

describe('as dependence vanishes', () => {
  it.each([
    ['fgm', '{ use: fgm, theta: 1e-6 }'],
    ['gaussian', '{ use: gaussian, rho: 1e-6 }'],
    ['a grid that is asked for', '{ use: independent }'],
  ])('headline numbers are those of independent values and scales: %s', async (_, dependence) => {
    const plain = await solved(valueScale('{ use: independent }'));
    const result = await solved(valueScale(dependence, GRID));
    expect(plain.grid).toBeUndefined();
    expect(plain.profit).toBeCloseTo(97 / 960, 6);
    const { certificate, grid, population } = result;
    expect(certificate.of).toBe('population');
    expect(plain.profit!).toBeGreaterThan(certificate.attainedProfit! - 1e-6);
    expect(plain.profit!).toBeLessThan(certificate.upperBound! + 1e-6);
    expect(certificate.relativeGap).toBeLessThan(1e-3);
    const root = Math.sqrt(certificate.relativeGap!);
    for (const name of HEADLINES) {
      // Who is on the edge of a share counts for next to nothing: shares are off by themselves, and not relative to what few they are.
      const unit = name.endsWith('Share') ? 1 : plain[name]!;
      const off = Math.abs(result[name]! - plain[name]!) / unit;
      const allowed = name === 'profit' || name === 'efficientWelfare' ? certificate.relativeGap! : root;
      expect(off, name).toBeLessThan(allowed + 1e-5);
    }
    // Of the grid they are not: its consumer surplus is off by more.
    const offGrid = Math.abs(grid!.consumerSurplus! - plain.consumerSurplus!) / plain.consumerSurplus!;
    const off = Math.abs(result.consumerSurplus! - plain.consumerSurplus!) / plain.consumerSurplus!;
    expect(off).toBeLessThan(offGrid / 3);
    expect(population!.observableScale).toBeCloseTo(plain.profit!, 5);
  });
});

const goods = (more: string, cost = 'cost: { use: linear, rate: 0, max: 1 }') => `
${cost}
buyers:
  kind: goods
  values: [ { use: uniform }, { use: uniform } ]
  grid: [ 6, 6 ]
contract: allocations
${more}`;
const root = `production: { use: cobb-douglas, exponents: { tokens: 0.5 } }
inputs: { tokens: { scope: task, cost: 0.25 } }`;
const model = (name: string, cost: number) =>
  `  - { name: ${name}, production: { use: cobb-douglas, exponents: { tokens: 0.5 } }, inputs: { tokens: { scope: task, cost: ${cost} } } }\n`;

/** What items bring by free choice of buyers in the middles of small cells, who all have u outside. */
const freeChoice = (result: Result, u: number) => {
  const items = result.goods!.items!;
  const each = 1000;
  let [revenue, rent, served] = [0, 0, 0];
  for (let i = 0; i < each; i++)
    for (let j = 0; j < each; j++) {
      const [a, b] = [(i + 0.5) / each, (j + 0.5) / each];
      let [best, paid] = [u, Number.NaN];
      for (const { profile, transfer } of items) {
        const left = a * profile[0]! + b * profile[1]! - transfer;
        if (left > best) [best, paid] = [left, transfer];
      }
      rent += best / each ** 2;
      if (Number.isNaN(paid)) continue;
      revenue += paid / each ** 2;
      served += 1 / each ** 2;
    }
  return { revenue, rent, served };
};

describe('goods beside what all have outside', () => {
  it('are sold to continuous buyers who prefer them to it, below a bound that the grid passes', async () => {
    const u = 0.1;
    const result = await solved(goods(`outside: { utility: "${u}" }`));
    const { certificate, grid } = result;
    const { revenue, rent, served } = freeChoice(result, u);
    expect(result.profit).toBeCloseTo(revenue, 3);
    expect(result.consumerSurplus).toBeCloseTo(rent, 4);
    expect(result.outsideShare).toBeCloseTo(1 - served, 2);
    expect(result.excludedShare).toBe(result.outsideShare);
    // E max{w₁ + w₂, u} = 1 + u³/6.
    expect(result.efficientWelfare).toBeCloseTo(1 + u ** 3 / 6, 5);
    expect(certificate.of).toBe('population');
    expect(certificate.attainedProfit).toBeLessThanOrEqual(certificate.upperBound!);
    expect(certificate.relativeGap).toBeLessThan(0.01);
    expect(grid!.profit).toBeGreaterThan(certificate.upperBound!);
    // A bundle at T is taken by 1 − (T + u)²/2.
    expect(certificate.upperBound).toBeGreaterThan(0.7 * (1 - 0.8 ** 2 / 2));
    const without = await solved(goods(''));
    expect(result.profit).toBeLessThan(without.profit!);
    expect(result.types.every(({ takes }) => takes === 'menu' || takes === 'outside')).toBe(true);
  });

  it('weighed in, count it in the objective, its bound and the first best alike', async () => {
    const u = 0.1;
    const weighed = 'objective: { profit: 1, consumerSurplus: 0.5 }';
    const result = await solved(goods(`${weighed}\noutside: { utility: "${u}" }`));
    const { revenue, rent } = freeChoice(result, u);
    expect(result.objective.value).toBeCloseTo(revenue + 0.5 * rent, 3);
    expect(result.certificate.attainedObjective).toBeLessThanOrEqual(result.certificate.upperBound!);
    expect(result.certificate.relativeGap).toBeLessThan(0.02);
  });

  it('worth nothing, are the goods without it', async () => {
    const [nothing, without] = [await solved(goods('outside: { utility: "0" }')), await solved(goods(''))];
    expect(nothing.profit).toBeCloseTo(without.profit!, 4);
    expect(nothing.certificate.upperBound).toBeCloseTo(without.certificate.upperBound!, 3);
    expect(nothing.outsideShare).toBeCloseTo(without.excludedShare!, 2);
  });
});

describe('goods of several models', () => {
  it('are those of the better one, where one is better for all', async () => {
    const one = await solved(goods('', root));
    const two = await solved(goods('', `models:\n${model('cheap', 0.25)}${model('dear', 0.5)}`));
    for (const name of HEADLINES.slice(0, 7)) expect(two[name]).toBeCloseTo(one[name]!, 4);
    expect(two.certificate).toMatchObject({ of: 'population' });
    expect(two.certificate.upperBound).toBeCloseTo(one.certificate.upperBound!, 4);
    const [cheap, dear] = two.models!;
    expect(cheap!.share).toBeCloseTo(1 - two.excludedShare!, 9);
    expect(dear!.share).toBe(0);
    expect(two.lotteries).toBe(false);
    expect(two.grid!.profit).toBeGreaterThan(two.certificate.upperBound!);
  });
});

describe('what a grid alone certifies of continuous buyers', () => {
  const rival =
    'outside: { rival: { production: { use: cobb-douglas, exponents: { tokens: 0.5 } }, inputs: { tokens: { scope: task, price: 1 } } } }';

  it('is never optimal, and says why', async () => {
    const result = await solved(goods(rival, root));
    expect(result.certificate.of).toBe('grid');
    expect(result.certificate.relativeGap).toBeLessThan(1e-7);
    expect(result.status).toBe('feasible');
    expect(result.reasons.map(({ code }) => code)).toEqual(['grid-alone']);
    expect(result.reasons[0]!.what).toMatch(/^All numbers are of a grid: 6 × 6 even cells .* no bound/);
  });
});
