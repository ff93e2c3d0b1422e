import { InputError } from '@menusmith/core';
import { cobbDouglas } from '@menusmith/plugins';
import { describe, expect, test } from 'vitest';

const names = { task: ['input', 'output'], shared: ['fineTuning'] };
const create = (exponents: object) => cobbDouglas.create({ exponents, base: { fineTuning: 1 } }, names);
const byTask = { input: '0.2 + 0.1*i', output: '0.3 - 0.2*i', fineTuning: 0.25 };

describe('exponents that are formulas in i', () => {
  test('make each task Cobb–Douglas with its own exponents', () => {
    const production = create(byTask);
    const [x, z] = [Float64Array.of(0.4, 3), Float64Array.of(2)];
    const [found, expected] = [new Float64Array(3), new Float64Array(3)];
    for (const i of [0, 0.3, 1]) {
      const own = production.atTask!(i);
      const plain = create({ input: 0.2 + 0.1 * i, output: 0.3 - 0.2 * i, fineTuning: 0.25 });
      expect(own.valueWithGradient!(x, z, found)).toBe(plain.valueWithGradient!(x, z, expected));
      expect(found).toEqual(expected);
      expect(own.degree).toBeCloseTo(0.5 - 0.1 * i, 15);
    }
  });

  test('leave the whole without a degree and a closed form; its own value is that of the middle task', () => {
    const production = create(byTask);
    expect(production).not.toHaveProperty('degree');
    expect(production).not.toHaveProperty('closedForm');
    const [x, z] = [Float64Array.of(0.4, 3), Float64Array.of(2)];
    expect(production.value(x, z)).toBe(production.atTask!(0.5).value(x, z));
  });

  test('that do not depend on i are numbers', () => {
    const production = create({ input: '0.5/2', output: 0.25, fineTuning: '0.25' });
    expect(production).not.toHaveProperty('atTask');
    expect(production.degree).toBe(0.5);
  });

  test.each([
    [
      { input: '0.1 - 0.2*i' },
      'expected an exponent above 0 for input "input", got 0 at i = 0.5',
      ['exponents', 'input'],
    ],
    [
      { input: '0.2 + 0.3*i' },
      'expected exponents that sum to less than 1, got input 0.5 + output 0.25 + fineTuning 0.25 = 1 at i = 1',
      ['exponents'],
    ],
    [{ input: '0.2 + 0.3*j' }, 'column 11: no name "j"; did you mean i? (names: i)', ['exponents', 'input']],
    [
      { input: 'log(i)' },
      'expected an exponent above 0 for input "input", got -Infinity at i = 0',
      ['exponents', 'input'],
    ],
    [
      { input: '' },
      'column 1: expected a number, a name, a function or "(", got the end',
      ['exponents', 'input'],
    ],
  ])('are refused where they do not do: %j', (change, message, field) => {
    try {
      create({ ...change, output: 0.25, fineTuning: 0.25 });
    } catch (error) {
      expect(error).toBeInstanceOf(InputError);
      expect((error as InputError).message.replace(/^cobb-douglas: /, '')).toBe(message);
      expect((error as InputError).field).toEqual(field);
      return;
    }
    expect.fail('it was accepted');
  });
});
