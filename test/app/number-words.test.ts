import { numberWords } from '@menusmith/core';
import { expect, test } from 'vitest';

test('a message tells a number in digits, and in words what is none', () => {
  expect([0.1 + 0.2, -0, 1e300, 5e-324].map((x) => numberWords(x))).toEqual([
    '0.30000000000000004',
    '0',
    '1e+300',
    '5e-324',
  ]);
  expect(numberWords(0.1 + 0.2, 4)).toBe('0.3');
  expect([Number.NaN, 1 / 0, -1 / 0].map((x) => numberWords(x))).toEqual([
    'not a number',
    'infinite',
    'minus infinite',
  ]);
});
