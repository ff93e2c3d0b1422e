import { createRegistry, parseStudy, solveStudy, standardPlugin } from '@menusmith/app';
import { describe, expect, test } from 'vitest';
import { expectClose } from '../core/reference-cases.ts';

const registry = createRegistry([standardPlugin]);
const resultOf = (study: object) =>
  solveStudy(parseStudy(JSON.stringify(study), { file: 'study.json', registry })).result;

/** κ = w/2 for objective { profit: 2, consumerSurplus: w }; closed forms as in test/core/screening/surplus-weight.test.ts. */
const mussaRosen = (consumerSurplus: number) =>
  resultOf({
    cost: { use: 'quadratic' },
    buyers: { kind: 'representative', type: { use: 'uniform', min: 0, max: 1 } },
    objective: { profit: 2, consumerSurplus },
  });

describe('a study whose objective counts consumer surplus', () => {
  test.each([0, 0.6, 1.4, 2])(
    'profit 2, consumer surplus %s: certified, with the closed forms of U[0, 1], C = q²/2',
    (w) => {
      const κ = w / 2;
      const result = mussaRosen(w);
      expect(result.certificate.doubts).toBeUndefined();
      expect(result.status).toBe('optimal');
      expectClose(result.profit!, (1 - κ) / (3 * (2 - κ) ** 2), 1e-12, 'profit', 1);
      expectClose(result.consumerSurplus!, 1 / (6 * (2 - κ) ** 2), 1e-12, 'surplus');
      expectClose(result.certificate.upperBound!, 2 / (6 * (2 - κ)), 1e-12, 'bound');
      expect(result.objective).toMatchObject({ profit: 2, consumerSurplus: w });
      expectClose(result.objective.value!, 2 / (6 * (2 - κ)), 1e-12, 'objective');
      expectClose(result.certificate.attainedObjective!, 2 / (6 * (2 - κ)), 1e-12, 'attained');
      expectClose(result.certificate.attainedProfit!, result.profit!, 1e-12, 'attained profit', 1);
      expect(result.certificate.relativeGap).toBeLessThan(1e-12);
    },
  );

  test('scales: what is attained is profit and the share of surplus, and the bound is met', () => {
    const result = resultOf({
      production: { use: 'cobb-douglas', exponents: { input: 0.3, output: 0.2 } },
      inputs: { input: { scope: 'task', cost: 0.5 }, output: { scope: 'task', cost: 1 } },
      buyers: {
        kind: 'value-scale',
        value: { use: 'beta', a: 2, b: 3 },
        scale: { use: 'uniform', min: 0, max: 1 },
      },
      contract: 'allocations',
      objective: { consumerSurplus: 0.3 },
    });
    expect(result.certificate.doubts).toBeUndefined();
    expect(result.status).toBe('optimal');
    expectClose(result.profit! + 0.3 * result.consumerSurplus!, result.certificate.upperBound!, 1e-10);
  });
});
