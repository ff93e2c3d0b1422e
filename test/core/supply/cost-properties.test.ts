import { costProperties, numericSupply, technology } from '@menusmith/core';
import { describe, expect, test } from 'vitest';
import { technologyNamed } from '../reference-cases.ts';

const input = (name: string, scope: 'task' | 'shared', cost: number) => ({
  name,
  scope,
  cost,
  max: Number.POSITIVE_INFINITY,
});

describe('Lemma 1', () => {
  test('holds for Cobb–Douglas, with q C_qq/C_q = (1 − κ)/κ where the shared input is free', () => {
    const found = costProperties(technologyNamed('EX1').closedForm, 1, 0, 1);
    expect(found.map(({ name, holds }) => [name, holds])).toEqual([
      ['marginal-cost-starts-at-zero', true],
      ['cost-convex-in-quality', true],
      ['cost-decreasing-in-scale', true],
      ['cost-submodular', true],
    ]);
    expect(found[1]!.margin).toBeCloseTo(1 / 3, 12); // κ = ¾
    expect(found[3]!.margin).toBeCloseTo(2 / 3, 12); // (1 − σ)/κ with σ = ½
  });

  test('does not have C_q(0, s) = 0 for the technology of ERRATA S6, where supply starts at 2√(c_x c_y)', () => {
    const v = (x: Float64Array, z: Float64Array): number => {
      const root = Math.sqrt(1 + z[0]!);
      return root * Math.log1p(Math.sqrt(x[0]! * x[1]!) / root);
    };
    const supply = numericSupply(
      technology({ value: v }, [input('x', 'task', 0.1), input('y', 'task', 0.1), input('z', 'shared', 0.1)]),
    );
    const [first] = costProperties(supply, 1, 0.1, 1);
    expect(first!.holds).toBe(false);
    expect(first!.at.value).toBeCloseTo(0.2, 6);
  });
});
