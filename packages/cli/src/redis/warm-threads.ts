import type { TextStream } from '../command-context.ts';
import type { JobResult } from '../jobs/job.ts';
import { jobKinds } from '../jobs/job-kinds.ts';
import { type JobThread, jobThread } from '../jobs/job-thread.ts';
import { jobWork } from '../jobs/job-work.ts';
import type { Chunk } from '../sweep/chunks.ts';
import type { SolvedChunk, SweepContext } from '../sweep/sweep-job.ts';

type Solved = JobResult<SolvedChunk>;

/** Threads that solve chunks of any sweep, each for one sweep at a time, as long as it is not needed for another one. */
export interface WarmThreads {
  /** At most as many at once as there are threads. */
  solve(sweep: string, context: SweepContext, chunk: Chunk): Promise<Solved>;
  end(): Promise<unknown>;
}

interface Seat {
  sweep: string;
  thread: JobThread<Chunk> | undefined;
  /** Hears what becomes of the chunk that is at work. */
  settle: ((result: Solved) => void) | undefined;
}

/** `url` is the module of a thread; without it chunks are solved in this one. */
export const warmThreads = (count: number, url: URL | undefined, printed: TextStream): WarmThreads => {
  const seats = Array.from(
    { length: count },
    (): Seat => ({ sweep: '', thread: undefined, settle: undefined }),
  );
  const heard = new Set<string>();
  /** Each thread fails at the same. */
  const said = (text: string): void => {
    if (!heard.has(text)) printed.write(text);
    heard.add(text);
  };
  const settle = (seat: Seat, result: Solved): void => {
    const hear = seat.settle;
    seat.settle = undefined;
    hear?.(result);
  };
  const threadAt = (seat: Seat, context: SweepContext, module: URL): JobThread<Chunk> =>
    jobThread<Chunk, SolvedChunk>(
      module,
      { kind: 'sweep', context, hasPlugins: context.plugin.length > 0 },
      {
        printed,
        said,
        result: (_, result) => settle(seat, result),
        gone: (message) => {
          seat.thread = undefined;
          settle(seat, { ok: false, error: { kind: 'ended', message } });
        },
      },
    );
  return {
    async solve(sweep, context, chunk) {
      if (url === undefined) return jobWork<Chunk, SolvedChunk>(jobKinds.sweep, context)(chunk);
      const idle = seats.filter((seat) => seat.settle === undefined);
      const seat =
        idle.find((each) => each.sweep === sweep) ??
        idle.find((each) => each.thread === undefined) ??
        idle[0]!;
      const solved = new Promise<Solved>((resolve) => {
        seat.settle = resolve;
      });
      if (seat.sweep !== sweep) {
        void seat.thread?.end();
        seat.thread = undefined;
      }
      seat.sweep = sweep;
      seat.thread ??= threadAt(seat, context, url);
      seat.thread.send([{ number: chunk.number, job: chunk }]);
      return solved;
    },
    end: () => Promise.all(seats.map(({ thread }) => thread?.end())),
  };
};
