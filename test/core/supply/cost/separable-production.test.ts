import {
  concaveSupply,
  convexCostSupply,
  type EfficientSupply,
  formulaCost,
  type Input,
  parseFormula,
  type SupplyPoint,
  separableProduction,
  supplyPoint,
  technology,
} from '@menusmith/core';
import { expression } from '@menusmith/plugins';
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';

/** Inputs called z are shared, all others a task's. */
type Costs = Readonly<Record<string, number>>;

const inputsOf = (costs: Costs, cap = Number.POSITIVE_INFINITY): readonly Input[] =>
  Object.entries(costs).map(([name, cost]) =>
    name === 'z'
      ? { name, scope: 'shared', cost, max: cap }
      : { name, scope: 'task', cost, max: Number.POSITIVE_INFINITY },
  );

const made = (formula: string, names: readonly string[]) =>
  separableProduction(parseFormula(formula, names), names);

const supplyOf = (formula: string, costs: Costs, cap?: number): EfficientSupply =>
  made(formula, Object.keys(costs))!(inputsOf(costs, cap));

const at = (supply: EfficientSupply, value: number, scale = 1): SupplyPoint => {
  const out = supplyPoint(supply.inputs.length);
  supply.slopes(value, scale, out);
  return out;
};

/** v, and C(q) = c·v⁻¹(q) in closed form, up to its most. */
const inverses = [
  ['4*x/(1 + x)', 'q/(4 - q)', 3.999],
  ['6*x - 0.5*x^2', '6 - sqrt(36 - 2*q)', 18],
  ['log(1 + x)', 'exp(q) - 1', undefined],
  ['1 - exp(-x)', '-log(1 - q)', 0.999999],
  ['min(x, 1)', 'q', 1],
  ['min(x, 1) - min(x, 1)^2/2', '1 - sqrt(1 - 2*q)', 0.5],
  ['min(3*x, 1 + x)', 'max(q/3, q - 1)', undefined],
  ['sqrt(x)', 'q^2', undefined],
  ['sqrt(min(x, 1))', 'q^2', 1],
  ['2*x - abs(x - 1) + 1', 'max(q/3, q - 2)', undefined],
] as const;

test.each(inverses)(
  '%s at 0.2 a unit is supplied as at the cost 0.2*(%s) of quality, to 1e-12',
  (v, inverse, max) => {
    const cost = formulaCost(parseFormula(`0.2*(${inverse})`, ['q']), max);
    const [production, outright] = [supplyOf(v, { x: 0.2 }), convexCostSupply(cost)];
    const kinks = production.kinks(1, 2);
    expect(outright.kinks(1, 2).length).toBe(kinks.length);
    outright.kinks(1, 2).forEach((kink, n) => {
      expect(kinks[n]! / kink).toBeCloseTo(1, 12);
    });
    for (let n = 1; n < 200; n++) {
      const value = 0.0131 * n;
      // Where C′ is below φ for ever nothing is best.
      const [own, other] = [at(production, value, 0.7), at(outright, value, 0.7)];
      expect(own.solved).toBe(other.solved);
      if (!own.solved || own.quality > 0.7 * 0.99 * (max ?? 100)) continue;
      for (const name of ['quality', 'cost', 'surplus', 'qualityByValue', 'qualityByScale'] as const)
        expect(Math.abs(own[name] - other[name])).toBeLessThanOrEqual(1e-12 * (1 + Math.abs(other[name])));
    }
  },
);

const concave = fc
  .tuple(
    fc.uniqueArray(
      fc.constantFrom(
        'log(1 + x)',
        'sqrt(x)',
        'x/(1 + x)',
        '1 - exp(-x)',
        'min(x, 1)',
        'min(2*x, 1 + x/2, 3)',
        'x - x^2/4',
        'sqrt(min(x, 2))',
        'min(x, 3 - x)',
        '2 - max(0, 2 - x)^2/2',
      ),
      { minLength: 1, maxLength: 3 },
    ),
    fc.array(fc.integer({ min: 2, max: 30 }), { minLength: 3, maxLength: 3 }),
  )
  .map(([terms, coefficients]) => terms.map((term, n) => `${coefficients[n]! / 20}*(${term})`).join(' + '));

