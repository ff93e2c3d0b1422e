import type { Registry, SolveProgress, Study, TierKind, TiersOptions, TiersResult } from '@menusmith/app';
import type { CommonOptions, ExitCode, Output } from '../command-context.ts';
import { registryFor } from '../command-context.ts';
import type { InterruptSource } from '../interrupts.ts';
import { progressLine } from '../progress-line.ts';
import { supervisedSolve } from '../supervised-solve.ts';
import { writeJson } from '../write-json.ts';

export interface TiersCommandOptions extends CommonOptions {
  /** `3`, or `1..8`. */
  readonly count: string;
  readonly kind: TierKind;
  readonly scale?: number;
}

/** What `tiers` takes from the world around it. */
export interface TiersSurroundings {
  readonly registry?: Registry;
  readonly finding?: (
    study: Study,
    options: TiersOptions,
  ) => Generator<SolveProgress, TiersResult, boolean | undefined>;
  /** Seconds. */
  readonly clock?: () => number;
  readonly interrupts?: InterruptSource;
}

/** `menusmith tiers`: the best menus of few tiers. 3 where it was stopped before the full menu was solved. */
export const tiersCommand = async (
  file: string,
  { count, kind, scale, ...options }: TiersCommandOptions,
  output: Output,
  given: TiersSurroundings = {},
): Promise<ExitCode> => {
  const app = await import('@menusmith/app');
  const counts = app.tierCounts(count);
  const study = await app.readStudy(file, given.registry ?? (await registryFor(options)));
  await app.prepareStudy(study);
  const clock = given.clock ?? (() => performance.now() / 1000);
  const asked = { counts, kind, clock, ...(scale === undefined ? {} : { scale }) };
  const finding = app.locating(file, () => (given.finding ?? app.findingTiers)(study, asked));
  const { outcome: result, stopReason } = await supervisedSolve(
    (isToStop) => app.locating(file, () => finding.next(isToStop)),
    {
      clock,
      interrupts: given.interrupts ?? process,
      line: progressLine(output.stderr),
    },
  );
  if (options.json === true) await writeJson(output.stdout, tiersDocument(result, count.includes('..')));
  else {
    const { tiersReport } = await import('../tiers-report.ts');
    output.stdout.write(tiersReport(result));
  }
  if (stopReason !== undefined)
    output.stderr.write('Ctrl-C ended the search: shares are of what was found\n');
  return stopReason === undefined ? 0 : 3;
};

/** One menu's numbers stand in the document itself; those of a range in a list, `menus`. */
const tiersDocument = ({ menus, ...common }: TiersResult, isRange: boolean): unknown => {
  const [first] = menus;
  return isRange || first === undefined ? { ...common, menus } : { ...common, ...first };
};
