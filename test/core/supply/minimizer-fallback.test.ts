import {
  efficientAllocator,
  type Input,
  type Minimizer,
  numericSupply,
  type ProductionFunction,
  supplyPoint,
  technology,
} from '@menusmith/core';
import { standardPlugin } from '@menusmith/plugins';
import { describe, expect, test } from 'vitest';
import { proposeByMinimizer } from '../../../packages/core/src/supply/minimizer-fallback.ts';
import { expectClose, technologyNamed } from '../reference-cases.ts';

const x: Input = { name: 'x', scope: 'task', cost: 0.75, max: Number.POSITIVE_INFINITY };
/** v = 2√x up to x = 1, 1 + √x beyond: at φ = 1 its slope falls from 1 to ½ across the cost ¾, so the maximum is the kink, profit 5/4. */
const kinked: ProductionFunction = {
  value: ([amount]) => (amount! < 1 ? 2 * Math.sqrt(amount!) : 1 + Math.sqrt(amount!)),
  gradient: ([amount], _, out) => {
    out[0] = (amount! < 1 ? 1 : 0.5) / Math.sqrt(amount!);
  },
};
const made = technology(kinked, [x]);
const surplusAt = (minimizer: Minimizer | undefined, value: number) => {
  const out = supplyPoint(1);
  numericSupply(made, minimizer).supply(value, 1, out);
  return out;
};

describe('a production function with a kink at the optimum, where no first-order condition can hold', () => {
  const alone = surplusAt(undefined, 1);

  test('is never called solved', () => {
    expect(alone.solved).toBe(false);
    for (const entry of standardPlugin.minimizers ?? [])
      expect(surplusAt(entry.create({}), 1).solved, entry.name).toBe(false);
  });

  test.each(standardPlugin.minimizers ?? [])('gets from $name a point at least as good', (entry) => {
    const out = surplusAt(entry.create({}), 1);
    expect(out.surplus).toBeGreaterThanOrEqual(alone.surplus - 1e-12);
    expect(out.surplus).toBeLessThanOrEqual(1.25 + 1e-12);
    expectClose(out.surplus, 1.25, 2e-3, 'profit');
  });

  test('is solved elsewhere: x = (φ/c)² below the kink, (φ/(2c))² above', () => {
    for (const [value, amount] of [
      [0.6, 0.64],
      [3, 4],
    ] as const) {
      const out = surplusAt(undefined, value);
      expect(out.solved).toBe(true);
      expectClose(out.inputs[0]!, amount, 1e-12);
    }
  });
});

describe('a proposal', () => {
  const proposing = (point: readonly number[]): Minimizer => ({ usesGradient: false, propose: () => point });
  const stuck = () => {
    const { allocation, solve } = efficientAllocator(made, 1);
    solve(Float64Array.of(1), Float64Array.of(1));
    return allocation;
  };

  test('that is better is taken, and one that is worse is not', () => {
    for (const [logX, isBetter] of [
      [Math.log(1), true],
      [Math.log(30), false],
    ] as const) {
      const allocation = stuck();
      allocation.conditions.logX[0] = Math.log(2);
      allocation.conditions.profit = 1 + Math.SQRT2 - 1.5;
      expect(proposeByMinimizer(made, proposing([logX]), allocation, 1, 1)).toBe(isBetter);
      expectClose(allocation.conditions.logX[0]!, isBetter ? logX : Math.log(2), 1e-12, 'log x', 1);
    }
  });

  test.each<[string, Minimizer['propose']]>([
    [
      'throws',
      () => {
        throw new Error('no');
      },
    ],
    ['is NaN', () => [Number.NaN]],
    ['has the wrong length', () => [0, 0]],
    [
      'comes from an endless loop',
      ({ objective }) => {
        for (;;) objective([9]);
      },
    ],
  ])('that %s changes nothing and throws nothing', (_, propose) => {
    const minimizer: Minimizer = { usesGradient: false, propose };
    const allocation = stuck();
    const before = [...allocation.conditions.logX];
    expect(proposeByMinimizer(made, minimizer, allocation, 1, 1)).toBe(false);
    expect([...allocation.conditions.logX]).toEqual(before);
    expect(surplusAt(minimizer, 1).solved).toBe(false);
  });

  test('of a shared input keeps to its cap', () => {
    const { production, inputs } = technologyNamed('EX1');
    const capped = technology(
      production,
      inputs.map((input) => (input.scope === 'shared' ? { ...input, max: 0.5 } : input)),
    );
    const { allocation } = efficientAllocator(capped, 1);
    allocation.conditions.profit = Number.NEGATIVE_INFINITY;
    // In √z the proposal is z = 9.
    expect(proposeByMinimizer(capped, proposing([2, 2, 3]), allocation, 1, 1)).toBe(true);
    expect([allocation.conditions.z[0], allocation.sharedStates[0]]).toEqual([0.5, 2]);
  });
});
