import { join } from 'node:path';
import type { Result, Solution, SolveProgress } from '@menusmith/app';
import { createRegistry } from '@menusmith/app';
import type { SolveOptions } from '@menusmith/cli';
import { solveCommand } from '@menusmith/cli';
import { describe, expect, it } from 'vitest';
import type { LeftAnswer, Supervisor } from '../../packages/cli/src/supervision/supervisor.ts';
import { smallPlugin } from '../app/small-plugin.ts';
import { recordedOutput } from './run-main.ts';

const registry = createRegistry([smallPlugin]);
const study = join(import.meta.dirname, '..', '..', 'examples', 'example-1-packages.yaml');

/** Whoever presses Ctrl-C, and keeps what is left. */
class FakeSupervisor implements Supervisor {
  isListening = true;
  isAsked = false;
  seconds: number | undefined;
  readonly left: LeftAnswer[] = [];
  stopReason = () => (this.isAsked ? ('interrupt' as const) : undefined);
  stopped = () => new Promise<void>(() => undefined);
  limit = (seconds: number): void => {
    this.seconds = seconds;
  };
  does = () => undefined;
  limitCalls = () => undefined;
  answered = () => undefined;
  leave = (answer: LeftAnswer): void => {
    this.left.push(answer);
  };
}

interface Scene {
  readonly options?: Partial<SolveOptions>;
  readonly isTTY?: boolean;
  readonly columns?: number;
  readonly steps: number;
  readonly secondsAStep: number;
  /** Called within the k-th step, from 1. */
  readonly during?: (k: number, supervisor: FakeSupervisor) => void;
  /** Status of a solve that was stopped. */
  readonly stopped?: Result['status'];
  /** Steps that it still takes after it has been asked to stop. */
  readonly stopsAfter?: number;
  readonly progress?: (k: number) => Omit<SolveProgress, 'iterations'>;
  /** Seconds that it takes to tell what there is so far, if it can. */
  readonly incumbentTakes?: number;
}

const answer = (status: Result['status']): Solution => ({
  result: { name: 'A stand-in', status, types: [] } as unknown as Result,
  quote: () => ({}) as never,
});

/** A solve that computes nothing, by a clock that it turns itself. */
const play = async ({
  options = {},
  isTTY = false,
  columns,
  steps,
  secondsAStep,
  during,
  stopped = 'feasible',
  stopsAfter = 0,
  progress = () => ({ expectedGap: 3.14e-5 }),
  incumbentTakes,
}: Scene) => {
  let now = 1000;
  const supervisor = new FakeSupervisor();
  const asked: boolean[] = [];
  function* solving(): Generator<SolveProgress<Solution>, Solution, boolean | undefined> {
    let status: Result['status'] = 'optimal';
    let left = Number.POSITIVE_INFINITY;
    for (let k = 1; k <= steps; k++) {
      now += secondsAStep;
      during?.(k, supervisor);
      const incumbent = (): Solution => {
        now += incumbentTakes!;
        return answer('feasible');
      };
      const isToStop =
        (yield {
          iterations: k,
          ...progress(k),
          ...(incumbentTakes === undefined ? {} : { incumbent }),
        }) === true;
      asked.push(isToStop);
      if (isToStop) {
        status = stopped;
        left = Math.min(left - 1, stopsAfter);
        if (left <= 0) break;
      }
    }
    return answer(status);
  }
  const output = recordedOutput();
  const stderr = { ...output.stderr, isTTY, ...(columns === undefined ? {} : { columns }) };
  const code = await solveCommand(
    study,
    { at: [], json: true, ...options },
    { ...output, stderr, supervisor },
    { registry, solving, clock: () => now },
  );
  const { stdout, stderr: said } = output.written();
  return { code, result: JSON.parse(stdout) as Result, stderr: said, asked, supervisor };
};

describe('a solve that ends by itself', () => {
  it('is never asked to stop, says nothing and ends in exit code 0', async () => {
    const { code, stderr, asked } = await play({ steps: 50, secondsAStep: 0.5 });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(asked).toEqual(Array(50).fill(false));
  });
});

describe('--time-limit', () => {
  it('ends the solve after the first step at or past it, prints the best result and ends in exit code 3', async () => {
    const { code, result, stderr, asked } = await play({
      options: { timeLimit: 10 },
      steps: 100,
      secondsAStep: 2.5,
    });
    expect(asked).toEqual([false, false, false, true]);
    expect(result.status).toBe('feasible');
    expect(stderr).toBe('the time limit of 10 s ended the solve: the result is feasible\n');
    expect(code).toBe(3);
  });

  it('goes on asking until the solve has ended', async () => {
    const { asked } = await play({ options: { timeLimit: 2 }, steps: 100, secondsAStep: 1, stopsAfter: 3 });
    expect(asked).toEqual([false, true, true, true, true]);
  });

  it('ends in exit code 0 where the result turns out to be certified', async () => {
    const { code, stderr } = await play({
      options: { timeLimit: 2 },
      steps: 100,
      secondsAStep: 1,
      stopped: 'optimal',
    });
    expect(stderr).toBe('the time limit of 2 s ended the solve: the result is optimal\n');
    expect(code).toBe(0);
  });

  it('is not blamed for a result that came in time', async () => {
    const { code, stderr } = await play({ options: { timeLimit: 10 }, steps: 9, secondsAStep: 1 });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  });
});

