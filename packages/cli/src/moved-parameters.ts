import type { ParameterSensitivity, SensitivityAnalysis, SensitivityResult } from '@menusmith/app';
import type { Output } from './command-context.ts';
import { jobValue } from './jobs/job-work.ts';
import { runJobs } from './jobs/run-jobs.ts';
import type { SensitivityContext } from './jobs/sensitivity-jobs.ts';
import { type StopReason, unsupervised } from './supervision/supervisor.ts';

/** Until when parameters are moved, and who hears what there is by then. */
interface MovingLimits {
  /** Seconds, by the clock, and of them at most so many. */
  readonly started: number;
  readonly timeLimit: number | undefined;
  readonly clock: () => number;
  readonly leave: (result: SensitivityResult) => void;
}

/** Seconds of work below which threads take longer to start than they save. */
const WORTH_THREADS = 2;
/** Seconds between two answers that are left. */
const LEAVING = 0.3;

/** Moves every parameter beside the held menu: the first one here, and where that takes long the others on all cores. */
export const movedParameters = async (
  analysis: SensitivityAnalysis,
  context: SensitivityContext,
  { started, timeLimit = Number.POSITIVE_INFINITY, clock, leave }: MovingLimits,
  output: Output,
): Promise<{ readonly result: SensitivityResult; readonly stopReason: StopReason | undefined }> => {
  const { supervisor = unsupervised } = output;
  const moved: ParameterSensitivity[] = [];
  const stopReason = (): StopReason | undefined =>
    supervisor.stopReason() ?? (clock() - started >= timeLimit ? 'time-limit' : undefined);
  const answer = () => ({ result: analysis.result(context.held, moved), stopReason: undefined });
  let due = clock();
  const tell = (): void => {
    if (!supervisor.isListening || clock() < due) return;
    leave(answer().result);
    due = clock() + LEAVING;
  };
  tell();
  const before = clock();
  moved.push(analysis.moved(context.held, 0));
  const rest = Array.from({ length: analysis.parameters - 1 }, (_, k) => k + 1);
  const isShort = rest.length * (clock() - before) < WORTH_THREADS;
  const { jobThreads: _, ...here } = output;
  const request = {
    kind: 'sensitivity' as const,
    context,
    jobs: rest,
    what: 'numbers',
    hasPlugins: context.plugin.length > 0,
  };
  if (stopReason() === undefined)
    for await (const result of runJobs<number, ParameterSensitivity>(request, isShort ? here : output)) {
      const parameter = moved.length;
      const isEnded = !result.ok && result.error.kind === 'ended';
      moved.push(isEnded ? analysis.unknown(parameter, result.error.message) : jobValue(result));
      tell();
      if (stopReason() !== undefined) break;
    }
  return moved.length === analysis.parameters ? answer() : { ...answer(), stopReason: stopReason() };
};
