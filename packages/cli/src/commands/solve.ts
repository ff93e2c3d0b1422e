import type { Registry, Result, Solution, SolveProgress, Study, SupplyChoice } from '@menusmith/app';
import { askedBuyers } from '../asked-buyer.ts';
import type { CommonOptions, ExitCode, Output } from '../command-context.ts';
import { registryFor } from '../command-context.ts';
import type { InterruptSource } from '../interrupts.ts';
import { progressLine } from '../progress-line.ts';
import { REPORT_FILES } from '../report-files.ts';
import type { StopReason } from '../supervised-solve.ts';
import { supervisedSolve } from '../supervised-solve.ts';
import { outDirectory } from '../write-files.ts';
import { writeJson } from '../write-json.ts';

export interface SolveOptions extends CommonOptions {
  readonly at: readonly string[];
  readonly out?: string;
  readonly supply?: SupplyChoice;
  /** Items of the small menu in the report; 0 for none. */
  readonly tiers?: number;
  readonly timeLimit?: number;
}

/** What a solve takes from the world around it; the process's own where none is given. */
export interface SolveSurroundings {
  readonly registry?: Registry;
  readonly solving?: (
    study: Study,
    options: { readonly clock: () => number },
  ) => Generator<SolveProgress, Solution, boolean | undefined>;
  /** Seconds. */
  readonly clock?: () => number;
  readonly interrupts?: InterruptSource;
}

/** `menusmith solve`: 0 where the result is certified optimal, 3 where it is not. */
export const solveCommand = async (
  file: string,
  options: SolveOptions,
  output: Output,
  given: SolveSurroundings = {},
): Promise<ExitCode> => {
  const app = await import('@menusmith/app');
  const source = await app.openStudy(file, given.registry ?? (await registryFor(options)), options.set);
  const { study: read } = source;
  if (options.supply !== undefined) {
    app.checkSupply(read.technology, options.supply);
  }
  const study: Study = {
    ...read,
    solver: { ...read.solver, ...(options.supply && { supply: options.supply }) },
  };
  const asked = options.at.flatMap((text) => askedBuyers(text, study.buyers));

  await app.prepareStudy(study);
  const clock = given.clock ?? (() => performance.now() / 1000);
  const directory = options.out === undefined ? undefined : await outDirectory(options.out, output.stderr);
  const solving = app.locating(source, () => (given.solving ?? app.solvingStudy)(study, { clock }));
  const { outcome: solution, stopReason } = await supervisedSolve(
    (isToStop) => app.locating(source, () => solving.next(isToStop)),
    {
      clock,
      timeLimit: options.timeLimit,
      interrupts: given.interrupts ?? process,
      line: progressLine(output.stderr),
    },
  );
  const quotes = asked.map((buyer) => solution.quote(buyer));
  // Finite buyers are all in the result; of continuous ones it holds those that were asked for.
  const types = app.namedBuyers(study.buyers).kind === 'list' ? solution.result.types : quotes;
  const result: Result = { ...solution.result, types };

  if (options.json === true) await writeJson(output.stdout, result);
  else {
    const { solveReport } = await import('../solve-report.ts');
    output.stdout.write(solveReport(result, study, quotes));
  }
  if (stopReason !== undefined) {
    output.stderr.write(`${stopped(stopReason, options)}: the result is ${result.status}\n`);
  } else if (result.status !== 'optimal') {
    output.stderr.write(
      `not certified within the limits: the result is ${result.status}${gapWords(result, app.formatPercent)}\n`,
    );
  }
  const written = await directory?.fill(REPORT_FILES, async (write) => {
    const { REPORTED_TIERS, writeSolution } = await import('../write-solution.ts');
    const { set, at, supply, plugin, tiers = REPORTED_TIERS } = options;
    const command = { file, text: source.text, set, at, supply, plugin, tiers };
    return writeSolution(write, { study, solution, result }, command, output.stderr);
  });
  return written || (result.status === 'optimal' ? 0 : 3);
};

/** Where a grid stood for continuous buyers, the grid's own optimum is not what is missing. */
const gapWords = (
  { status, grid, certificate: { relativeGap } }: Result,
  percent: (share: number, digits: number) => string,
): string =>
  grid === undefined || status !== 'feasible' || relativeGap === null
    ? ''
    : `, as its profit is ${percent(relativeGap, 2)} below the bound for continuous buyers, which is what seen scales would earn`;

const stopped = (reason: StopReason, { timeLimit }: SolveOptions): string =>
  reason === 'interrupt' ? 'Ctrl-C ended the solve' : `the time limit of ${timeLimit} s ended the solve`;
