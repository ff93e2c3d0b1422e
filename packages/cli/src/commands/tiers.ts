import { basename, dirname } from 'node:path';
import type {
  PlanKind,
  PlanTiersOptions,
  Registry,
  Rounding,
  SolveProgress,
  Study,
  TierKind,
  TiersOptions,
  TiersResult,
} from '@menusmith/app';
import { InputError } from '@menusmith/core';
import type { CommonOptions, ExitCode, Output } from '../command-context.ts';
import { registryFor } from '../command-context.ts';
import { supervisedSolve } from '../supervised-solve.ts';
import { stopWords } from '../supervision/stop-words.ts';
import { unsupervised } from '../supervision/supervisor.ts';
import { outDirectory } from '../write-files.ts';
import { writeJson } from '../write-json.ts';

type TiersFormat = 'table' | 'csv' | 'json' | 'latex' | 'markdown';

export interface TiersCommandOptions extends CommonOptions {
  /** `3`, or `1..8`. */
  readonly count: string;
  readonly kind: PlanKind;
  readonly keep?: string;
  readonly share?: number;
  readonly round?: Rounding;
  readonly minShare?: number;
  readonly deterministic?: boolean;
  readonly menuOut?: string;
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
  const conditions = await conditionsOf(study, options);
  if (options.menuOut !== undefined && counts.length > 1)
    throw new InputError('count', `--menu-out: expected one number of tiers, as --count 3, got ${count}`);
  const asked = { counts, clock, ...(scale === undefined ? {} : { scale }) };
  const isPlain = (kind === 'bundle' || kind === 'two-part-tariff') && conditions === undefined;
  const finding = app.locating(source, () =>
    isPlain
      ? (given.finding ?? app.findingTiers)(study, { ...asked, kind: kind as TierKind })
      : app.findingPlanTiers(study, { ...asked, kind, ...conditions }),
  );
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
  const written = options.menuOut === undefined ? 0 : await writeMenu(options.menuOut, result, study, output);
  if (stopReason !== undefined)
    output.stderr.write(
      `${stopWords(stopReason, timeLimit)} ended the search: shares are of what was found\n`,
    );
  return written || (stopReason === undefined ? 0 : 3);
};

/** What a firm asks of its plans; undefined where it asks nothing. */
const conditionsOf = async (
  study: Study,
  { keep, share, round, minShare, deterministic = false }: Partial<TiersCommandOptions>,
): Promise<Pick<PlanTiersOptions, 'keep' | 'round' | 'minShare'> | undefined> => {
  const app = await import('@menusmith/app');
  if (share !== undefined && keep === undefined)
    throw new InputError('share', '--share is of what today’s plans give; expected --keep with their menu');
  if (deterministic && app.sellsLotteries(study))
    throw new InputError(
      'unsupported',
      '--deterministic: items of goods and tasks at a linear cost are lotteries, and menus without are not searched for; expected buyers who differ in one number',
    );
  if (keep === undefined && round === undefined && minShare === undefined) return undefined;
  const plans =
    keep === undefined ? undefined : app.openPlans(await app.readStudyText(keep, 'menu'), keep, study).plans;
  return {
    ...(plans === undefined ? {} : { keep: { plans, share: share ?? 1 } }),
    ...(round === undefined ? {} : { round }),
    ...(minShare === undefined ? {} : { minShare }),
  };
};

/** Writes what is on sale as a menu file. */
const writeMenu = async (
  file: string,
  { menus }: TiersResult,
  { units }: Study,
  output: Output,
): Promise<ExitCode> => {
  const { menuDocument } = await import('@menusmith/app');
  const text = `${JSON.stringify(menuDocument(menus[0]!, units), null, 2)}\n`;
  const directory = await outDirectory(dirname(file), output);
  return directory.fill([], async (write) => {
    await write(basename(file), text);
    return 0;
  });
};

/** One menu's numbers stand in the document itself; those of a range in a list, `menus`. */
const tiersDocument = ({ menus, ...common }: TiersResult, isRange: boolean): object => {
  const [first] = menus;
  return isRange || first === undefined ? { ...common, menus } : { ...common, ...first };
};
