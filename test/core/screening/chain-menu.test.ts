/**
 * One-dimensional types who have u(θ) outside the menu. Closed forms: C = q²/2, θ ~ U[0, 1], weight κ on consumer surplus, d = 1 − κ, b = 2 − κ.
 *
 * φ = θ − (γ − dF)/f = bθ − (γ − θ + … ) is (1 + d)θ − γ = bθ − γ, and q = φ where that is positive.
 *
 * u = aθ²/2: where U = u, q = aθ and γ = (b − a)θ, which rises from 0 and is d at θ* = d/(b − a); above, γ = d and q = bθ − d.
 * u = sθ, κ = 0: γ = 0 and q = 2θ up to s/2, where U falls to u from above; q = s and γ = 2θ − s up to (1 + s)/2; then q = 2θ − 1.
 */
import {
  type ChainMenu,
  type ChainParticipation,
  type ChainProblem,
  chainMenu,
  type Distribution,
  type EfficientSupply,
  iron,
  noParticipation,
  participationFault,
  rivalParticipation,
  scaleMenu,
} from '@menusmith/core';
import { linear, quadratic } from '@menusmith/plugins';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  betaOf,
  distributionNamed,
  expectClose,
  mixture,
  technologyNamed,
  uniformOn,
  unit,
} from '../reference-cases.ts';

const halfSquare = quadratic.create({});
const example1 = technologyNamed('EX1').closedForm;
/** u = c + bθ + aθ²/2. */
const parabola = (c: number, b: number, a: number): ChainParticipation => ({
  utility: (type) => c + b * type + (a * type * type) / 2,
  slope: (type) => b + a * type,
  breakpoints: [],
});
/** C = cq²/2. */
const squares = (c: number): EfficientSupply => ({
  ...halfSquare,
  supply(value, scale, out) {
    halfSquare.supply(value, scale, out);
    out.quality /= c;
    out.cost /= c;
    out.surplus /= c;
  },
});
/** ∫ of a polynomial of degree 3 at most: Simpson’s rule is exact. */
const simpson = (of: (x: number) => number, from: number, to: number): number =>
  ((to - from) / 6) * (of(from) + 4 * of((from + to) / 2) + of(to));
const panels = (of: (x: number) => number, from: number, to: number, count: number): number => {
  let sum = 0;
  for (let i = 0; i < count; i++)
    sum += simpson(of, from + ((to - from) * i) / count, from + ((to - from) * (i + 1)) / count);
  return sum;
};
const profitOf = (menu: ChainMenu): number => {
  const { grossValue, rent, cost } = menu.totals();
  return grossValue - rent - cost;
};
const expectCertified = (menu: ChainMenu, tolerance = 1e-8): void => {
  const { attained, upperBound, maxIncentiveViolation, maxParticipationViolation } = menu.certificate();
  const size = Math.max(Math.abs(upperBound), 1e-3);
  expect(upperBound - attained, `bound ${upperBound}`).toBeLessThanOrEqual(tolerance * size);
  expect(upperBound - attained).toBeGreaterThanOrEqual(-1e-12 * size);
  expect(maxIncentiveViolation).toBeLessThan(1e-12);
  expect(maxParticipationViolation).toBeLessThan(1e-12);
};

