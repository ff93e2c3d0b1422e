/*
 * Two-part tariffs and maximum-spend items for buyers who have something outside, against every buyer trying every offer that the result lists, or nothing.
 *
 * C = q²/2: under markup m type w takes q = w/m, for w²/(2m) before the fee, which costs w²/(2m²). Under a cap K on spending at cost she takes min(w, √(2K)).
 */
import {
  createRegistry,
  parseStudy,
  type Result,
  solve,
  standardPlugin,
  type TypeResult,
} from '@menusmith/app';
import { InputError } from '@menusmith/core';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

const registry = createRegistry([standardPlugin]);
const solved = (study: object) => solve(parseStudy(JSON.stringify(study), { file: 'study.json', registry }));
const quadratic = { cost: { use: 'quadratic' } };
const uniform = { kind: 'representative', type: { use: 'uniform', min: 0, max: 1 } };

type Offer = NonNullable<TypeResult['tariff']>;

/** What type w makes of an offer, and what the seller earns. */
const useOf = (w: number, { upfront, markup, spendingCap = Number.POSITIVE_INFINITY }: Offer) => {
  const q = Math.min(w / markup, Math.sqrt((2 * spendingCap) / markup));
  const cost = (q * q) / 2;
  return { left: w * q - markup * cost - upfront, profit: upfront + (markup - 1) * cost };
};

/** What all earn who try all offers; within `tie` of her best a buyer takes what is meant for her, or what earns most. */
const bruteProfit = (
  buyers: readonly {
    readonly value: number;
    readonly mass: number;
    readonly outside: number;
    readonly own: Offer | null;
  }[],
  tie: number,
): number => {
  const offers = buyers.flatMap(({ own }) => (own === null ? [] : [own]));
  return buyers.reduce((sum, { value, mass, outside, own }) => {
    const uses = offers.map((offer) => useOf(value, offer));
    const best = Math.max(outside, ...uses.map(({ left }) => left));
    const meant = own === null ? { left: outside, profit: 0 } : useOf(value, own);
    if (meant.left >= best - tie) return sum + mass * meant.profit;
    const near = uses.filter(({ left }) => left >= best - 1e-9);
    return sum + mass * Math.max(...near.map(({ profit }) => profit), ...(outside >= best - 1e-9 ? [0] : []));
  }, 0);
};

const kinds = ['two-part-tariff', 'maximum-spend'] as const;

describe('offers to listed buyers who have something outside', () => {
  const lists = fc.array(
    fc.record({
      value: fc.integer({ min: 10, max: 40 }),
      mass: fc.integer({ min: 1, max: 9 }),
      outside: fc.integer({ min: 0, max: 40 }),
    }),
    { minLength: 2, maxLength: 4 },
  );
  test.each(kinds)(
    'earn what buyers leave who try them all, and no more than the direct menu: %s',
    async (implementation) => {
      let tried = 0;
      await fc.assert(
        fc.asyncProperty(lists, fc.boolean(), async (rows, isSame) => {
          const types = rows.map(({ value, mass }) => ({ value: value / 10, mass: mass / 10 }));
          const outside = rows.map(({ outside: u }) => (isSame ? 0.4 : u / 10));
          const utility = isSame ? 0.4 : outside;
          const { result } = await solved({
            ...quadratic,
            buyers: { kind: 'representative', types },
            outside: { utility },
            implementation,
          });
          const found = result.implementation!;
          const room = 1e-6 * (1 + result.profit!);
          expect(found.attainedProfit!).toBeLessThanOrEqual(result.certificate.upperBound! + room);
          if (found.best) {
            expect(found.best.attainedProfit!).toBeGreaterThanOrEqual(found.attainedProfit! - room);
            expect(found.best.attainedProfit!).toBeLessThanOrEqual(result.certificate.upperBound! + room);
            expect(found.best.isBest).toBe(isSame);
          }
          // A lottery has no tariff that is listed; and of gains as small as the solver's gap it is not known whether they are some.
          if (result.lotteries) return;
          const all = result.types.map(({ value, mass, tariff }, k) => ({
            value: value!,
            mass: mass!,
            outside: outside[k]!,
            own: tariff,
          }));
          const [low, high] = [bruteProfit(all, 1e-5), bruteProfit(all, 1e-9)];
          if (Math.abs(low - high) > room) return;
          tried++;
          expect(Math.abs(found.attainedProfit! - low)).toBeLessThan(10 * room);
        }),
        { numRuns: 10, seed: 20261130 },
      );
      expect(tried).toBeGreaterThan(3);
    },
  );

  test('of values on tasks: those of a list that is a chain earn what the chain’s do', async () => {
    const rows = [
      { value: 1, mass: 0.3 },
      { value: 1.6, mass: 0.4 },
      { value: 3, mass: 0.3 },
    ];
    const outside = { utility: [0.2, 0.1, 0.4] };
    const both = await Promise.all([
      solved({
        ...quadratic,
        buyers: { kind: 'representative', types: rows },
        outside,
        implementation: 'two-part-tariff',
      }),
      solved({
        ...quadratic,
        buyers: {
          kind: 'profiles',
          tasks: { weights: [0.25, 0.75] },
          types: rows.map(({ value, mass }, k) => ({ name: `t${k}`, mass, values: [value, value] })),
        },
        outside,
        implementation: 'two-part-tariff',
      }),
    ]);
    const [line, space] = both.map(({ result }) => result);
    expect(space!.implementation!.isByType).toBe(true);
    expect(space!.implementation!.attainedProfit!).toBeCloseTo(line!.implementation!.attainedProfit!, 5);
    expect(space!.implementation!.deviatingShare!).toBeCloseTo(line!.implementation!.deviatingShare!, 9);
  });
});

