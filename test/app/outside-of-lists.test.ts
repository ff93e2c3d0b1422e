import { createRegistry, parseStudy, type Result, solve, standardPlugin } from '@menusmith/app';
import { profileTypes } from '@menusmith/core';
import { describe, expect, test } from 'vitest';
import { conicOptimum } from '../core/finite/conic-program.ts';
import { halfSquares } from '../core/finite/examples.ts';
import { lotteryOptimum } from '../core/finite/lottery-program.ts';

const registry = createRegistry([standardPlugin]);
const solved = async (document: object): Promise<Result> =>
  (await solve(parseStudy(JSON.stringify(document), { file: 'study.json', registry }))).result;

const values = [
  [0.4, 0.9],
  [1, 0.3],
  [0.8, 0.8],
];
const mass = [0.5, 0.2, 0.3];
const weights = [0.6, 0.4];
const study = (outside: object, more: object = {}) => ({
  name: 'outside',
  cost: { use: 'quadratic' },
  contract: 'allocations',
  buyers: {
    kind: 'profiles',
    tasks: { weights },
    types: values.map((own, n) => ({ name: `${n}`, mass: mass[n], values: own })),
  },
  outside,
  ...more,
});

/** The best over all choices of whom to sell to, by Clarabel: who is left out has her utility and earns the seller nothing. */
const best = (utilities: readonly number[], surplusWeight = 0): number => {
  const problem = {
    types: profileTypes(Float64Array.from(values.flat()), Float64Array.from(weights)),
    mass: Float64Array.from(mass),
    supply: halfSquares(2),
    surplusWeight,
    participation: Float64Array.from(utilities),
  };
  return Math.max(
    ...Array.from(
      { length: 8 },
      (_, code) =>
        conicOptimum(
          problem,
          { factor: 0.5, power: 2 },
          [0, 1, 2].map((n) => (code >> n) % 2 === 1),
        )!,
    ),
  );
};

