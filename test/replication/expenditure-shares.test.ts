/**
 * Cobb–Douglas by expenditure shares. At the efficient tokens of φ on s tasks every token gets its exponent's share of gross value
 * R = φq: s·c_x·x = αR, s·c_y·y = βR, c_z(b + z) = γR. Put into q = s·x^α y^β (b + z)^γ this gives R, and everything else is a multiple
 * of it. Rounding alone is left: 1e-12.
 */

import { supplyPoint } from '@menusmith/core';
import { closedFormSupply } from '@menusmith/replication';
import { describe, expect, it } from 'vitest';
import {
  costByShares,
  indexOf,
  supplyByShares,
  thresholdByShares,
} from '../../packages/replication/src/statements/expenditure-shares.ts';
import { polynomialTypes } from '../../packages/replication/src/statements/polynomial-types.ts';
import {
  asymmetric,
  exampleTechnology,
  numericOf,
  productionOf,
  technologyOf,
} from '../../packages/replication/src/statements/technology.ts';

const close = (a: number, b: number) =>
  expect(Math.abs(a - b)).toBeLessThan(1e-12 * Math.max(1, Math.abs(b)));

describe('supply by expenditure shares', () => {
  it('is the numeric supply, on both sides of θ̂', () => {
    const supply = numericOf(asymmetric);
    const point = supplyPoint(3);
    for (const s of [0.2, 1]) {
      for (const φ of [0.1, 0.6, 1.5, 4]) {
        supply.supply(φ, s, point);
        const { quality, x, y, z, cost, surplus } = supplyByShares(φ, s, asymmetric);
        close(quality, point.quality);
        for (const [j, amount] of [x, y, z].entries()) close(amount, point.inputs[j]!);
        close(cost, point.cost);
        close(surplus, point.surplus);
      }
    }
  });

  it('is the symmetric closed form where all tokens are alike', () => {
    for (const s of [0.2, 1])
      for (const φ of [0.3, 0.9])
        close(supplyByShares(φ, s, exampleTechnology).surplus, closedFormSupply(φ, s, 1 / 4, 1 / 8).surplus);
  });

  it('costs what costByShares says, and makes the quality that was asked', () => {
    const v = productionOf(asymmetric);
    for (const s of [0.2, 1]) {
      for (const φ of [0.1, 4]) {
        const { quality, cost } = supplyByShares(φ, s, asymmetric);
        const least = costByShares(quality, s, asymmetric);
        close(least.cost, cost);
        close(s * v.value(Float64Array.of(least.x, least.y), Float64Array.of(least.z)), quality);
      }
    }
  });

  it('supplies nothing to a value that is not positive', () => {
    expect(supplyByShares(-1, 1, asymmetric).quality).toBe(0);
  });

  it('fine-tunes from θ̂ on', () => {
    const θ̂ = thresholdByShares(asymmetric);
    expect(supplyByShares(θ̂ * (1 - 1e-9), 1, asymmetric).fineTunes).toBe(false);
    expect(supplyByShares(θ̂ * (1 + 1e-9), 1, asymmetric).fineTunes).toBe(true);
    expect(technologyOf(asymmetric).inputs).toHaveLength(3);
  });

  it('has θ of a constant profile at that constant', () => {
    close(indexOf({ values: [0.7, 0.7], weights: [0.4, 0.6] }, 0.55), 0.7);
  });
});

describe('mixtures of Betas as polynomials', () => {
  it('agree with the plugins in density, survival and virtual value', () => {
    const types = polynomialTypes('test', [
      [0.3, 1, 1],
      [0.5, 6, 9],
      [0.2, 8, 2],
    ]);
    for (const x of [0.02, 0.3, 0.5, 0.77, 0.98]) {
      close(types.density(x), types.numeric.density(x));
      close(types.survival(x), types.numeric.survival(x));
      close(types.virtualValue(x), x - types.numeric.survival(x) / types.numeric.density(x));
    }
  });
});
