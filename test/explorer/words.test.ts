import { expect, it } from 'vitest';
import { words } from '../../packages/explorer/src/words.ts';

it.each([
  ['fineTuning', 'fine tuning'],
  ['truncated-normal', 'truncated normal'],
])('%s reads %s', (name, text) => {
  expect(words(name)).toBe(text);
});