describe('closed forms of C = q²/2 and U[0, 1]', () => {
  test('u = aθ²/2: q = aθ up to d/(b − a), and bθ − d above', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.05, max: 0.95, noNaN: true }),
        fc.double({ min: 0, max: 0.9, noNaN: true }),
        (a, κ) => {
          const [d, b] = [1 - κ, 2 - κ];
          const end = d / (b - a);
          const menu = chainMenu({
            types: unit,
            supply: halfSquare,
            surplusWeight: κ,
            participation: parabola(0, 0, a),
          });
          const objective = (q: number, type: number, rent: number): number =>
            type * q - (q * q) / 2 - d * rent;
          const rentAbove = (type: number): number =>
            (a * end * end) / 2 + (b * (type * type - end * end)) / 2 - d * (type - end);
          const exact =
            simpson((x) => objective(a * x, x, (a * x * x) / 2), 0, end) +
            simpson((x) => objective(b * x - d, x, rentAbove(x)), end, 1);
          expectCertified(menu);
          expectClose(menu.certificate().attained, exact, 1e-11, 'objective', 0.01);
          for (const type of [0.3 * end, 0.9 * end, end + 0.2 * (1 - end), 1]) {
            const item = menu.item(type);
            expectClose(item.quality, type < end ? a * type : b * type - d, 1e-9, 'q', 1e-3);
            expectClose(item.level, type < end ? (b - a) * type : d, 1e-8, 'γ', 1);
            expectClose(item.rent, type < end ? (a * type * type) / 2 : rentAbove(type), 1e-10, 'U', 1);
            expectClose(item.transfer, type * item.quality - item.rent, 1e-12, 'T', 1);
          }
        },
      ),
      { numRuns: 12 },
    );
  });

  test('u = sθ: 2θ, then s from s/2 to (1 + s)/2, then 2θ − 1', () => {
    for (const s of [0.1, 0.3, 0.8]) {
      const menu = chainMenu({ types: unit, supply: halfSquare, participation: parabola(0, s, 0) });
      // U(s/2) = s²/2, so that U(0) = s²/2 − s²/4.
      const rents = [
        (x: number) => (s * s) / 4 + x * x,
        (x: number) => s * x,
        (x: number) => (s * (1 + s)) / 2 + x * x - x - (s * s - 1) / 4,
      ];
      const qualities = [(x: number) => 2 * x, () => s, (x: number) => 2 * x - 1];
      const ends = [0, s / 2, (1 + s) / 2, 1];
      let exact = 0;
      for (let k = 0; k < 3; k++)
        exact += simpson(
          (x) => x * qualities[k]!(x) - qualities[k]!(x) ** 2 / 2 - rents[k]!(x),
          ends[k]!,
          ends[k + 1]!,
        );
      expectCertified(menu);
      expectClose(profitOf(menu), exact, 1e-11, 'Π', 0.01);
      expectClose(menu.rent(0), (s * s) / 4, 1e-12, 'U(0)', 0.01);
      expect(menu.stretches.map(({ kind }) => kind)).toEqual(['level', 'slope', 'level']);
    }
  });

  test('a constant u₀ outside: served from S(φ) = u₀ on, and earning S(φ) less the rents over u₀', () => {
    // φ = 2θ − 1 ≥ √(2u₀): Π = ∫ (φ²/2 − u₀) dθ = ½ ∫ from r to 1 of (φ²/2 − r²/2) dφ with r = √(2u₀).
    for (const use of ['resold', 'own'] as const)
      for (const u of [0.02, 0.1, 0.3]) {
        const r = Math.sqrt(2 * u);
        const menu = chainMenu({
          types: unit,
          supply: halfSquare,
          outside: use,
          participation: parabola(u, 0, 0),
        });
        expectCertified(menu);
        const totals = menu.totals();
        expectClose(profitOf(menu), ((1 - r ** 3) / 6 - (r * r * (1 - r)) / 2) / 2, 1e-12, 'Π', 0.01);
        expectClose(totals.outside, (1 + r) / 2, 1e-12, 'outside');
        expectClose(totals.excluded, (1 + r) / 2, 1e-12, 'excluded');
        const item = menu.item(0.4);
        expect([item.takes, item.quality, item.cost, item.draws[0]!.isOutside]).toEqual([
          'outside',
          0,
          0,
          true,
        ]);
        expectClose(item.transfer, 0, 1e-13, 'T', 1);
        expectClose(item.rent, u, 1e-13, 'U');
      }
  });
});

