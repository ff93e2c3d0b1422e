import { join } from 'node:path';
import { createRegistry, readStudy, solve, standardPlugin } from '@menusmith/app';
import { expect, test } from 'vitest';

const example = async (file: string) => {
  const study = await readStudy(
    join(import.meta.dirname, '../../examples', file),
    createRegistry([standardPlugin]),
  );
  return solve(study);
};

/*
 * Jullien: u = θ²/4, u′ = θ/2 between 2θ − 1 (γ = 1) and 2θ (γ = 0) up to 2/3, where U = u; from there U = θ² − θ + 1/3. Both parts of the profit are in the
 * example's comment.
 */
test('a rival at linear prices: nobody below 2/3 has more than he leaves her, and profit is 1/18', async () => {
  const { result, quote } = await example('rival.yaml');
  expect(result.status).toBe('optimal');
  expect(result.profit).toBeCloseTo(1 / 18, 10);
  expect(quote({ value: 0.5 })).toMatchObject({ takes: 'menu' });
  expect(quote({ value: 0.5 }).quality).toBeCloseTo(0.25, 10);
  expect(quote({ value: 0.5 }).rent).toBeCloseTo(0.0625, 10);
  expect(quote({ value: 0.9 }).quality).toBeCloseTo(0.8, 10);
  expect(quote({ value: 0.9 }).rent).toBeCloseTo(0.81 - 0.9 + 1 / 3, 10);
});

/* E[S(φ)] with φ = 1.5w − 0.9 over w ~ U[0.8, 1.8]: ∫ φ²/2 dw = [φ³/9]. */
test('a regulator who weighs rent by a half: quality is 1.5w − 0.9, and the objective 0.645', async () => {
  const { result, quote } = await example('regulation.yaml');
  expect(result.status).toBe('optimal');
  expect(result.objective.value).toBeCloseTo((1.8 ** 3 - 0.3 ** 3) / 9, 12);
  expect(result.profit! + 0.5 * result.consumerSurplus!).toBeCloseTo(0.645, 12);
  for (const value of [0.8, 1.3, 1.8]) expect(quote({ value }).quality).toBeCloseTo(1.5 * value - 0.9, 10);
});
