import type { Registry, Result, Solution, Study, SupplyChoice } from '@menusmith/app';
import { askedBuyer } from '../asked-buyer.ts';
import type { CommonOptions, ExitCode, Output } from '../command-context.ts';
import { jsonText, registryFor } from '../command-context.ts';

export interface SolveOptions extends CommonOptions {
  readonly at: readonly string[];
  readonly out?: string;
  readonly supply?: SupplyChoice;
  readonly timeLimit?: number;
}

export type Solve = (study: Study, options: { clock: () => number }) => Solution;

/** `menusmith solve`: 0 where the result is certified optimal, 3 where it is not. */
export const solveCommand = async (
  file: string,
  options: SolveOptions,
  output: Output,
  given: { readonly solve?: Solve; readonly registry?: Registry } = {},
): Promise<ExitCode> => {
  const app = await import('@menusmith/app');
  const read = await app.readStudy(file, given.registry ?? (await registryFor(options)));
  if (options.supply !== undefined) {
    app.checkSupply(read.technology, options.supply);
  }
  const study: Study = {
    ...read,
    solver: { ...read.solver, ...(options.supply && { supply: options.supply }) },
  };
  const asked = options.at.map((text) => askedBuyer(text, study.buyers));

  const solution = app.locating(file, () =>
    (given.solve ?? app.solveStudy)(study, { clock: () => performance.now() / 1000 }),
  );
  const quotes = asked.map((buyer) => solution.quote(buyer));
  // Finite buyers are all in the result; of continuous ones it holds those that were asked for.
  const types = 'types' in study.buyers ? solution.result.types : quotes;
  const result: Result = { ...solution.result, types };

  if (options.out !== undefined) {
    const { writeSolution } = await import('../write-solution.ts');
    await writeSolution(options.out, study, solution, result);
  }
  if (options.json === true) output.stdout.write(jsonText(result));
  else {
    const { solveReport } = await import('../solve-report.ts');
    output.stdout.write(solveReport(result, study, quotes));
  }
  if (result.status === 'optimal') return 0;
  output.stderr.write(`not certified within the limits: the result is ${result.status}\n`);
  return 3;
};
