import {
  type Input,
  InputError,
  numericSupply,
  type ProductionFunction,
  supplyPoint,
  technology,
} from '@menusmith/core';
import { cobbDouglas, expression } from '@menusmith/plugins';
import { describe, expect, test } from 'vitest';

const names = { task: ['x', 'y'], shared: ['z'] };
const create = (formula: string, parameters: object = {}, of = names): ProductionFunction =>
  expression.create({ formula, parameters }, of);

const complaint = (make: () => unknown): readonly [message: string, field: readonly (string | number)[]] => {
  try {
    make();
  } catch (error) {
    if (error instanceof InputError) return [error.message, error.field];
    throw error;
  }
  throw new Error('it was accepted');
};

test('the gradient is symbolic: as exact as Cobb–Douglas by hand', () => {
  const formula = create('x^a * y^b * (1 + z)^0.25', { a: 0.3, b: 0.2 });
  const byHand = cobbDouglas.create({ exponents: { x: 0.3, y: 0.2, z: 0.25 }, base: { z: 1 } }, names);
  const [found, expected] = [new Float64Array(3), new Float64Array(3)];
  for (const [x, y, z] of [
    [0.2, 3, 0],
    [1e-8, 1e8, 5],
    [40, 0.01, 1e-6],
  ] as const) {
    const at = [Float64Array.of(x, y), Float64Array.of(z)] as const;
    expect(formula.valueWithGradient!(...at, found) / byHand.valueWithGradient!(...at, expected)).toBeCloseTo(
      1,
      14,
    );
    for (const k of [0, 1, 2]) expect(found[k]! / expected[k]!).toBeCloseTo(1, 14);
    expect(formula.value(...at)).toBe(formula.valueWithGradient!(...at, found));
  }
});

describe('the degree in the task inputs', () => {
  test.each([
    ['x^0.25 * y^0.25 * (1 + z)^0.25', 0.5],
    ['x^0.3 * y^0.25 * exp(-1 / (1 + z))', 0.55],
    ['(0.4 * x^0.5 + (1 + z) * y^0.5)^1.2', 0.6],
    ['min(x, 2 * y)^0.4 * sqrt(1 + z)', 0.4],
    ['exp(0.3 * log(x) + 0.1 * log(y + x)) * (1 + z)^0.1', 0.4],
  ])('of %s is found: %d', (formula, degree) => {
    expect(create(formula).degree).toBe(degree);
  });

  test.each([
    ['(1 - exp(-x))^0.4 * (1 - exp(-y))^0.3 * (1 + z)^0.2'],
    ['sqrt(1 + z) * log(1 + sqrt(x * y) / sqrt(1 + z))'],
    ['x^0.3 * y^0.2 + 0.001 * x^0.4 * z'],
    ['(x * y)^0.3 + (x * y)^0.3000001 * z'],
    ['x * y * z'],
    ['sqrt(x * y) * sqrt(x * y) * z^0.1'],
  ])('of %s is none', (formula) => {
    expect(create(formula)).not.toHaveProperty('degree');
  });

  test('is none where there are no task inputs', () => {
    expect(create('z^0.5', {}, { task: [], shared: ['z'] })).not.toHaveProperty('degree');
  });
});

test('errata, S6: nothing is supplied up to φ = C_q(0, s) = 2√(c_x c_y), though every assumption of Section 2 holds', () => {
  const input = (name: string, scope: Input['scope'], cost: number): Input => ({
    name,
    scope,
    cost,
    max: Number.POSITIVE_INFINITY,
  });
  const inputs = [input('x', 'task', 0.09), input('y', 'task', 0.16), input('z', 'shared', 0.3)];
  const v = create('sqrt(b + z) * log(1 + sqrt(x * y) / sqrt(b + z))', { b: 1 });
  const supply = numericSupply(technology(v, inputs));
  const out = supplyPoint(3);
  // 2·√(0.09·0.16) = 0.24.
  supply.supply(0.239, 0.5, out);
  expect(out).toMatchObject({ quality: 0, solved: true });
  supply.supply(0.241, 0.5, out);
  expect(out.quality).toBeGreaterThan(0);
  // Just above it v ≈ √(xy): quality log(φ/0.24) on each of the tasks [0, ½].
  expect(out.quality / (0.5 * Math.log(0.241 / 0.24))).toBeCloseTo(1, 6);
  expect(supply.kinks(0.5, 1)[0]).toBeCloseTo(0.24, 9);
});

test('kinked production has the derivative from the right', () => {
  const v = create('min(x, y)^0.5 * (1 + z)^0.2');
  const out = new Float64Array(3);
  v.gradient!(Float64Array.of(2, 2), Float64Array.of(0), out);
  expect([...out]).toEqual([0, 0, 0.2 * Math.SQRT2]);
});

describe('is refused with the field, and what would do:', () => {
  const formula = ['formula'];
  test.each([
    [
      'an unknown name',
      () => create('input^0.3 * y^0.2 * z^.1', {}, { task: ['inptu', 'y'], shared: ['z'] }),
      'column 1: no name "input"; did you mean inptu? (names: inptu, y, z)',
      formula,
    ],
    [
      'an input that does not appear',
      () => create('x^0.3'),
      'expression: expected a formula that depends on every input, got one without y, z',
      formula,
    ],
    [
      'an input whose power is 0',
      () => create('x^0.3 * y^0.2 * (1 + z)^c', { c: 0 }),
      'expression: expected a formula that depends on every input, got one without z',
      formula,
    ],
    [
      'an input whose name a formula cannot hold',
      () => create('x^0.3 * fine-tuning', {}, { task: ['x'], shared: ['fine-tuning'] }),
      'expression: a formula cannot name the input "fine-tuning"; a name of letters, digits and _ can stand there, as fineTuning',
      formula,
    ],
    [
      'a parameter with the name of an input',
      () => create('x^0.3 * y^0.2 * z^0.1', { y: 2 }),
      'expression: expected a name that no input has, got "y"',
      ['parameters', 'y'],
    ],
    [
      'a quality below zero',
      () => create('log(x) * y^0.2 * (1 + z)^0.1 + 0.5'),
      'expression: expected a positive finite quality, got -0.0137986 at x = 0.5754, y = 0.1232, z = 0.4663',
      formula,
    ],
    [
      'a quality that is no number',
      () => create('x^0.3 * y^0.2 * log(z - 20)'),
      'expression: expected a positive finite quality, got not a number at x = 1, y = 1, z = 1',
      formula,
    ],
    [
      'something else than arithmetic',
      () => create('x.constructor'),
      'column 2: expected an operator (+ - * / ^) or the end, got "."',
      formula,
    ],
  ] as const)('%s', (_, make, message, field) => {
    const [came, at] = complaint(make);
    expect(came.replace(/(?<=got )-[\d.]+ at .*/, '…')).toBe(message.replace(/(?<=got )-[\d.]+ at .*/, '…'));
    expect(at).toEqual(field);
  });
});
