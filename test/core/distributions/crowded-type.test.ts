import {
  type Distribution,
  iron,
  mixedDistribution,
  representativeDistribution,
  scaleMenu,
} from '@menusmith/core';
import { beta, kumaraswamy } from '@menusmith/plugins';
import { describe, expect, test } from 'vitest';
import { betaOf, expectClose, mixture, technologyNamed, uniformOn, unit } from '../reference-cases.ts';

const betaOn = (a: number, b: number, min: number, max: number): Distribution =>
  beta.create({ a, b, min, max });

const cases = {
  b37: representativeDistribution(betaOn(0.3, 0.7, 0.2, 0.9), betaOf(0.3, 0.7), 0.5),
  b22: representativeDistribution(betaOn(0.2, 0.2, 0.2, 0.9), betaOf(0.2, 0.2), 0.5),
} as const;

/*
 * f_θ and 1 − F_θ at θ, beside corners of the supports too. Made with Python's mpmath at 30 digits: tanh–sinh along the curve, from both of its ends and
 * in powers of the distance from them, densities from the textbook formula of Beta.
 */
const references: readonly (readonly [keyof typeof cases, number, number, number])[] = [
  ['b37', 1e-6, 252.12724140601887, 0.9995797879309914],
  ['b37', 0.05, 3.365006286707651, 0.7220401489486774],
  ['b37', 0.15, 2.46373783405591, 0.4488182129504529],
  ['b37', 0.2 - 1e-9, 8.673945024159593, 0.31568595970236696],
  ['b37', 0.2 + 1e-9, 7.829644480374126, 0.3156859424589744],
  ['b37', 0.3, 0.8226824213924852, 0.18990499371106012],
  ['b37', 0.8, 0.1277669726020173, 0.008649921986024078],
  ['b37', 0.9 - 1e-9, 7.101200773097766e-5, 5.07228612051995e-14],
  ['b22', 0.05, 1.8349793753300605, 0.7753555045431083],
  ['b22', 0.2 - 1e-9, 27810.397212933578, 0.5256122387980209],
  ['b22', 0.2 + 1e-9, 27810.397077853835, 0.5254731880947067],
  ['b22', 0.5, 0.4494220770617696, 0.2763735818561402],
  ['b22', 0.9 - 1e-9, 33307.77796597837, 8.326944248628555e-5],
];

