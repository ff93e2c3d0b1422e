import {
  type FiniteProblem,
  type FiniteSolver,
  finiteMenu,
  oneDimensionalProposal,
  profileTypes,
  proportionalTypes,
  relativeGap,
  solveFinite,
  supplyTaskByTask,
  valueScaleTypes,
} from '@menusmith/core';
import { quadratic } from '@menusmith/plugins';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

const supply = quadratic.create({}, undefined as never);

const chain: FiniteSolver = {
  refuses: () => undefined,
  *proposals(problem) {
    yield oneDimensionalProposal(problem, proportionalTypes(problem.types)!);
  },
};

const certified = (problem: FiniteProblem) => {
  const solving = solveFinite(problem, chain, 1e-12);
  let step = solving.next();
  while (step.done !== true) step = solving.next();
  return step.value.menu.certificate;
};

const anyChain = fc
  .uniqueArray(fc.integer({ min: 1, max: 400 }), { minLength: 1, maxLength: 14 })
  .chain((values) =>
    fc.tuple(
      fc.constant(Float64Array.from(values, (value) => value / 100)),
      fc.array(fc.double({ min: -9, max: 0, noNaN: true }), {
        minLength: values.length,
        maxLength: values.length,
      }),
    ),
  )
  .map(([values, logs]) => {
    const total = logs.reduce((sum, log) => sum + Math.exp(log), 0);
    return { values, mass: Float64Array.from(logs, (log) => Math.exp(log) / total) };
  });

describe('types that are multiples of one profile', () => {
  test('the ironed chain is certified to rounding, and earns what one-dimensional screening does', () => {
    fc.assert(
      fc.property(anyChain, ({ values, mass }) => {
        const types = valueScaleTypes(values, new Int32Array(values.length).fill(1), Float64Array.of(1));
        const certificate = certified({ types, mass, supply: supplyTaskByTask(supply, 1) });
        expect(Math.abs(relativeGap(certificate))).toBeLessThan(1e-11);
        const { upperBound } = finiteMenu({ value: values, mass }, supply);
        expect(Math.abs(certificate.attained / upperBound - 1)).toBeLessThan(1e-11);
      }),
      { numRuns: 200, seed: 20261124 },
    );
  });

  test('profiles in proportion are served in proportion: two types of ratio 2, C = Σ ω q²/2', () => {
    // w = t (1, ½), t = 1, 2, f = ⅔, ⅓: Π = 3/4 of the one-dimensional problem, times Σ ω w² = (1 + ¼)/2.
    const types = profileTypes(Float64Array.of(1, 0.5, 2, 1), Float64Array.of(0.5, 0.5));
    const problem = { types, mass: Float64Array.of(2 / 3, 1 / 3), supply: supplyTaskByTask(supply, 2) };
    expect(certified(problem).attained).toBeCloseTo((0.75 * 1.25) / 2, 12);
  });

  test('others are not taken for multiples', () => {
    expect(
      proportionalTypes(profileTypes(Float64Array.of(1, 2, 2, 4.001), Float64Array.of(1, 1))),
    ).toBeUndefined();
    expect(
      proportionalTypes(
        valueScaleTypes(Float64Array.of(1, 1), Int32Array.of(1, 2), Float64Array.of(0.5, 0.5)),
      ),
    ).toBeUndefined();
  });
});
