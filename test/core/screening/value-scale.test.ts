import {
  type EfficientSupply,
  iron,
  menuAtScale,
  scaleBreakpoints,
  trueValue,
  type ValueScaleProblem,
  valueScaleTotals,
} from '@menusmith/core';
import { beta, cobbDouglas, quadratic, truncatedNormal } from '@menusmith/plugins';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  distributionNamed,
  expectClose,
  references,
  technologyNamed,
  uniformOn,
  unit,
} from '../reference-cases.ts';

const problemOf = (w: string, s: string, supply: EfficientSupply): ValueScaleProblem => {
  const values = distributionNamed(w);
  return { values, scales: distributionNamed(s), served: iron(values), supply };
};
const profitOf = ({ grossValue, rent, cost }: { grossValue: number; rent: number; cost: number }): number =>
  grossValue - rent - cost;

describe('the reference table of value-scale buyers', () => {
  const compare = (
    row: (typeof references.c_value_scale.rows)[number],
    supply: EfficientSupply,
    tolerance: number,
  ) => {
    const problem = problemOf(row.w, row.s, supply);
    const totals = valueScaleTotals(problem);
    const expected = (key: string): number => Number(row[key]);
    expect(totals.solved).toBe(true);
    expectClose(profitOf(totals), expected('Pi'), tolerance, 'profit');
    expectClose(totals.servedSurplus, expected('Pi'), tolerance, 'served surplus');
    expectClose(totals.grossValue - totals.rent, expected('R'), tolerance, 'revenue');
    expectClose(totals.rent, expected('CS'), tolerance, 'consumer surplus');
    expectClose(totals.grossValue - totals.cost, expected('TW'), tolerance, 'welfare');
    expectClose(totals.excluded, expected('exclusion_mass'), tolerance, 'excluded');
    expectClose(totals.fineTuned, expected('ft_mass'), 10 * tolerance, 'fine-tuned');
    const top = menuAtScale(problem, 1);
    expectClose(top.cutoff, expected('w_cutoff'), tolerance, 'cutoff');
    expectClose(top.fineTuningCutoff, expected('w_ft_at_s1'), tolerance, 'fine-tuning cutoff at s = 1');
    expect(totals.error).toBeLessThan(10 * tolerance);
  };

  test.each(references.c_value_scale.rows)(
    'w ~ $w, s ~ $s, $tech: every number to 1e-12 in closed form',
    (row) => {
      compare(row, technologyNamed(row.tech).closedForm, 1e-12);
    },
  );

  test.each([0, 8, 13].map((i) => references.c_value_scale.rows[i]!))(
    'w ~ $w, s ~ $s, $tech: to 1e-10 from v and its gradient',
    (row) => compare(row, technologyNamed(row.tech).numeric(), 1e-10),
  );
});

test('for w ~ U[0, 1] profit is half the efficient welfare and consumer surplus a quarter, for any technology', () => {
  const share = fc.integer({ min: 1, max: 20 });
  fc.assert(
    fc.property(
      fc.record({ x: share, y: share, z: share, rest: share }),
      fc.record({ x: share, y: share, z: share, base: fc.integer({ min: 0, max: 20 }) }),
      fc.integer({ min: 0, max: 8 }),
      (shares, { base, ...costs }, low) => {
        const total = shares.x + shares.y + shares.z + shares.rest;
        // Near 1 quality is a power of φ beyond 20: nothing but the top types would count.
        fc.pre(shares.rest / total > 0.12);
        const names = ['x', 'y', 'z'] as const;
        const production = cobbDouglas.create(
          {
            exponents: Object.fromEntries(names.map((name) => [name, shares[name] / total])),
            base: { z: base / 10 },
          },
          { task: ['x', 'y'], shared: ['z'] },
        );
        const supply = production.closedForm!(
          names.map((name) => ({
            name,
            scope: name === 'z' ? 'shared' : 'task',
            cost: costs[name] / 20,
            max: Number.POSITIVE_INFINITY,
          })),
        );
        const problem = { values: unit, scales: uniformOn(low / 10, 1), served: iron(unit), supply };
        const totals = valueScaleTotals(problem);
        const efficient = valueScaleTotals({ ...problem, served: trueValue(unit) });
        const welfare = efficient.grossValue - efficient.cost;
        expectClose(profitOf(totals), welfare / 2, 1e-10, 'profit');
        expectClose(totals.rent, welfare / 4, 1e-10, 'consumer surplus');
        expectClose(efficient.servedSurplus, welfare, 1e-11, 'S(w)');
      },
    ),
    { numRuns: 20, seed: 20261122 },
  );
});

