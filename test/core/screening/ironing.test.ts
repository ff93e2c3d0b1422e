import { type Distribution, gaussLegendre, type IronedVirtualValue, iron } from '@menusmith/core';
import { mixture as mixtureEntry, uniform } from '@menusmith/plugins';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  betaOf,
  distributionNamed,
  expectClose,
  mixture,
  quadraticQuantile,
  references,
  uniformOn,
  unit,
} from '../reference-cases.ts';

/**
 * What ironing must be, whatever the distribution: φ̄ nondecreasing; on each pool the mean of φ, so that
 * ∫φ̄ dF = ∫φ dF; and φ = φ̄ at a pool's interior ends where φ is continuous.
 */
const expectIroned = (ironed: IronedVirtualValue, slack = 1e-9): void => {
  const { distribution, pools, min, max } = ironed;
  const span = max - min;
  let last = Number.NEGATIVE_INFINITY;
  for (let i = 0; i <= 500; i++) {
    const x = min + (span * i) / 500;
    if (distribution.breakpoints.includes(x)) continue; // at a jump the density is anybody's
    const level = ironed.at(x);
    expect(level, `φ̄(${x})`).toBeGreaterThanOrEqual(last - slack * span);
    last = Math.max(last, level);
  }
  const ends = [min, ...distribution.breakpoints, max];
  for (const { from, to, ironedVirtualValue } of pools) {
    expect(to).toBeGreaterThan(from);
    // ∫ φ dF = R(from) − R(to) with R(x) = x(1 − F(x)): integrated here node by node instead, piece by piece.
    const rule = gaussLegendre(64);
    const inner = [from, ...ends.filter((x) => x > from && x < to), to];
    let total = 0;
    for (let e = 0; e + 1 < inner.length; e++) {
      const [low, high] = [inner[e]!, inner[e + 1]!];
      rule.nodes.forEach((t, i) => {
        const x = low + (high - low) * t;
        total +=
          rule.weights[i]! *
          (high - low) *
          ((x - ironedVirtualValue) * distribution.density(x) - distribution.survival(x));
      });
    }
    expect(Math.abs(total), 'mean of φ less φ̄').toBeLessThan(1e-9 * span);
    for (const end of [from, to]) {
      if (ends.some((x) => Math.abs(x - end) < 1e-12 * span)) continue;
      expectClose(ironed.virtualValue(end), ironedVirtualValue, 1e-9, 'φ at the end of a pool', span);
    }
  }
};

/** cutoff(level) = inf {x : φ̄(x) > level}. */
const expectCutoff = (ironed: IronedVirtualValue, level: number): void => {
  const { min, max } = ironed;
  const span = max - min;
  const cutoff = ironed.cutoff(level);
  const step = 1e-9 * span;
  if (cutoff - step > min)
    expect(ironed.at(cutoff - step), `below cutoff(${level})`).toBeLessThanOrEqual(level);
  if (cutoff + step < max)
    expect(ironed.at(cutoff + step), `above cutoff(${level})`).toBeGreaterThan(level - 1e-12);
};

describe('F⁻¹(t) = 2 + t + 2t² on [2, 5]', () => {
  // 1/f = dx/dt = 1 + 4t, so φ = 2 + t + 2t² − (1 − t)(1 + 4t) = 6t² − 2t + 1: it falls up to t = 1/6. The mean over
  // [0, t] is 2t² − t + 1 = φ(t) at t = 1/4, where both are 7/8.
  const ironed = iron(quadraticQuantile);

  test('has φ = 6t² − 2t + 1', () => {
    for (const t of [0.05, 0.2, 0.5, 0.9]) {
      expectClose(ironed.virtualValue(quadraticQuantile.quantile(t)), 6 * t * t - 2 * t + 1, 1e-14);
    }
  });

  test('is pooled at 7/8 on t ≤ 1/4, to 1e-13', () => {
    expect(ironed.pools).toHaveLength(1);
    const [pool] = ironed.pools;
    expect(pool!.from).toBe(2);
    expectClose(pool!.to, 2 + 1 / 4 + 1 / 8, 1e-13);
    expectClose(pool!.ironedVirtualValue, 7 / 8, 1e-13);
    expectIroned(ironed);
  });

  test('has its pool’s end as the cutoff of 7/8 and breaks there', () => {
    expectClose(ironed.cutoff(7 / 8 + 1e-9), 2.375, 1e-8);
    expect(ironed.cutoff(ironed.pools[0]!.ironedVirtualValue)).toBe(ironed.pools[0]!.to);
    expect(ironed.cutoff(0)).toBe(2);
    expect(ironed.cutoff(5)).toBe(5);
    expect(ironed.breakpoints).toEqual([ironed.pools[0]!.to]);
  });
});

