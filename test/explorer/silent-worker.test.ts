import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Failure, Reply, Request } from '../../packages/explorer/src/messages.ts';
import { StudyWorker } from '../../packages/explorer/src/study-worker.ts';

/** A worker that hears and says nothing of its own. */
class SilentWorker {
  static made: SilentWorker[] = [];
  readonly heard: Request[] = [];
  isEnded = false;
  onmessage: (event: { readonly data: Reply }) => void = () => undefined;
  constructor() {
    SilentWorker.made.push(this);
  }
  postMessage(request: Request): void {
    this.heard.push(request);
  }
  terminate(): void {
    this.isEnded = true;
  }
  say(data: Reply): void {
    this.onmessage({ data });
  }
}

beforeEach(() => {
  SilentWorker.made = [];
  vi.useFakeTimers();
  vi.stubGlobal('Worker', SilentWorker);
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const page = () => {
  const failures: Failure[] = [];
  const ignore = (): void => undefined;
  const worker = new StudyWorker(
    {
      ready: ignore,
      progress: ignore,
      solved: ignore,
      completed: ignore,
      pictures: ignore,
      failed: (failure) => failures.push(failure),
    },
    [],
  );
  return { worker, failures };
};

it('a worker that does not answer is ended after a minute, which says what it was at, and another takes its place', () => {
  const { worker, failures } = page();
  worker.solve('a study', {});
  SilentWorker.made[0]!.say({ kind: 'at', work: 'the solve, with the plugin mine' });
  vi.advanceTimersByTime(55_000);
  expect([SilentWorker.made[0]!.isEnded, failures]).toEqual([false, []]);
  vi.advanceTimersByTime(5000);
  expect(failures.map(({ message }) => message)).toEqual([
    'the solve, with the plugin mine did not answer within 60 s',
  ]);
  expect(SilentWorker.made.map(({ isEnded }) => isEnded)).toEqual([true, false]);
  // The study that has just failed to answer is not asked again.
  expect(SilentWorker.made[1]!.heard.map(({ kind }) => kind)).toEqual(['start', 'sight']);
  worker.end();
});

it('one that says how far it is, or of which nothing is asked, goes on', () => {
  const { worker, failures } = page();
  vi.advanceTimersByTime(300_000);
  worker.solve('a study', {});
  const [serial] = SilentWorker.made[0]!.heard.flatMap((request) =>
    request.kind === 'solve' ? [request.serial] : [],
  );
  for (let k = 0; k < 10; k++) {
    vi.advanceTimersByTime(50_000);
    SilentWorker.made[0]!.say({ kind: 'progress', serial: serial!, progress: { iterations: k, gap: 1 } });
  }
  expect([SilentWorker.made.length, failures]).toEqual([1, []]);
  worker.end();
});

it('a question that is not answered is answered by nothing', async () => {
  const { worker, failures } = page();
  const quote = worker.quote({ value: 0.5 });
  SilentWorker.made[0]!.say({ kind: 'at', work: 'the search for tiers' });
  vi.advanceTimersByTime(60_000);
  expect(await quote).toBeUndefined();
  expect(failures).toHaveLength(1);
  expect(failures[0]!.message).toBe('the search for tiers did not answer within 60 s');
  worker.end();
});
