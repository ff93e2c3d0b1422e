/*
 * Tariffs under an objective that counts consumer surplus. U[0, 1], C = q²/2: φ = w − (1 − κ)(1 − w), so that the markup w/φ falls and tariffs attain the
 * optimum, (1 − κ)/(3(2 − κ)²) in profit and 1/(6(2 − κ)²) in surplus.
 */
import { createRegistry, parseStudy, solveStudy, standardPlugin } from '@menusmith/app';
import { describe, expect, test } from 'vitest';

const registry = createRegistry([standardPlugin]);
const resultOf = (study: object) =>
  solveStudy(parseStudy(JSON.stringify(study), { file: 'study.json', registry })).result;

describe('a study whose objective counts consumer surplus, sold as', () => {
  test.each(['two-part-tariff', 'maximum-spend'])(
    '%s: the optimum, where the markup falls',
    (implementation) => {
      const κ = 0.35;
      const result = resultOf({
        cost: { use: 'quadratic' },
        buyers: { kind: 'representative', type: { use: 'uniform', min: 0, max: 1 } },
        objective: { profit: 2, consumerSurplus: 2 * κ },
        implementation,
      });
      const found = result.implementation!;
      expect(found.deviatingShare).toBe(0);
      expect(found.attainedProfit).toBeCloseTo((1 - κ) / (3 * (2 - κ) ** 2), 12);
      expect(found.consumerSurplus).toBeCloseTo(1 / (6 * (2 - κ) ** 2), 12);
    },
  );

  test('two-part tariffs where the markup rises: the best ones make more of the objective than the printed, and no more than the menu', () => {
    const result = resultOf({
      production: { use: 'cobb-douglas', exponents: { x: 0.5 } },
      inputs: { x: { scope: 'task', cost: 0.25 } },
      buyers: {
        kind: 'representative',
        type: {
          use: 'mixture',
          parts: [
            { weight: 0.05, of: { use: 'uniform' } },
            { weight: 0.95, of: { use: 'beta', a: 6, b: 9 } },
          ],
        },
      },
      objective: { profit: 1, consumerSurplus: 0.4 },
      implementation: 'two-part-tariff',
    });
    const { best, maximumSpend } = result.implementation!;
    type Offer = { attainedProfit: number | null; consumerSurplus?: number | null };
    const objective = (of: Offer): number => of.attainedProfit! + 0.4 * of.consumerSurplus!;
    expect(best!.isBest).toBe(true);
    expect(objective(best!)).toBeGreaterThan(objective(result.implementation!));
    expect(objective(best!)).toBeLessThanOrEqual(result.objective.value!);
    expect(objective(best!) / result.objective.value!).toBeGreaterThan(0.99);
    expect(objective(maximumSpend!)).toBeCloseTo(result.objective.value!, 9);
    expect(result.notes.join(' ')).toMatch(/seller loses [\d.]+ % of the objective/);
  });
});

describe('a constant cost up to a most, of which a price sells all or nothing', () => {
  // θ ~ U[0.2, 1.5], cost 0.1: φ = 2θ − 1.5 is above 0.1 from θ = 0.8 on, and 0.7 of a price of 0.8 is earned from 0.7/1.3 of the buyers.
  test.each(['two-part-tariff', 'maximum-spend'])(
    'as %s nobody takes another, and nothing is lost',
    (implementation) => {
      const result = resultOf({
        cost: { use: 'linear', rate: 0.1, max: 1 },
        buyers: { kind: 'representative', type: { use: 'uniform', min: 0.2, max: 1.5 } },
        implementation,
      });
      expect(result.status).toBe('optimal');
      expect(result.profit).toBeCloseTo((0.7 * 0.7) / 1.3, 12);
      expect(result.implementation!.deviatingShare).toBe(0);
      expect(result.implementation!.attainedProfit).toBeCloseTo(result.profit!, 10);
    },
  );
});
