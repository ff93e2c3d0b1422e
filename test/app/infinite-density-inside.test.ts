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

const solvedWith = (beta: object) =>
  solveStudy(
    parseStudy(
      JSON.stringify({
        cost: { use: 'quadratic' },
        buyers: {
          kind: 'representative',
          type: {
            use: 'mixture',
            parts: [
              { weight: 0.5, of: { use: 'uniform', min: 0, max: 1 } },
              { weight: 0.5, of: { use: 'beta', ...beta } },
            ],
          },
        },
      }),
      { file: 'study.json', registry: createRegistry([standardPlugin]) },
    ),
  ).result;

// From the top down, crowded to the eighth power at `crowd`.
const n = 20_000;
const towards = (crowd: number, end: number): number[] =>
  Array.from({ length: n }, (_, k) => crowd + (end - crowd) * ((k + 1) / n) ** 8);

test('a density that is infinite inside the support is integrated to rounding: ½ U[0, 1] + ½ Beta(1, .2) on [.2, .8], C = q²/2', () => {
  const { profit, status, certificate } = solvedWith({ a: 1, b: 0.2, min: 0.2, max: 0.8 });
  expect(status).toBe('optimal');
  expect(certificate.relativeGap).toBeLessThan(1e-12);
  // 1 − F of the second part is ((.8 − x)/.6)^.2.
  const survival = (x: number): number =>
    (1 - x) / 2 + (x >= 0.8 ? 0 : x <= 0.2 ? 0.5 : ((0.8 - x) / 0.6) ** 0.2 / 2);
  const types = [...towards(0.8, 1).reverse(), 0.8, ...towards(0.8, 0)];
  expect(Math.abs(profit! - profitOf(types, survival))).toBeLessThan(1e-7);
});

test('so is one at which a pool begins: ½ U[0, 1] + ½ Beta(.3, 1) on [.4, .8]', () => {
  const { profit, status, certificate, pools } = solvedWith({ a: 0.3, b: 1, min: 0.4, max: 0.8 });
  expect(status).toBe('optimal');
  expect(Math.abs(certificate.relativeGap!)).toBeLessThan(1e-12);
  expect(pools[0]!.from).toBe(0.4);
  // F of the second part is ((x − .4)/.4)^.3.
  const survival = (x: number): number =>
    (1 - x) / 2 + (x >= 0.8 ? 0 : x <= 0.4 ? 0.5 : (1 - ((x - 0.4) / 0.4) ** 0.3) / 2);
  const types = [...towards(0.4, 1).reverse(), 0.4, ...towards(0.4, 0)];
  expect(Math.abs(profit! - profitOf(types, survival))).toBeLessThan(1e-6);
});
