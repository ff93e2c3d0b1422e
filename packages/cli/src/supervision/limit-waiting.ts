import childProcess from 'node:child_process';
import { syncBuiltinESMExports } from 'node:module';

type Waiting = (file: string, ...rest: unknown[]) => unknown;

/**
 * In the thread of a command nobody waits longer for another process than `seconds`: that thread cannot be ended meanwhile, and so a plugin that waits with `execSync` would
 * hold the command up. Beyond the time the process is killed, and the call throws ETIMEDOUT.
 */
export const limitWaiting = (seconds: number): void => {
  const own = childProcess as unknown as Record<string, Waiting>;
  for (const name of ['execSync', 'execFileSync', 'spawnSync']) {
    const wait = own[name]!;
    own[name] = (file, ...rest) => {
      const list = Array.isArray(rest[0]) ? [rest[0]] : [];
      const isOptions = (each: unknown): each is { readonly timeout?: number } =>
        typeof each === 'object' && each !== null && !Array.isArray(each);
      const options = rest.find(isOptions) ?? {};
      const { timeout = 0 } = options;
      const most = 1000 * seconds;
      const limited = { timeout: timeout > 0 && timeout < most ? timeout : most, killSignal: 'SIGKILL' };
      return wait(file, ...list, { ...options, ...limited });
    };
  }
  syncBuiltinESMExports();
};
