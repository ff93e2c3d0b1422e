import { filesBeside, modelWords, sensitivityOf } from '@menusmith/app';
import { describe, expect, test } from 'vitest';
import { createRegistry } from '../../packages/app/src/composition-root.ts';
import type { Result } from '../../packages/app/src/result.ts';
import { solveStudy } from '../../packages/app/src/solve/solve-study.ts';
import { parseStudy } from '../../packages/app/src/study/parse-study.ts';
import { bestTiers } from '../../packages/app/src/tiers/best-tiers.ts';
import { standardPlugin } from '../../plugins/src/index.ts';
import { expectClose } from '../core/reference-cases.ts';

const registry = createRegistry([standardPlugin]);
const solve = (study: object): Result =>
  solveStudy(parseStudy(JSON.stringify(study), { file: 'test.json', registry })).result;

const model = (name: string, exponent: number, cost: number) => ({
  name,
  production: { use: 'cobb-douglas', exponents: { tokens: exponent } },
  inputs: { tokens: { scope: 'task', cost } },
});
const [mini, flagship] = [model('mini', 0.3, 0.25), model('flagship', 0.7, 0.3)];

/** Each has what the other wants least, so that participation of both binds: virtual values can stay where the models are equal. */
const buyers = {
  kind: 'profiles',
  tasks: { weights: [0.5, 0.5] },
  types: [
    { name: 'writers', mass: 1, values: [1, 0.2] },
    { name: 'coders', mass: 1, values: [0.3, 0.6] },
  ],
};

describe('models of different degrees for types without an order', () => {
  const both = solve({ models: [mini, flagship], contract: 'allocations', buyers });

  test('the menu has a lottery, and is certified; without lotteries it makes less', () => {
    expect(both.status).toBe('optimal');
    expect([both.lotteries, both.types[1]!.lottery!.length]).toEqual([true, 2]);
    expect(both.withoutLotteries!.profit!).toBeLessThan(0.9995 * both.profit!);
    expect(both.withoutLotteries!.objective).toBe(both.withoutLotteries!.profit);
    expect(both.notes.join(' ')).toContain('lotteries');
    for (const alone of [mini, flagship])
      expect(both.withoutLotteries!.profit!).toBeGreaterThan(
        solve({ models: [alone], contract: 'allocations', buyers }).profit!,
      );
  });

  test('of a lottery the result tells the chances, and the inputs and the quality expected; cost is their cost', () => {
    const [writers, coders] = both.types;
    expect([writers!.model, coders!.model, writers!.lottery]).toEqual(['flagship', 'mini', undefined]);
    const chances = coders!.lottery!;
    expect(chances.map(({ model: own }) => own)).toEqual(['mini', 'flagship']);
    expectClose(chances[0]!.share + chances[1]!.share, 1, 1e-12);
    expect(both.models!.map(({ name }) => name)).toEqual(['mini', 'flagship']);
    expectClose(both.models![0]!.share, chances[0]!.share / 2, 1e-12);
    // What each model is served for: x of v = xᵃ costs c·x, and its first-order condition is φ a q = c x.
    const φ = coders!.virtualProfile!.map(Number);
    const made = ([a, c]: readonly [number, number]) =>
      φ.map((value) => (value > 0 ? ((value * a) / c) ** (1 / (1 - a)) : 0));
    const inputs = [made([0.3, 0.25]), made([0.7, 0.3])];
    const exponents = [0.3, 0.7];
    for (const m of [0, 1]) {
      const expected = (of: (l: number) => number): number =>
        chances[0]!.share * of(0) + chances[1]!.share * of(1);
      expectClose(
        coders!.perTask!.tokens![m as never],
        expected((l) => inputs[l]![m]!),
        1e-8,
        'x',
        1,
      );
      expectClose(
        coders!.profile![m]!,
        expected((l) => inputs[l]![m]! ** exponents[l]!),
        1e-8,
        'q',
        1,
      );
    }
    const tokens = (l: number): number => (inputs[l]![0]! + inputs[l]![1]!) / 2;
    const cost = chances[0]!.share * 0.25 * tokens(0) + chances[1]!.share * 0.3 * tokens(1);
    expectClose(both.cost!, (0.3 * writers!.inputs.tokens! + cost) / 2, 1e-8);
  });

  test('tiers and price changes know the model of each item: what a cost moves is the cost of its tokens', () => {
    const text = JSON.stringify({ models: [mini, flagship], contract: 'allocations', buyers });
    const study = parseStudy(text, { file: 'test.json', registry });
    const { menus } = bestTiers(study, { counts: [2] });
    const { tiers, profit } = menus[0]!;
    expect(tiers.map((tier) => tier.model)).toEqual(['mini', 'flagship']);
    expectClose(profit, both.withoutLotteries!.profit!, 1e-6);
    expect(tiers[0]!.cost).toBeCloseTo(0.25 * tiers[0]!.inputs.tokens!, 9);
    expect(modelWords(both.types[1]!)).toMatch(/^mini 9\d\.\d+ %, flagship \d\.\d+ %$/);
    expect(modelWords(both.types[0]!)).toBe('flagship');
    const { parameters } = sensitivityOf(
      { text, file: 'test.json', registry, ...filesBeside('test.json') },
      { count: 2 },
    );
    for (const tier of tiers) {
      const { up } = parameters.find(({ name }) => name === `${tier.model}: cost of tokens`)!;
      expectClose(up!.change, -0.1 * 0.5 * tier.cost, 1e-9, tier.model!, 1);
    }
  });

  test('who is seen is served by the model that is best for her, without lotteries', () => {
    const seen = solve({ models: [mini, flagship], contract: 'efficient', buyers });
    const alone = [mini, flagship].map((own) => solve({ models: [own], contract: 'efficient', buyers }));
    seen.types.forEach((type, n) => {
      const [low, high] = alone.map(({ types }) => types[n]!.surplus!);
      expect(type.model).toBe(low! > high! ? 'mini' : 'flagship');
      expectClose(type.surplus!, Math.max(low!, high!), 1e-12);
      expect(Object.keys(type.inputs)).toEqual(['tokens']);
    });
    expect(seen.lotteries).toBeUndefined();
  });
});

