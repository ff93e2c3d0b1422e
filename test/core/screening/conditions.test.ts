import {
  bestSupply,
  boundedRents,
  type Condition,
  type EfficientSupply,
  type Input,
  increasingVirtualValue,
  iron,
  nonincreasingMarkup,
  numericSupply,
  technology,
  type ValueScaleProblem,
} from '@menusmith/core';
import { cobbDouglas, expression, quadratic } from '@menusmith/plugins';
import { describe, expect, test } from 'vitest';
import {
  betaOf,
  distributionNamed,
  expectClose,
  quadraticQuantile,
  references,
  technologyNamed,
  uniformOn,
  unit,
} from '../reference-cases.ts';

const problemOf = (w: string, s: string, tech: string): ValueScaleProblem => {
  const values = distributionNamed(w);
  return {
    values,
    scales: distributionNamed(s),
    served: iron(values),
    supply: technologyNamed(tech).closedForm,
  };
};
const named = (conditions: readonly Condition[], name: string): Condition =>
  conditions.find((condition) => condition.name === name)!;
const G1 = '0.95Beta(6,9)+0.05U';

describe('Assumptions 1 and 2', () => {
  test.each(references.c_value_scale.rows)('w ~ $w, s ~ $s, $tech: 1 − the ratios of the table', (row) => {
    // The table has the largest ratio of a grid, which is at most the largest of all.
    const conditions = boundedRents(problemOf(row.w, row.s, row.tech));
    for (const [name, ratio] of [
      ['bounded-rent', row.A1_ratio!],
      ['bounded-rent-tariff', row.A2_ratio!],
    ] as const) {
      const { margin, holds } = named(conditions, name);
      expect(1 - margin, name).toBeGreaterThan(ratio - 6e-5);
      expect(1 - margin, name).toBeLessThan(ratio * (1 + 5e-4));
      expect(holds).toBe(ratio <= 1);
    }
  });

  test('of Beta(2, 3) in Example 1 have at w = s = 1 the ratio of two sums by the trapezoidal rule, to 1e-6', () => {
    // q = 2φ up to φ = ½ and 8φ³ beyond, s q_s = q and 2q; φ = w − (1 − w)(1 + 3w)/(12w) from w = 1/3 on.
    const n = 400_000;
    let sum = 0;
    for (let i = 0; i <= n; i++) {
      const w = 1 / 3 + (2 / 3) * (i / n);
      const phi = w - ((1 - w) * (1 + 3 * w)) / (12 * w);
      sum += ((i === 0 || i === n ? 0.5 : 1) * (phi < 0.5 ? 2 * phi : 16 * phi ** 3) * (2 / 3)) / n;
    }
    const [first, second] = boundedRents(problemOf('Beta(2,3)', 'U[0,1]', 'EX1'));
    expectClose(1 - first!.margin, sum / 8, 1e-6);
    expectClose(1 - second!.margin, sum / 4, 1e-6);
    expect([first!.at.value, first!.at.scale]).toEqual([1, 1]);
  });

  test('with a jump of quality that moves with the scale: of √x + √y + z, z ≤ 2, the rent has the jump’s term', () => {
    // With costs .2, φ = 2w − 1: q = 5sφ, and 2s more from φ = .2/s on, where w = k* = ½ + .1/s. Of ∫ s q_s dk to w = 1 that is
    // 1.25 s + 2s(½ − .1/s) + s·2s·.1/s² = 2.25 s, the last for the jump; w q = 7s, and −C_s = 7 − 2.5: ratios 9/28 and ½ at every scale.
    const input = (name: string, scope: 'task' | 'shared', max = Number.POSITIVE_INFINITY): Input => ({
      name,
      scope,
      cost: 0.2,
      max,
    });
    const made = expression.create(
      { formula: 'x^.5 + y^.5 + z', parameters: {} },
      { task: ['x', 'y'], shared: ['z'] },
    );
    const supply = numericSupply(
      technology(made, [input('x', 'task'), input('y', 'task'), input('z', 'shared', 2)]),
    );
    const [first, second] = boundedRents({ values: unit, scales: unit, served: iron(unit), supply });
    expectClose(first!.margin, 1 - 9 / 28, 1e-7);
    expectClose(second!.margin, 1 / 2, 1e-7);
  });

  test('with two models have the ratios of each alone where q is homogeneous: 1/4 and 1/2 of U[0, 1] at w = 1', () => {
    const modelOf = (tokens: number, tuning: number): EfficientSupply =>
      cobbDouglas.create(
        { exponents: { x: 0.25, y: 0.25, z: 0.25 }, base: { z: 1 } },
        { task: ['x', 'y'], shared: ['z'] },
      ).closedForm!([
        { name: 'x', scope: 'task', cost: tokens, max: Number.POSITIVE_INFINITY },
        { name: 'y', scope: 'task', cost: tokens, max: Number.POSITIVE_INFINITY },
        { name: 'z', scope: 'shared', cost: tuning, max: Number.POSITIVE_INFINITY },
      ]);
    const supply = bestSupply([
      { name: 'small', supply: modelOf(0.125, 0.125) },
      { name: 'large', supply: modelOf(0.16, 0.04) },
    ]);
    const [first, second] = boundedRents({ values: unit, scales: unit, served: iron(unit), supply });
    expectClose(first!.margin, 3 / 4, 1e-4);
    expectClose(second!.margin, 1 / 2, 1e-4);
  });

  test('fail where ERRATA G says: A1 by 1.1257 or more for .02U + .98Beta(4,9) with σ = .04, γ = .7', () => {
    const values = distributionNamed('0.98Beta(4,9)+0.02U');
    const production = cobbDouglas.create(
      { exponents: { x: 0.02, y: 0.02, z: 0.7 }, base: { z: 0.1 } },
      { task: ['x', 'y'], shared: ['z'] },
    );
    const supply = production.closedForm!([
      { name: 'x', scope: 'task', cost: 0.02, max: Number.POSITIVE_INFINITY },
      { name: 'y', scope: 'task', cost: 0.02, max: Number.POSITIVE_INFINITY },
      { name: 'z', scope: 'shared', cost: 0.05, max: Number.POSITIVE_INFINITY },
    ]);
    const [first, second] = boundedRents({ values, scales: unit, served: iron(values), supply });
    expect([first!.holds, second!.holds]).toEqual([false, false]);
    expect(1 - first!.margin).toBeGreaterThanOrEqual(1.1257);
    expect(1 - first!.margin).toBeLessThan(1.14);
    expect(Math.abs(first!.at.value! - 0.77)).toBeLessThan(0.04);
    // Of Cobb–Douglas the two ratios are in the proportion 1 − σ.
    expectClose((1 - first!.margin) / (1 - second!.margin), 0.96, 1e-4);
  });

  test('of U[w̲, 1] the tariff ratio is at most (2w − 1)/(2w) ≤ ½, with equality for w̲ ≤ ½ at w = s = 1', () => {
    const [, second] = boundedRents(problemOf('U[0,1]', 'U[0,1]', 'EX1'));
    expect(Math.abs(1 - second!.margin - 0.5)).toBeLessThan(1e-4);
    expectClose(second!.at.value!, 1, 1e-6);
    const values = uniformOn(0.8, 1);
    const [, above] = boundedRents({ ...problemOf('U[0,1]', 'U[0,1]', 'EX1'), values, served: iron(values) });
    expect(1 - above!.margin).toBeLessThan(0.5);
  });

  test('where the cost is given outright the second is left out: C = q²/(2s) has ∫ s q_s dk/(wq) = (2w − 1)/(4w) ≤ ¼', () => {
    const conditions = boundedRents({
      values: unit,
      scales: unit,
      served: iron(unit),
      supply: quadratic.create({}),
    });
    expect(conditions.map(({ name }) => name)).toEqual(['bounded-rent']);
    expectClose(1 - conditions[0]!.margin, 0.25, 1e-4);
  });
});

