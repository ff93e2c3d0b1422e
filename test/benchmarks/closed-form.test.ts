import { createRegistry, type ProductionTechnology, readStudy, standardPlugin } from '@menusmith/app';
import type { Minimizer } from '@menusmith/core';
import { supplyPoint, technology } from '@menusmith/core';
import { describe, expect, test } from 'vitest';
import { fixedRule } from '../../benchmarks/closed-form/fixed-rule.ts';
import { minimizedSupply, minimizerCount } from '../../benchmarks/closed-form/minimized-supply.ts';
import { quantitiesOf, worstError } from '../../benchmarks/closed-form/quantities.ts';
import { ownPaths } from '../../benchmarks/closed-form/supply-paths.ts';
import { drawnTechnologies, technologyJobs } from '../../benchmarks/closed-form/technology-jobs.ts';
import { powerOf, table } from '../../benchmarks/section.ts';
import { timingOf } from '../../benchmarks/timing.ts';

const registry = createRegistry([standardPlugin]);
const studyOf = (name: string) => readStudy(`benchmarks/cases/closed-form/${name}.yaml`, registry);

describe('a fixed rule', () => {
  test('of n nodes is exact to degree 2n − 1 on every piece', () => {
    const { nodes, weights } = fixedRule(
      [
        { from: 0, to: 1, singular: 'none' },
        { from: 1, to: 3, singular: 'none' },
      ],
      3,
    );
    const sum = weights.reduce((total, weight, i) => total + weight * nodes[i]! ** 5, 0);
    expect(Math.abs(sum / (3 ** 6 / 6) - 1)).toBeLessThan(1e-14);
  });

  test.each(['from', 'to', 'both'] as const)(
    'integrates a fourth root at a singular end (%s) well',
    (end) => {
      // ∫ x^¼ = 4/5 with t⁴ for x is a polynomial of degree 4; the other end, or a half of it, is smooth.
      const { nodes, weights } = fixedRule([{ from: 0, to: 1, singular: end }], 12);
      const root = (x: number): number => (end === 'to' ? 1 - x : x) ** 0.25;
      const sum = weights.reduce((total, weight, i) => total + weight * root(nodes[i]!), 0);
      expect(Math.abs(sum / 0.8 - 1)).toBeLessThan(end === 'both' ? 1e-6 : 1e-13);
    },
  );
});

describe('supply by a general minimizer', () => {
  /** Gradient descent with halving, slow but sure: what is tested is the problem, not the package. */
  const descent: Minimizer = {
    usesGradient: true,
    propose: ({ objective, gradient, start }) => {
      let x = [...start];
      for (let step = 0; step < 4000; step++) {
        const slope = gradient(x);
        let length = 4;
        const value = objective(x);
        const at = (l: number): number[] => x.map((each, i) => each - l * slope[i]!);
        while (length > 1e-12 && !(objective(at(length)) < value)) length /= 2;
        x = at(length);
      }
      return x;
    },
  };

  test('is the closed form where the minimizer is a good one', async () => {
    const study = await studyOf('example-1-allocations');
    const { production, inputs } = study.technology as ProductionTechnology;
    const count = minimizerCount();
    const point = supplyPoint(inputs.length);
    const right = supplyPoint(inputs.length);
    minimizedSupply(technology(production, inputs), descent, count).supply(0.8, 0.7, point);
    production.closedForm!(inputs).supply(0.8, 0.7, right);
    expect(Math.abs(point.quality / right.quality - 1)).toBeLessThan(1e-3);
    expect(Math.abs(point.surplus / right.surplus - 1)).toBeLessThan(1e-6);
  });

  test('counts a proposal that is not optimal as a failure', async () => {
    const study = await studyOf('example-1-allocations');
    const { production, inputs } = study.technology as ProductionTechnology;
    const count = minimizerCount();
    const lazy: Minimizer = { usesGradient: false, propose: ({ start }) => start };
    const point = supplyPoint(inputs.length);
    minimizedSupply(technology(production, inputs), lazy, count).supply(0.8, 0.7, point);
    expect(point.solved).toBe(false);
    expect(count.asked).toBe(1);
    expect([...count.failures]).toEqual([['not-stationary', 1]]);
  });
});

describe.each(['example-1-allocations', 'example-1-packages', 'two-types'])('on %s', (name) => {
  test('every quantity of our paths is the closed form’s to 1e-9', async () => {
    for (const quantity of quantitiesOf(await studyOf(name)))
      for (const path of ownPaths)
        expect(
          worstError(quantity.prepare(path, 24)(), quantity.right),
          `${quantity.name}, ${path.name}`,
        ).toBeLessThan(1e-9);
  });
});

test('technologies at random are the same at every run, and our paths right for each', async () => {
  const drawn = drawnTechnologies(25);
  expect(drawnTechnologies(25)).toEqual(drawn);
  const work = await technologyJobs.prepare(null);
  const done = await Promise.all(drawn.map((each) => work({ drawn: each, hasMinimizers: false })));
  const errors = done.flatMap((paths) => paths ?? []);
  expect(errors.length).toBeGreaterThan(40);
  for (const { path, error, isSolved } of errors)
    expect([path, isSolved, error < 1e-8]).toEqual([path, true, true]);
});

test('a number that is missing is infinitely wrong', () => {
  expect(worstError([1, Number.NaN], [1, 2])).toBe(Number.POSITIVE_INFINITY);
  expect(worstError([1], [1, 2])).toBe(Number.POSITIVE_INFINITY);
  expect(worstError([1, 2.02], [1, 2])).toBeCloseTo(0.01, 12);
});

test('a power law has its exponent, a list its quartiles, a table its bars', () => {
  expect(powerOf([1, 2, 5, 9].map((x) => ({ x, y: 3 * x ** 1.3 })))).toBeCloseTo(1.3, 12);
  expect(timingOf([4, 1, 3, 2, 5])).toEqual({ median: 3, lower: 2, upper: 4, p95: 5, runs: 5 });
  expect(table(['a', 'b'], [['1', '2']])).toBe('| a | b |\n| :-- | --: |\n| 1 | 2 |');
});
