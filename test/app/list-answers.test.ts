/* What is said of lists along a line, by hand. */
import { createRegistry, parseStudy, type Solution, solveStudy, standardPlugin } from '@menusmith/app';
import { describe, expect, test } from 'vitest';

const registry = createRegistry([standardPlugin]);

const solved = (study: object): Solution =>
  solveStudy(
    parseStudy(JSON.stringify({ cost: { use: 'quadratic' }, contract: 'allocations', ...study }), {
      file: 'study.json',
      registry,
    }),
  );
/** v = x^½ at a cost of 1: C = q², σ = ½. */
const halfPower = {
  production: { use: 'cobb-douglas', exponents: { x: 0.5 } },
  inputs: { x: { scope: 'task', cost: 1 } },
  cost: undefined,
};
const close = (x: number) => expect.closeTo(x, 10);

describe('a list', () => {
  // Masses .2, .4, .4: φ = (.4 − .3·4, .7 − .3, 1).
  const types = [
    { name: 'low', value: 0.4, mass: 1 },
    { name: 'middle', value: 0.7, mass: 2 },
    { name: 'high', value: 1, mass: 2 },
  ];
  const { result, quote } = solved({ buyers: { kind: 'representative', types } });

  test('what types get and pay', () => {
    expect(result.types).toMatchObject([
      { name: 'low', value: 0.4, mass: close(0.2), excluded: true, quality: 0, virtualValue: close(-0.8) },
      {
        name: 'middle',
        quality: close(0.4),
        transfer: close(0.28),
        rent: 0,
        virtualValue: close(0.4),
        profile: [close(0.4)],
      },
      { name: 'high', quality: close(1), transfer: close(0.88), rent: close(0.12), virtualValue: 1 },
    ]);
    expect(quote({ value: 0.7 })).toEqual(result.types[1]);
    for (const field of ['scale', 'index']) expect(field in result.types[1]!).toBe(false);
  });

  test('totals, conditions', () => {
    // .4 (.28 − .08) + .4 (.88 − .5)
    expect(result).toMatchObject({
      method: 'one-dimensional',
      status: 'optimal',
      profit: close(0.232),
      revenue: close(0.464),
      cost: close(0.232),
      consumerSurplus: close(0.048),
      efficientWelfare: close(0.2 * 0.08 + 0.4 * 0.245 + 0.4 * 0.5),
      excludedShare: close(0.2),
      fineTunedShare: 0,
    });
    // Of those served: φ rises by .6 from .7 to 1, and the markup falls by log(.7/.4).
    expect(result.conditions).toEqual([
      { name: 'increasing-virtual-value', holds: true, margin: close(0.6), at: { value: 1 } },
      { name: 'nonincreasing-markup', holds: true, margin: close(Math.log(0.7 / 0.4)), at: { value: 1 } },
      { name: 'full-extraction', holds: false, margin: close(0.232 / 0.314 - 1), at: {} },
    ]);
  });

  // Of types .1 and .2, who are not served, φ falls; two of value 1 are one.
  test('conditions are those of who is served, in order of their values', () => {
    const { conditions, pools, types } = solved({
      buyers: {
        kind: 'representative',
        types: [
          { value: 1, mass: 1 },
          { value: 0.2, mass: 0.1 },
          { value: 0.7, mass: 2 },
          { value: 0.1, mass: 1.9 },
          { value: 1, mass: 1 },
        ],
      },
    }).result;
    expect(types.map(({ excluded }) => excluded)).toEqual([false, true, false, true, false]);
    expect(conditions[0]).toMatchObject({ holds: true, margin: close(0.6), at: { value: 1 } });
    expect(conditions[1]).toMatchObject({ holds: true, margin: close(Math.log(0.7 / 0.4)) });
    expect(pools).toEqual([]);
    expect('name' in types[0]!).toBe(false);
  });

  test('a type of virtual value 0 is not served, and in no condition', () => {
    const even = [
      { value: 0.5, mass: 1 },
      { value: 1, mass: 1 },
    ];
    const { types, conditions } = solved({ buyers: { kind: 'representative', types: even } }).result;
    expect(types.map(({ virtualValue }) => virtualValue)).toEqual([0, 1]);
    for (const { name, margin, at } of conditions)
      if (name !== 'full-extraction') expect([margin, at]).toEqual([null, {}]);
  });

  // Masses ¼, ⅜, ¼, ⅛: φ = (…, 2 − ⅜/⅜, 3 − ⅛/¼, 4).
  test('of steps that are as large the first is named', () => {
    const stairs = [
      { value: 0.1, mass: 2 },
      { value: 2, mass: 3 },
      { value: 3, mass: 2 },
      { value: 4, mass: 1 },
    ];
    const { conditions } = solved({ buyers: { kind: 'representative', types: stairs } }).result;
    expect(conditions[0]).toMatchObject({ margin: 1.5, at: { value: 3 } });
  });

  // Unordered, with two of one value and a pool: values 1, 1.1, 2 and masses .5, .1, .4 have φ = (.9, −2.5, 2) and φ̄ = (1/3, 1/3, 2).
  test('in any order, alike ones and pools among them', () => {
    const { result } = solved({
      buyers: {
        kind: 'representative',
        types: [
          { value: 2, mass: 1 },
          { value: 1, mass: 2.5 },
          { value: 2, mass: 1 },
          { value: 1.1, mass: 0.5 },
        ],
      },
    });
    expect(result.types.map(({ quality }) => quality)).toEqual([2, 1 / 3, 2, 1 / 3].map(close));
    expect(result.conditions[0]).toEqual({
      name: 'increasing-virtual-value',
      holds: false,
      margin: close(-3.4),
      at: { value: 1.1 },
    });
    expect(result.conditions[1]).toMatchObject({
      name: 'nonincreasing-markup',
      holds: false,
      margin: close(-Math.log(1.1)),
    });
    expect(result.status).toBe('optimal');
  });

  test('efficiently', () => {
    const { result } = solved({ buyers: { kind: 'representative', types }, contract: 'efficient' });
    expect(result).toMatchObject({
      method: 'efficient',
      status: 'optimal',
      welfare: close(0.314),
      profit: null,
    });
    expect(result.certificate).toMatchObject({
      of: 'grid',
      attainedObjective: close(0.314),
      upperBound: close(0.314),
      maxIncentiveViolation: 0,
      maxParticipationViolation: 0,
    });
    expect(result.conditions).toEqual([]);
    expect(result.types[0]).toMatchObject({ quality: close(0.4), transfer: null });
  });

  /*
   * The tariff of .7 has m = .7/.4 = 7/4 and p₀ = .28 − 7/4·.08 = .14. At it type 1 takes q = 1/m = 4/7 and has 1/(2m) − .14, more than her .12: she brings .14 + ¾ q²/2.
   */
  test('with two-part tariffs, by which the highest type gains from the price made for another', () => {
    const { result } = solved({
      buyers: { kind: 'representative', types },
      implementation: 'two-part-tariff',
    });
    expect(result.implementation).toMatchObject({
      kind: 'two-part-tariff',
      attainedProfit: close(0.08 + 0.4 * (0.14 + (0.75 * (4 / 7) ** 2) / 2)),
      maxDeviationGain: close(2 / 7 - 0.14 - 0.12),
    });
  });

  test('is proved by its flows', () => {
    expect(solved({ buyers: { kind: 'representative', types } }).proved).toBeDefined();
    expect(
      solved({ buyers: { kind: 'representative', types }, contract: 'efficient' }).proved,
    ).toBeUndefined();
  });
});

