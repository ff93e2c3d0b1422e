import { type FiniteProblem, participationOf, profileTypes } from '@menusmith/core';
import { expect, test } from 'vitest';
import { budgetsOf } from '../../../packages/core/src/finite/participation.ts';
import { halfSquares } from './examples.ts';

/** Two tasks of weights ½ and ¼; types (1, 2) and (3, −4). */
const problem: FiniteProblem = {
  types: profileTypes(Float64Array.of(1, 2, 3, -4), Float64Array.of(0.5, 0.25)),
  mass: Float64Array.of(0.75, 0.25),
  supply: halfSquares(2),
};
const worths = (more: Partial<FiniteProblem>) => {
  const { nothing, least } = participationOf({ ...problem, ...more });
  return { nothing: [...nothing], least: [...least] };
};

test('without any terms nothing is worth 0, and nobody is to have more', () => {
  expect(worths({})).toEqual({ nothing: [0, 0], least: [0, 0] });
});

test('who is promised more than nothing is to be given it; who may be left with less is', () => {
  expect(worths({ participation: Float64Array.of(0.5, -0.5) })).toEqual({
    nothing: [0, -0.5],
    least: [0.5, -0.5],
  });
});

test('what she has elsewhere is what nothing is worth, and a promise beyond it holds', () => {
  const elsewhere = Float64Array.of(0.5, 0.25);
  expect(worths({ elsewhere })).toEqual({ nothing: [0.5, 0.25], least: [0.5, 0.25] });
  expect(worths({ elsewhere, participation: Float64Array.of(1, 0) })).toEqual({
    nothing: [0.5, 0.25],
    least: [1, 0.25],
  });
});

test('where a task stands for what is outside, nothing is worth that task: its weight times her value', () => {
  expect(worths({ outsideTask: 1 })).toEqual({ nothing: [0.5, -1], least: [0.5, -1] });
  expect(worths({ outsideTask: 0, participation: Float64Array.of(2, 1) })).toEqual({
    nothing: [0.5, 1.5],
    least: [2, 1.5],
  });
});

test('flows out of a type may exceed those into it by (1 − κ) f', () => {
  expect([...budgetsOf(problem)]).toEqual([0.75, 0.25]);
  expect([...budgetsOf({ ...problem, surplusWeight: 0.75 })]).toEqual([0.1875, 0.0625]);
});
