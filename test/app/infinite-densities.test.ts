import { createRegistry, parseStudy, solveStudy, standardPlugin } from '@menusmith/app';
import { representativeDistribution } from '@menusmith/core';
import { truncatedNormal } from '@menusmith/plugins';
import { describe, expect, test } from 'vitest';

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

describe('values whose density is infinite at an end, dependent on a uniform scale by a Gaussian copula of ½, in packages with σ = ½', () => {
  const { cdf: normal, quantile: score } = truncatedNormal.create({ mean: 0, sd: 1, min: -8.2, max: 8.2 });
  const steps = 100;
  /**
   * P(w √s > t), from w's survival function: over s = Φ(z), from the scale at which w is at its max to the one at which it is at its min, by the
   * midpoint rule in a coordinate that crowds towards both.
   */
  const survivalOf = (tail: (w: number) => number, min: number, max: number) => (t: number) => {
    const from = score(Math.min(1, (t / max) ** 2));
    const to = t < min ? score((t / min) ** 2) : 8;
    let sum = 0;
    for (let k = 0; k < steps; k++) {
      const [near, far] = [((k + 0.5) / steps) ** 4, (1 - (k + 0.5) / steps) ** 4];
      const slope = (4 * (near * far) ** 0.75) / (near + far) ** 2;
      const z = from + ((to - from) * near) / (near + far);
      const above = tail(t / Math.sqrt(normal(z)));
      const chance = normal((z / 2 - score(1 - above)) / Math.sqrt(0.75));
      sum += (chance * Math.exp((-z * z) / 2) * slope * (to - from)) / steps;
    }
    return sum / Math.sqrt(2 * Math.PI) + normal(-to);
  };
  test.each([
    // Survival functions of the Kumaraswamy distribution, (1 − tᵃ)ᵇ.
    ['at the top', { a: 2, b: 0.2, min: 0, max: 1 }, (w: number) => Math.max(0, 1 - w * w) ** 0.2],
    [
      'at the bottom',
      { a: 0.3, b: 2, min: 0.5, max: 1 },
      (w: number) => (w <= 0.5 ? 1 : Math.max(0, 1 - (2 * w - 1) ** 0.3) ** 2),
    ],
  ])('%s: F_θ and the profit are those of a plain integral, and certified', (_, value, tail) => {
    const study = parseStudy(
      JSON.stringify({
        production: { use: 'cobb-douglas', exponents: { x: 0.5 } },
        inputs: { x: { scope: 'task', cost: 0.5 } },
        contract: 'packages',
        buyers: {
          kind: 'value-scale',
          value: { use: 'kumaraswamy', ...value },
          scale: { use: 'uniform' },
          dependence: { use: 'gaussian', rho: 0.5 },
        },
      }),
      { file: 'study.json', registry: createRegistry([standardPlugin]) },
    );
    const { buyers } = study;
    if (buyers.kind !== 'value-scale') throw new Error('other buyers');
    const types = representativeDistribution(buyers.value, buyers.scale, 0.5, buyers.dependence);
    const survival = survivalOf(tail, value.min, value.max);
    for (const t of [0.1, 0.4, 0.55, 0.9, 0.99])
      expect(Math.abs(types.survival(t) - survival(t)), `at ${t}`).toBeLessThan(2e-5);
    const { profit, status, certificate } = solveStudy(study).result;
    expect(status).toBe('optimal');
    expect(certificate.relativeGap).toBeLessThan(1e-11);
    // C(Q) = Q²/2, as √x = Q costs x/2.
    const places = Array.from({ length: 100 }, (_, k) => 1 - (k + 1) / 100);
    expect(Math.abs(profit! - profitOf(places, survival))).toBeLessThan(3e-4);
  });
});
