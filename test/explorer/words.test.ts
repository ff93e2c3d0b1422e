import { expect, it } from 'vitest';
import { percent, shown, words } from '../../packages/explorer/src/words.ts';

it.each([
  [0.1010416666, '0.101042'],
  [-2.5, '−2.5'],
  [123456789, '123,456,789'],
  // Longer ones would run over their neighbours.
  [4.7947123e16, '4.79471e16'],
  [-1.5e-9, '−1.5e-9'],
  [null, '–'],
])('%d reads %s', (number, text) => {
  expect(shown(number)).toBe(text);
});

it('shares are in percent, and names in words', () => {
  expect(percent(0.125)).toBe('12.5 %');
  expect(words('fineTuning')).toBe('fine tuning');
});
