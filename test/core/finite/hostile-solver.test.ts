import {
  type EfficientSupply,
  type FiniteProblem,
  type FiniteSolver,
  type Proposal,
  profilesTaskByTask,
  profileTypes,
  solveFinite,
  statusOf,
  supplyTaskByTask,
} from '@menusmith/core';
import { linear, quadratic } from '@menusmith/plugins';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

const TOLERANCE = 1e-8;

/** Two types θ = (1, 2), f = (2/3, 1/3). With C = q²/2 the optimum is q = (½, 2), T = (½, 3.5), Π = 3/4, by the flow λ_HL = 1/3. */
const twoTypes = (supply: EfficientSupply): FiniteProblem => ({
  types: profileTypes(Float64Array.of(1, 2), Float64Array.of(1)),
  mass: Float64Array.of(2 / 3, 1 / 3),
  supply: supplyTaskByTask(supply, 1),
  cost: supply.form!,
});
const halfSquare = twoTypes(quadratic.create({}));
const goods = twoTypes(linear.create({ rate: 0, max: 1 }));

const floats = (numbers: readonly number[]): Float64Array => Float64Array.from(numbers);
const flowsOf = (from: number[], to: number[], amount: number[]): Proposal['flows'] => ({
  from: Int32Array.from(from),
  to: Int32Array.from(to),
  amount: floats(amount),
});
const honest: Proposal = {
  flows: flowsOf([1], [0], [1 / 3]),
  rents: floats([0, 0.5]),
  iterations: 1,
  expectedGap: 0,
};
const qualities = (...quality: number[]): Proposal['quality'] & object =>
  profilesTaskByTask(floats(quality), 1);

const solverOf = (...proposals: readonly Proposal[]): FiniteSolver => ({
  refuses: () => undefined,
  proposals: () => proposals,
});

const solved = (problem: FiniteProblem, solver: FiniteSolver) => {
  const solve = solveFinite(problem, solver, TOLERANCE);
  let step = solve.next();
  while (!step.done) step = solve.next();
  const { menu } = step.value;
  return { ...menu.certificate, status: statusOf(menu.certificate, TOLERANCE, menu.money) };
};

test('an honest proposal is certified optimal, whoever makes it', () => {
  expect(solved(halfSquare, solverOf(honest)).status).toBe('optimal');
  expect(solved(halfSquare, solverOf({ ...honest, quality: qualities(0.5, 2) })).status).toBe('optimal');
});

describe.each<[string, Partial<Proposal>]>([
  ['negative flows', { flows: flowsOf([1], [0], [-1 / 3]) }],
  ['NaN among flows', { flows: flowsOf([1], [0], [Number.NaN]) }],
  ['infinite flows', { flows: flowsOf([1], [0], [Number.POSITIVE_INFINITY]) }],
  ['huge flows in a circle', { flows: flowsOf([1, 0], [0, 1], [1e9, 1e9]) }],
  ['flows between types that do not exist', { flows: flowsOf([7, -3], [0, 1], [1 / 3, 1 / 3]) }],
  ['flows from a type to herself', { flows: flowsOf([1, 0], [1, 0], [1 / 3, 1 / 3]) }],
  ['flows without ends', { flows: flowsOf([1], [], [1 / 3]) }],
  ['flows without amounts', { flows: flowsOf([1], [0], []) }],
  ['no flows, so that the high type gains from the low item', { flows: flowsOf([], [], []) }],
  ['NaN among rents', { rents: floats([0, Number.NaN]) }],
  ['infinite rents', { rents: floats([0, Number.POSITIVE_INFINITY]) }],
  ['rents of too few types', { rents: floats([0]) }],
  ['no rents', { rents: floats([]) }],
  ['rents of too many types', { rents: floats([0, 0.5, 0.5]) }],
  ['rents that are too high', { rents: floats([0.1, 0.6]) }],
  ['NaN among qualities', { quality: qualities(Number.NaN, 2) }],
  ['negative quality', { quality: qualities(-0.5, 2) }],
  ['infinite quality', { quality: qualities(0.5, Number.POSITIVE_INFINITY) }],
  ['qualities of too few types', { quality: qualities(0.5) }],
  ['no qualities', { quality: qualities() }],
  ['qualities that are not incentive compatible', { quality: qualities(2, 0.5) }],
  ['first-best qualities at second-best rents', { quality: qualities(1, 2) }],
])('a solver that proposes %s', (_, lie) => {
  test('and claims to be done ends feasible at best, never above the optimum', () => {
    const { status, attained } = solved(halfSquare, solverOf({ ...honest, ...lie }));
    expect(status).not.toBe('optimal');
    if (status === 'feasible') expect(attained).toBeLessThanOrEqual(0.75 + 1e-12);
  });

  test('does no harm beside an honest proposal, before or after it', () => {
    const liar = { ...honest, ...lie };
    expect(solved(halfSquare, solverOf(liar, honest)).status).toBe('optimal');
    expect(solved(halfSquare, solverOf(honest, liar)).status).toBe('optimal');
  });
});

test('a solver without proposals ends uncertified', () => {
  expect(solved(halfSquare, solverOf()).status).toBe('uncertified');
});

test('quality beyond the cap is not sold', () => {
  const { status } = solved(goods, solverOf({ ...honest, quality: qualities(5, 5), rents: floats([0, 5]) }));
  expect(status).not.toBe('optimal');
});

test('quality given outright is worth nothing where the cost of it is not known', () => {
  const { cost: _cost, ...unknown } = halfSquare;
  expect(solved(unknown, solverOf({ ...honest, quality: qualities(0.5, 2) })).status).toBe('uncertified');
});

test('random numbers are never certified, and never earn more than the optimum or bound it from below', () => {
  const any = fc.oneof(
    fc.double({ min: -3, max: 3 }),
    fc.constantFrom(0, 0.5, 1 / 3, 2, Number.NaN, Number.POSITIVE_INFINITY),
  );
  const some = fc.array(any, { maxLength: 3 });
  const types = fc.array(fc.integer({ min: -1, max: 2 }), { maxLength: 3 });
  fc.assert(
    fc.property(
      types,
      types,
      some,
      some,
      fc.option(fc.tuple(any, any), { nil: undefined }),
      (from, to, amount, rents, quality) => {
        const { status, attained, upperBound } = solved(
          halfSquare,
          solverOf({
            flows: flowsOf(from, to, amount),
            rents: floats(rents),
            ...(quality === undefined ? {} : { quality: qualities(...quality) }),
            iterations: 1,
            expectedGap: 0,
          }),
        );
        if (!Number.isNaN(attained)) expect(attained).toBeLessThanOrEqual(0.75 + 1e-9);
        if (!Number.isNaN(upperBound)) expect(upperBound).toBeGreaterThanOrEqual(0.75 - 1e-9);
        // The optimum itself may be hit: then, and only then.
        if (status === 'optimal') expect(Math.abs(attained - 0.75)).toBeLessThanOrEqual(1e-7);
      },
    ),
    { numRuns: 2000, seed: 20261124 },
  );
});
