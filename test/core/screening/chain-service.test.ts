import { type EfficientSupply, supplyPoint } from '@menusmith/core';
import { expect, test } from 'vitest';
import type { ChainParticipation } from '../../../packages/core/src/screening/chain-participation.ts';
import { chainService } from '../../../packages/core/src/screening/chain-service.ts';

/** S = φ²/2, as it comes out where the last digit is decided by the digits before. */
const quadratic = (rounding: (value: number) => number): EfficientSupply => ({
  inputs: [],
  supply: (value, _, out) => {
    out.quality = Math.max(0, value);
    out.surplus = (out.quality ** 2 / 2) * (1 + rounding(value));
    out.cost = value * out.quality - out.surplus;
    out.regime = 0;
    out.solved = true;
  },
  slopes: () => undefined,
  kinks: () => [],
});

test('products that are alike at all values but for rounding do not take turns: the seller’s own serves, and there is no kink', () => {
  const chainParticipation: ChainParticipation = {
    utility: (type) => type ** 2 / 2,
    slope: (type) => type,
    breakpoints: [],
  };
  const noise = (value: number): number => (Math.sin(1e6 * value) > 0 ? 1 : -1) * 2 ** -52;
  const service = chainService({
    own: quadratic(() => 0),
    rival: quadratic(noise),
    scale: 1,
    use: 'resold',
    participation: chainParticipation,
    support: { min: 0, max: 1 },
  });
  const point = supplyPoint(0);
  const models = Array.from({ length: 500 }, (_, i) => {
    service.serve(1, (i + 1) / 500, point);
    return point.model;
  });
  expect(new Set(models)).toEqual(new Set([0]));
  expect(service.kinks(1).filter((kink) => kink > 0)).toEqual([]);
});