describe('supply by a concave v of one input', () => {
  const value = fc.double({ min: 0.05, max: 3, noNaN: true });
  const price = fc.constantFrom(0.1, 0.37, 1);

  it('earns more than any of many amounts, and no more than the tangents there allow', () => {
    fc.assert(
      fc.property(concave, value, price, (formula, φ, cost) => {
        const { value: v } = expression.create({ formula, parameters: {} }, { task: ['x'], shared: [] });
        const none = new Float64Array(0);
        const { surplus, quality, cost: spent, inputs, solved } = at(supplyOf(formula, { x: cost }), φ);
        const worth = (x: number): number => φ * v(Float64Array.of(x), none) - cost * x;
        expect(solved).toBe(true);
        expect(surplus).toBeCloseTo(φ * quality - spent, 13);
        expect(surplus).toBeCloseTo(Math.max(0, worth(inputs[0]!)), 13);
        for (let n = 0; n <= 600; n++)
          expect(worth((n / 100) ** 3)).toBeLessThanOrEqual(surplus + 1e-13 * (1 + surplus));
      }),
      { numRuns: 60, seed: 7 },
    );
  });

  it('is what bisection on v and its gradient finds, to 1e-9', () => {
    fc.assert(
      fc.property(concave, value, price, (formula, φ, cost) => {
        const production = expression.create({ formula, parameters: {} }, { task: ['x'], shared: [] });
        const other = at(concaveSupply(technology(production, inputsOf({ x: cost }))), φ);
        const own = at(supplyOf(formula, { x: cost }), φ);
        if (!other.solved) return;
        expect(Math.abs(own.surplus - other.surplus)).toBeLessThanOrEqual(1e-9 * (1 + other.surplus));
        expect(Math.abs(own.quality - other.quality)).toBeLessThanOrEqual(1e-9 * (1 + other.quality));
      }),
      { numRuns: 60, seed: 8 },
    );
  });
});

it('a peak or a kink is reached exactly, and nobody goes beyond', () => {
  expect(at(supplyOf('min(x, 2 - x)', { x: 0.2 }), 5).inputs[0]).toBe(1);
  expect(at(supplyOf('6*x - 0.5*x^2', { x: 1 }), 1e9).inputs[0]).toBeCloseTo(6, 8);
  expect(at(supplyOf('min(x, 1 + x/3, 2 + x/9)', { x: 0.2 }), 1).inputs[0]).toBeCloseTo(4.5, 14);
  expect(supplyOf('min(x, 1 + x/3, 2 + x/9)', { x: 0.2 }).kinks(1, 9)).toEqual(
    [0.2, 0.6, 1.8].map((x) => expect.closeTo(x, 14)),
  );
  expect(supplyOf('sqrt(min(x, 1))', { x: 0.2 }).kinks(1, 9)).toEqual([expect.closeTo(0.4, 13)]);
});

it('of a sum each input is supplied by itself, a shared one at s·φ and up to its cap', () => {
  const supply = supplyOf('log(1 + x) + 0.5*(1 - exp(-z)) + 0.3', { x: 0.2, z: 0.1 }, 1);
  // x = φ/c − 1 from φ = c on; z = log(0.5 s φ/c) from s φ = 2c on, up to 1.
  for (const [value, scale] of [
    [0.15, 1],
    [0.3, 0.5],
    [0.9, 0.5],
    [0.9, 2],
  ] as const) {
    const x = Math.max(0, value / 0.2 - 1);
    const z = Math.min(1, Math.max(0, Math.log(5 * scale * value)));
    const own = at(supply, value, scale);
    expect(own.inputs[0]).toBeCloseTo(x, 13);
    expect(own.inputs[1]).toBeCloseTo(z, 13);
    expect(own.quality).toBeCloseTo(scale * (Math.log1p(x) + 0.5 * (1 - Math.exp(-z)) + 0.3), 13);
    expect(own.cost).toBeCloseTo(scale * 0.2 * x + 0.1 * z, 13);
    const [h, k] = [1e-5 * value, 1e-5 * scale];
    expect(own.qualityByValue).toBeCloseTo(
      (at(supply, value + h, scale).quality - at(supply, value - h, scale).quality) / (2 * h),
      7,
    );
    expect(own.qualityByScale).toBeCloseTo(
      (at(supply, value, scale + k).quality - at(supply, value, scale - k).quality) / (2 * k),
      7,
    );
    expect(own.regime % 3).toBe(z === 0 ? 0 : z === 1 ? 2 : 1);
  }
  expect(supply.kinks(0.5, 9)).toEqual([0.2, 0.4, 0.4 * Math.E].map((x) => expect.closeTo(x, 13)));
});

it('ever more than costs are worth is not solved', () => {
  const supply = supplyOf('x + sqrt(x)', { x: 0.5 });
  expect(at(supply, 0.4)).toMatchObject({ solved: true });
  expect(at(supply, 0.6)).toMatchObject({ solved: false, surplus: Number.POSITIVE_INFINITY });
});

it.each([
  ['x^2/(1 + x^2)', 'is not concave'],
  ['log(1 + x + y)', 'is no sum'],
  ['min(x, y)', 'is no sum'],
  ['3 + log(x)', 'has no value at nothing'],
  ['log(1 + x) - 0.1', 'is below zero at nothing'],
] as const)('%s has no such supply: it %s', (formula, _why) => {
  const names = formula.includes('y') ? ['x', 'y'] : ['x'];
  expect(made(formula, names)).toBeUndefined();
});
