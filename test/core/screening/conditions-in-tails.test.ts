import { iron, nonincreasingMarkup, representativeDistribution } from '@menusmith/core';
import { pareto, truncatedNormal, uniform } from '@menusmith/plugins';
import { expect, test } from 'vitest';

test('a tail without buyers does not break a condition: the markup falls for a truncated normal with sd .01', () => {
  const types = truncatedNormal.create({ mean: 0.5, sd: 0.01, min: 0, max: 1 });
  expect(nonincreasingMarkup(iron(types)).holds).toBe(true);
});

test('a kink of φ does not break a condition: the markup falls for θ = w√s, w ~ Pareto(1.5) on [.1, 1], s ~ U', () => {
  const values = pareto.create({ shape: 1.5, min: 0.1, max: 1 });
  const types = representativeDistribution(values, uniform.create({ min: 0, max: 1 }), 0.5);
  expect(nonincreasingMarkup(iron(types)).holds).toBe(true);
});
