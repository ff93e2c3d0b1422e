/*
 * implementation: maximum-spend, in closed form. A fee T − C and a cap C.
 *
 * Example 1, allocations (φ = 2w − 1): q = 2sφ, C = sφ², U = ∫ q = sφ²/2 while there is no fine-tuning (φ² s ≤ ¼), so that T = 2swφ − sφ²/2 and the
 * fee is s(2w − 1)(3/2 − w).
 *
 * Example 1, packages (φ = (3θ − 1)/2): Q = 3θ − 1 and C = (3θ − 1)²/4 up to θ = 2/3, Q = (3θ − 1)³ and C = (3/8)(3θ − 1)⁴ − 1/8 beyond. The paper's two-part
 * fee is p₀ = T − mC with m − 1 = (1 − θ)/(3θ − 1), so the fee here is p₀ + (m − 1)C; up to 2/3 that is (3θ − 1)(5 − 3θ)/12.
 *
 * θ ~ U[0, 1], C = q²/2: q = 2θ − 1, U = (2θ − 1)²/4, fee (2θ − 1)(3 − 2θ)/4, cap (2θ − 1)²/2.
 *
 * Types 1 and 2 of masses 2/3 and 1/3, C = q²/2: q = (½, 2), T = (½, 7/2): caps 1/8 and 2, fees 3/8 and 3/2.
 */
import {
  createRegistry,
  parseStudy,
  type Result,
  type Solution,
  solveStudy,
  standardPlugin,
} from '@menusmith/app';
import { describe, expect, it } from 'vitest';

const registry = createRegistry([standardPlugin]);
const solve = (text: string): Solution => solveStudy(parseStudy(text, { file: 'study.yaml', registry }));

const technology = `
production: { use: cobb-douglas, exponents: { input: 0.25, output: 0.25, fineTuning: 0.25 }, base: { fineTuning: 1 } }
inputs:
  input: { scope: task, cost: 0.125 }
  output: { scope: task, cost: 0.125 }
  fineTuning: { scope: shared, cost: 0.125 }`;
const uniformBuyers = 'buyers: { kind: value-scale, value: { use: uniform }, scale: { use: uniform } }';
const g1 =
  '{ use: mixture, parts: [{ weight: 0.05, of: { use: uniform } }, { weight: 0.95, of: { use: beta, a: 6, b: 9 } }] }';

const requireImplemented = ({ implementation, profit }: Result): void => {
  expect(implementation!.kind).toBe('maximum-spend');
  expect(implementation!.attainedProfit! / profit!).toBeCloseTo(1, 9);
  expect(implementation!.maxDeviationGain!).toBeLessThan(1e-9);
  expect(implementation!.deviatingShare).toBe(0);
};

