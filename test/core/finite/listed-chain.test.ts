import {
  certifiedMenu,
  chainProblem,
  chainProposal,
  essentialTypes,
  finiteMenu,
  relativeGap,
} from '@menusmith/core';
import { quadratic } from '@menusmith/plugins';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { anyMass, example1 } from './examples.ts';

const certified = (value: Float64Array, mass: Float64Array, supply = example1.supply, surplusWeight = 0) => {
  const menu = finiteMenu({ value, mass }, supply, { surplusWeight });
  const problem = { ...chainProblem({ value, mass }, supply), surplusWeight };
  const essential = essentialTypes(problem, 0);
  return { menu, found: certifiedMenu(problem, essential, chainProposal(essential, { value, mass }, menu)) };
};

test('a list of thousands of random types, most of them pooled, is certified to rounding by the flows of its chain', () => {
  let state = 1;
  const draw = (): number => {
    state = (1664525 * state + 1013904223) % 2 ** 32;
    return state / 2 ** 32;
  };
  const count = 3000;
  const value = Float64Array.from({ length: count }, () => Math.exp(1.2 * (draw() + draw() + draw() - 1.5)));
  const { menu, found } = certified(value, new Float64Array(count).fill(1 / count));
  expect(new Set(menu.ironedVirtualValue).size).toBeLessThan(0.8 * count);
  expect(Math.abs(relativeGap(found.certificate))).toBeLessThan(1e-12);
  expect(found.certificate.maxIncentiveViolation).toBeLessThan(1e-12 * found.money);
});

test('types alike, without value or without mass change nothing: profit, bound and rents are those of the menu', () => {
  const anyList = fc
    .array(fc.integer({ min: 0, max: 12 }), { minLength: 1, maxLength: 10 })
    .chain((values) =>
      fc.tuple(
        fc.constant(Float64Array.from(values, (value) => value / 6)),
        anyMass(values.length),
        fc.constantFrom(0, 0.4),
      ),
    );
  fc.assert(
    fc.property(anyList, ([value, mass, surplusWeight]) => {
      const supply = quadratic.create({});
      const { menu, found } = certified(value, mass, supply, surplusWeight);
      const { attained, upperBound } = found.certificate;
      expect(upperBound).toBeCloseTo(menu.upperBound, 13);
      expect(attained).toBeCloseTo(menu.upperBound, 13);
      value.forEach((_, k) => {
        expect(found.rents[k]).toBeCloseTo(menu.rent[k]!, 12);
      });
    }),
    { numRuns: 300, seed: 20261130 },
  );
});
