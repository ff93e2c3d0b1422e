import { gaussLegendre } from '@menusmith/core';
import { describe, expect, test } from 'vitest';

const apply = (n: number, f: (x: number) => number): number => {
  const { nodes, weights } = gaussLegendre(n);
  return nodes.reduce((sum, x, i) => sum + weights[i]! * f(x), 0);
};

const factorial = (n: number): number => (n < 2 ? 1 : n * factorial(n - 1));

describe.each([1, 2, 3, 5, 8, 20, 40, 64])('the Gauss–Legendre rule with %i nodes', (n) => {
  test('is exact to degree 2n − 1', () => {
    for (let degree = 0; degree <= 2 * n - 1; degree++) {
      expect(Math.abs(apply(n, (x) => x ** degree) - 1 / (degree + 1)), `x^${degree}`).toBeLessThan(
        4e-16 * n,
      );
    }
  });

  test('has positive weights that sum to 1', () => {
    const { weights } = gaussLegendre(n);
    expect(weights.every((weight) => weight > 0)).toBe(true);
    expect(Math.abs(weights.reduce((sum, weight) => sum + weight, 0) - 1)).toBeLessThan(1e-15 * n);
  });

  test('has ascending nodes inside (0, 1), symmetric about ½ with their weights', () => {
    const { nodes, weights } = gaussLegendre(n);
    expect(nodes).toHaveLength(n);
    nodes.forEach((x, i) => {
      expect(x).toBeGreaterThan(i === 0 ? 0 : nodes[i - 1]!);
      expect(x).toBeLessThan(1);
      expect(Math.abs(x + nodes[n - 1 - i]! - 1)).toBeLessThan(1e-15);
      expect(Math.abs(weights[i]! / weights[n - 1 - i]! - 1)).toBeLessThan(1e-12);
    });
  });
});

// The error on a monic polynomial of degree 2n is ∫ of the squared monic Legendre polynomial: (n!)⁴/((2n + 1)·(2n)!²) on [0, 1].
test.each([1, 2, 3, 4, 5, 6])('with %i nodes, degree 2n is missed by (n!)⁴/((2n + 1)(2n)!²)', (n) => {
  const missed = 1 / (2 * n + 1) - apply(n, (x) => x ** (2 * n));
  const expected = factorial(n) ** 4 / ((2 * n + 1) * factorial(2 * n) ** 2);
  expect(missed / expected).toBeCloseTo(1, 8);
});

test('a rule is computed once', () => {
  expect(gaussLegendre(17)).toBe(gaussLegendre(17));
});
