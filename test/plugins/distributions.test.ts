import { distributionLaws, entryLaws } from '@menusmith/app';
import {
  type Distribution,
  type DistributionByDistance,
  type DistributionEntry,
  InputError,
} from '@menusmith/core';
import { standardPlugin } from '@menusmith/plugins';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { distributionReferences } from './distribution-references.ts';
import { createdOrSkipped, randomParameters } from './random-parameters.ts';

const entries = standardPlugin.distributions ?? [];
const isNumeric = ({ parameters }: DistributionEntry): boolean =>
  Object.values(parameters).every(({ kind }) => kind === 'number');
const entryOf = (name: string) => entries.find((entry) => entry.name === name)!;

for (const entry of entries) {
  test(`${entry.name} obeys the laws on its examples`, async () => {
    const { laws } = await entryLaws('distributions', entry);
    expect(laws.filter(({ holds }) => !holds)).toEqual([]);
  });

  if (!isNumeric(entry)) continue;
  test(`${entry.name} obeys the laws with any parameters in the declared ranges`, () => {
    const property = fc.property(randomParameters(entry), (parameters) => {
      const distribution = createdOrSkipped(entry, parameters);
      for (const law of distributionLaws) {
        expect({ law: law.name, ...law.check(distribution) }).toMatchObject({ holds: true });
      }
    });
    fc.assert(property, { numRuns: 40, seed: 20261122 });
  });
}

/*
 * Density, distribution function and survival function at x. Made with Python's mpmath at 40 digits and more: differences
 * of erfc on the side of the mean away from the support, and betainc(a, b, 0, t, regularized=True).
 */