describe('C = q²/10 against a rival whose tariff is P = .03q⁴', () => {
  // u is P’s conjugate: P′(q) = .12q³, so u′ = (θ/.12)^⅓ and u = ¾θu′.
  const slope = (type: number): number => Math.cbrt(type / 0.12);
  const participation: ChainParticipation = {
    utility: (type) => 0.75 * type * slope(type),
    slope,
    breakpoints: [],
  };
  const supply = squares(0.2);

  test('.1089358 with lotteries: S̃ is flat from φ₀, where 2.5φ² = u(φ), and U = u up to (1 + φ₀)/2', () => {
    // φ₀^⅔ = .3/.12^⅓. Between φ₀ and θ₁ = (1 + φ₀)/2 the least cost of u′ is φ₀u′ − 2.5φ₀²; above, φ = 2θ − 1, q = 5φ.
    const φ = (0.3 / Math.cbrt(0.12)) ** 1.5;
    const θ = (1 + φ) / 2;
    const mixed = panels((x) => (x - φ) * slope(x) + 2.5 * φ * φ - participation.utility(x), φ, θ, 400);
    const above = panels(
      (x) => {
        const q = 5 * (2 * x - 1);
        return x * q - (q * q) / 10 - (participation.utility(θ) + 5 * (x * x - x - θ * θ + θ));
      },
      θ,
      1,
      1,
    );
    const menu = chainMenu({ types: unit, supply, outside: 'resold', participation });
    expectCertified(menu);
    expectClose(mixed + above, 0.1089358, 1e-6, 'the number of the design');
    expectClose(profitOf(menu), mixed + above, 1e-9, 'Π');
    expectClose(menu.totals().lotteries, θ - φ, 1e-9, 'lotteries');
    const item = menu.item(0.6);
    expect(item.draws.map(({ isOutside }) => isOutside)).toEqual([true, false]);
    expectClose(item.draws[0]!.share * item.draws[0]!.quality + item.quality, slope(0.6), 1e-12, 'U′');
    expectClose(item.rent, participation.utility(0.6), 1e-12, 'U');
  });

  test('.1064965 without: each type has one of the two, and U = u up to where 2θ − 1 earns as much', () => {
    const menu = chainMenu({ types: unit, supply, outside: 'own', participation });
    expectCertified(menu);
    expectClose(profitOf(menu), 0.1064965, 1e-6);
    expect(menu.totals().lotteries).toBe(0);
    for (const [type, takes] of [
      [0.3, 'outside'],
      [0.65, 'outside'],
      [0.75, 'menu'],
    ] as const)
      expect(menu.item(type).takes).toBe(takes);
  });
});

test('with nothing outside it is the menu of Mussa and Rosen, ironed as well', () => {
  for (const types of [
    unit,
    uniformOn(1, 2),
    betaOf(2, 3),
    distributionNamed('0.85Beta(4,10)+0.15Beta(8,2)'),
  ])
    for (const κ of [0, 0.4]) {
      const menu = chainMenu({ types, supply: example1, surplusWeight: κ, participation: noParticipation });
      const plain = scaleMenu({ types, served: iron(types, κ), supply: example1, scale: 1 });
      const [own, other] = [menu.totals(), plain.totals()];
      expectCertified(menu);
      for (const key of ['grossValue', 'cost', 'rent', 'excluded', 'fineTuned'] as const)
        expectClose(own[key], other[key], 1e-9, key, 1e-3);
      for (const rank of [0.1, 0.5, 0.8, 1]) {
        const type = types.quantile(rank);
        expectClose(menu.item(type).transfer, plain.item(type).transfer, 1e-9, 'T', 1e-3);
      }
    }
});

test('κ = 1 serves everybody efficiently and leaves no more than it must', () => {
  const participation = parabola(0.02, 0.1, 0.5);
  const menu = chainMenu({ types: unit, supply: halfSquare, surplusWeight: 1, participation });
  expectCertified(menu);
  expectClose(menu.certificate().attained, 1 / 6, 1e-12);
  for (const type of [0.1, 0.5, 0.9]) expectClose(menu.item(type).quality, type, 1e-12, 'q');
  // u − ∫q = .02 + .1θ − θ²/4 is largest at θ = .2: U = that + θ²/2.
  expectClose(menu.rent(0), 0.03, 1e-4, 'U(0)');
  expect(menu.rent(0.2)).toBeGreaterThanOrEqual(participation.utility(0.2) - 1e-12);
});

