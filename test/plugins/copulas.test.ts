import { copulaLaws, entryLaws } from '@menusmith/app';
import { type Copula, type Integrand, integrate, type Piece } from '@menusmith/core';
import { standardPlugin } from '@menusmith/plugins';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { copulaReferences } from './copula-references.ts';
import { createdOrSkipped, randomParameters } from './random-parameters.ts';

const entryOf = (name: string) => standardPlugin.copulas!.find((entry) => entry.name === name)!;

for (const entry of standardPlugin.copulas ?? []) {
  test(`${entry.name} obeys the laws on its examples`, async () => {
    const { laws } = await entryLaws('copulas', entry);
    expect(laws.filter(({ holds }) => !holds)).toEqual([]);
  });

  test(`${entry.name} obeys the laws with any parameters in the declared ranges`, () => {
    const property = fc.property(randomParameters(entry), (parameters) => {
      const copula = createdOrSkipped(entry, parameters);
      for (const law of copulaLaws) {
        expect({ law: law.name, ...law.check(copula) }).toMatchObject({ holds: true });
      }
    });
    fc.assert(property, { numRuns: 40, seed: 20261122 });
  });
}

describe('against 40-digit references', () => {
  test.each(copulaReferences)(
    '%s %o at (%d, %d): C, ∂C/∂v, 1 − ∂C/∂v and density',
    (name, parameters, u, v, C, conditional, survival, density) => {
      const copula = entryOf(name).create(parameters);
      expect(Math.abs(copula.cdf(u, v) - C)).toBeLessThan(1e-15);
      // The Gaussian exponent reaches 700, which multiplies the rounding of the scores.
      expect(Math.abs(copula.conditional(u, v) / conditional - 1)).toBeLessThan(2e-13);
      expect(Math.abs(copula.conditionalSurvival(u, v) / survival - 1)).toBeLessThan(2e-13);
      expect(Math.abs(copula.density(u, v) / density - 1)).toBeLessThan(2e-13);
    },
  );
});

/** Kendall's τ = 1 − 4 ∫∫ ∂C/∂u ∂C/∂v du dv; all families here are symmetric, so ∂C/∂u is ∂C/∂v with the ranks exchanged. */
const kendall = ({ conditional }: Copula): number => {
  const inner = (v: number): Integrand => {
    return (u, out) => {
      out[0] = conditional(u, v) * conditional(v, u);
    };
  };
  const pieces = (middle: number): Piece[] => [
    { from: 0, to: middle, singular: 'both' },
    { from: middle, to: 1, singular: 'both' },
  ];
  const outer: Integrand = (v, out) => {
    out[0] = integrate(inner(v), 1, pieces(v), 1e-11).values[0]!;
  };
  return 1 - 4 * integrate(outer, 1, pieces(0.5), 1e-10).values[0]!;
};

/** Debye's D₁(θ) = ∫₀^θ t/(eᵗ − 1) dt / θ. */
const debye = (theta: number): number =>
  integrate(
    (t, out) => {
      out[0] = t / Math.expm1(t) / theta;
    },
    1,
    [{ from: 0, to: theta, singular: 'none' }],
  ).values[0]!;

describe("Kendall's tau by quadrature", () => {
  test.each([
    ['gaussian', { rho: 0.5 }, 1 / 3],
    ['gaussian', { rho: -0.8 }, (2 / Math.PI) * Math.asin(-0.8)],
    ['fgm', { theta: -0.7 }, (-2 * 0.7) / 9],
    ['clayton', { theta: 2 }, 0.5],
    ['gumbel', { theta: 4 }, 0.75],
    ['frank', { theta: 5 }, 1 - (4 / 5) * (1 - debye(5))],
    ['frank', { theta: -5 }, -1 + (4 / 5) * (1 - debye(5))],
  ])('of %s %o is that of the textbook, to 1e-9', (name, parameters, tau) => {
    expect(Math.abs(kendall(entryOf(name).create(parameters)) - tau)).toBeLessThan(1e-9);
  });
});

