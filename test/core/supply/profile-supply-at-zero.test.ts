import {
  numericProfileSupply,
  type ProductionFunction,
  type ProfileSupply,
  technology,
} from '@menusmith/core';
import { expression } from '@menusmith/plugins';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { anyNumbers, hessianOf, sum, suppliedAt } from '../finite/examples.ts';
import { expectClose } from '../reference-cases.ts';

const TASKS = 4;
const anyCase = fc.tuple(anyNumbers(TASKS, 2, 0.05), anyNumbers(TASKS, 1, 0.05));

const supplyOf = (formula: string, costs: readonly [number, number], isValueOnly = false): ProfileSupply => {
  const whole = expression.create({ formula, parameters: {} }, { task: ['x', 'y'], shared: ['z'] });
  const production: ProductionFunction = isValueOnly ? { value: (x, z) => whole.value(x, z) } : whole;
  const input = (name: string, scope: 'task' | 'shared', cost: number) => ({
    name,
    scope,
    cost,
    max: Number.POSITIVE_INFINITY,
  });
  return numericProfileSupply(
    technology(production, [
      input('x', 'task', costs[0]),
      input('y', 'task', costs[0]),
      input('z', 'shared', costs[1]),
    ]),
    TASKS,
  );
};

describe('√x + √y + √z, infinite marginal products at zero', () => {
  // φ/(2√x) = c and Σωφ/(2√z) = c: q = φ/c + Σωφ/2c, S = Σωφ²/2c + (Σωφ)²/4c, and the Hessian is diag(ω)/c + ωωᵀ/2c.
  const c = 0.2;
  test.each([false, true])('is supplied as in closed form (v alone: %s)', (isValueOnly) => {
    const supply = supplyOf('x^.5 + y^.5 + z^.5', [c, c], isValueOnly);
    fc.assert(
      fc.property(anyCase, fc.integer({ min: 0, max: 8 }), ([ordinary, weights], decades) => {
        const values = ordinary.map((phi) => phi * 10 ** -decades);
        const point = suppliedAt(supply, values, weights);
        const all = sum(values.map((phi, m) => weights[m]! * phi));
        expect(point.solved).toBe(true);
        values.forEach((phi, m) => {
          expectClose(point.quality[m]!, phi / c + all / (2 * c), 1e-10, 'q');
        });
        const own = sum(values.map((phi, m) => weights[m]! * phi ** 2));
        expectClose(point.surplus, own / (2 * c) + all ** 2 / (4 * c), 1e-11, 'S');
        const hessian = hessianOf(point, weights, TASKS);
        for (let a = 0; a < TASKS; a++)
          for (let b = 0; b < TASKS; b++) {
            const expected = (weights[a]! * weights[b]!) / (2 * c) + (a === b ? weights[a]! / c : 0);
            expectClose(hessian.get(a, b), expected, 1e-8, 'H', 1);
          }
      }),
      { numRuns: 40, seed: 20261126 },
    );
  });
});

test('log(1 + x) + log(1 + y) + log(1 + z): inputs start one by one, and a task may have the shared one alone', () => {
  // x = max(0, φ/c − 1), z = max(0, Σωφ/c_z − 1).
  const [c, cz] = [0.6, 0.9];
  const supply = supplyOf('log(1+x) + log(1+y) + log(1+z)', [c, cz]);
  const kept = (phi: number, cost: number): number =>
    phi > cost ? phi * Math.log(phi / cost) - phi + cost : 0;
  fc.assert(
    fc.property(anyCase, ([values, weights]) => {
      const point = suppliedAt(supply, values, weights);
      const all = sum(values.map((phi, m) => weights[m]! * phi));
      expect(point.solved).toBe(true);
      const own = sum(values.map((phi, m) => weights[m]! * kept(phi, c)));
      expectClose(point.surplus, 2 * own + kept(all, cz), 1e-12, 'S', 1);
      values.forEach((phi, m) => {
        const q = 2 * Math.log(Math.max(1, phi / c)) + Math.log(Math.max(1, all / cz));
        expectClose(point.quality[m]!, q, 1e-11, 'q', 1);
      });
    }),
    { numRuns: 60, seed: 20261126 },
  );
});
