import { essentialTypes, type FiniteProblem, profileTypes, valueScaleTypes } from '@menusmith/core';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { anyProblem, curvedExample1, halfSquares, inWords, solved, sum, suppliedAt } from './examples.ts';

const profile = ({ types }: FiniteProblem, n: number): Float64Array =>
  Float64Array.from(types.weights, (_, m) => types.valueAt(n, m));

/** S(w_n), task by task. */
const surplusOf = (problem: FiniteProblem, n: number): number =>
  suppliedAt(problem.supply, profile(problem, n), problem.types.weights).surplus;

test('types that are alike become one with the mass of all, and types without value none', () => {
  fc.assert(
    fc.property(anyProblem, (whole) => {
      const { problem, representative } = essentialTypes(whole, 0);
      const members = (i: number): number[] =>
        [...representative.keys()].filter((n) => representative[n] === i);
      const kept = new Set<string>();
      for (let i = 0; i < problem.types.count; i++) {
        const own = [...profile(problem, i)].join();
        expect(kept.has(own)).toBe(false);
        kept.add(own);
        for (const n of members(i)) expect([...profile(whole, n)].join()).toBe(own);
        expect(problem.mass[i]).toBeCloseTo(sum(members(i).map((n) => whole.mass[n]!)), 15);
      }
      representative.forEach((i, n) => {
        expect(i < 0).toBe(!(surplusOf(whole, n) > 0));
      });
    }),
    { numRuns: 150, seed: 20261125 },
  );
});

test('the first best is Σ f S(w), of all types', () => {
  fc.assert(
    fc.property(anyProblem, (whole) => {
      const { firstBest, surpluses } = essentialTypes(whole, 0.1);
      const expected = Array.from(whole.mass, (_, n) => surplusOf(whole, n));
      expected.forEach((surplus, n) => {
        expect(surpluses[n]).toBeCloseTo(surplus, 13);
      });
      expect(firstBest).toBeCloseTo(sum(expected.map((surplus, n) => whole.mass[n]! * surplus)), 13);
    }),
    { numRuns: 200, seed: 20261125 },
  );
});

describe('types that are left out', () => {
  test('have an efficient surplus of at most `negligible` times the whole together, and as many are left out as may be', () => {
    fc.assert(
      fc.property(anyProblem, fc.constantFrom(1e-3, 0.03, 0.3), (whole, negligible) => {
        const { representative, leftOut, firstBest, problem } = essentialTypes(whole, negligible);
        const size = (n: number): number => whole.mass[n]! * surplusOf(whole, n);
        const left = [...representative.keys()].filter((n) => representative[n]! < 0);
        expect(leftOut).toBeCloseTo(sum(left.map(size)), 14);
        expect(leftOut).toBeLessThanOrEqual(negligible * firstBest);
        // The least of those that stay would not have fitted.
        const staying = Array.from(
          { length: problem.types.count },
          (_, i) =>
            problem.mass[i]! * suppliedAt(problem.supply, profile(problem, i), problem.types.weights).surplus,
        );
        if (staying.length > 0)
          expect(leftOut + Math.min(...staying)).toBeGreaterThan(negligible * firstBest * (1 - 1e-12));
      }),
      { numRuns: 150, seed: 20261125 },
    );
  });

  test('cost no more than `leftOut`: the optimum without them is that much below the whole at most', () => {
    fc.assert(
      fc.property(anyProblem, (whole) => {
        const { problem, leftOut } = essentialTypes(whole, 0.3);
        fc.pre(problem.types.count > 1 && leftOut > 0);
        const without = solved(problem).menu.certificate.upperBound;
        const { attained } = solved(whole).menu.certificate;
        expect(attained, inWords(whole)).toBeLessThanOrEqual(without + leftOut + 1e-12);
      }),
      { numRuns: 40, seed: 20261125 },
    );
  });
});

test('none are left of a population that is worth nothing', () => {
  const types = valueScaleTypes(Float64Array.of(0, 1), Int32Array.of(1, 0), Float64Array.of(1));
  const { problem, representative, firstBest, leftOut } = essentialTypes(
    { types, mass: Float64Array.of(0.5, 0.5), supply: curvedExample1(1) },
    1e-12,
  );
  expect(problem.types.count).toBe(0);
  expect([...representative]).toEqual([-1, -1]);
  expect([firstBest, leftOut]).toEqual([0, 0]);
});

test('types without mass are left out however much they would pay', () => {
  const types = profileTypes(Float64Array.of(1, 100), Float64Array.of(1));
  const essential = essentialTypes({ types, mass: Float64Array.of(1, 0), supply: halfSquares(1) }, 0);
  expect([...essential.representative]).toEqual([0, -1]);
  expect(essential.firstBest).toBe(0.5);
});

test('who is promised more than nothing stays, however little could be made of her', () => {
  const types = profileTypes(Float64Array.of(1, 2, 0.5), Float64Array.of(1));
  const mass = Float64Array.of(0.5, 0.5 - 1e-9, 1e-9);
  const left = essentialTypes({ types, mass, supply: halfSquares(1) }, 1e-3);
  expect([...left.representative]).toEqual([0, 1, -1]);
  const promised = { types, mass, supply: halfSquares(1), participation: Float64Array.of(0, 0, 0.01) };
  const kept = essentialTypes(promised, 1e-3);
  expect([...kept.representative]).toEqual([0, 1, 2]);
  expect([...kept.problem.participation!]).toEqual([0, 0, 0.01]);
  // Without mass nobody has to be kept.
  const none = essentialTypes({ ...promised, mass: Float64Array.of(0.5, 0.5, 0) }, 1e-3);
  expect([...none.representative]).toEqual([0, 1, -1]);
});