describe('limits and symmetries', () => {
  const ranks = [0.01, 0.2, 0.5, 0.77, 0.999];
  const pairs = ranks.flatMap((u) => ranks.map((v) => [u, v] as const));
  const all = standardPlugin.copulas!.flatMap((entry) =>
    (entry.examples ?? []).map((parameters) => [entry.name, parameters] as const),
  );

  test.each(all)('%s %o does not change when value and scale are exchanged', (name, parameters) => {
    const C = entryOf(name).create(parameters);
    for (const [u, v] of pairs) {
      expect(Math.abs(C.cdf(u, v) - C.cdf(v, u))).toBeLessThan(1e-15);
      expect(Math.abs(C.density(u, v) / C.density(v, u) - 1)).toBeLessThan(1e-12);
    }
  });

  test.each([
    ['gaussian', { rho: 0.6 }],
    ['frank', { theta: 5 }],
    ['frank', { theta: -5 }],
    ['fgm', { theta: 0.5 }],
  ])('%s %o is its own survival copula', (name, parameters) => {
    const C = entryOf(name).create(parameters);
    for (const [u, v] of pairs) {
      expect(Math.abs(C.conditional(u, v) / C.conditionalSurvival(1 - u, 1 - v) - 1)).toBeLessThan(1e-12);
    }
  });

  test.each([
    ['gaussian', { rho: 0.6 }, { rho: -0.6 }],
    ['frank', { theta: 5 }, { theta: -5 }],
    ['fgm', { theta: 0.5 }, { theta: -0.5 }],
  ])(
    '%s: with the parameter’s sign the dependence turns over, C₋(u, v) = u − C(u, 1 − v)',
    (name, plus, minus) => {
      const [C, D] = [entryOf(name).create(plus), entryOf(name).create(minus)];
      for (const [u, v] of pairs) expect(Math.abs(D.cdf(u, v) - (u - C.cdf(u, 1 - v)))).toBeLessThan(1e-15);
    },
  );

  test.each([
    ['gaussian', { rho: 1e-9 }],
    ['fgm', { theta: 1e-9 }],
    ['clayton', { theta: 1e-9 }],
    ['frank', { theta: 1e-9 }],
    ['gumbel', { theta: 1 + 1e-9 }],
  ])('%s %o is almost independence', (name, parameters) => {
    const C = entryOf(name).create(parameters);
    expect(C.independent).toBe(false);
    for (const [u, v] of pairs) {
      expect(Math.abs(C.cdf(u, v) - u * v)).toBeLessThan(1e-9);
      expect(Math.abs(C.density(u, v) - 1)).toBeLessThan(1e-6);
    }
  });

  test.each([
    ['gaussian', { rho: 1 - 1e-12 }],
    ['clayton', { theta: 1e6 }],
    ['frank', { theta: 1e6 }],
    ['gumbel', { theta: 1e6 }],
  ])('%s %o is almost the comonotone copula min(u, v)', (name, parameters) => {
    const C = entryOf(name).create(parameters);
    for (const [u, v] of pairs) expect(Math.abs(C.cdf(u, v) - Math.min(u, v))).toBeLessThan(2e-6);
    expect(C.conditional(0.3, 0.4)).toBeLessThan(1e-9);
    expect(C.conditionalSurvival(0.4, 0.3)).toBeLessThan(1e-9);
  });
});

describe('the laws of copulas', () => {
  const independent = entryOf('independent').create({});
  const law = (name: string) => copulaLaws.find((each) => each.name === name)!;

  test('refuse a copula that calls itself independent and is not', () => {
    const fgm = { ...independent, cdf: (u: number, v: number) => u * v * (1 + 0.5 * (1 - u) * (1 - v)) };
    expect(law('independence').check(fgm)).toMatchObject({ holds: false });
    expect(law('partial-derivatives').check(fgm)).toMatchObject({ holds: false });
  });

  test('refuse a conditional survival function that is 1 − ∂C/∂v with its cancellation', () => {
    const clayton = entryOf('clayton').create({ theta: 2 });
    const off = { ...clayton, conditionalSurvival: (u: number, v: number) => 1 - clayton.conditional(u, v) };
    expect(law('tail-accuracy').check(off)).toMatchObject({ holds: false });
  });

  test('refuse a copula of which a rectangle has negative mass', () => {
    const bad = { ...independent, cdf: (u: number, v: number) => u * v * (1 + 3 * (1 - u) * (1 - v)) };
    expect(law('2-increasing').check(bad)).toMatchObject({ holds: false });
  });
});