const references: readonly [string, Record<string, number>, number, number, number, number][] = [
  [
    'truncated-normal',
    { mean: -5, sd: 0.5, min: 0, max: 1 },
    0.001,
    19.796235593820448,
    0.019995551051354032,
    0.9800044489486459,
  ],
  [
    'truncated-normal',
    { mean: -5, sd: 0.5, min: 0, max: 1 },
    0.5,
    0.000556131265861722,
    0.9999749254768555,
    2.5074523144539174e-5,
  ],
  [
    'truncated-normal',
    { mean: -5, sd: 0.5, min: 0, max: 1 },
    0.95,
    1.861112713748809e-8,
    0.9999999994565675,
    5.434324772491295e-10,
  ],
  [
    'truncated-normal',
    { mean: 7, sd: 0.5, min: 0, max: 1 },
    0.3,
    4.58585836564574e-7,
    1.7013277880640813e-8,
    0.9999999829867221,
  ],
  [
    'truncated-normal',
    { mean: 7, sd: 0.5, min: 0, max: 1 },
    0.95,
    7.241885849490253,
    0.29724806861144815,
    0.7027519313885519,
  ],
  [
    'truncated-normal',
    { mean: 0.5, sd: 1000, min: 0, max: 1 },
    1e-9,
    0.99999991666667,
    9.999999166666697e-10,
    0.999999999,
  ],
  ['truncated-normal', { mean: 0.5, sd: 1000, min: 0, max: 1 }, 0.5, 1.0000000416666668, 0.5, 0.5],
  [
    'truncated-normal',
    { mean: 0.5, sd: 1000, min: 0, max: 1 },
    0.999,
    0.9999999171661694,
    0.9990000000830835,
    0.0009999999169165036,
  ],
  [
    'truncated-normal',
    { mean: 0.5, sd: 0.2, min: 0, max: 1 },
    0.1,
    0.2733496522811062,
    0.0167484714269626,
    0.9832515285730374,
  ],
  [
    'truncated-normal',
    { mean: 0.5, sd: 0.2, min: 0, max: 1 },
    0.7,
    1.2250681490089441,
    0.845637330359801,
    0.15436266964019893,
  ],
  [
    'truncated-normal',
    { mean: 0.5, sd: 0.2, min: 0, max: 1 },
    0.99,
    0.10043409620847957,
    0.9990551198110116,
    0.0009448801889884337,
  ],
  [
    'truncated-normal',
    { mean: -50, sd: 0.5, min: 0, max: 1 },
    0.001,
    163.76219443265478,
    0.18128725536359752,
    0.8187127446364025,
  ],
  [
    'truncated-normal',
    { mean: -50, sd: 0.5, min: 0, max: 1 },
    0.1,
    4.041084079627384e-7,
    0.9999999979836918,
    2.0163082350420614e-9,
  ],
  [
    'beta',
    { a: 0.5, b: 0.7, min: 1, max: 3 },
    1.002,
    6.311821663447741,
    0.025242234771196134,
    0.9747577652288039,
  ],
  [
    'beta',
    { a: 0.5, b: 0.7, min: 1, max: 3 },
    2.0,
    0.3474148376330948,
    0.6003642321330015,
    0.3996357678669985,
  ],
  [
    'beta',
    { a: 0.5, b: 0.7, min: 1, max: 3 },
    2.998,
    1.585775201430787,
    0.9954705468870132,
    0.0045294531129868275,
  ],
  ['beta', { a: 2, b: 12, min: 0, max: 1 }, 0.1, 4.895445299004, 0.37865501974180005, 0.6213449802582],
  ['beta', { a: 2, b: 12, min: 0, max: 1 }, 0.5, 0.0380859375, 0.998291015625, 0.001708984375],
  [
    'beta',
    { a: 2, b: 12, min: 0, max: 1 },
    0.9,
    1.4039999999999966e-9,
    0.9999999999882,
    1.1799999999999968e-11,
  ],
  [
    'beta',
    { a: 30, b: 40, min: 0, max: 10 },
    3.0,
    0.059227451539119916,
    0.012126160623329718,
    0.9878738393766703,
  ],
  [
    'beta',
    { a: 30, b: 40, min: 0, max: 10 },
    5.0,
    0.3214721786421545,
    0.8857998873233515,
    0.11420011267664848,
  ],
  ['beta', { a: 30, b: 40, min: 0, max: 10 }, 9.0, 4.469056779010068e-21, 1.0, 1.2120605905517856e-22],
  [
    'beta',
    { a: 0.1, b: 0.2, min: 0, max: 1 },
    0.001,
    34.35685877674105,
    0.34331868399316445,
    0.6566813160068355,
  ],
  [
    'beta',
    { a: 0.1, b: 0.2, min: 0, max: 1 },
    0.5,
    0.22254448330430454,
    0.670570796102899,
    0.329429203897101,
  ],
  [
    'beta',
    { a: 0.1, b: 0.2, min: 0, max: 1 },
    0.999,
    17.220941876058845,
    0.9139598779614838,
    0.08604012203851616,
  ],
];

describe('against 40-digit references', () => {
  test.each([...references, ...distributionReferences])(
    '%s %o at %d: density to 1e-13, F and 1 − F to 2e-14',
    (name, parameters, x, f, F, S) => {
      const distribution = entryOf(name).create(parameters);
      // The exponent of the density reaches 100, which multiplies the rounding of x − mean.
      expect(Math.abs(distribution.density(x) / f - 1)).toBeLessThan(1e-13);
      expect(Math.abs(distribution.cdf(x) / F - 1)).toBeLessThan(2e-14);
      expect(Math.abs(distribution.survival(x) / S - 1)).toBeLessThan(2e-14);
    },
  );
});

