/*
 * Tariffs beside what today's plans promise. v = √x, an input that costs ½, and a plan with fee F and price p, under which a type θ takes x = (θ/2p)² and has u = θ²/4p − F.
 */
import { createRegistry, parseStudy, solveStudy, standardPlugin } from '@menusmith/app';
import { describe, expect, test } from 'vitest';
import { expectClose } from '../core/reference-cases.ts';

const registry = createRegistry([standardPlugin]);
const solution = (study: object) =>
  solveStudy(parseStudy(JSON.stringify(study), { file: 'study.json', registry }));
const [COST, PRICE, FEE] = [0.5, 0.9, 0.01];
const promise = (theta: number): number => Math.max(0, (theta * theta) / (4 * PRICE) - FEE);
const study = (type: object, share: number, implementation: string) => ({
  production: { use: 'cobb-douglas', exponents: { input: 0.5 } },
  inputs: { input: { scope: 'task', cost: COST } },
  buyers: { kind: 'representative', type },
  contract: 'packages',
  keep: { menu: { plans: [{ name: 'list', fee: FEE, prices: { input: PRICE } }] }, share },
  implementation,
});
const uniform = (min: number, max: number) => ({ use: 'uniform', min, max });
/** Fewer buyers above 0.6 than below: service is ironed there, and the markup rises. */
const thinned = {
  use: 'mixture',
  parts: [
    { weight: 0.8, of: uniform(0, 0.6) },
    { weight: 0.2, of: uniform(0, 2) },
  ],
};

describe.each(['two-part-tariff', 'maximum-spend'])('%s', (kind) => {
  test('along even types nothing is lost beside a plan that stays on sale', () => {
    const { result } = solution(study(uniform(0, 1), 1, kind));
    expect(result.status).toBe('optimal');
    expect(result.keptShare!).toBeGreaterThan(0.4);
    expectClose(result.implementation!.attainedProfit!, result.profit!, 1e-9);
  });
});

test.each([1, 0.7])(
  'where the markup rises: free choice among all tariffs and what a share of %d promises',
  (share) => {
    const { result, quote } = solution(study(thinned, share, 'two-part-tariff'));
    const n = 2000;
    const types = Array.from({ length: n }, (_, i) => (2 * (i + 0.5)) / n);
    const density = (theta: number): number => 0.1 + (theta < 0.6 ? 0.8 / 0.6 : 0);
    const tariffs = types.flatMap((value) => {
      const { tariff } = quote({ value });
      return tariff ? [{ fee: tariff.upfront!, price: tariff.prices.input! }] : [];
    });
    let profit = 0;
    for (const theta of types) {
      // At a price p she takes (θ/2p)², and the seller earns the fee and (p − c) of each.
      let best = { utility: 0, earned: 0 };
      const quality = (share * theta) / (2 * PRICE);
      const promised = share * promise(theta);
      if (promised > 0)
        best = { utility: promised, earned: theta * quality - promised - COST * quality * quality };
      for (const { fee, price } of tariffs) {
        const utility = (theta * theta) / (4 * price) - fee;
        const earned = fee + (price - COST) * (theta / (2 * price)) ** 2;
        if (utility > best.utility + 1e-9 || (utility > best.utility - 1e-9 && earned > best.earned))
          best = { utility: Math.max(utility, best.utility), earned };
      }
      profit += (best.earned * density(theta) * 2) / n;
    }
    // Most buyers take a tariff that was made for others.
    expect(result.implementation!.deviatingShare!).toBeGreaterThan(0.5);
    expectClose(result.implementation!.attainedProfit!, profit, 1e-2);
    expect(result.implementation!.best!.attainedProfit!).toBeGreaterThan(profit);
    expect(result.implementation!.attainedProfit!).toBeLessThanOrEqual(result.certificate.upperBound!);
  },
);

/** What types, each at her own masses, make of offers and of what they are promised; ties within `tie` are the seller's. */
interface Sold {
  readonly utility: number;
  readonly earned: number;
}
const freely = (offers: readonly Sold[], promised: Sold): Sold =>
  offers.reduce(
    (best, own) =>
      own.utility > best.utility + 1e-9 || (own.utility > best.utility - 1e-9 && own.earned > best.earned)
        ? { ...own, utility: Math.max(own.utility, best.utility) }
        : best,
    promised,
  );

