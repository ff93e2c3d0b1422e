import { beforeEach, describe, expect, it, vi } from 'vitest';
import { type CallWatch, callWatch } from '../../packages/cli/src/supervision/call-watch.ts';

/** Modules of their own: where calls are noted is changed here. */
const calls = async () => {
  vi.resetModules();
  return import('../../packages/app/src/plugin/running-call.ts');
};

let noted: Awaited<ReturnType<typeof calls>>;
let memory: SharedArrayBuffer;
let watch: CallWatch;
let [quantile, proposals, module] = [0, 0, 0];

beforeEach(async () => {
  noted = await calls();
  memory = new SharedArrayBuffer(noted.RUNNING_CALL_BYTES);
  noted.shareRunningCalls(memory);
  watch = callWatch(() => noted.runningCall(memory), { seconds: 10, bytes: 1e9 });
  quantile = noted.siteNumber({ name: 'quantile', owner: ' of d' });
  proposals = noted.siteNumber({ name: 'proposals', owner: ' of s', kind: 'step' });
  module = noted.siteNumber({ name: 'the plugin module m.mjs', owner: '', kind: 'module' });
});

describe('a watch over the calls of plugins', () => {
  it('complains of a call that is the same for too long, and of no other', () => {
    for (let second = 0; second < 60; second += 5) {
      noted.endCall(noted.beginCall(quantile, [0.5]));
      noted.beginCall(quantile, [0.25, 'a', 3]);
      expect(watch.look(second, 0)).toBeUndefined();
      noted.endCall(0);
    }
    noted.beginCall(quantile, [0.25, 'a', 3]);
    expect(watch.look(100, 0)).toBeUndefined();
    expect(watch.look(110, 0)).toBeUndefined();
    expect(watch.look(110.1, 0)).toBe('quantile(0.25, …, 3) of d did not return within 10 s');
    noted.endCall(0);
    expect(watch.look(200, 0)).toBeUndefined();
  });

  it('complains of a step that makes calls without end, but gives it as long as the command has', () => {
    noted.beginCall(proposals, [{}]);
    const step = (second: number): string | undefined => {
      noted.endCall(noted.beginCall(quantile, [second]));
      return watch.look(second, 0);
    };
    expect(step(0)).toBeUndefined();
    watch.allow({ step: 20 });
    expect(step(20)).toBeUndefined();
    expect(step(21)).toBe(
      'proposals(…) of s did not return within 20 s; with --time-limit it may take as long as that',
    );
    expect(watch.lasting()).toBe('proposals(…) of s was running');
    const outer = noted.beginCall(quantile, [0.5]);
    expect(watch.lasting()).toBe('proposals(…) of s was running');
    watch.look(21, 0);
    expect(watch.lasting()).toBe('quantile(0.5) of d was running');
    noted.endCall(outer);
  });

  it('complains of a module that does not load', () => {
    noted.beginCall(module);
    watch.look(0, 0);
    expect(watch.lasting()).toBe('the plugin module m.mjs was loading');
    expect(watch.look(11, 0)).toBe('the plugin module m.mjs has not loaded within 10 s');
    expect(noted.notedModules(memory)).toEqual(['the plugin module m.mjs']);
  });

  it('complains of memory that one call takes', () => {
    noted.beginCall(quantile, [1]);
    expect(watch.look(0, 5e9)).toBeUndefined();
    expect(watch.look(1, 5.9e9)).toBeUndefined();
    expect(watch.look(1, 6.1e9)).toBe('quantile(1) of d took more than 1 GB of memory');
  });

  it('sees calls of more functions, and with longer names, than there is room for', () => {
    for (let k = 0; k < 5000; k++) {
      const site = noted.siteNumber({ name: `f${k}`.padEnd(k, 'x'), owner: ' of\n\td' });
      noted.endCall(noted.beginCall(site, []));
    }
    noted.beginCall(noted.siteNumber({ name: 'y'.repeat(999), owner: '' }), []);
    expect(noted.runningCall(memory)!.text).toBe('a function() of a plugin');
  });
});
