import { productionAssumptions, technology } from '@menusmith/core';
import { expression } from '@menusmith/plugins';
import { describe, expect, test } from 'vitest';

const found = (formula: string, name: string) => {
  const production = expression.create({ formula, parameters: {} }, { task: ['x', 'y'], shared: ['z'] });
  const made = technology(
    production,
    ['x', 'y', 'z'].map((input) => ({
      name: input,
      scope: input === 'z' ? ('shared' as const) : ('task' as const),
      cost: 1,
      max: Number.POSITIVE_INFINITY,
    })),
  );
  return productionAssumptions(made).find((assumption) => assumption.name === name)!;
};

describe('smooth', () => {
  test.each([
    '(x*y)^.25*(1+z)^.25',
    'log(1+x)+log(1+y)+log(1+z)',
    '(1+x)^.3*(1+y)^.3*(1+z)^.3-1',
    '1-exp(-x-y)+.1*log(1+z)',
    '(x^-30+y^-30)^(-.02)*(1+z)^.1',
  ])('%s is', (formula) => {
    expect([found(formula, 'smooth').holds, found(formula, 'smooth').margin]).toEqual([true, 0]);
  });

  test.each<[string, (x: number, y: number, z: number) => number]>([
    ['min(x,y)^.5*(1+z)^.2', (x, y) => x - y],
    ['min(x^.5,2)+y^.5+.1*z^.5', (x) => x - 4],
    ['(x^.5+y^.5)*min(1+z,3)^.2', (_x, _y, z) => z - 2],
    ['(9+abs(x-3))^.2*y^.3*(1+z)^.1', (x) => x - 3],
  ])('%s is not, and the kink is where it is said to be', (formula, distance) => {
    const { holds, margin, at } = found(formula, 'smooth');
    expect(holds).toBe(false);
    expect(margin).toBeLessThan(-1e-2);
    expect(Math.abs(distance(at.x!, at.y!, at.z!))).toBeLessThan(1e-7 * (at.x! + at.y! + at.z!));
  });
});