describe('profiles who have something outside', () => {
  test.each([
    ['as little as nothing', [0, 0, 0], 0],
    ['the same', [0.05, 0.05, 0.05], 0],
    ['more for one of them than the seller can give', [0.01, 0.2, 0.02], 0],
    ['with a weight on consumer surplus', [0.1, 0.02, 0.12], 0.4],
  ])(
    '%s: the profit of the best choice of whom to sell to, or what lotteries add',
    async (_, utilities, κ) => {
      const result = await solved(
        study({ utility: utilities }, { objective: { profit: 1, consumerSurplus: κ } }),
      );
      const exact = best(utilities, κ);
      expect(result.certificate.doubts).toBeUndefined();
      expect(result.status).toBe('optimal');
      expect(result.certificate.upperBound!).toBeGreaterThan(exact - 1e-6);
      const pure = result.withoutLotteries?.objective ?? result.objective.value!;
      expect(pure).toBeLessThan(exact + 1e-6);
      expect(result.objective.value!).toBeGreaterThan(exact - 1e-6);
      expect(result.welfare!).toBeCloseTo(result.profit! + result.consumerSurplus!, 12);
      let share = 0;
      result.types.forEach(({ takes, rent, transfer, excluded, mass: own }, n) => {
        expect(rent!).toBeGreaterThan(utilities[n]! - 1e-9);
        if (takes !== 'outside') return;
        share += own!;
        expect([excluded, transfer, rent]).toEqual([true, 0, utilities[n]]);
      });
      if (!result.lotteries) expect(result.outsideShare!).toBeCloseTo(share, 12);
      expect(result.excludedShare!).toBeCloseTo(share, 12);
    },
  );

  test('types along a line have the same as their profiles of one task, and formulas of θ', async () => {
    const masses = [0.4, 0.35, 0.25];
    const types = [0.4, 0.7, 1].map((value, k) => ({ name: `${k}`, value, mass: masses[k] }));
    const line = {
      kind: 'representative',
      types: types.map(({ value, mass: own }) => ({ value, mass: own })),
    };
    const profiles = {
      kind: 'profiles',
      tasks: { weights: [0.5, 0.5] },
      types: types.map(({ value, ...rest }) => ({ ...rest, values: [value, value] })),
    };
    const utilities = [0.04, 0.04 * 0.7 + 0.03, 0.07];
    const [one, formula, other] = [
      await solved(study({ utility: utilities }, { buyers: line })),
      await solved(study({ utility: 'min(0.1*theta, 0.04*theta + 0.03)' }, { buyers: line })),
      await solved(study({ utility: utilities }, { buyers: profiles })),
    ];
    for (const result of [one, formula, other]) {
      expect(result.status).toBe('optimal');
      expect(result.certificate.doubts).toBeUndefined();
      expect(result.objective.value!).toBeCloseTo(other.objective.value!, 6);
      expect(result.welfare!).toBeCloseTo(result.profit! + result.consumerSurplus!, 10);
      result.types.forEach(({ rent }, n) => {
        expect(rent!).toBeGreaterThan(utilities[n]! - 1e-9);
      });
    }
    expect(one.types.map(({ takes }) => takes)).toEqual(other.types.map(({ takes }) => takes));
  });

  test('a number is the same as that number for each', async () => {
    const [one, listed] = [
      await solved(study({ utility: 0.05 })),
      await solved(study({ utility: [0.05, 0.05, 0.05] })),
    ];
    expect(one.profit).toBeCloseTo(listed.profit!, 12);
  });

  test('a rival who sells at the seller’s own costs leaves no profit', async () => {
    const production = { use: 'cobb-douglas', exponents: { input: 0.5 } };
    const { cost: _, ...rest } = study({
      rival: { production, inputs: { input: { scope: 'task', price: 0.5 } } },
    });
    const result = await solved({
      ...rest,
      production,
      inputs: { input: { scope: 'task', cost: 0.5 } },
    });
    expect(result.certificate.attainedProfit!).toBeCloseTo(0, 7);
    expect(result.consumerSurplus!).toBeCloseTo(result.efficientWelfare!, 7);
  });

  test('whom a rival serves better buys from him, and the seller’s quality, transfers and costs are his own alone', async () => {
    const input = { scope: 'task' };
    const own = { use: 'cobb-douglas', exponents: { input: 0.5 } };
    const result = await solved({
      name: 'rival',
      contract: 'allocations',
      production: own,
      inputs: { input: { ...input, cost: 0.2 } },
      outside: {
        rival: {
          production: { use: 'cobb-douglas', exponents: { input: 0.7 } },
          inputs: { input: { ...input, price: 0.3 } },
        },
      },
      buyers: {
        kind: 'profiles',
        tasks: { weights: [0.5, 0.5] },
        types: [
          { name: 'writers', mass: 1, values: [1, 0.2] },
          { name: 'coders', mass: 1, values: [0.3, 0.7] },
          { name: 'top', mass: 1, values: [0.9, 0.9] },
        ],
      },
    });
    // At .3 a token x^.7 is worth (w·.7/.3)^{10/3}·.3·3/7 a task to a type of value w; at the seller's costs √x makes w²/.8.
    const rival = (w: readonly number[]) =>
      w.reduce((sum, each) => sum + ((0.3 * 3) / 7) * ((each * 7) / 3) ** (10 / 3), 0) / 2;
    const made = (w: readonly number[]) => w.reduce((sum, each) => sum + each ** 2 / 0.8, 0) / 2;
    expect(result.status).toBe('optimal');
    const all = [
      [1, 0.2],
      [0.3, 0.7],
      [0.9, 0.9],
    ];
    expect(result.types.map(({ takes }) => takes)).toEqual(
      all.map((w) => (rival(w) > made(w) ? 'outside' : 'menu')),
    );
    expect(new Set(result.types.map(({ takes }) => takes)).size).toBe(2);
    let [profit, outside] = [0, 0];
    result.types.forEach(({ takes, transfer, quality, rent, inputs, mass: f }, n) => {
      expect(rent!).toBeGreaterThan(rival(all[n]!) - 1e-8);
      profit += f! * (transfer! - 0.2 * inputs.input!);
      if (takes !== 'outside') return;
      outside += f!;
      expect([transfer, quality, inputs.input]).toEqual([0, 0, 0]);
      expect(rent!).toBeCloseTo(rival(all[n]!), 7);
    });
    expect(result.profit!).toBeCloseTo(profit, 9);
    expect(result.outsideShare!).toBeCloseTo(outside, 9);
    expect(result.welfare!).toBeCloseTo(result.profit! + result.consumerSurplus!, 12);
  });

  test('values and scales by a formula: everybody of small scale is left to it', async () => {
    const result = await solved({
      name: 'grid',
      cost: { use: 'quadratic' },
      contract: 'allocations',
      buyers: {
        kind: 'value-scale-grid',
        values: [0.4, 0.8, 1],
        scales: [0.5, 1],
        mass: [
          [0.2, 0.2],
          [0.2, 0.1],
          [0.1, 0.2],
        ],
      },
      outside: { utility: '0.5*value*max(0.55 - scale, 0)' },
    });
    expect(result.status).toBe('optimal');
    expect(result.certificate.doubts).toBeUndefined();
    for (const { value, scale, rent } of result.types)
      expect(rent!).toBeGreaterThan(0.5 * value! * Math.max(0.55 - scale!, 0) - 1e-9);
  });
});

