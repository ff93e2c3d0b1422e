import { createHook, executionAsyncId } from 'node:async_hooks';
import { placeIn } from './plugin-fault.ts';
import { beginCall, endCall, isCalling, siteNumber } from './running-call.ts';

/**
 * From now on whatever a plugin has called later, by a promise, `process.nextTick`, a file that was read or anything else that Node calls back, is noted as its calls are. It is
 * a plugin's where the plugin's code was on the stack when it was made ready, or where that was done by such a callback.
 *
 * For a thread of its own, before plugins are loaded, and where there are some: with it promises take longer.
 */
export const noteCallbacks = (): void => {
  const sites = new Map<number, number>();
  const outer: number[] = [];
  createHook({
    init(id) {
      const site = sites.get(executionAsyncId()) ?? siteOf(placeIn(new Error()));
      if (site !== undefined) sites.set(id, site);
    },
    before(id) {
      const site = sites.get(id);
      // A call that is waited for stays the one that runs.
      if (site !== undefined) outer.push(isCalling() ? NONE : beginCall(site));
    },
    after(id) {
      const begun = sites.has(id) ? outer.pop() : undefined;
      if (begun !== undefined && begun !== NONE) endCall(begun);
    },
    destroy(id) {
      sites.delete(id);
    },
  }).enable();
};

const NONE = -1;

const siteOf = (place: string | undefined): number | undefined => {
  if (place === undefined) return undefined;
  const file = decodeURIComponent(place.slice(place.lastIndexOf('/') + 1)).replace(/:\d+:\d+$/, '');
  return siteNumber({ name: 'a callback', owner: ` of ${file}` });
};