describe('implementation: maximum-spend', () => {
  it('sells Example 1 by allocations for a fee of s(2w − 1)(3/2 − w), spending up to s(2w − 1)²', () => {
    const { result, quote } = solve(`${technology}\n${uniformBuyers}\nimplementation: maximum-spend`);
    requireImplemented(result);
    for (const [w, s] of [
      [0.6, 0.5],
      [0.8, 0.5],
      [0.7, 1],
    ] as const) {
      const { tariff } = quote({ value: w, scale: s });
      expect(tariff!.upfront).toBeCloseTo(s * (2 * w - 1) * (1.5 - w), 12);
      expect(tariff!.spendingCap!).toBeCloseTo(s * (2 * w - 1) ** 2, 12);
      expect(tariff).toMatchObject({
        prices: { input: 0.125, output: 0.125, fineTuning: 0.125 },
        taskCap: s,
        markup: 1,
      });
    }
    expect(quote({ value: 0.4, scale: 0.5 }).tariff).toBeNull();
  });

  it('sells Example 1 by packages for p₀ + (m − 1)C, spending up to C', () => {
    const { result, quote } = solve(
      `${technology}\n${uniformBuyers}\ncontract: packages\nimplementation: maximum-spend`,
    );
    requireImplemented(result);
    for (const theta of [0.4, 0.6, 0.66, 0.8, 0.95, 1]) {
      const { tariff } = quote({ value: theta, scale: 1 });
      const d = 3 * theta - 1;
      const cost = theta <= 2 / 3 ? d ** 2 / 4 : (3 / 8) * d ** 4 - 1 / 8;
      const printed = theta <= 2 / 3 ? d / 6 : 1 / (12 * d) + d ** 3 / 12;
      expect(tariff!.spendingCap!).toBeCloseTo(cost, 11);
      expect(tariff!.upfront).toBeCloseTo(printed + ((1 - theta) / d) * cost, 11);
      if (theta <= 2 / 3) expect(tariff!.upfront).toBeCloseTo((d * (5 - 3 * theta)) / 12, 11);
      expect(tariff!.taskCap).toBeNull();
    }
  });

  it('sells to representative types, continuous and listed', () => {
    const continuous = solve(
      'cost: { use: quadratic }\nbuyers: { kind: representative, type: { use: uniform } }\nimplementation: maximum-spend',
    );
    requireImplemented(continuous.result);
    for (const theta of [0.55, 0.75, 1]) {
      const { tariff } = continuous.quote({ value: theta });
      expect(tariff!.upfront).toBeCloseTo(((2 * theta - 1) * (3 - 2 * theta)) / 4, 12);
      expect(tariff!.spendingCap!).toBeCloseTo((2 * theta - 1) ** 2 / 2, 12);
    }
    const listed = solve(
      'cost: { use: quadratic }\nbuyers: { kind: representative, types: [{ value: 2, mass: 1 }, { value: 1, mass: 2 }] }\nimplementation: maximum-spend',
    );
    requireImplemented(listed.result);
    const [high, low] = listed.result.types.map(({ tariff }) => tariff!);
    expect([high!.upfront, high!.spendingCap, low!.upfront, low!.spendingCap]).toEqual([
      1.5, 2, 0.375, 0.125,
    ]);
  });

  it('earns the whole profit where the markup rises and where types are pooled, and tariffs offer it there', () => {
    for (const type of [
      g1,
      '{ use: mixture, parts: [{ weight: 0.85, of: { use: beta, a: 4, b: 10 } }, { weight: 0.15, of: { use: beta, a: 8, b: 2 } }] }',
    ]) {
      const buyers = `buyers: { kind: representative, type: ${type} }`;
      requireImplemented(solve(`${technology}\n${buyers}\nimplementation: maximum-spend`).result);
      const { implementation, profit, notes } = solve(
        `${technology}\n${buyers}\nimplementation: two-part-tariff`,
      ).result;
      expect(implementation!.attainedProfit!).toBeLessThan(0.9999 * profit!);
      expect(implementation!.maximumSpend!.attainedProfit! / profit!).toBeCloseTo(1, 9);
      expect(implementation!.maximumSpend!.maxDeviationGain!).toBeLessThan(1e-9);
      expect(notes.join(' ')).toMatch(/implementation: maximum-spend\) would earn all of it/);
    }
    const uniform = solve(`${technology}\n${uniformBuyers}\nimplementation: two-part-tariff`).result;
    expect(uniform.implementation!.maximumSpend).toBeUndefined();
  });

  it('says who gains across scales, where the markup rises and value and scale both differ', () => {
    const { implementation, profit, notes } = solve(
      `${technology}\nbuyers: { kind: value-scale, value: ${g1}, scale: { use: uniform } }\nimplementation: maximum-spend`,
    ).result;
    expect(implementation!.maxDeviationGain!).toBeGreaterThan(1e-3);
    expect(implementation!.attainedProfit!).toBeLessThan(profit!);
    expect(implementation!.attainedProfit! / profit!).toBeGreaterThan(0.9999);
    expect(implementation!.worst!.spendingCap).toBeGreaterThan(0);
    expect(notes.join(' ')).toMatch(/maximum-spend items are not incentive compatible across scales/);
  });

  it('works for a choice of models, whose cost is not convex', () => {
    const model = (name: string, cost: number, exponent: number): string =>
      `  - name: ${name}\n    production: { use: cobb-douglas, exponents: { tokens: ${exponent} } }\n    inputs: { tokens: { scope: task, cost: ${cost} } }`;
    const { result } = solve(
      `models:\n${model('small', 0.05, 0.3)}\n${model('large', 0.2, 0.6)}\nbuyers: { kind: representative, type: { use: uniform } }\nimplementation: maximum-spend`,
    );
    requireImplemented(result);
  });

  it.each([
    [
      'profiles',
      'buyers: { kind: profiles, tasks: { weights: [0.5, 0.5] }, types: [{ mass: 1, values: [1, 0.2] }, { mass: 1, values: [0.3, 0.5] }] }',
    ],
    [
      'a grid',
      'buyers: { kind: value-scale, value: { use: uniform }, scale: { use: uniform }, grid: { values: 4, scales: 4 } }',
    ],
    [
      'dependence',
      'buyers: { kind: value-scale, value: { use: uniform }, scale: { use: uniform }, dependence: { use: fgm, theta: 0.5 }, grid: { values: 4, scales: 4 } }',
    ],
  ])(
    'is simulated where no proposition has it, and earns no more than the menu: allocations to %s',
    (_, buyers) => {
      const { result } = solve(`cost: { use: quadratic }\n${buyers}\nimplementation: maximum-spend`);
      const { attainedProfit, ofGrid, deviatingShare } = result.implementation!;
      const menu = ofGrid?.profit ?? result.profit!;
      expect(attainedProfit!).toBeGreaterThan(0);
      expect(attainedProfit!).toBeLessThanOrEqual(menu * (1 + 1e-8));
      if (deviatingShare === 0) expect(attainedProfit! / menu).toBeCloseTo(1, 6);
    },
  );
});