describe('mixtures with reference pools', () => {
  const rows = references.c_value_scale.rows as unknown as {
    w: string;
    ironing: { a: string; b: string; phi_bar: string }[];
  }[];
  test.each(rows.filter((row) => row.ironing.length > 0))('$w: ends and level to 1e-12', (row) => {
    const ironed = iron(distributionNamed(row.w));
    expect(ironed.pools).toHaveLength(1);
    const [pool] = ironed.pools;
    const [expected] = row.ironing;
    expectClose(pool!.from, Number(expected!.a), 1e-12, 'from');
    expectClose(pool!.to, Number(expected!.b), 1e-12, 'to');
    expectClose(pool!.ironedVirtualValue, Number(expected!.phi_bar), 1e-12, 'φ̄');
    expectIroned(ironed);
  });

  test('G1, .05U + .95Beta(6,9), has φ′ > 0 throughout and no pool', () => {
    expect(iron(distributionNamed('0.95Beta(6,9)+0.05U')).pools).toEqual([]);
  });
});

describe('regular distributions have no pools', () => {
  test.each<[string, Distribution]>([
    ['U[0,1]', unit],
    ['U[1,2]', uniformOn(1, 2)],
    ['Beta(2,3)', betaOf(2, 3)],
    ['Beta(2,12)', betaOf(2, 12)],
    ['Beta(300,500)', betaOf(300, 500)],
    ['TruncNormal(.5,.2)', distributionNamed('TruncNormal(0.5,0.2;[0,1])')],
  ])('%s', (_, distribution) => {
    const ironed = iron(distribution);
    expect(ironed.pools).toEqual([]);
    for (const x of [0.1, 0.5, 0.8]) {
      const type = distribution.min + (distribution.max - distribution.min) * x;
      expect(ironed.at(type)).toBe(ironed.virtualValue(type));
    }
  });
});

describe('densities that jump', () => {
  test('down: the types about the jump are pooled at the mean of φ', () => {
    // f = 1.5 on [0, .5), .5 on [.5, 1]: φ = x − (1 − 1.5x)/1.5 below and x − (1 − x) above; at .5 it falls from 1/3 to 0.
    const steps = mixture([0.75, uniformOn(0, 0.5)], [0.25, uniformOn(0.5, 1)]);
    const ironed = iron(steps);
    expect(ironed.pools).toHaveLength(1);
    const [pool] = ironed.pools;
    // Ends: 2a − 2/3 = c = 2b − 1. With R = x(1 − F): R(a) − R(b) = c(F(b) − F(a)).
    const c = pool!.ironedVirtualValue;
    expectClose(2 * pool!.from - 2 / 3, c, 1e-12, 'φ(a)');
    expectClose(2 * pool!.to - 1, c, 1e-12, 'φ(b)');
    const survival = (x: number): number => (x < 0.5 ? 1 - 1.5 * x : (1 - x) / 2);
    const [a, b] = [(c + 2 / 3) / 2, (c + 1) / 2];
    expectClose(a * survival(a) - b * survival(b), c * (survival(a) - survival(b)), 1e-12);
    expect(a).toBeLessThan(0.5);
    expect(b).toBeGreaterThan(0.5);
    expectIroned(ironed);
  });

  test('up: φ jumps up, nothing is pooled, and levels within the jump have it as their cutoff', () => {
    const ironed = iron(mixture([0.25, uniformOn(0, 0.5)], [0.75, uniformOn(0.5, 1)]));
    expect(ironed.pools).toEqual([]);
    // φ(½⁻) = ½ − .75/.5 = −1, φ(½⁺) = ½ − .75/1.5 = 0.
    expectClose(ironed.cutoff(-0.5), 0.5, 1e-12);
    expectClose(ironed.cutoff(-0.01), 0.5, 1e-12);
    expectIroned(ironed);
  });

  test('to 0 and up again: two uniform blocks with a gap pool the types under the gap, where serving one gives rent to all above', () => {
    // Mass ½ on [0, .4] and on [.6, 1]: φ = 2x − .8 below the gap and 2x − 1 above. What type .4 gets is rent over the whole
    // gap to all above, so the top of the lower block is pooled: the hull of R = x(1 − 1.25x) from R(.6) = .3 at quantity ½
    // touches it where (2a − .8)(½ − 1.25a) = a − 1.25a² − .3, that is 1.25a² − a + .1 = 0.
    const ironed = iron(mixture([0.5, uniformOn(0, 0.4)], [0.5, uniformOn(0.6, 1)]));
    const a = (1 - Math.SQRT1_2) / 2.5;
    expect(ironed.pools).toHaveLength(1);
    expectClose(ironed.pools[0]!.from, a, 1e-11);
    expectClose(ironed.pools[0]!.to, 0.6, 1e-11);
    expectClose(ironed.pools[0]!.ironedVirtualValue, 2 * a - 0.8, 1e-11);
    expectClose(ironed.at(0.1), -0.6, 1e-12, 'below the pool');
    expectClose(ironed.at(0.8), 0.6, 1e-12, 'above the gap');
    expectClose(ironed.cutoff(0.1), 0.6, 1e-9, 'the gap is the cutoff of levels within its jump');
    expectClose(ironed.cutoff(0.4), 0.7, 1e-12);
    expectIroned(ironed);
  });

  test('to 0, with φ lower above the gap than below: types on both sides are bunched', () => {
    // Mass .9 on [.5, .6], .1 on [1, 2]: φ = 2x − .6 − .1/9 up to .589, and 2x − 2 from φ(1) = 0.
    const distribution = mixture([0.9, uniformOn(0.5, 0.6)], [0.1, uniformOn(1, 2)]);
    const ironed = iron(distribution);
    expect(ironed.pools).toHaveLength(1);
    const [pool] = ironed.pools;
    const c = pool!.ironedVirtualValue;
    expectClose(2 * pool!.to - 2, c, 1e-10, 'φ at the upper end');
    expectClose(2 * pool!.from - 0.6 - 1 / 90, c, 1e-9, 'φ at the lower end');
    const [a, b] = [pool!.from, pool!.to];
    const revenue = (x: number): number => x * distribution.survival(x);
    expectClose(revenue(a) - revenue(b), c * (distribution.cdf(b) - distribution.cdf(a)), 1e-11);
  });
});

