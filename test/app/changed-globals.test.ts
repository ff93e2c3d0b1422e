import { expect, it } from 'vitest';
import { changedGlobal, noteGlobals } from '../../packages/app/src/plugin/changed-globals.ts';

it('what computes is noted, and put back; how stacks of errors are written is anybody’s', () => {
  const { exp } = Math;
  const { prepareStackTrace } = Error;
  Error.prepareStackTrace = (error) => String(error);
  noteGlobals();
  Error.prepareStackTrace = prepareStackTrace ?? (() => '');
  expect(changedGlobal()).toBeUndefined();
  Math.exp = () => 1;
  expect(changedGlobal()).toBe('Math.exp');
  expect(Math.exp).toBe(exp);
  Error.prepareStackTrace = prepareStackTrace;
});