describe('F_θ of values and scales with infinite densities at both ends', () => {
  test.each(references)('%s at θ = %d is that of the joint density to 1e-12', (name, theta, f, S) => {
    const types = cases[name];
    expectClose(types.density(theta), f, 1e-12, 'f');
    expectClose(types.survival(theta), S, 1e-12, '1 − F');
    expectClose(types.cdf(theta), 1 - S, 1e-12, 'F', 1e-3);
  });

  test.each([
    // F = wᵖ and F = sʳ with σ = ½: −log θ is the sum of exponentials of rates p and 2r.
    ['one rate', 0.4, 0.2],
    ['two rates', 0.4, 0.3],
    ['a density that is finite for one of them', 1, 0.3],
  ])('of powers of uniforms it is that of a sum of exponentials, with %s', (_, p, r) => {
    const power = (a: number): Distribution => kumaraswamy.create({ a, b: 1, min: 0, max: 1 });
    const types = representativeDistribution(power(p), power(r), 0.5);
    const q = 2 * r;
    const F = (t: number): number =>
      p === q ? t ** p * (1 - p * Math.log(t)) : (q * t ** p - p * t ** q) / (q - p);
    const f = (t: number): number =>
      p === q ? -p * p * t ** (p - 1) * Math.log(t) : (p * q * (t ** (p - 1) - t ** (q - 1))) / (q - p);
    for (const t of [1e-30, 1e-9, 1e-3, 0.2, 0.5, 0.9]) {
      expectClose(types.cdf(t), F(t), 1e-12, `F(${t})`);
      expectClose(types.density(t), f(t), 1e-12, `f(${t})`);
      expectClose(types.survival(t), 1 - F(t), 1e-12, `1 − F(${t})`);
      expectClose(types.quantile(F(t)), t, 1e-11, 'quantile');
    }
    expect([types.min, types.max, types.density(0), types.density(1)]).toEqual([
      0,
      1,
      Number.POSITIVE_INFINITY,
      0,
    ]);
  });

  test('of values and scales that are nearly all at an end it is nearly all at the corners', () => {
    // Beta(ε, ε) on [0, 1] has mass ½ rᵋ (1 + O(ε)) within r of an end: of ε = 0.05 a tenth is nearer than numbers can tell.
    const types = representativeDistribution(betaOn(0.05, 0.05, 0.5, 1), betaOn(0.05, 0.05, 0.25, 1), 0.5);
    expect(types.breakpoints).toEqual([0.5]); // 1·√¼ and ½·√1 are one corner
    for (const t of [0.25 + 1e-9, 0.3, 0.4, 0.5 + 1e-12, 0.7]) {
      expectClose(types.cdf(t) + types.survival(t), 1, 1e-12, 'sum');
    }
    // The corners hold ¼, ½ and ¼ of the buyers, but for the few between them.
    expectClose(types.cdf(0.375), 0.25, 0.05);
    expectClose(types.survival(0.75), 0.25, 0.05);
  });

  test('the density is infinite at a corner where the powers of both ends add up to 1 at most', () => {
    const at = (bottom: number, top: number): number => {
      const types = representativeDistribution(betaOn(bottom, 2, 0.2, 0.9), betaOf(2, top), 0.5);
      return types.density(0.2);
    };
    expect(at(0.3, 0.6)).toBe(Number.POSITIVE_INFINITY);
    expect(at(0.5, 0.5)).toBe(Number.POSITIVE_INFINITY); // like a logarithm
    expect(at(0.6, 0.7)).toBeLessThan(Number.POSITIVE_INFINITY);
    // At the top a sum of 1 has a limit: f(t) → B(½, ½)·(what is left of both densities).
    const top = representativeDistribution(betaOf(1, 0.5), betaOf(1, 0.5), 0);
    expectClose(top.density(1), Math.PI / 4, 1e-7); // f = ½(1 − w)^{−½} for both
  });

  test('of mixtures it is the mixture', () => {
    const [low, high] = [betaOn(0.3, 0.7, 0.2, 0.9), betaOf(0.5, 0.4)];
    const values = mixedDistribution([
      { weight: 0.25, of: low },
      {
        weight: 0.75,
        of: mixedDistribution([
          { weight: 0.4, of: high },
          { weight: 0.6, of: unit },
        ]),
      },
    ]);
    const scales = mixedDistribution([
      { weight: 0.5, of: betaOf(0.3, 0.7) },
      { weight: 0.5, of: uniformOn(0.1, 0.8) },
    ]);
    const types = representativeDistribution(values, scales, 0.5);
    for (const t of [0.01, 0.2 * Math.sqrt(0.8), 0.3, 0.6, 0.95]) {
      let [density, survival] = [0, 0];
      for (const [weight, value] of [
        [0.25, low],
        [0.3, high],
        [0.45, unit],
      ] as const) {
        for (const scale of [betaOf(0.3, 0.7), uniformOn(0.1, 0.8)]) {
          const part = representativeDistribution(value, scale, 0.5);
          density += (weight / 2) * part.density(t);
          survival += (weight / 2) * part.survival(t);
        }
      }
      expectClose(types.density(t), density, 1e-14);
      expectClose(types.survival(t), survival, 1e-14);
      expectClose(types.survival(types.quantile(0.3)), 0.7, 1e-12);
    }
  });

  test('with steps in the other density F + (1 − F) = 1 still, and F′ = f', () => {
    const steps = mixture([0.7, uniformOn(0, 0.5)], [0.3, uniformOn(0.5, 1)]);
    for (const scales of [betaOf(0.3, 2), betaOf(0.5, 0.7)]) {
      const types = representativeDistribution(steps, scales, 0.5);
      for (const t of [0.1, 0.3, 0.7, 0.9]) {
        const h = 1e-5;
        expectClose(types.cdf(t) + types.survival(t), 1, 1e-11);
        expectClose((types.cdf(t + h) - types.cdf(t - h)) / (2 * h), types.density(t), 1e-6);
      }
    }
  });

  test('profit, pool, cutoffs and shares of b37 with Example 1’s technology to 1e-12', () => {
    /*
     * With mpmath from the f_θ and F_θ above: φ(a) = φ(b) = (a S(a) − b S(b))/(S(a) − S(b)) by Newton's method, and E[S(φ̄)] by
     * Gauss–Legendre between the cutoff, the pool, the start of fine-tuning and the top.
     */
    const ironed = iron(cases.b37);
    const menu = scaleMenu({
      types: cases.b37,
      served: ironed,
      supply: technologyNamed('EX1').closedForm,
      scale: 1,
    });
    const totals = menu.totals();
    const pool = ironed.pools.at(-1)!;
    expectClose(pool.from, 0.1871816111366891, 1e-12, 'a');
    expectClose(pool.to, 0.2822837839865723, 1e-12, 'b');
    expectClose(pool.ironedVirtualValue, 0.05657973681784339, 1e-12, 'φ̄');
    expectClose(menu.cutoff, 0.1651216462479337, 1e-12, 'cutoff');
    expectClose(menu.fineTuningCutoff, 0.6521929788757245, 1e-12, 'fine-tuning cutoff');
    expectClose(totals.excluded, 0.5885787599462317, 1e-12, 'excluded');
    expectClose(totals.fineTuned, 0.03489396197414825, 1e-12, 'fine-tuned');
    expectClose(totals.servedSurplus, 0.029437563244876685, 1e-12, 'E[S(φ̄)]');
    expectClose(totals.grossValue - totals.rent - totals.cost, 0.029437563244876685, 1e-12, 'profit');
  });
});

/*
 * F(w) = w^a for w next to 0 leaves −a log w above it: of 1e-15 that is told apart down to the least of numbers. Scales that go with so low an index
 * are as small, and their distances from 0 underflow.
 */
test('next to 0 the mass above falls like the logarithm, down to the least of numbers', () => {
  const a = 1e-15;
  const { survival } = representativeDistribution(betaOn(a, 4, 0, 60), uniformOn(0, 1), 0.75);
  for (const exponent of [-60, -100, -200, -290]) {
    const step = survival(10 ** exponent) - survival(10 ** (exponent + 10));
    // 1 − F is summed of numbers near 1e-13, to 1e-3 of them.
    expectClose(step / (10 * a * Math.LN10), 1, 0.02);
  }
});