/** F of Beta(a, 2) is (a + 1) tᵃ − a t^{a+1}, so that 1 − F = −expm1(a log t + log1p(a (1 − t))). */
test('a beta distribution of which nearly all is at an end keeps the relative accuracy of what is not', () => {
  for (const a of [1e-4, 1e-9, 1e-12, 1e-15, 1e-100]) {
    const low = entryOf('beta').create({ a, b: 2, min: 0, max: 1 }) as DistributionByDistance;
    const high = entryOf('beta').create({ a: 2, b: a, min: 0, max: 1 }) as DistributionByDistance;
    for (const t of [1e-100, 1e-30, 3e-12, 1e-9, 1e-7, 9e-7]) {
      const exact = -Math.expm1(a * Math.log(t) + Math.log1p(a * (1 - t)));
      expect(Math.abs(low.at(t, 1 - t).survival / exact - 1), `${a} at ${t}`).toBeLessThan(1e-11);
      expect(Math.abs(high.at(1 - t, t).cdf / exact - 1), `${a} at 1 - ${t}`).toBeLessThan(1e-11);
    }
  }
});

describe('quantiles', () => {
  // Found from an end that is farther, a quantile would be rounded as that end is.
  test.each([
    ['truncated-normal', { mean: 0.7, sd: 6e-5, min: 0, max: 4e7 }],
    ['truncated-normal', { mean: 1, sd: 0.1, min: 0, max: 1e15 }],
    ['lognormal', { mu: 0, sigma: 0.5, min: 0, max: 1e13 }],
    ['beta', { a: 2, b: 1e13, min: 0, max: 1e13 }],
    ['exponential', { rate: 1, min: 0, max: 1e15 }],
    ['pareto', { shape: 3, min: 1, max: 1e15 }],
  ] as const)('of %s give ranks back where its support is cut far out', (name, parameters) => {
    const { cdf, survival, quantile } = entryOf(name).create(parameters);
    for (let m = 1; m < 50; m++) {
      const type = quantile(m / 50);
      expect(Math.abs(cdf(type) - m / 50)).toBeLessThan(1e-11);
      expect(Math.abs(survival(type) - (1 - m / 50))).toBeLessThan(1e-11);
    }
  });

  test('F(F⁻¹(u)) = u to 1e-14 where the density is moderate', () => {
    for (const parameters of [
      { mean: 0.5, sd: 0.2, min: 0, max: 1 },
      { mean: 0.5, sd: 1000, min: 0, max: 1 },
    ]) {
      const { cdf, quantile } = entryOf('truncated-normal').create(parameters);
      for (let m = 1; m < 500; m++) expect(Math.abs(cdf(quantile(m / 500)) - m / 500)).toBeLessThan(1e-15);
    }
    const { cdf, quantile } = entryOf('beta').create({ a: 2, b: 3, min: 0, max: 1 });
    for (let m = 1; m < 500; m++) expect(Math.abs(cdf(quantile(m / 500)) - m / 500)).toBeLessThan(1e-15);
  });
});

describe('an empty support', () => {
  const parameters = { min: 2, max: 1, a: 2, b: 2, mean: 0, sd: 1, rate: 1, shape: 1, mu: 0, sigma: 1 };
  test.each(entries.filter((entry) => 'min' in entry.parameters))(
    'is refused by $name, with the numbers',
    (entry) => {
      expect(() => entry.create(parameters)).toThrow(InputError);
      expect(() => entry.create(parameters)).toThrow(
        `${entry.name}: expected min < max, got min = 2, max = 1`,
      );
      expect(() => entry.create({ ...parameters, min: 0, max: Number.NaN })).toThrow(InputError);
    },
  );
});