describe('Ctrl-C', () => {
  it('ends the solve with the best result and exit code 3', async () => {
    const { code, result, stderr, asked } = await play({
      steps: 100,
      secondsAStep: 0.001,
      during: (k, supervisor) => {
        if (k === 5) supervisor.isAsked = true;
      },
    });
    expect(asked).toEqual([false, false, false, false, true]);
    expect(result.status).toBe('feasible');
    expect(stderr).toBe('Ctrl-C ended the solve: the result is feasible\n');
    expect(code).toBe(3);
  });
});

describe('what is left for the case that a solve is ended', () => {
  it('is, from the start, a seller who sells nothing, and the seconds that there are', async () => {
    const { supervisor } = await play({ options: { timeLimit: 7 }, steps: 1, secondsAStep: 1 });
    expect(supervisor.seconds).toBe(7);
    expect(supervisor.left).toHaveLength(1);
    expect(supervisor.left[0]).toMatchObject({ said: 'the result is feasible' });
    expect(JSON.parse(supervisor.left[0]!.stdout)).toMatchObject({
      profit: 0,
      welfare: 0,
      excludedShare: 1,
      certificate: { upperBound: null },
    });
  });

  it('is then the best so far, found for a tenth of the time at most', async () => {
    const { supervisor } = await play({ steps: 1000, secondsAStep: 0.1, incumbentTakes: 0.5 });
    // After 2 s, and then every 5.5 s, of a little more than 100 s.
    expect(supervisor.left.length).toBeGreaterThan(15);
    expect(supervisor.left.length).toBeLessThan(22);
    expect(JSON.parse(supervisor.left[1]!.stdout)).toMatchObject({ name: 'A stand-in', status: 'feasible' });
  });

  it('leaves time to certify the answer within the limit', async () => {
    const { stderr, asked } = await play({
      options: { timeLimit: 20 },
      steps: 100,
      secondsAStep: 1,
      incumbentTakes: 3,
    });
    expect(stderr).toContain('the time limit of 20 s');
    // 3 s to leave an answer once, and as long again for the last one.
    expect(asked.length).toBe(14);
  });

  it('comes with --out as result.json', async () => {
    let seen: FakeSupervisor | undefined;
    const failing = play({
      options: { out: 'somewhere', tiers: 0 },
      steps: 1,
      secondsAStep: 1,
      during: (_, supervisor) => {
        seen = supervisor;
        throw new RangeError('broken');
      },
    });
    await expect(failing).rejects.toThrow('broken');
    const { files } = seen!.left[0]!;
    expect(files!.directory).toBe('somewhere');
    expect(JSON.parse(files!.content['result.json']!)).toMatchObject({ profit: 0 });
  });
});

describe('progress', () => {
  const long = { steps: 100, secondsAStep: 0.05 };

  it('is one line, rewritten in place and cleared at the end, and the result is what it was', async () => {
    const { code, result, stderr } = await play({
      isTTY: true,
      steps: 3,
      secondsAStep: 1.5,
      progress: (k) => (k === 2 ? { expectedGap: 0.5 } : { expectedGap: 3.14e-5, certifiedGap: 4e-6 }),
    });
    const lines = stderr.split('\r').map((line) => line.trimEnd());
    expect(lines).toEqual([
      '',
      'iteration 2, gap 5.0e-1, 3 s',
      'iteration 3, gap 3.1e-5 (certified 4.0e-6), 4 s',
      '',
      '',
    ]);
    expect(stderr).not.toContain('\n');
    expect({ code, status: result.status }).toEqual({ code: 0, status: 'optimal' });
  });

  it('leaves nothing of a longer line behind a shorter one', async () => {
    const { stderr } = await play({
      isTTY: true,
      steps: 2,
      secondsAStep: 3,
      progress: (k) => (k === 1 ? { expectedGap: 1, certifiedGap: 1 } : { expectedGap: 1 }),
    });
    const [, first, second, blank, end] = stderr.split('\r');
    expect(second).toHaveLength(first!.length);
    expect(blank).toBe(' '.repeat(second!.trimEnd().length));
    expect(end).toBe('');
  });

  it('appears after two seconds, some ten times a second', async () => {
    const { stderr } = await play({ ...long, isTTY: true });
    const shown = stderr.match(/iteration \d+/g)!.map((text) => Number(text.slice(10)));
    expect(shown[0]).toBe(41);
    // Five seconds in all, of which three are shown.
    expect(shown.length).toBeGreaterThan(15);
    expect(shown.length).toBeLessThanOrEqual(31);
  });

  it('does not appear in the first two seconds, nor where there is no terminal', async () => {
    expect((await play({ isTTY: true, steps: 40, secondsAStep: 0.05 })).stderr).toBe('');
    expect((await play({ ...long, isTTY: false })).stderr).toBe('');
  });

  it('is as narrow as the terminal, and leaves out a gap that nobody knows', async () => {
    const wide = { isTTY: true, steps: 1, secondsAStep: 3 };
    const { stderr } = await play({ ...wide, progress: () => ({ expectedGap: Number.POSITIVE_INFINITY }) });
    expect(stderr).toContain('\riteration 1, 3 s\r');
    expect((await play({ ...wide, columns: 12 })).stderr).toContain('\riteration 1\r');
  });

  it('is cleared before the message that the time was up', async () => {
    const { stderr } = await play({ isTTY: true, options: { timeLimit: 3 }, steps: 100, secondsAStep: 1 });
    expect(stderr).toMatch(/ \rthe time limit of 3 s ended the solve: the result is feasible\n$/);
  });
});
