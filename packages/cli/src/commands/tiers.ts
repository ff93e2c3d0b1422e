import type { Registry, SolveProgress, Study, TierKind, TiersOptions, TiersResult } from '@menusmith/app';
import type { CommonOptions, ExitCode, Output } from '../command-context.ts';
import { registryFor } from '../command-context.ts';
import { supervisedSolve } from '../supervised-solve.ts';
import { stopWords } from '../supervision/stop-words.ts';
import { unsupervised } from '../supervision/supervisor.ts';
import { writeJson } from '../write-json.ts';

type TiersFormat = 'table' | 'csv' | 'json' | 'latex' | 'markdown';

export interface TiersCommandOptions extends CommonOptions {
  /** `3`, or `1..8`. */
  readonly count: string;
  readonly kind: TierKind;
  readonly scale?: number;
  readonly format?: TiersFormat;
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
}

/** `menusmith tiers`: the best menus of few tiers. 3 where it was stopped before the full menu was solved. */
export const tiersCommand = async (
  file: string,
  { count, kind, scale, format = 'table', ...options }: TiersCommandOptions,
  output: Output,
  given: TiersSurroundings = {},
): Promise<ExitCode> => {
  const clock = given.clock ?? (() => performance.now() / 1000);
  const started = clock();
  const { timeLimit } = options;
  const { supervisor = unsupervised } = output;
  supervisor.does('search');
  if (timeLimit !== undefined) supervisor.limit(timeLimit);
  const app = await import('@menusmith/app');
  const counts = app.tierCounts(count);
  const source = await app.openStudy(file, given.registry ?? (await registryFor(options)), options);
  const { study } = source;
  await app.prepareStudy(study);
  const asked = { counts, kind, clock, ...(scale === undefined ? {} : { scale }) };
  const finding = app.locating(source, () => (given.finding ?? app.findingTiers)(study, asked));
  const { outcome: result, stopReason } = await supervisedSolve(
    (isToStop) => app.locating(source, () => finding.next(isToStop)),
    output,
    { clock, started, timeLimit },
  );
  const sheets = app.tierSheets(result, study);
  const asText = {
    csv: app.tierSheetsCsv,
    latex: app.tierSheetsLatex,
    markdown: app.tierSheetsMarkdown,
  };
  if (options.json === true || format === 'json') {
    const document = tiersDocument(result, count.includes('..'));
    // The numbers stay in the study's units; those of a price sheet stand beside them.
    await writeJson(output.stdout, study.units === undefined ? document : { ...document, sheets });
  } else if (format !== 'table') output.stdout.write(asText[format](sheets));
  else {
    const { tiersReport } = await import('../tiers-report.ts');
    output.stdout.write(
      study.units === undefined
        ? tiersReport(result)
        : tiersReport(app.inSheetMoney(result, study), sheets, study.units),
    );
  }
  if (stopReason !== undefined)
    output.stderr.write(
      `${stopWords(stopReason, timeLimit)} ended the search: shares are of what was found\n`,
    );
  return stopReason === undefined ? 0 : 3;
};

/** One menu's numbers stand in the document itself; those of a range in a list, `menus`. */
const tiersDocument = ({ menus, ...common }: TiersResult, isRange: boolean): object => {
  const [first] = menus;
  return isRange || first === undefined ? { ...common, menus } : { ...common, ...first };
};
