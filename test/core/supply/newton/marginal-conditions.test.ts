import { type Input, technology } from '@menusmith/core';
import { cobbDouglas } from '@menusmith/plugins';
import { describe, expect, test } from 'vitest';
import { marginalConditions } from '../../../../packages/core/src/supply/newton/marginal-conditions.ts';
import { marginalEvaluator } from '../../../../packages/core/src/supply/newton/marginal-evaluator.ts';
import { expectClose, technologyNamed } from '../../reference-cases.ts';

const noCap = Number.POSITIVE_INFINITY;
const exponents = { x: 0.3, y: 0.2, z: 0.15, u: 0.1 };
const base = { z: 0.7, u: 4 };
const production = cobbDouglas.create({ exponents, base }, { task: ['x', 'y'], shared: ['z', 'u'] });
const inputs: Input[] = [
  { name: 'z', scope: 'shared', cost: 0.4, max: 3 },
  { name: 'x', scope: 'task', cost: 0.1, max: noCap },
  { name: 'u', scope: 'shared', cost: 0.2, max: noCap },
  { name: 'y', scope: 'task', cost: 0.3, max: noCap },
];

describe('the technology', () => {
  test('puts task inputs before shared ones, with their costs and caps', () => {
    const made = technology(production, inputs);
    expect(made.inputs.map((input) => input.name)).toEqual(['x', 'y', 'z', 'u']);
    expect([made.taskCount, made.sharedCount]).toEqual([2, 2]);
    expect([...made.cost]).toEqual([0.1, 0.3, 0.4, 0.2]);
    expect([...made.max]).toEqual([noCap, noCap, 3, noCap]);
  });

  test.each([
    ['its gradient', production],
    ['v alone', { value: production.value }],
  ])('finds the bases of Cobb–Douglas as the scales of the shared inputs, from %s', (_, of) => {
    const { sharedScales } = technology(of, inputs);
    expectClose(sharedScales[0]!, 0.7, 1e-6, 'z');
    expectClose(sharedScales[1]!, 4, 1e-6, 'u');
  });

  test('has scale 0 for a shared input without which there is no quality', () => {
    const essential = cobbDouglas.create(
      { exponents, base: { u: 4 } },
      { task: ['x', 'y'], shared: ['z', 'u'] },
    );
    expect(technology(essential, inputs).sharedScales[0]).toBe(0);
  });

  test('has finite scales however v depends on a shared input', () => {
    const shapes: ((z: number) => number)[] = [
      (z) => 1 + z, // linear
      (z) => 2 - Math.exp(-z),
      () => 1, // not at all
      (z) => 1 + Math.min(z, 1),
      () => Number.NaN,
    ];
    for (const shape of shapes) {
      const { sharedScales } = technology({ value: (_, z) => shape(z[0]!) }, [
        { name: 'z', scope: 'shared', cost: 1, max: noCap },
      ]);
      expect(Number.isFinite(sharedScales[0]) && sharedScales[0]! >= 0).toBe(true);
    }
  });
});

describe('the marginal conditions', () => {
  const made = technology(production, inputs);
  const weights = Float64Array.of(0.5, 0.3, 0.2);
  const values = Float64Array.of(1.2, -0.4, 0.8);
  const state = () => {
    const made3 = marginalConditions(made, 3);
    made3.logX.set([0.2, -0.3, 5, 5, 1, 0.4]);
    made3.z.set([0.9, 0]);
    return made3;
  };

  test('of Cobb–Douglas are those computed by hand; a task of negative value is not served', () => {
    const { evaluate } = marginalEvaluator(made);
    const at = state();
    evaluate(at, weights, values);
    const v = (m: number): number =>
      Math.exp(0.3 * at.logX[2 * m]! + 0.2 * at.logX[2 * m + 1]!) * 1.6 ** 0.15 * 4 ** 0.1;
    for (const m of [0, 2]) {
      expectClose(at.quality[m]!, v(m), 1e-14, 'quality');
      const x = Math.exp(at.logX[2 * m]!);
      expectClose(at.residuals[2 * m]!, Math.log((values[m]! * 0.3 * v(m)) / x / 0.1), 1e-13, 'r', 1);
    }
    expect([at.quality[1], at.residuals[2], at.residuals[3], at.shares[2]]).toEqual([0, 0, 0, 0]);
    const gross = 0.5 * 1.2 * v(0) + 0.2 * 0.8 * v(2);
    expectClose(at.residuals[6]!, Math.log((0.15 * gross) / 1.6 / 0.4), 1e-13, 'R(z)', 1);
    expectClose(at.residuals[7]!, Math.log((0.1 * gross) / 4 / 0.2), 1e-13, 'R(u)', 1);
    expectClose(at.shares[0]! + at.shares[4]!, 1, 1e-14, 'shares');
    expectClose(at.shares[0]!, (0.5 * 1.2 * v(0)) / gross, 1e-14, 'share of task 0');
    const cost = (m: number): number => 0.1 * Math.exp(at.logX[2 * m]!) + 0.3 * Math.exp(at.logX[2 * m + 1]!);
    expectClose(at.profit, gross - 0.5 * cost(0) - 0.2 * cost(2) - 0.4 * 0.9, 1e-14, 'profit');
  });

  test.each([
    [1, 1e-5],
    [8, 1e-12],
  ] as const)('elasticities of order %i are those of Cobb–Douglas to %f', (order, tolerance) => {
    const { evaluate, differentiate } = marginalEvaluator(made);
    const at = state();
    evaluate(at, weights, values);
    differentiate(at, values, order);
    // ∂log(∂v/∂a)/∂log b = e_b − [a = b]; coordinates of shared inputs are log(z + scale), with scale the base.
    const e = [0.3, 0.2, 0.15, 0.1];
    for (const m of [0, 2]) {
      for (let a = 0; a < 4; a++) {
        for (let b = 0; b < 4; b++) {
          const got = at.elasticities[(m * 4 + a) * 4 + b]!;
          expectClose(got, e[b]! - (a === b ? 1 : 0), tolerance, `${a} by ${b} at task ${m}`, 1);
        }
      }
    }
  });

  test('elasticities of v alone have the order-8 accuracy of two differences: 1e-9', () => {
    const { production: of, inputs: named } = technologyNamed('ASYM');
    const bare = technology({ value: of.value }, named);
    const { evaluate, differentiate } = marginalEvaluator(bare);
    const at = marginalConditions(bare, 1);
    at.logX.set([1, -2]);
    at.z.set([0.3]);
    evaluate(at, Float64Array.of(1), Float64Array.of(0.7));
    differentiate(at, Float64Array.of(0.7), 8);
    const e = [0.35, 0.2, 0.15];
    for (let a = 0; a < 3; a++)
      for (let b = 0; b < 3; b++)
        expectClose(at.elasticities[3 * a + b]!, e[b]! - (a === b ? 1 : 0), 1e-9, `${a}${b}`, 1);
  });
});