const humps = distributionNamed('0.85Beta(4,10)+0.15Beta(8,2)');
const anyProblem: fc.Arbitrary<ChainProblem> = fc
  .record({
    types: fc.constantFrom<Distribution>(unit, uniformOn(1, 2), betaOf(2, 3), betaOf(3, 1.5), humps),
    supply: fc.constantFrom<EfficientSupply>(halfSquare, example1, linear.create({ rate: 0.2, max: 1 })),
    surplusWeight: fc.constantFrom(0, 0.5, 0.95),
    outside: fc.constantFrom('none' as const, 'resold' as const, 'own' as const),
    c: fc.oneof(fc.constant(0), fc.double({ min: 0.005, max: 0.1, noNaN: true })),
    b: fc.oneof(fc.constant(0), fc.double({ min: 0.01, max: 0.3, noNaN: true })),
    a: fc.oneof(fc.constant(0), fc.double({ min: 0.01, max: 0.6, noNaN: true })),
  })
  .map(({ c, b, a, ...rest }) => ({ ...rest, participation: parabola(c, b, a) }));

describe('any chain with u convex', () => {
  test('is certified, incentive compatible and leaves at least u; its totals are the expectations of its items', () => {
    fc.assert(
      fc.property(anyProblem, (problem) => {
        const { types, participation, surplusWeight = 0 } = problem;
        const menu = chainMenu(problem);
        const { attained, upperBound } = menu.certificate();
        const totals = menu.totals();
        const words = JSON.stringify({
          ...problem,
          types: [types.min, types.max, types.cdf(0.5)],
          u: [participation.utility(0), participation.slope(0), participation.slope(1)],
          stretches: menu.stretches.slice(0, 9),
        });
        const money = Math.max(Math.abs(upperBound), totals.rent, 0.01);
        // With two humps pools and types with U = u may touch, and the grid's own menu is what there is.
        const isRegular = types !== humps;
        expect(upperBound - attained, words).toBeLessThanOrEqual((isRegular ? 1e-8 : 1e-3) * money);
        expect(upperBound - attained, words).toBeGreaterThanOrEqual(-1e-11 * money);
        const sample = Array.from({ length: 61 }, (_, i) => types.min + ((types.max - types.min) * i) / 60);
        const items = sample.map((type) => menu.item(type));
        const given = menu.schedule(Float64Array.from(sample));
        sample.forEach((type, i) => {
          expect(given.rent[i]! - participation.utility(type), words).toBeGreaterThan(-1e-11);
          sample.forEach((other, k) => {
            const gain = given.rent[k]! + (type - other) * given.quality[k]! - given.rent[i]!;
            expect(gain, words).toBeLessThan(1e-9);
          });
          const shares = items[i]!.draws.reduce((sum, { share }) => sum + share, 0);
          expectClose(shares, 1, 1e-12, 'shares');
          expect(items[i]!.takes === 'outside' && items[i]!.quality > 0).toBe(false);
        });
        // 600 midpoints, wherever quality jumps: within a cell of it.
        const sums = { profit: 0, rent: 0, excluded: 0, outside: 0 };
        const n = 600;
        for (let i = 0; i < n; i++) {
          const type = types.min + ((types.max - types.min) * (i + 0.5)) / n;
          const mass = (types.density(type) * (types.max - types.min)) / n;
          const { transfer, cost, rent, draws } = menu.item(type);
          sums.profit += mass * (transfer - cost);
          sums.rent += mass * rent;
          for (const { share, isOutside, quality } of draws) {
            if (isOutside) sums.outside += mass * share;
            if (isOutside || quality === 0) sums.excluded += mass * share;
          }
        }
        expectClose(totals.grossValue - totals.rent - totals.cost, sums.profit, 5e-3, words, 0.1);
        expectClose(totals.rent, sums.rent, 5e-3, words, 0.1);
        expectClose(totals.excluded, sums.excluded, 5e-3, words, 1);
        expectClose(totals.outside, sums.outside, 5e-3, words, 1);
        expectClose(attained, sums.profit + surplusWeight * sums.rent, 5e-3, words, 0.1);
      }),
      { numRuns: 12, seed: 20261130, endOnFailure: true },
    );
  }, 120_000);
});