describe('a quantile polynomial', () => {
  const create = (...coefficients: number[]) => entryOf('quantile-polynomial').create({ coefficients });

  test.each([
    [[0, 1, -1], 'slope -1 at t = 1'],
    [[0, -1], 'slope -1 at t = 0'],
    [[3, 0, 0], 'slope 0 at t = 0'],
    [[0, 1, -2, 1.3], 'at t = 0.51'],
    [[0, 0.75, -1.5, 1], 'slope 0 at t = 0.5'],
    [[0, Number.POSITIVE_INFINITY], 'slope infinite at t = 0'],
  ])('with coefficients %o is refused: its slope is not positive', (coefficients, where) => {
    const complaint = 'quantile-polynomial: expected a strictly increasing polynomial on [0, 1], got ';
    expect(() => create(...coefficients)).toThrow(complaint);
    expect(() => create(...coefficients)).toThrow(where);
  });

  test('may be flat at an end, where its density is infinite', () => {
    expect(create(0, 0, 1).density(0)).toBe(Number.POSITIVE_INFINITY);
    expect(create(0, 3, -3, 1).density(1)).toBe(Number.POSITIVE_INFINITY);
  });

  test('of degree 1 is the uniform distribution, to rounding', () => {
    const [line, uniform] = [create(1, 2), entryOf('uniform').create({ min: 1, max: 3 })];
    for (const x of [1, 1.3, 2, 2.9, 3]) {
      for (const of of ['density', 'cdf', 'survival'] as const) {
        expect(Math.abs(line[of](x) - uniform[of](x))).toBeLessThan(1e-15);
      }
    }
  });

  test('obeys the laws whatever its coefficients, where it is increasing', () => {
    const coefficient = fc.integer({ min: -8, max: 8 });
    let accepted = 0;
    const property = fc.property(fc.array(coefficient, { minLength: 2, maxLength: 6 }), (coefficients) => {
      const distribution = createdOrSkipped(entryOf('quantile-polynomial'), { coefficients });
      accepted++;
      for (const law of distributionLaws) {
        expect({ law: law.name, ...law.check(distribution) }).toMatchObject({ holds: true });
      }
    });
    fc.assert(property, { numRuns: 40, seed: 20261122 });
    expect(accepted).toBeGreaterThanOrEqual(40);
  });
});

describe('a mixture', () => {
  const create = (...parts: [number, Distribution][]) =>
    entryOf('mixture').create({ parts: parts.map(([weight, of]) => ({ weight, of })) });
  const uniform = (min: number, max: number) => entryOf('uniform').create({ min, max });

  test('is the weighted mean of its parts, whose weights are normalised', () => {
    const F = create([3, uniform(0, 1)], [1, uniform(0.5, 2.5)]);
    // 3/4·x for x ≤ ½, then 1/8·(x − ½) more; above 1 only the second part is left.
    expect(F.cdf(0.25)).toBe(0.1875);
    expect(F.cdf(0.75)).toBe(0.59375);
    expect(F.survival(2)).toBe(0.0625);
    expect(F.density(0.75)).toBe(0.875);
    expect(F.quantile(0.59375)).toBeCloseTo(0.75, 15);
    expect([F.min, ...F.breakpoints, F.max]).toEqual([0, 0.5, 1, 2.5]);
  });

  test('leaves out parts of weight 0, and has no support beyond the others', () => {
    const F = create([0, uniform(-1, 9)], [2, uniform(0, 1)]);
    expect([F.min, ...F.breakpoints, F.max]).toEqual([0, 1]);
  });

  test('of mixtures is a mixture, with their breakpoints', () => {
    const inner = create([1, uniform(0, 2)], [1, uniform(1, 2)]);
    const F = create([1, inner], [1, uniform(0, 4)]);
    expect(F.breakpoints).toEqual([1, 2]);
    expect(F.cdf(1.5)).toBeCloseTo(0.25 * 0.75 + 0.25 * 0.5 + 0.5 * 0.375, 15);
  });

  test('keeps the relative accuracy of its parts in the upper tail', () => {
    const F = create(
      [0.85, entryOf('beta').create({ a: 4, b: 10, min: 0, max: 1 })],
      [0.15, uniform(0, 0.5)],
    );
    // Above ½ only 0.85·Beta(4, 10) is left: I_ε(10, 4) → ε¹⁰·11·12·13/(3!·…) = 286 ε¹⁰(1 − 30/11 ε + …), checked at ε = 2⁻²⁰.
    const e = 2 ** -20;
    expect(F.survival(1 - e) / (0.85 * 286 * e ** 10 * (1 - (30 / 11) * e))).toBeCloseTo(1, 10);
  });

  test('without weight is refused', () => {
    expect(() => create([0, uniform(0, 1)])).toThrow(
      'mixture: expected weights with a positive finite sum, got 0',
    );
  });

  test('obeys the laws whatever its parts', () => {
    const part = fc.record({
      weight: fc.integer({ min: 0, max: 20 }),
      of: fc.oneof(
        fc
          .tuple(fc.integer({ min: 0, max: 5 }), fc.integer({ min: 6, max: 9 }))
          .map(([a, b]) => uniform(a, b)),
        fc
          .record({ a: fc.integer({ min: 1, max: 9 }), b: fc.integer({ min: 1, max: 9 }) })
          .map(({ a, b }) => entryOf('kumaraswamy').create({ a, b, min: 0, max: 4 })),
      ),
    });
    const property = fc.property(fc.array(part, { minLength: 1, maxLength: 4 }), (parts) => {
      const distribution = createdOrSkipped(entryOf('mixture'), { parts });
      for (const law of distributionLaws) {
        expect({ law: law.name, ...law.check(distribution) }).toMatchObject({ holds: true });
      }
    });
    fc.assert(property, { numRuns: 40, seed: 20261122 });
  });
});

