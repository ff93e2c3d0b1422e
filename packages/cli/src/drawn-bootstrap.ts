import {
  type Bootstrap,
  bootstrapOf,
  type Calibration,
  type Draw,
  drawSource,
  type Registry,
} from '@menusmith/app';
import type { Output } from './command-context.ts';
import type { DrawContext } from './jobs/draw-jobs.ts';
import { jobValue } from './jobs/job-work.ts';
import { runJobs } from './jobs/run-jobs.ts';
import { unsupervised } from './supervision/supervisor.ts';

/** A bootstrap, and the draws that it comes of. */
export interface DrawnBootstrap {
  readonly bootstrap: Bootstrap;
  /** null where one failed. */
  readonly draws: readonly (Draw | null)[];
}

export interface DrawnBootstrapRequest {
  readonly draws: number;
  readonly seed: number;
  /** At most so many threads. */
  readonly jobs: number | undefined;
  readonly registry: Registry;
  readonly plugins: readonly string[];
  /** Leaves what there is so far with whoever supervises. */
  readonly leave: (drawn: DrawnBootstrap) => void;
}

/** To leave what there is so far takes at most this share of the time. */
const LEAVING = 0.1;

/** Draws customers and fits them on all cores; fewer draws than asked for where it was stopped, undefined where there are none. */
export const drawnBootstrap = async (
  calibration: Calibration,
  { draws: asked, seed, jobs: threads, registry, plugins, leave }: DrawnBootstrapRequest,
  output: Output,
): Promise<DrawnBootstrap | undefined> => {
  const { supervisor = unsupervised } = output;
  const source = drawSource(calibration, { draws: asked, seed, registry });
  const context: DrawContext = { source, plugins };
  const numbers = Array.from({ length: asked }, (_, k) => k);
  const draws: (Draw | null)[] = [];
  const found = (): DrawnBootstrap | undefined => {
    const bootstrap = bootstrapOf(source, draws, asked);
    return bootstrap && { bootstrap, draws };
  };
  let due = performance.now();
  const results = runJobs<number, Draw | null>(
    { kind: 'draw', context, jobs: numbers, what: 'draws', threads, hasPlugins: plugins.length > 0 },
    output,
  );
  for await (const result of results) {
    draws.push(jobValue(result));
    const now = performance.now();
    if (!supervisor.isListening || now < due) continue;
    const so = found();
    if (so !== undefined) leave(so);
    const after = performance.now();
    due = after + (after - now) / LEAVING;
  }
  return found();
};
