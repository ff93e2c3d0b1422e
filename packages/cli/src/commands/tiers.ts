import { basename, dirname } from 'node:path';
import type {
  GivenContent,
  PlanKind,
  PlanTiersOptions,
  Provenance,
  Registry,
  Rounding,
  SolveProgress,
  Study,
  TiersOptions,
  TiersResult,
} from '@menusmith/app';
import { InputError } from '@menusmith/core';
import type { CommonOptions, ExitCode, Output } from '../command-context.ts';
import { registryFor } from '../command-context.ts';
import { jsonChunks } from '../json-text.ts';
import { supervisedSolve } from '../supervised-solve.ts';
import { stopWords } from '../supervision/stop-words.ts';
import { type LeftAnswer, unsupervised } from '../supervision/supervisor.ts';
import { outDirectory } from '../write-files.ts';
import { writeChunks } from '../write-json.ts';

type TiersFormat = 'table' | 'csv' | 'json' | 'latex' | 'markdown';

export interface TiersCommandOptions extends CommonOptions {
  /** `3`, or `1..8`. */
  readonly count: string;
  readonly kind: PlanKind;
  readonly keep?: string;
  readonly share?: number;
  readonly round?: Rounding;
  readonly minShare?: number;
  readonly fee?: readonly number[];
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
  ) => Generator<SolveProgress<TiersResult>, TiersResult, boolean | undefined>;
  /** Seconds. */
  readonly clock?: () => number;
}

/** `menusmith tiers`: the best menus of few tiers. 3 where it was stopped before its end, with the best that were found by then, or where one is not certified. */
export const tiersCommand = async (
  file: string,
  { count, kind, scale, format = 'table', menuOut, ...options }: TiersCommandOptions,
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
  const { conditions, given: read } = await conditionsOf(study, options);
  const provenance = app.provenanceOf({ ...source, given: read });
  if (menuOut !== undefined && counts.length > 1)
    throw new InputError('count', `--menu-out: expected one number of tiers, as --count 3, got ${count}`);
  const asked = {
    counts,
    clock,
    kind,
    ...(scale === undefined ? {} : { scale }),
    ...(options.deterministic === undefined ? {} : { deterministic: options.deterministic }),
  };
  const finding = app.locating(source, () =>
    app.findingMenus(study, { ...asked, ...conditions }, given.finding ?? app.findingTiers),
  );
  const { tiersReport } = await import('../tiers-report.ts');
  const answer = { json: options.json === true, format, isRange: count.includes('..') };
  const text = (result: TiersResult): Iterable<string> =>
    answerText(result, study, { ...answer, provenance }, { ...app, tiersReport });
  const menuFile = (result: TiersResult): string =>
    `${JSON.stringify({ ...app.menuDocument(result.menus[0]!, study.units), provenance }, null, 2)}\n`;
  const left = (found: TiersResult): LeftAnswer => {
    const result = app.stoppedTiers(found);
    // A menu file is one that can be sold: of plans.
    const isWritten = menuOut !== undefined && result.menus[0]!.tiers.length > 0;
    return {
      stdout: [...text(result)].join(''),
      said: STOPPED,
      ...(isWritten
        ? {
            files: {
              directory: dirname(menuOut),
              replaced: [],
              content: { [basename(menuOut)]: menuFile(result) },
            },
          }
        : {}),
    };
  };
  if (supervisor.isListening) supervisor.leave(left(app.unsoldTiers(study, { counts, kind })));
  const { outcome, stopReason } = await supervisedSolve(
    (isToStop) => app.locating(source, () => finding.next(isToStop)),
    output,
    { clock, started, timeLimit, left, patience: PATIENCE },
  );
  const result = stopReason === undefined ? app.certifiedTiers(outcome) : app.stoppedTiers(outcome);
  const isSure = result.menus.every(({ status }) => status !== 'uncertified');
  await writeChunks(output.stdout, text(result));
  if (supervisor.isListening) supervisor.leave(left(result));
  supervisor.answered();
  const written =
    menuOut === undefined
      ? 0
      : await (await outDirectory(dirname(menuOut), output)).fill([], async (write) => {
          await write(basename(menuOut), menuFile(result));
          return 0;
        });
  if (stopReason !== undefined)
    output.stderr.write(`${stopWords(stopReason, timeLimit)} ended the search: ${STOPPED}\n`);
  else if (!isSure) output.stderr.write('not certified: the notes say why\n');
  return written || (stopReason === undefined && isSure ? 0 : 3);
};

const STOPPED = 'menus, shares and bounds are of what was found';
/** Seconds of work before the first menus are left: a single step can take longer than people wait. */
const PATIENCE = 0.3;

/** The answer in the form that was asked for. */
function* answerText(
  result: TiersResult,
  study: Study,
  {
    json,
    format,
    isRange,
    provenance,
  }: {
    readonly json: boolean;
    readonly format: TiersFormat;
    readonly isRange: boolean;
    readonly provenance: Provenance;
  },
  app: typeof import('@menusmith/app') & typeof import('../tiers-report.ts'),
): Generator<string> {
  const sheets = app.tierSheets(result, study);
  const { units } = study;
  const asText = {
    csv: ['csv', app.tierSheetsCsv],
    latex: ['tex', app.tierSheetsLatex],
    markdown: ['md', app.tierSheetsMarkdown],
  } as const;
  if (json || format === 'json')
    yield* jsonChunks({ ...app.tiersDocument(result, study, isRange), provenance });
  else if (format !== 'table') {
    const [ending, written] = asText[format];
    yield app.markedText(`tiers.${ending}`, written(sheets), provenance);
  } else
    yield units === undefined
      ? app.tiersReport(result)
      : app.tiersReport(app.inSheetMoney(result, study), sheets, units);
}

/** What a firm asks of its plans. */
const conditionsOf = async (
  study: Study,
  { keep, share, round, minShare, fee }: Partial<TiersCommandOptions>,
): Promise<{
  readonly conditions: Pick<PlanTiersOptions, 'keep' | 'round' | 'minShare' | 'fees'>;
  readonly given: readonly GivenContent[];
}> => {
  const app = await import('@menusmith/app');
  if (share !== undefined && keep === undefined)
    throw new InputError('share', '--share is of what today’s plans give; expected --keep with their menu');
  const kept = keep === undefined ? undefined : { path: keep, text: await app.readStudyText(keep, 'menu') };
  const plans = kept === undefined ? undefined : app.openPlans(kept.text, kept.path, study).plans;
  return {
    conditions: {
      ...(plans === undefined ? {} : { keep: { plans, share: share ?? 1 } }),
      ...(round === undefined ? {} : { round }),
      ...(minShare === undefined ? {} : { minShare }),
      ...(fee === undefined ? {} : { fees: fee }),
    },
    given: kept === undefined ? [] : [kept],
  };
};
