import {
  createRegistry,
  type ProductionTechnology,
  parseStudy,
  solveStudy,
  standardPlugin,
} from '@menusmith/app';
import { type FiniteSolver, supplyPoint } from '@menusmith/core';
import { describe, expect, test } from 'vitest';
import { readCases } from '../../benchmarks/cases.ts';
import { cobbDouglasCost, marginalCosts } from '../../benchmarks/solvers/cobb-douglas-cost.ts';
import { conicSolver } from '../../benchmarks/solvers/conic.ts';
import { externalScripts, externalSolver, pythonFor } from '../../benchmarks/solvers/external.ts';
import { highsQuadratic } from '../../benchmarks/solvers/highs-quadratic.ts';

const registry = createRegistry([standardPlugin]);
const profit = (text: object, name?: string, solver?: FiniteSolver) => {
  const study = parseStudy(JSON.stringify({ name: 'case', ...text }), { file: 'case', registry });
  const asked = solver
    ? { ...study, solver: { ...study.solver, use: name!, finite: [{ name: name!, solver }] } }
    : study;
  return solveStudy(asked).result;
};

const small = {
  production: {
    use: 'cobb-douglas',
    exponents: { input: 0.3, output: 0.2, fineTuning: 0.15 },
    base: { fineTuning: 0.5 },
  },
  inputs: {
    input: { scope: 'task', cost: 0.1 },
    output: { scope: 'task', cost: 0.2 },
    fineTuning: { scope: 'shared', cost: 0.05 },
  },
  buyers: {
    kind: 'profiles',
    tasks: { weights: [0.5, 0.3, 0.2] },
    types: [
      { mass: 2, values: [0.5, 0.9, 0.3] },
      { mass: 1, values: [1.2, 0.4, 0.8] },
      { mass: 1, values: [0.6, 0.7, 1.1] },
    ],
  },
};
const quadratic = { cost: { use: 'quadratic' }, buyers: small.buyers };
const cost = () => {
  const { technology } = parseStudy(JSON.stringify({ name: 'case', ...small }), { file: 'case', registry });
  return cobbDouglasCost(technology as ProductionTechnology)!;
};

test('the cost that other solvers are given has the marginal costs that supply has', () => {
  // q efficient for φ: marginal cost at q is φ.
  const study = parseStudy(JSON.stringify({ name: 'case', ...small }), { file: 'case', registry });
  const { production, inputs } = study.technology as ProductionTechnology;
  const supply = production.closedForm!(inputs);
  for (const value of [0.2, 0.6, 1.5]) {
    const point = supplyPoint(3);
    supply.supply(value, 1, point);
    const [found] = marginalCosts(cost(), Float64Array.of(point.quality), Float64Array.of(1));
    expect(Math.abs(found! / value - 1)).toBeLessThan(1e-13);
  }
});

describe('from outside', () => {
  test('the conic program earns what our interior point does, by its own multipliers', async () => {
    const solver = conicSolver(cost());
    await solver.prepare!();
    const [ours, theirs] = [profit(small), profit(small, 'conic', solver)];
    expect(theirs.status).toBe('optimal');
    expect(Math.abs(theirs.profit! / ours.profit! - 1)).toBeLessThan(1e-7);
  });

  test('HiGHS’s quadratic program as well', async () => {
    const solver = highsQuadratic(20);
    await solver.prepare!();
    const [ours, theirs] = [profit(quadratic), profit(quadratic, 'highs-qp', solver)];
    expect(theirs.status).toBe('optimal');
    expect(Math.abs(theirs.profit! / ours.profit! - 1)).toBeLessThan(1e-7);
  });

  describe.each(externalScripts)('$name', (script) => {
    const python = pythonFor(script);
    test.skipIf(python === undefined)('as well, certified from here', () => {
      const run = { seconds: Number.NaN, status: '' };
      const [text, costs] = script.takesCobbDouglas ? [small, cost()] : [quadratic, undefined];
      const solver = externalSolver(script, python!.command, costs, 20, run);
      const [ours, theirs] = [profit(text), profit(text, script.name, solver)];
      expect(theirs.profit! / ours.certificate.upperBound!).toBeLessThan(1 + 1e-10);
      expect(theirs.profit! / ours.profit!).toBeGreaterThan(1 - 1e-4);
      expect(run.seconds).toBeGreaterThan(0);
    });
  });
});

test('every benchmark case is a study', async () => {
  for (const folder of ['closed-form', 'finite', 'growth'] as const) {
    const cases = await readCases(folder, (member) => member.isLarge !== true);
    expect(cases.length).toBeGreaterThan(3);
    expect(new Set(cases.map(({ name, size }) => `${name} ${size}`)).size).toBe(cases.length);
  }
});