describe.each([1, 0.6])('listed types who are promised a share of %d', (share) => {
  const values = [0.3, 0.55, 0.6, 0.65, 1.2, 1.3];
  const masses = [3, 4, 4, 4, 1, 1];
  const listed = {
    ...study({}, share, 'two-part-tariff'),
    buyers: { kind: 'representative', types: values.map((value, n) => ({ value, mass: masses[n]! })) },
  };

  test('choose freely among the tariffs and what they are promised', () => {
    const { result } = solution(listed);
    const { implementation, types, certificate } = result;
    const tariffs = types.flatMap(({ tariff }) => (tariff ? [tariff] : []));
    const whole = masses.reduce((a, b) => a + b, 0);
    const profit = values.reduce((sum, theta, n) => {
      const quality = theta / (2 * PRICE);
      const plan = { utility: promise(theta), cost: COST * quality ** 2 };
      const payment = theta * quality - plan.utility;
      // At least cost a share of the quality costs the square of the share.
      const cost = COST * (share * quality) ** 2;
      const has =
        plan.utility > 0
          ? { utility: share * plan.utility, earned: share * payment - Math.min(cost, share * plan.cost) }
          : { utility: 0, earned: 0 };
      const offers = tariffs.map(({ upfront, prices }) => ({
        utility: theta ** 2 / (4 * prices.input!) - upfront,
        earned: upfront + (prices.input! - COST) * (theta / (2 * prices.input!)) ** 2,
      }));
      return sum + (masses[n]! / whole) * freely(offers, has).earned;
    }, 0);
    expectClose(implementation!.attainedProfit!, profit, 1e-6);
    expect(profit).toBeLessThanOrEqual(certificate.upperBound!);
    const best = implementation!.best?.attainedProfit ?? profit;
    expect(best).toBeGreaterThanOrEqual(profit - 1e-12);
    // No menu of one tariff, at any price and fee on a grid, makes more beside what is promised.
    for (let price = COST; price < 2; price *= 1.05)
      for (let upfront = 0; upfront < 0.5; upfront += 0.01) {
        const made = values.reduce((sum, theta, n) => {
          const quality = theta / (2 * PRICE);
          const u = promise(theta);
          const has =
            u > 0
              ? {
                  utility: share * u,
                  earned: share * (theta * quality - u) - COST * (share * quality) ** 2,
                }
              : { utility: 0, earned: 0 };
          const offer = {
            utility: theta ** 2 / (4 * price) - upfront,
            earned: upfront + (price - COST) * (theta / (2 * price)) ** 2,
          };
          return sum + (masses[n]! / whole) * freely([offer], has).earned;
        }, 0);
        expect(best).toBeGreaterThanOrEqual(made - 1e-3 * Math.abs(made));
      }
  });
});

test.each([1, 0.6])('types of two tasks, promised a share of %d, fall back on their plans', (share) => {
  const weights = [0.5, 0.5];
  const profiles = [
    [1, 0.2],
    [0.4, 1.2],
    [0.8, 0.8],
  ];
  const { result } = solution({
    ...study({}, share, 'two-part-tariff'),
    contract: 'allocations',
    buyers: {
      kind: 'profiles',
      tasks: { weights },
      types: profiles.map((values, n) => ({ name: `${n}`, mass: 1, values })),
    },
  });
  const { implementation, types, certificate } = result;
  // A price is for all tokens: on tasks m a type makes Σ ωw²/4p, and tokens cost half of what they cost at price 1.
  const square = (values: readonly number[], tasks: readonly number[]): number =>
    tasks.reduce((sum, m) => sum + weights[m]! * values[m]! ** 2, 0);
  const both = [0, 1];
  const profit = profiles.reduce((sum, values) => {
    const [worth, use] = [square(values, both) / (4 * PRICE), square(values, both) / (2 * PRICE) ** 2];
    const utility = share * Math.max(0, worth - FEE);
    const offers = types.flatMap(({ tariff }) => {
      if (!tariff) return [];
      const { upfront, prices, tasks = both } = tariff;
      const own = square(values, tasks);
      return [
        {
          utility: own / (4 * prices.input!) - upfront,
          earned: upfront + ((prices.input! - COST) * own) / (2 * prices.input!) ** 2,
        },
      ];
    });
    const promised = { utility, earned: share * (FEE + (PRICE - COST) * use) };
    return sum + freely(offers, promised).earned / profiles.length;
  }, 0);
  expectClose(implementation!.attainedProfit!, profit, 1e-5);
  expect(implementation!.attainedProfit!).toBeLessThanOrEqual(certificate.upperBound! * (1 + 1e-9));
  expect(implementation!.best?.attainedProfit ?? profit).toBeGreaterThanOrEqual(profit - 1e-9);
});