test('C = q²/(2s), w and s ~ U[0, 1]: Π = E[s]/12, by hand', () => {
  const totals = valueScaleTotals({
    values: unit,
    scales: unit,
    served: iron(unit),
    supply: quadratic.create({}),
  });
  expectClose(profitOf(totals), 1 / 24, 1e-13);
  expectClose(totals.excluded, 0.5, 1e-13);
  expect(totals.fineTuned).toBe(0);
});

test('Example 1: fine-tuning for the highest value starts at scale ¼, and there the totals have a break', () => {
  // φ > 1/(2√s) at φ = 1.
  const breaks = scaleBreakpoints(problemOf('U[0,1]', 'U[0,1]', technologyNamed('EX1').closedForm));
  expect(breaks).toHaveLength(1);
  expectClose(breaks[0]!, 0.25, 1e-14);
});

test('a bunch at its own value breaks the totals too', () => {
  const row = references.c_value_scale.rows[9]!;
  const { closedForm } = technologyNamed(row.tech);
  const problem = problemOf(row.w, row.s, closedForm);
  // θ̂ = C_q at which fine-tuning starts is φ·√s for this technology: at φ = 1 and at φ̄ of the pool, if that is within reach.
  const start = closedForm.kinks(1, 10)[0]!;
  const level = Number((row.ironing as unknown as { phi_bar: string }[])[0]!.phi_bar);
  const expected = [start ** 2, (start / level) ** 2].filter((s) => s < 1);
  const breaks = scaleBreakpoints(problem);
  for (const s of expected) expect(breaks.some((found) => Math.abs(found - s) < 1e-10)).toBe(true);
});

test('scales that are nearly all alike count: about .4 with sd 1e-4, as in the menu for .4', () => {
  const scales = truncatedNormal.create({ mean: 0.4, sd: 1e-4, min: 0, max: 1 });
  const totals = valueScaleTotals({ values: unit, scales, served: iron(unit), supply: quadratic.create({}) });
  expectClose(profitOf(totals), 0.4 / 12, 1e-11); // linear in s
});

describe('totals', () => {
  /** E over s of the menus’ totals, by another rule: Simpson in s = t², where nothing is singular any more. */
  const byScale = (problem: ValueScaleProblem, steps: number) => {
    const { scales } = problem;
    const ends = [scales.min, ...scaleBreakpoints(problem), scales.max].map(Math.sqrt);
    const sum = { profit: 0, excluded: 0, fineTuned: 0 };
    for (let e = 0; e + 1 < ends.length; e++) {
      const width = (ends[e + 1]! - ends[e]!) / steps;
      for (let i = 0; i <= steps; i++) {
        const t = ends[e]! + i * width;
        const weight = ((i === 0 || i === steps ? 1 : i % 2 === 1 ? 4 : 2) * width) / 3;
        const mass = weight * 2 * t * scales.density(t * t);
        if (!(t > 0) || mass === 0) continue;
        const totals = menuAtScale(problem, t * t).totals();
        sum.profit += mass * profitOf(totals);
        sum.excluded += mass * totals.excluded;
        sum.fineTuned += mass * totals.fineTuned;
      }
    }
    return sum;
  };

  test.each([
    ['U[0,1]', 'Beta(2,3)'],
    ['Beta(2,3)', 'Beta(2,3)'],
    ['0.85Beta(4,10)+0.15Beta(8,2)', 'Beta(2,3)'],
  ])('of w ~ %s, s ~ %s are the expectation of those of single scales', (w, s) => {
    const problem = problemOf(w, s, technologyNamed('EX1').closedForm);
    const totals = valueScaleTotals(problem);
    const expected = byScale(problem, 160);
    expectClose(profitOf(totals), expected.profit, 1e-8, 'profit');
    expectClose(totals.excluded, expected.excluded, 1e-8, 'excluded');
    expectClose(totals.fineTuned, expected.fineTuned, 1e-7, 'fine-tuned');
    expect(totals.error).toBeLessThan(1e-12);
  });

  test('are accurate where densities are infinite at the top of the values', () => {
    const values = beta.create({ a: 1.3, b: 0.7, min: 0, max: 1 });
    const { closedForm: supply } = technologyNamed('EX1');
    const totals = valueScaleTotals({ values, scales: unit, served: iron(values), supply });
    expectClose(profitOf(totals), totals.servedSurplus, 1e-12);
    expect(totals.error).toBeLessThan(1e-12);
  });
});
