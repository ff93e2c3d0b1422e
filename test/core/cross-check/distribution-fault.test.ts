import { type Distribution, distributionFault } from '@menusmith/core';
import { beta, mixture, standardPlugin, uniform } from '@menusmith/plugins';
import { describe, expect, test } from 'vitest';

const unit = uniform.create({ min: 0, max: 1 });
const bell = beta.create({ a: 3, b: 4, min: 0, max: 1 });

describe('no distribution of ours contradicts itself', () => {
  for (const entry of standardPlugin.distributions ?? [])
    test(entry.name, () => {
      for (const example of entry.examples ?? [])
        expect(distributionFault(entry.create(example)), JSON.stringify(example)).toBeUndefined();
    });

  test('nor one with an infinite density, or a peak of few types inside a wide support', () => {
    for (const a of [0.01, 0.003, 1e-3, 1e-6, 1e-15])
      expect(distributionFault(beta.create({ a, b: 4, min: 0, max: 60 })), `beta ${a}`).toBeUndefined();
    for (const b of [0.01, 0.2])
      expect(distributionFault(beta.create({ a: 0.3, b, min: 0, max: 1 }))).toBeUndefined();
    for (const width of [1e-2, 1e-4, 1e-7]) {
      const peak = uniform.create({ min: 0.7023, max: 0.7023 + width });
      const parts = [
        { weight: 0.997, of: unit },
        { weight: 0.003, of: peak },
      ];
      expect(distributionFault(mixture.create({ parts })), String(width)).toBeUndefined();
    }
  });
});

describe('a fault is found in whichever of the four functions it is', () => {
  const faultOf = (changed: Partial<Distribution>, of: Distribution = bell): string =>
    distributionFault({ ...of, ...changed }) ?? 'none';

  test('functions that are not numbers', () => {
    expect(faultOf({ density: () => Number.NaN })).toContain('density');
    expect(faultOf({ cdf: () => Number.NaN })).toContain('F is not a number');
    expect(faultOf({ survival: () => Number.NaN })).toContain('1 − F is not a number');
    expect(faultOf({ quantile: () => Number.NaN })).toContain('quantile');
  });

  test('a density of too much or too little mass, everywhere or in one place', () => {
    expect(faultOf({ density: (x) => 1.01 * bell.density(x) })).toContain('density');
    expect(faultOf({ density: (x) => 0.99 * bell.density(x) })).toContain('density');
    expect(faultOf({ density: (x) => (x > 0.5 && x < 0.51 ? 0 : bell.density(x)) })).toContain('density');
    expect(faultOf({ density: (x) => -bell.density(x) })).toContain('density');
  });

  test('a density of a little too much or too little mass', () => {
    for (const share of [0.999, 0.99999, 1.00001, 1.0015])
      expect(faultOf({ density: (x) => share * bell.density(x) })).toContain('quadrature over its support');
  });

  test('a distribution function or a survival function that belongs to other types', () => {
    expect(faultOf({ cdf: unit.cdf })).toContain('F is');
    expect(faultOf({ survival: unit.survival })).toContain('1 − F is');
    expect(faultOf({ quantile: unit.quantile })).toContain('F is');
  });

  test('quantiles that fall, or lie outside of the support', () => {
    expect(faultOf({ quantile: (u) => 1 - u }, unit)).toContain('the quantile of rank');
    expect(faultOf({ quantile: (u) => u + 1 }, unit)).toContain('the quantile of rank');
  });
});
