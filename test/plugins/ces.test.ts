import { type Input, InputError, type ProductionFunction, supplyPoint } from '@menusmith/core';
import { ces, cobbDouglas } from '@menusmith/plugins';
import { describe, expect, test } from 'vitest';

const names = { task: ['input', 'output'], shared: ['fineTuning'] };
const good = {
  shares: { input: 0.6, output: 0.4 },
  substitution: -0.5,
  degree: 0.5,
  shared: { fineTuning: { exponent: 0.25, base: 1 } },
};
const create = (change: object = {}): ProductionFunction => ces.create({ ...good, ...change }, names);
const at = (v: ProductionFunction, x: readonly number[], z: readonly number[]): number =>
  v.value(Float64Array.from(x), Float64Array.from(z));
const gradientAt = (v: ProductionFunction, x: readonly number[], z: readonly number[]): number[] => {
  const out = new Float64Array(x.length + z.length);
  v.gradient!(Float64Array.from(x), Float64Array.from(z), out);
  return [...out];
};

test.each([-3, -0.5, 0.3, 0.9])('v is the formula, at substitution %d', (substitution) => {
  const v = create({ substitution });
  for (const [x, y, z] of [
    [0.2, 3, 0.5],
    [40, 0.01, 0],
    [1, 1, 7],
  ] as const) {
    const sum = 0.6 * x ** substitution + 0.4 * y ** substitution;
    expect(at(v, [x, y], [z]) / (sum ** (0.5 / substitution) * (1 + z) ** 0.25)).toBeCloseTo(1, 13);
  }
});

test('towards substitution 0 it is Cobb–Douglas with exponents degree·share, in value, gradient and supply', () => {
  const limit = cobbDouglas.create(
    { exponents: { input: 0.3, output: 0.2, fineTuning: 0.25 }, base: { fineTuning: 1 } },
    names,
  );
  const inputs: readonly Input[] = [
    { name: 'input', scope: 'task', cost: 0.1, max: Number.POSITIVE_INFINITY },
    { name: 'output', scope: 'task', cost: 0.3, max: Number.POSITIVE_INFINITY },
    { name: 'fineTuning', scope: 'shared', cost: 0.2, max: Number.POSITIVE_INFINITY },
  ];
  const [point, limitPoint] = [supplyPoint(3), supplyPoint(3)];
  limit.closedForm!(inputs).supply(0.8, 0.6, limitPoint);
  for (const r of [1e-3, 1e-6, 1e-9, -1e-12]) {
    const v = create({ substitution: r });
    // The difference is of order r·(log x/y)²; what rounding would add, at a relative ε/r, is not there.
    const close = (got: number, expected: number): void =>
      expect(Math.abs(got / expected - 1)).toBeLessThan(5 * Math.abs(r) + 1e-14);
    close(at(v, [0.2, 3], [0.5]), at(limit, [0.2, 3], [0.5]));
    const [slopes, limitSlopes] = [gradientAt(v, [0.2, 3], [0.5]), gradientAt(limit, [0.2, 3], [0.5])];
    for (const k of [0, 1, 2]) close(slopes[k]!, limitSlopes[k]!);
    v.closedForm!(inputs).supply(0.8, 0.6, point);
    close(point.quality, limitPoint.quality);
    close(point.inputs[0]!, limitPoint.inputs[0]!);
  }
});

test.each([-3, -0.5, 0.3, 0.9])(
  'amounts from 1e-150 to 1e150 do not overflow, at substitution %d',
  (substitution) => {
    const v = create({ substitution, shared: { fineTuning: { exponent: 0.25, base: 1 } } });
    for (const scale of [1e-150, 1e150]) {
      // v(t·x, z) = t^½ v(x, z), and its gradient has degree −½ in the task inputs.
      expect(at(v, [2 * scale, 5 * scale], [1]) / (at(v, [2, 5], [1]) * Math.sqrt(scale))).toBeCloseTo(1, 11);
      const [slopes, plain] = [gradientAt(v, [2 * scale, 5 * scale], [1]), gradientAt(v, [2, 5], [1])];
      expect((slopes[0]! * Math.sqrt(scale)) / plain[0]!).toBeCloseTo(1, 11);
    }
    expect(at(v, [1e-150, 1e150], [1])).toBeGreaterThan(0);
    expect(gradientAt(v, [1e-150, 1e150], [1]).every((slope) => slope >= 0 && slope < 1e300)).toBe(true);
  },
);