test('a grid of dependent values and scales with two models makes more than with either, and names the model of every buyer', () => {
  const large = (name: string, tokens: number, tuning: number) => ({
    name,
    production: { use: 'cobb-douglas', exponents: { tokens: 0.5, data: 0.25 }, base: { data: 1 } },
    inputs: { tokens: { scope: 'task', cost: tokens }, data: { scope: 'shared', cost: tuning } },
  });
  const models = [large('small', 0.125, 0.125), large('large', 0.16, 0.04)];
  const uniform = { use: 'uniform', min: 0, max: 1 };
  const population = {
    kind: 'value-scale',
    value: uniform,
    scale: uniform,
    dependence: { use: 'gaussian', rho: 0.5 },
    grid: { values: 8, scales: 6 },
  };
  const solved = (own: object[]) =>
    solveStudy(
      parseStudy(JSON.stringify({ models: own, contract: 'allocations', buyers: population }), {
        file: 'test.json',
        registry,
      }),
    );
  const { result, quote } = solved(models);
  expect(result.grid!.relativeGap!).toBeLessThan(1e-7);
  expect(result.certificate.attainedProfit!).toBeLessThan(result.certificate.upperBound!);
  const alone = models.map((own) => solved([own]).result);
  for (const one of alone) expect(result.profit!).toBeGreaterThan(one.profit!);
  expect(quote({ value: 0.6, scale: 0.3 }).model).toBe('small');
  expect(quote({ value: 1, scale: 1 }).model).toBe('large');
  const shares = result.models!.map(({ share }) => share);
  expectClose(shares[0]! + shares[1]!, 1 - result.excludedShare!, 1e-6);
  expect(Math.min(...shares)).toBeGreaterThan(0.05);
});
