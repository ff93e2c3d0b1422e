import { faultOf, type Kind } from './guarded-value.ts';
import { isPromise, PluginFault } from './plugin-fault.ts';
import { beginCall, endCall, siteNumber } from './running-call.ts';

/** Seconds that a module has to load, and a solver to get ready. */
export const LOADING_SECONDS = 10;

/** What need not be waited for, or a promise; it settles in time, or is rejected. */
export const guardedPromise: Kind = {
  expected: 'a promise',
  take(value, from) {
    if (!isPromise(value)) return undefined;
    return inTime(value, siteNumber(from), from.given, LOADING_SECONDS).catch((thrown: unknown) => {
      if (!(thrown instanceof NotInTime)) throw faultOf(from, thrown);
      throw new PluginFault(from, `has not settled within ${LOADING_SECONDS} s`);
    });
  },
};

export class NotInTime extends Error {}

/** What `waited` settles to, while the call of that site is noted as running; throws NotInTime after so many seconds. */
export const inTime = async <T>(
  waited: PromiseLike<T>,
  site: number,
  given: readonly unknown[] | undefined,
  seconds: number,
): Promise<T> => {
  beginCall(site, given);
  let timer: ReturnType<typeof setTimeout> | undefined;
  // The timer also keeps a process alive that has nothing else to wait for.
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new NotInTime()), 1000 * seconds);
  });
  try {
    return await Promise.race([waited, late]);
  } finally {
    clearTimeout(timer);
    endCall(0);
  }
};