describe('an increasing virtual value', () => {
  test('has the margin min φ′: 2 for uniform values, .1779 for G1 up to its sample', () => {
    const uniform = increasingVirtualValue(iron(unit));
    expect(uniform.holds).toBe(true);
    expectClose(uniform.margin, 2, 1e-9);
    const g1 = increasingVirtualValue(iron(distributionNamed(G1)));
    expect(g1.holds).toBe(true);
    expectClose(g1.margin, 0.17790167822, 1e-4);
  });

  test('does not hold where types that buy are bunched, and does where only the excluded are', () => {
    const bunched = increasingVirtualValue(iron(distributionNamed('0.85Beta(4,10)+0.15Beta(8,2)')));
    expect([bunched.holds, bunched.margin < 0]).toEqual([false, true]);
    expect(increasingVirtualValue(iron(quadraticQuantile)).holds).toBe(false);
    const excluded = iron(distributionNamed('0.5Beta(2,8)+0.5Beta(8,2)'));
    expect(excluded.pools).toHaveLength(1);
    expect(increasingVirtualValue(excluded).holds).toBe(true);
  });
});

describe('a nonincreasing markup', () => {
  test.each([
    ['U[0,1]', unit],
    ['U[1,2]', uniformOn(1, 2)],
    ['Beta(2,3)', betaOf(2, 3)],
    ['TruncNormal', distributionNamed('TruncNormal(0.5,0.2;[0,1])')],
  ])('holds for %s', (_, distribution) => {
    const { holds, margin } = nonincreasingMarkup(iron(distribution));
    expect(holds).toBe(true);
    expect(margin).toBeGreaterThan(0);
  });

  test('of U[0, 1] has the margin 1/(2θ − 1) − 0 at its least, at θ = 1: −dlog m/dlog θ = 2θ/(2θ − 1) − 1', () => {
    const { margin, at } = nonincreasingMarkup(iron(unit));
    expectClose(margin, 1, 1e-2);
    expect(at.value).toBeGreaterThan(0.98);
  });

  test('fails for G1 where m rises, within [.652, .800], by the steepest rise', () => {
    const ironed = iron(distributionNamed(G1));
    const { holds, margin, at } = nonincreasingMarkup(ironed);
    expect(holds).toBe(false);
    expect(at.value).toBeGreaterThan(0.65201);
    expect(at.value).toBeLessThan(0.80049);
    // The steepest secant of log m over log θ, on a fine grid.
    let least = Number.POSITIVE_INFINITY;
    const markup = (theta: number): number => Math.log(theta / ironed.at(theta));
    for (let i = 0; i < 400; i++) {
      const theta = 0.65 + (0.151 * i) / 400;
      const h = 1e-4;
      least = Math.min(least, -(markup(theta + h) - markup(theta - h)) / Math.log((theta + h) / (theta - h)));
    }
    expectClose(margin, least, 2e-3);
  });

  test('fails on a bunch by −1 or more', () => {
    const { holds, margin, at } = nonincreasingMarkup(
      iron(distributionNamed('0.85Beta(4,10)+0.15Beta(8,2)')),
    );
    expect(holds).toBe(false);
    expect(margin).toBeLessThanOrEqual(-1 + 1e-9);
    expect(at.value).toBeGreaterThan(0.369);
    expect(at.value).toBeLessThan(0.68);
  });
});
