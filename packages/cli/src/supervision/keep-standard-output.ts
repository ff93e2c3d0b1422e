import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';

const [STDOUT, STDERR] = [1, 2];

/**
 * In the thread of a command standard output is the answer's, which goes there by way of the other thread: what a plugin writes to its file descriptor is written
 * to standard error. `console` and `process.stdout` of a thread have been turned that way already.
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
  syncBuiltinESMExports();
};
