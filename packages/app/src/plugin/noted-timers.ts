import { placeIn } from './plugin-fault.ts';
import { beginCall, endCall, siteNumber } from './running-call.ts';

type Callback = (...given: unknown[]) => unknown;
type SetTimer = (callback: unknown, ...rest: unknown[]) => unknown;

/**
 * From now on what a plugin has timers do is noted as its calls are: a loop without end in one would stand between a command and its end, and nobody would know whose it is.
 * For a thread of its own, before plugins are loaded.
 */
export const noteTimers = (): void => {
  const own = globalThis as unknown as Record<string, SetTimer>;
  for (const name of ['setTimeout', 'setInterval', 'setImmediate']) {
    const set = own[name]!;
    const noting: SetTimer = (callback, ...rest) => set(noted(name, callback), ...rest);
    // Node keeps there what promisify makes of it.
    own[name] = Object.defineProperties(noting, Object.getOwnPropertyDescriptors(set));
  }
};

const noted = (name: string, callback: unknown): unknown => {
  const place = typeof callback === 'function' ? placeIn(new Error()) : undefined;
  if (place === undefined) return callback;
  const file = decodeURIComponent(place.slice(place.lastIndexOf('/') + 1));
  const site = siteNumber({ name: `the callback of ${name}`, owner: ` of ${file}` });
  return function (this: unknown, ...given: unknown[]): unknown {
    const outer = beginCall(site);
    try {
      return Reflect.apply(callback as Callback, this, given);
    } finally {
      endCall(outer);
    }
  };
};
