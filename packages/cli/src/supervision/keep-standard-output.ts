import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';

const [STDOUT, STDERR] = [1, 2];

/**
 * In the thread of a command standard output is the answer's, which goes there by way of the other thread: what a plugin writes to its file descriptor is written
 * to standard error, and to close a descriptor of the process's streams, which would end the process, throws. `console` and `process.stdout` of a thread have been turned that way already.
 */
export const keepStandardOutput = (): void => {
  const own = fs as unknown as Record<string, (to: unknown, ...rest: unknown[]) => unknown>;
  for (const name of ['write', 'writeSync', 'writev', 'writevSync', 'writeFileSync', 'appendFileSync']) {
    const write = own[name]!;
    const turned = (to: unknown, ...rest: unknown[]): unknown =>
      write.call(fs, to === STDOUT ? STDERR : to, ...rest);
    // Node keeps there what promisify makes of it.
    own[name] = Object.defineProperties(turned, Object.getOwnPropertyDescriptors(write));
  }
  for (const name of ['close', 'closeSync']) {
    const close = own[name]!;
    const kept = (of: unknown, ...rest: unknown[]): unknown => {
      if (of === 0 || of === STDOUT || of === STDERR)
        throw new Error(`fs.${name}(${of}) would end the program`);
      return close.call(fs, of, ...rest);
    };
    own[name] = Object.defineProperties(kept, Object.getOwnPropertyDescriptors(close));
  }
  syncBuiltinESMExports();
};