/*
 * Rochet and Stole (2002): what a buyer has outside, x, is drawn independently of her value θ. Their menu cannot tell x, so that its deterministic optimum serves of each θ those with
 * the least x, G(U(θ)) of them; here types are (θ, x), two-dimensional, and lotteries between item and option are allowed as well.
 */
describe('participation at random (Rochet and Stole 2002)', () => {
  const thetas = [1, 1.5, 2];
  const options = [0, 0.2, 0.5, 0.9];
  const [f, g] = [
    [0.3, 0.4, 0.3],
    [0.4, 0.3, 0.2, 0.1],
  ];
  const types = thetas.flatMap((theta, i) =>
    options.map((worth, j) => ({ theta, worth, mass: f[i]! * g[j]! })),
  );
  const problem = {
    types: profileTypes(
      Float64Array.from(types, ({ theta }) => theta),
      Float64Array.of(1),
    ),
    mass: Float64Array.from(types, ({ mass: own }) => own),
    supply: halfSquares(1),
    participation: Float64Array.from(types, ({ worth }) => worth),
  };
  /** By how many of each θ are served, those with the least x. */
  const bestShares = (): number => {
    let best = Number.NEGATIVE_INFINITY;
    for (let code = 0; code < 4 ** 3; code++) {
      const served = types.map((_, n) => n % 4 <= Math.floor(code / 4 ** Math.floor(n / 4)) % 4);
      best = Math.max(best, conicOptimum(problem, { factor: 0.5, power: 2 }, served) ?? best);
    }
    return best;
  };

  test('the optimum is that of a program with every constraint, with lotteries and without', async () => {
    const result = await solved({
      cost: { use: 'quadratic' },
      contract: 'allocations',
      buyers: {
        kind: 'profiles',
        tasks: { weights: [1] },
        types: types.map(({ theta, mass: own }, n) => ({ name: `${n}`, mass: own, values: [theta] })),
      },
      outside: { utility: types.map(({ worth }) => worth) },
    });
    const exact = lotteryOptimum(problem, [{ factor: 0.5, power: 2 }, 'outside'])!;
    expect(result.status).toBe('optimal');
    expect(result.profit!).toBeCloseTo(exact, 6);
    const pure = result.withoutLotteries?.profit ?? result.profit!;
    expect(pure).toBeCloseTo(bestShares(), 5);
    // Efficient at the top: of the highest θ whoever has nothing outside gets q = θ.
    expect(result.types[8]!.quality).toBeCloseTo(2, 4);
  }, 60_000);
});