describe('at amounts of zero', () => {
  test('complements make nothing, and a first unit is worth without limit where only it is missing', () => {
    const v = create({ substitution: -2 });
    expect(at(v, [0, 3], [1])).toBe(0);
    expect(gradientAt(v, [0, 3], [1])).toEqual([Number.POSITIVE_INFINITY, 0, 0]);
    expect(gradientAt(v, [0, 0], [1])).toEqual([0, 0, 0]);
  });

  test('substitutes make what the other makes, and a first unit is worth without limit', () => {
    const v = create({ substitution: 0.5 });
    expect(at(v, [0, 4], [0])).toBeCloseTo(0.4 * 2, 14); // (0.4·4^½)^{0.5/0.5}
    const [first, second] = gradientAt(v, [0, 4], [0]);
    expect(first).toBe(Number.POSITIVE_INFINITY);
    expect(second).toBeCloseTo(0.4 * 0.5 * 4 ** -0.5, 14);
    expect(gradientAt(v, [0, 0], [0])).toEqual([Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY, 0]);
  });

  test('a shared input without a base is missing too', () => {
    const v = create({ shared: { fineTuning: { exponent: 0.25, base: 0 } } });
    expect(gradientAt(v, [1, 1], [0])).toEqual([0, 0, Number.POSITIVE_INFINITY]);
    expect(gradientAt(v, [0, 1], [0])).toEqual([0, 0, 0]);
  });
});

test('the closed form buys the bundle of least cost: no other shares of the inputs make its quality for less', () => {
  const v = create({ substitution: -3 });
  const costs = [0.1, 0.7, 0.2];
  const inputs = [...names.task, ...names.shared].map(
    (name, k): Input => ({
      name,
      scope: k < 2 ? 'task' : 'shared',
      cost: costs[k]!,
      max: Number.POSITIVE_INFINITY,
    }),
  );
  const point = supplyPoint(3);
  v.closedForm!(inputs).supply(0.9, 0.7, point);
  const [x, y, z] = [...point.inputs] as [number, number, number];
  for (const shift of [0.9, 0.999, 1.001, 1.1]) {
    // Another x; the y that makes the same quality, from (0.6 x^r + 0.4 y^r) unchanged.
    const rest = (0.6 * x ** -3 + 0.4 * y ** -3 - 0.6 * (x * shift) ** -3) / 0.4;
    const other = rest ** (-1 / 3);
    expect(at(v, [x * shift, other], [z]) * 0.7).toBeCloseTo(point.quality, 12);
    expect(costs[0]! * x * shift + costs[1]! * other).toBeGreaterThan(costs[0]! * x + costs[1]! * y);
  }
});

describe('is refused', () => {
  test.each([
    [{ substitution: 0 }, 'a substitution of 0 is Cobb–Douglas', ['substitution']],
    [{ substitution: 1 }, 'expected a substitution below 1, got 1', ['substitution']],
    [{ substitution: Number.NaN }, 'expected a substitution below 1, got NaN', ['substitution']],
    [{ shares: { input: 1 } }, 'expected a share above 0 for input "output", got none', ['shares', 'output']],
    [
      { shared: {} },
      'expected an exponent above 0 for shared input "fineTuning", got none',
      ['shared', 'fineTuning'],
    ],
    [
      { degree: 0.75 },
      'expected a degree above 0 and with the exponents below 1, got degree 0.75 + fineTuning 0.25 = 1',
      ['degree'],
    ],
  ])('%j', (change, message, field) => {
    try {
      create(change);
    } catch (error) {
      expect(error).toBeInstanceOf(InputError);
      expect((error as InputError).message).toBe(
        `ces: ${message}${message.endsWith('Douglas') ? ': use cobb-douglas with exponents degree·share' : ''}`,
      );
      expect((error as InputError).field).toEqual(field);
      return;
    }
    expect.fail('it was accepted');
  });

  test('without task inputs', () => {
    expect(() => ces.create({ ...good, shares: {} }, { task: [], shared: ['fineTuning'] })).toThrow(
      'ces: expected at least one task input, got none',
    );
  });
});