describe('types with a gap, and types whose φ falls', () => {
  const gap = mixture([0.5, uniformOn(0, 1)], [0.5, uniformOn(2, 3)]);

  test('U[0, 1] and U[2, 3], a good at .2 and u = sθ: lotteries of s from .1 on, through the gap, and the good from 2 on', () => {
    // F = θ/2, then ½, then (θ − 1)/2; f = ½. φ = 2θ − 2γ is .2 at γ = θ − .1 ≤ .9, and in the gap γ is one level: q = s. Above, φ = θ − 2(γ − F) is 2θ − 3 > .2
    // at γ = 1: q = 1. Below .1 nothing is sold and U = s/10: Π = E[(θ − .2)q − U] with U = sθ up to 2 and 2s + θ − 2 above.
    const s = 0.22835211753845214;
    const menu = chainMenu({
      types: gap,
      supply: linear.create({ rate: 0.2, max: 1 }),
      participation: parabola(0, s, 0),
    });
    const exact =
      0.5 * (simpson(() => -s / 10, 0, 0.1) + simpson((x) => (x - 0.2) * s - s * x, 0.1, 1)) +
      0.5 * simpson((x) => x - 0.2 - (2 * s + x - 2), 2, 3);
    expectCertified(menu);
    expectClose(profitOf(menu), exact, 1e-10, 'Π');
  });

  test('whatever is left of a gap is honest: the menu is incentive compatible, leaves u, and is below its bound', () => {
    for (const types of [gap, distributionNamed('0.85Beta(4,10)+0.15Beta(8,2)')])
      for (const outside of ['none', 'resold', 'own'] as const)
        for (const participation of [parabola(0.04, 0.2, 0.3), parabola(0, 0.05, 0.1)]) {
          const menu = chainMenu({ types, supply: example1, outside, participation });
          const { attained, upperBound, maxIncentiveViolation, maxParticipationViolation } =
            menu.certificate();
          expect(maxIncentiveViolation).toBeLessThan(1e-9);
          expect(maxParticipationViolation).toBeLessThan(1e-9);
          expect(upperBound - attained).toBeGreaterThan(-1e-11);
          expect(upperBound - attained).toBeLessThan(0.02 * Math.max(upperBound, menu.totals().rent));
        }
  });
});

test('a rival with prices: u is his surplus, his product is resold where it is cheaper, and his bill is not this seller’s cost', () => {
  const rival = technologyNamed('ASYM').closedForm;
  const menu = chainMenu({
    types: uniformOn(0.5, 1.5),
    supply: example1,
    outside: 'resold',
    rival,
    participation: rivalParticipation(rival, { min: 0.5, max: 1.5 }),
  });
  expectCertified(menu);
  const { cost, grossValue, rent } = menu.totals();
  expect(cost).toBeGreaterThanOrEqual(0);
  expect(grossValue - rent).toBeGreaterThanOrEqual(cost - 1e-12);
});

test('what is wrong with a u is found: it is not convex, or is no number; it may fall', () => {
  const range = { min: 0, max: 1 };
  expect(participationFault(parabola(0, 0.2, 0.3), range)).toBeUndefined();
  expect(participationFault(parabola(0, 0.5, -0.3), range)?.fault).toBe('not convex');
  expect(participationFault(parabola(0, -0.5, 0.3), range)).toBeUndefined();
  expect(participationFault({ ...noParticipation, utility: () => Number.NaN }, range)?.fault).toBe(
    'no number',
  );
});
