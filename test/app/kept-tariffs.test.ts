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
