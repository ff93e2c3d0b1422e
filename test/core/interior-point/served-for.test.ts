import { profileTypes, supplyByIndex } from '@menusmith/core';
import { cobbDouglas } from '@menusmith/plugins';
import { expect, test } from 'vitest';
import { workingSet } from '../../../packages/core/src/finite/working-set.ts';
import { servedFor } from '../../../packages/core/src/interior-point/served-for.ts';
import { suppliedAt } from '../finite/examples.ts';

const supplyOf = (x: number, z: number, tasks: number) => {
  const shared = z > 0 ? ['z'] : [];
  const production = cobbDouglas.create(
    { exponents: { x, ...(z > 0 ? { z } : {}) }, base: z > 0 ? { z: 1 } : {} },
    { task: ['x'], shared },
  );
  const inputs = [
    { name: 'x', scope: 'task', cost: 0.2, max: Number.POSITIVE_INFINITY },
    { name: 'z', scope: 'shared', cost: 0.05, max: Number.POSITIVE_INFINITY },
  ] as const;
  return supplyByIndex(production.closedForm!(inputs.slice(0, 1 + shared.length)), x, tasks);
};

test.each([
  [0.05, 0],
  [0.1, 0],
  [0.05, 0.04],
])(
  'finds the values to which supply with exponents %f and %f answers with given qualities, down to 10⁻⁹ of them',
  (x, z) => {
    const weights = Float64Array.of(0.5, 0.3, 0.2);
    const types = profileTypes(Float64Array.of(0.9, 0.5, 0.7, 0.3, 0.6, 0.2), weights);
    const set = workingSet(types, types.neighbours());
    const supply = supplyOf(x, z, 3);
    const values = Float64Array.of(0.9, 1e-9, 0.2, 1e-6, 1e-9, 1e-3);
    const quality = new Float64Array(6);
    for (const k of [0, 1])
      quality.set(suppliedAt(supply, values.slice(3 * k, 3 * k + 3), weights).quality, 3 * k);
    const served = servedFor({ supply }, set, quality, new Float64Array(6).fill(0.5));
    served.forEach((p, b) => {
      expect(Math.abs(Math.log(p / values[b]!))).toBeLessThan(1e-8);
    });
  },
);