describe('offers to continuous buyers who have something outside', () => {
  /** All buyers at the middles of so many cells try the offers of all. */
  const N = 200;
  const tried = async (
    study: object,
    u: (theta: number) => number,
  ): Promise<{ result: Result; brute: number }> => {
    const { result, quote } = await solved({ ...quadratic, buyers: uniform, ...study });
    const buyers = Array.from({ length: N }, (_, i) => {
      const value = (i + 0.5) / N;
      return { value, mass: 1 / N, outside: u(value), own: quote({ value }).tariff };
    });
    return { result, brute: bruteProfit(buyers, 1e-9) };
  };
  test.each([
    ['two-part-tariff', '0.2*theta^2', (x: number) => 0.2 * x * x],
    ['two-part-tariff', 'max(0, 2*(theta - 0.8))', (x: number) => Math.max(0, 2 * (x - 0.8))],
    ['maximum-spend', 'max(0, 2*(theta - 0.8))', (x: number) => Math.max(0, 2 * (x - 0.8))],
  ] as const)('%s beside %s earn what buyers leave who try them all', async (implementation, utility, u) => {
    const { result, brute } = await tried({ outside: { utility }, implementation }, u);
    expect(result.status).toBe('optimal');
    expect(Math.abs(result.implementation!.attainedProfit! - brute)).toBeLessThan(8e-3 * result.profit!);
  });

  test('caps lose something where others’ options make φ̄ > θ, and prices below cost do not', async () => {
    const outside = { utility: 'max(0, 2*(theta - 0.8))' };
    const [tariffs, caps] = await Promise.all(
      kinds.map((implementation) => solved({ ...quadratic, buyers: uniform, outside, implementation })),
    );
    expect(tariffs!.result.implementation!.attainedProfit).toBe(tariffs!.result.profit);
    expect(tariffs!.quote({ value: 0.9 }).tariff!.markup).toBeCloseTo(0.9, 9);
    expect(caps!.result.implementation!.attainedProfit!).toBeLessThan(0.97 * caps!.result.profit!);
    expect(caps!.result.notes.join(' ')).toMatch(/what others have outside makes items larger/);
  });

  test('where the best menu has lotteries tariffs are made of the one without, and the best ones found come near it', async () => {
    const rootsAt = {
      production: { use: 'cobb-douglas', exponents: { input: 0.5 } },
      inputs: { input: { scope: 'task', cost: 0.1 } },
    };
    const { result } = await solved({
      ...rootsAt,
      buyers: uniform,
      outside: { utility: '0.75*theta*(theta/0.12)^(1/3)' },
      implementation: 'two-part-tariff',
    });
    const { best, attainedProfit, maximumSpend } = result.implementation!;
    expect(best!.isBest).toBe(false);
    expect(best!.attainedProfit!).toBeGreaterThan(attainedProfit!);
    expect(best!.attainedProfit!).toBeGreaterThan(0.98 * result.withoutLotteries!.profit!);
    expect(best!.attainedProfit!).toBeLessThan(result.withoutLotteries!.profit!);
    expect(maximumSpend!.attainedProfit!).toBeCloseTo(result.withoutLotteries!.profit!, 9);
    expect(result.notes.join(' ')).toMatch(/tariffs are made of the menu without lotteries/);
  });

  test('of values and scales: each scale’s own, whose profit with the same outside for a scale is that of chains', async () => {
    // u = 0.05 s: at scale s value w is served from φ²/(4c) = 0.05 on, whatever s, with c = ½: profit is E[s] times that of a scale of 1.
    const roots = {
      production: { use: 'cobb-douglas', exponents: { input: 0.5 } },
      inputs: { input: { scope: 'task', cost: 0.5 } },
    };
    const { result } = await solved({
      ...roots,
      buyers: {
        kind: 'value-scale',
        value: { use: 'uniform', min: 0, max: 1 },
        scale: { use: 'uniform', min: 0.2, max: 1 },
        dependence: { use: 'independent' },
      },
      outside: { utility: '0.05*scale' },
      implementation: 'two-part-tariff',
    });
    const r = Math.sqrt(0.1);
    const whole = ((1 - r ** 3) / 3 - r * r * (1 - r)) / 4;
    expect(result.profit!).toBeCloseTo(0.6 * whole, 8);
    expect(result.implementation!.attainedProfit!).toBeCloseTo(0.6 * whole, 8);
  });
});

test('what is not known says so: who pays for doing without a loss, and today’s plans', async () => {
  const refused = async (study: object): Promise<string> => {
    const error = await solved(study).then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    expect(error).toBeInstanceOf(InputError);
    return (error as InputError).message;
  };
  const negative = {
    ...quadratic,
    buyers: uniform,
    outside: { utility: -0.02 },
    implementation: 'two-part-tariff',
  };
  expect(await refused(negative)).toMatch(/expected outside of at least 0/);
});