/*
 * v = x^½ at a cost of 1 is C = q² and σ = ½: a buyer (w, s) has θ = w s^{1−σ} = w √s, and is quoted q = s^{1−σ} Q(θ) = √s Q(θ). Values 1 and 2 on scales ¼ and 1 are
 * θ = ½, 1, 1 and 2, masses ¼ each: φ = (½ − ½·3, 1 − 1·½, 2) = (−1, ½, 2), Q = φ/2.
 */
describe('a list of values and scales, as packages', () => {
  const grid = {
    production: { use: 'cobb-douglas', exponents: { x: 0.5 } },
    inputs: { x: { scope: 'task', cost: 1 } },
    cost: undefined,
    buyers: {
      kind: 'value-scale-grid',
      values: [1, 2],
      scales: [0.25, 1],
      mass: [
        [1, 1],
        [1, 1],
      ],
    },
  };

  test('every buyer is quoted the item of her index', () => {
    const { result, quote } = solved({ ...grid, contract: 'packages' });
    const { types, status, binding } = result;
    expect(status).toBe('optimal');
    const expected = [
      [1, 0.25, 0.5, 0, 0],
      [1, 1, 1, 0.25, 0.25],
      [2, 0.25, 1, 0.125, 0.25],
      [2, 1, 2, 1, 1],
    ] as const;
    for (const [value, scale, theta, quality, ofIndex] of expected) {
      const own = types.find((type) => type.value === value && type.scale === scale)!;
      expect(own.index).toMatchObject({ theta: close(theta), quality: close(ofIndex) });
      expect(own.quality).toBeCloseTo(quality, 10);
      expect(own.excluded).toBe(quality === 0);
      expect(quote({ value, scale })).toEqual(own);
    }
    // The two of θ = 1 are one type, of mass ½, whose item tempts the one above: λ = 1 − F = ¼.
    expect(binding!.largest.map(({ flow }) => flow)).toEqual([close(0.25)]);
    // ½ (¼ − 1/16) + ¼ (2·1 − ¼ − 1)
    expect(result.profit).toBeCloseTo(0.5 * 0.1875 + 0.25 * 0.75, 12);
  });

  test('efficiently, with what each has of all that could be made', () => {
    const { result } = solved({ ...grid, contract: 'efficient' });
    // Q = θ/2, S = θ²/4: welfare ¼ (1/16 + ¼ + ¼ + 1).
    expect(result.welfare).toBeCloseTo(0.25 * (1 / 16 + 0.5 + 1), 12);
    const high = result.types.find((type) => type.value === 2 && type.scale === 1)!;
    expect(high).toMatchObject({ quality: close(1), index: { theta: close(2), quality: close(1) } });
  });
});