describe('an empirical distribution', () => {
  const create = (...column: number[]) => entryOf('empirical').create({ column });

  test('does not depend on the order of the sample, and turns over with it', () => {
    const sample = [0.3, 0.9, 0.9, 0.4, 0.1];
    const [F, G] = [create(...sample), create(...sample.map((x) => 1 - x))];
    for (const x of [0.15, 0.35, 0.5, 0.8]) expect(F.cdf(x)).toBeCloseTo(G.survival(1 - x), 15);
  });

  test.each([
    [[2, 2, 2], 'only 2'],
    [[], '0'],
  ])('of %o is refused', (sample, got) => {
    expect(() => create(...sample)).toThrow(
      `empirical: expected at least 2 different finite values, got ${got}`,
    );
  });

  test('obeys the laws whatever the sample', () => {
    const property = fc.property(fc.array(fc.integer({ min: 0, max: 50 }), { minLength: 2 }), (column) => {
      const distribution = createdOrSkipped(entryOf('empirical'), { column });
      for (const law of distributionLaws) {
        expect({ law: law.name, ...law.check(distribution) }).toMatchObject({ holds: true });
      }
    });
    fc.assert(property, { numRuns: 40, seed: 20261122 });
  });
});

describe('the laws of distributions', () => {
  const law = (name: string) => distributionLaws.find((each) => each.name === name)!;
  const uniform = entryOf('uniform').create({ min: 0, max: 1 });

  test('refuse a density that is off by a millionth', () => {
    const off = { ...uniform, density: () => 1 + 1e-6 };
    expect(law('density').check(off)).toMatchObject({ holds: false });
    expect(law('support').check(off)).toMatchObject({ holds: false });
  });

  test('refuse a survival function that is 1 − F with the cancellation of a long way round', () => {
    const off = { ...uniform, survival: (x: number) => 1 + 1e7 - (1e7 + uniform.cdf(x)) };
    expect(law('upper-tail').check(off)).toMatchObject({ holds: false });
  });

  test('refuse a quantile function that is off, and NaN', () => {
    const off = { ...uniform, quantile: (u: number) => u + 1e-9 * u * (1 - u) };
    expect(law('quantile-function').check(off)).toMatchObject({ holds: false });
    expect(law('small-quantiles').check(off)).toMatchObject({ holds: false });
    expect(law('survival-function').check({ ...uniform, cdf: () => Number.NaN })).toMatchObject({
      holds: false,
    });
  });

  test('refuse breakpoints out of order', () => {
    expect(law('breakpoints').check({ ...uniform, breakpoints: [0.5, 0.2] })).toMatchObject({ holds: false });
  });
});