describe('random Beta mixtures', () => {
  const shape = fc.double({ min: 1.2, max: 15, noNaN: true });
  const mixtures = fc
    .tuple(fc.double({ min: 0.05, max: 0.95, noNaN: true }), shape, shape, shape, shape)
    .map(([weight, a, b, c, d]) => ({
      name: `${weight} Beta(${a}, ${b}) + ${1 - weight} Beta(${c}, ${d})`,
      distribution: mixture([weight, betaOf(a, b)], [1 - weight, betaOf(c, d)]),
    }));

  test('φ̄ is nondecreasing, the mean of φ on each pool, and meets φ at its ends', () => {
    let pooled = 0;
    fc.assert(
      fc.property(mixtures, ({ distribution }) => {
        const ironed = iron(distribution);
        pooled += ironed.pools.length;
        expectIroned(ironed);
      }),
      { numRuns: 30, seed: 20261122 },
    );
    expect(pooled).toBeGreaterThan(5);
  });

  test('cutoff is the generalised inverse of φ̄: inf {x : φ̄(x) > level}', () => {
    fc.assert(
      fc.property(
        mixtures,
        fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 8, maxLength: 8 }),
        ({ distribution }, levels) => {
          const ironed = iron(distribution);
          for (const level of levels) expectCutoff(ironed, level);
          for (const pool of ironed.pools) expect(ironed.cutoff(pool.ironedVirtualValue)).toBe(pool.to);
        },
      ),
      { numRuns: 20, seed: 7 },
    );
  });
});

test('the knots’ levels are φ and φ̄ there', () => {
  const ironed = iron(distributionNamed('0.85Beta(4,10)+0.15Beta(8,2)'));
  ironed.knots.forEach((x, k) => {
    expect(ironed.levels[k]).toBe(ironed.at(x));
    expect(ironed.virtualLevels[k]).toBe(ironed.virtualValue(x));
  });
});

test('pools that meet at a jump of the density stay apart, each with its own ironed value', () => {
  const parts = [
    [1, 1.1, 1],
    [1.1, 1.5, 1],
    [1.5, 1.55, 1],
    [1.55, 1.9, 1],
    [1.9, 2.3, 2],
  ].map(([min, max, weight]) => ({ weight: weight! / 6, of: uniform.create({ min, max }) }));
  const types = mixtureEntry.create({ parts });
  const { pools } = iron(types);
  expect(pools.length).toBe(2);
  expect(pools[0]!.to).toBeCloseTo(1.5, 9);
  expect(pools[1]!.from).toBeCloseTo(1.5, 9);
  // Mean of φ = (R(a) − R(b))/(F(b) − F(a)): from R(1) = 1 to R(1.5) = 1.5·⅔ = 1 on the first.
  expect(pools[0]!.ironedVirtualValue).toBeCloseTo(0, 9);
  expect(pools[1]!.ironedVirtualValue).toBeCloseTo(1.0961, 4);
});