/*
 * The same index of value profiles on two tasks of weight ½: θ² = ½ (w₁² + w₂²). Whoever has index θ gets q(i) = Q w(i)/θ from x(i) = q(i)². Here θ = 1 and 5, masses .9 and .1:
 * φ = (1 − 4·.1/.9, 5) = (5/9, 5), Q = (5/18, 5/2), T = (5/18, 12.5 − 10/9).
 */
test('a list of profiles, as packages: each spreads the item of her index over her tasks', () => {
  const { result, proved } = solved({
    ...halfPower,
    contract: 'packages',
    buyers: {
      kind: 'profiles',
      tasks: { weights: [0.5, 0.5] },
      types: [
        { mass: 18, values: [1, 1] },
        { mass: 1, values: [7, 1] },
        { mass: 1, values: [Math.sqrt(50), 0] },
        { mass: 0, values: [0.1, 0.2] },
      ],
    },
  });
  const [even, uneven, single, none] = result.types;
  expect(result.status).toBe('optimal');
  expect(even).toMatchObject({ quality: close(5 / 18), profile: [close(5 / 18), close(5 / 18)] });
  expect(uneven).toMatchObject({
    quality: close(2),
    profile: [close(3.5), close(0.5)],
    perTask: { x: [close(12.25), close(0.25)] },
    inputs: { x: close(6.25) },
    index: { theta: close(5), quality: close(2.5) },
    transfer: close(12.5 - 10 / 9),
  });
  expect('value' in uneven!).toBe(false);
  expect(single).toMatchObject({
    quality: close(1.25 * Math.sqrt(2)),
    profile: [close(2.5 * Math.sqrt(2)), 0],
    perTask: { x: [close(12.5), 0] },
  });
  expect(none).toMatchObject({ excluded: true, quality: 0, profile: [0, 0], perTask: { x: [0, 0] } });
  expect(proved).toMatchObject({ tasks: { weights: Float64Array.of(0.5, 0.5) } });
});

