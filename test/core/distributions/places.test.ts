import { expect, test } from 'vitest';
import { halvedByMass } from '../../../packages/core/src/distributions/places.ts';

test('stretches are halved until none has more than the mass', () => {
  const survival = (x: number): number => 1 - x;
  expect(halvedByMass([0, 1], survival, 0.25)).toEqual([0, 0.25, 0.5, 0.75, 1]);
});

test('a stretch of which the mass is no number is left as it is', () => {
  let asked = 0;
  const survival = (x: number): number => {
    asked++;
    return x > 0 && x < 1e-9 ? Number.NaN : 1 - x;
  };
  const places = halvedByMass([0, 1e-10, 1], survival, 0.5);
  expect(places).toEqual([0, 1e-10, 1]);
  expect(asked).toBe(4);
});
