import { describe, expect, it } from 'vitest';
import { faultMessage } from '../../packages/cli/src/fault-message.ts';

describe('what is said where a command cannot go on', () => {
  it('names the machine where that is short of something, and the file', () => {
    const error = Object.assign(new Error('EMFILE: too many open files'), {
      code: 'EMFILE',
      path: '/usr/lib/a.js',
    });
    expect(faultMessage(error)).toBe(
      'menusmith cannot go on: too many files are open (EMFILE) at /usr/lib/a.js\n',
    );
    const memory = Object.assign(new Error('ENOMEM: not enough memory'), { code: 'ENOMEM' });
    expect(faultMessage(memory)).toBe('menusmith cannot go on: no memory is left (ENOMEM)\n');
  });

  it('is a fault of ours else', () => {
    expect(faultMessage(new TypeError('x is not a function'))).toMatch(
      /^menusmith failed, which is a fault of ours: x is not/,
    );
    expect(faultMessage(Object.assign(new Error('no such file'), { code: 'ENOENT' }))).toContain(
      'a fault of ours',
    );
  });
});
