import { createRegistry, parseStudy, solveStudy, standardPlugin } from '@menusmith/app';
import { expect, test } from 'vitest';

/** ∫ max(φ̄, 0)²/2 dF from the concave hull of (1 − F, x (1 − F)) through many points: below the profit by their spacing squared. */
const profitOf = (types: readonly number[], survival: (x: number) => number): number => {
  const hull: { s: number; r: number }[] = [{ s: 0, r: 0 }];
  for (const x of types) {
    const next = { s: survival(x), r: x * survival(x) };
    while (hull.length > 1) {
      const [before, last] = [hull.at(-2)!, hull.at(-1)!];
      if ((last.r - before.r) * (next.s - before.s) > (next.r - before.r) * (last.s - before.s)) break;
      hull.pop();
    }
    hull.push(next);
  }
  return hull.slice(1).reduce((sum, { s, r }, k) => {
    const slope = Math.max(0, (r - hull[k]!.r) / (s - hull[k]!.s));
    return s > hull[k]!.s ? sum + ((slope * slope) / 2) * (s - hull[k]!.s) : sum;
  }, 0);
};

test('a density that is infinite inside the support is integrated to rounding: ½ U[0, 1] + ½ Beta(1, .2) on [.2, .8], C = q²/2', () => {
  const study = parseStudy(
    JSON.stringify({
      cost: { use: 'quadratic' },
      buyers: {
        kind: 'representative',
        type: {
          use: 'mixture',
          parts: [
            { weight: 0.5, of: { use: 'uniform', min: 0, max: 1 } },
            { weight: 0.5, of: { use: 'beta', a: 1, b: 0.2, min: 0.2, max: 0.8 } },
          ],
        },
      },
    }),
    { file: 'study.json', registry: createRegistry([standardPlugin]) },
  );
  const { profit, status, certificate } = solveStudy(study).result;
  expect(status).toBe('optimal');
  expect(certificate.relativeGap).toBeLessThan(1e-12);
  // From the top down, crowded below .8, where 1 − F of the second part is ((.8 − x)/.6)^.2.
  const n = 20_000;
  const above = Array.from({ length: n }, (_, k) => 1 - (0.2 * k) / n);
  const below = Array.from({ length: n }, (_, k) => 0.8 - 0.8 * ((k + 1) / n) ** 8);
  const survival = (x: number): number =>
    (1 - x) / 2 + (x >= 0.8 ? 0 : x <= 0.2 ? 0.5 : ((0.8 - x) / 0.6) ** 0.2 / 2);
  expect(Math.abs(profit! - profitOf([...above, 0.8, ...below], survival))).toBeLessThan(1e-7);
});