describe('a list with a shared input', () => {
  // Masses .1, .15, .4, .35: φ = (…, −1, .45, 1.2), and z is used where φ > ½.
  const { result } = solved({
    production: { use: 'cobb-douglas', exponents: { x: 0.25, z: 0.25 }, base: { z: 1 } },
    inputs: { x: { scope: 'task', cost: 0.125 }, z: { scope: 'shared', cost: 0.125 } },
    cost: undefined,
    contract: 'packages',
    capacity: { x: 10, z: 10 },
    buyers: {
      kind: 'representative',
      types: [
        { value: 0.2, mass: 1 },
        { value: 0.5, mass: 1.5 },
        { value: 0.8, mass: 4 },
        { value: 1.2, mass: 3.5 },
      ],
    },
  });

  test('who gets some of it is fine-tuned: not who is served without, nor who is not served', () => {
    expect(result.types.map(({ quality }) => quality > 0)).toEqual([false, false, true, true]);
    expect(result.types.map(({ inputs }) => inputs.z! > 0)).toEqual([false, false, false, true]);
    expect(result).toMatchObject({ excludedShare: close(0.25), fineTunedShare: close(0.35) });
    // Who has no scale is her own index.
    expect('index' in result.types[3]!).toBe(false);
  });

  test('what is used of its inputs is what types get of them', () => {
    const [, , third, fourth] = result.types;
    expect(result.used).toEqual({
      x: close(0.4 * third!.inputs.x! + 0.35 * fourth!.inputs.x!),
      z: close(0.35 * fourth!.inputs.z!),
    });
  });
});

/*
 * Types 1, 2, 4 of masses .2, .2, .6 and C = Q²: φ = (−3, −4, 4), so that only 4 would be served. Who keeps the old plan, .2 for .1 made at .04, has .1, .3 and .7 of it; type 4 gets 2
 * at 8 − .7.
 */
test('a list beside a plan that is kept: its share, what it brings and what it uses', () => {
  const { result } = solved({
    ...halfPower,
    contract: 'packages',
    capacity: { x: 10 },
    buyers: {
      kind: 'representative',
      types: [
        { value: 1, mass: 1 },
        { value: 2, mass: 1 },
        { value: 4, mass: 3 },
      ],
    },
    keep: { menu: { plans: [{ name: 'old', fee: 0.1, included: { x: 0.04 } }] } },
  });
  const near = (x: number) => expect.closeTo(x, 7);
  expect(result.types.map(({ takes }) => takes)).toEqual(['kept', 'kept', 'menu']);
  expect(result).toMatchObject({
    status: 'optimal',
    keptShare: close(0.4),
    excludedShare: 0,
    profit: near(0.4 * 0.06 + 0.6 * (7.3 - 4)),
    revenue: near(0.4 * 0.1 + 0.6 * 7.3),
    consumerSurplus: near(0.2 * (0.1 + 0.3) + 0.6 * 0.7),
    used: { x: near(0.4 * 0.04 + 0.6 * 4) },
  });
  expect(result.conditions.map(({ name }) => name)).toEqual(['full-extraction']);
});

describe('a list beside something outside, worth .3', () => {
  const types = [
    { value: 0.4, mass: 1 },
    { value: 0.7, mass: 2 },
    { value: 1, mass: 2 },
  ];
  const study = { buyers: { kind: 'representative', types }, outside: { utility: 0.3 } };

  test('efficiently who is worth less has that: of S = θ²/2 all but type 1', () => {
    const { result } = solved({ ...study, contract: 'efficient' });
    expect(result.types.map(({ takes }) => takes)).toEqual(['outside', 'outside', 'menu']);
    expect(result).toMatchObject({
      outsideShare: close(0.6),
      excludedShare: close(0.6),
      welfare: close(0.6 * 0.3 + 0.4 * 0.5),
    });
  });

  test('type 1 alone is sold anything, at ½ − .3 above its cost; with two-part tariffs the same', () => {
    const { result } = solved({ ...study, implementation: 'two-part-tariff' });
    expect(result).toMatchObject({
      outsideShare: close(0.6),
      profit: expect.closeTo(0.4 * 0.2, 7),
      implementation: { kind: 'two-part-tariff', attainedProfit: expect.closeTo(0.4 * 0.2, 7) },
    });
  });
});

test('a list on a single scale: quality is what its tasks have together', () => {
  const { result } = solved({
    buyers: { kind: 'value-scale-grid', values: [0.4, 0.7, 1], scales: [0.5], mass: [[1], [2], [2]] },
  });
  expect(result.types[2]).toMatchObject({ scale: 0.5, quality: close(0.5), profile: [close(1)] });
});
