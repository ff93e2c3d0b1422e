import {
  type Distribution,
  iron,
  nonincreasingMarkup,
  representativeDistribution,
  representativeType,
  scaleMenu,
  trueValue,
} from '@menusmith/core';
import { describe, expect, test } from 'vitest';
import {
  betaOf,
  distributionNamed,
  expectClose,
  mixture,
  references,
  technologyNamed,
  uniformOn,
  unit,
} from '../reference-cases.ts';

test('θ = w s^{1−σ}, and 0 where either is', () => {
  expectClose(representativeType(0.8, 0.25, 0.5), 0.4, 1e-15);
  expect(representativeType(0, 0.5, 0.3)).toBe(0);
  expect(representativeType(0.7, 0, 0.3)).toBe(0);
  expect(representativeType(0.7, 1, 0.3)).toBe(0.7);
});

describe.each(references.d_token_packages.rows)('token packages, w ~ $w, s ~ $s, $tech', (row) => {
  const { closedForm, degree } = technologyNamed(row.tech);
  const types = representativeDistribution(distributionNamed(row.w), distributionNamed(row.s), degree);
  const ironed = iron(types);

  test('density, survival and φ of the table’s points to 1e-10', () => {
    for (const { theta, density, survival, phi } of row.points) {
      expectClose(types.density(theta), density, 1e-10, `f(${theta})`);
      expectClose(types.survival(theta), survival, 1e-10, `1 − F(${theta})`);
      expectClose(types.cdf(theta), 1 - survival, 1e-10, `F(${theta})`);
      expectClose(ironed.virtualValue(theta), phi, 1e-10, `φ(${theta})`, theta);
    }
  });

  test('profit, revenue, consumer surplus, cutoffs and shares to 1e-10', () => {
    const menu = scaleMenu({ types, served: ironed, supply: closedForm, scale: 1 });
    const { grossValue, rent, cost, servedSurplus, excluded, fineTuned, error } = menu.totals();
    expectClose(grossValue - rent - cost, row.Pi!, 1e-10, 'profit');
    expectClose(servedSurplus, row.Pi!, 1e-10, 'served surplus');
    expectClose(grossValue - rent, row.R!, 1e-10, 'revenue');
    expectClose(rent, row.CS!, 1e-10, 'consumer surplus');
    expectClose(menu.cutoff, row.cutoff!, 1e-10, 'cutoff');
    expectClose(menu.fineTuningCutoff, row.ft_cutoff!, 1e-10, 'fine-tuning cutoff');
    expectClose(excluded, row.exclusion_mass!, 1e-10, 'excluded');
    expectClose(fineTuned, row.ft_mass!, 1e-9, 'fine-tuned');
    expect(error).toBeLessThan(1e-9);
  });

  test('pools of the table to 1e-8, and no others where types are served', () => {
    const wanted = row.ironing.filter(({ phi_bar }) => phi_bar > -1);
    for (const { a, b, phi_bar } of wanted) {
      const pool = ironed.pools.find(({ from, to }) => Math.abs(from - a) < 1e-4 && Math.abs(to - b) < 1e-4);
      expectClose(pool?.from ?? Number.NaN, a, 1e-8, 'from');
      expectClose(pool?.to ?? Number.NaN, b, 1e-8, 'to');
      expectClose(pool?.ironedVirtualValue ?? Number.NaN, phi_bar, 1e-8, 'φ̄');
    }
    expect(ironed.pools.filter((pool) => pool.ironedVirtualValue > 0)).toHaveLength(
      wanted.filter(({ phi_bar }) => phi_bar > 0).length,
    );
  });

  test(`the markup is ${row.markup_nonincreasing ? '' : 'not '}nonincreasing`, () => {
    const condition = nonincreasingMarkup(ironed);
    expect(condition.holds).toBe(row.markup_nonincreasing);
    expect(condition.margin >= -1e-7).toBe(row.markup_nonincreasing);
  });
});

describe('the push-forward', () => {
  test('of w and s ~ U[0, 1] with σ = ½ has density 2(1 − θ), survival (1 − θ)², by hand', () => {
    // 1 − F = ∫ over s > θ² of (1 − θ/√s) ds = (1 − θ²) − 2θ(1 − θ) = (1 − θ)².
    const types = representativeDistribution(unit, unit, 0.5);
    for (const theta of [1e-6, 0.01, 0.3, 0.77, 0.999, 1 - 1e-6]) {
      const rest = 1 - theta;
      const within = 1e-13 + 1e-15 / rest; // θ itself is good to ε
      expectClose(types.survival(theta), rest * rest, within, `1 − F(${theta})`);
      expectClose(types.density(theta), 2 * rest, within, `f(${theta})`);
      expectClose(types.cdf(theta), theta * (2 - theta), 1e-12, `F(${theta})`);
      expectClose(types.quantile(theta), theta / (1 + Math.sqrt(1 - theta)), 1e-11, `F⁻¹(${theta})`);
    }
    expect([types.min, types.max, types.quantile(0), types.quantile(1)]).toEqual([0, 1, 0, 1]);
    expect([types.survival(-1), types.survival(2), types.density(2), types.cdf(-1), types.cdf(2)]).toEqual([
      1, 0, 0, 0, 1,
    ]);
  });

  test('of w, s ~ U[0, 1] with σ = ½ earns 4/9 of the efficient welfare and leaves 8/27', () => {
    const types = representativeDistribution(unit, unit, 0.5);
    const supply = technologyNamed('EX1').closedForm;
    const totals = scaleMenu({ types, served: iron(types), supply, scale: 1 }).totals();
    const efficient = scaleMenu({ types, served: trueValue(types), supply, scale: 1 }).totals();
    const welfare = efficient.grossValue - efficient.cost;
    expectClose(totals.grossValue - totals.rent - totals.cost, (4 / 9) * welfare, 1e-11, 'Π');
    expectClose(totals.rent, (8 / 27) * welfare, 1e-11, 'CS');
    expectClose(totals.grossValue - totals.rent - totals.cost, 97 / 1080, 1e-11, 'Example 1');
  });

  const cases: [string, Distribution, Distribution, number][] = [
    ['supports away from 0', uniformOn(1, 2), uniformOn(0.5, 1.5), 0.6],
    ['Beta values, a support of scales away from 0', betaOf(2, 3), uniformOn(0.2, 1), 0.3],
    ['values with steps', mixture([0.7, uniformOn(0, 0.5)], [0.3, uniformOn(0.5, 1)]), unit, 0.5],
  ];
  test.each(cases)('with %s: F′ = f, F + (1 − F) = 1, and F⁻¹ inverts F', (_, values, scales, degree) => {
    const types = representativeDistribution(values, scales, degree);
    const span = types.max - types.min;
    for (let i = 1; i < 12; i++) {
      const theta = types.min + (span * (i + 0.137)) / 13;
      expectClose(types.cdf(theta) + types.survival(theta), 1, 1e-12, 'sum');
      const h = 1e-5 * span;
      const slope = (types.cdf(theta + h) - types.cdf(theta - h)) / (2 * h);
      if (!types.breakpoints.some((end) => Math.abs(end - theta) < 2 * h))
        expectClose(types.density(theta), slope, 1e-6, `f(${theta})`, 1e-3);
      expectClose(types.quantile(types.cdf(theta)), theta, 1e-9, 'quantile');
    }
    // Corners w·s^{1−σ} of the supports are where it is not smooth.
    const corner = representativeType(values.max, scales.min, degree);
    if (corner > types.min) expect(types.breakpoints).toContain(corner);
  });
});
