import { basename } from 'node:path';
import type { FewTiers, MenuTable, ReportOrigin, Result, Solution, Study } from '@menusmith/app';
import type { ExitCode, TextStream } from './command-context.ts';
import type { MarkedContent } from './marked-files.ts';
import type { PictureLook } from './picture-options.ts';
import { REPORT_PAGE } from './report-files.ts';
import { shellWord } from './shell-word.ts';
import { emptyColumns } from './table-shape.ts';
import { version } from './version.ts';
import { writePictures } from './write-pictures.ts';

export interface SolvedStudy {
  readonly study: Study;
  readonly solution: Solution;
  /** With the buyers that were asked for. */
  readonly result: Result;
  readonly menu: MenuTable;
  /** Significant digits on paper; as many as fit where none are given. */
  readonly digits?: number | undefined;
  readonly look?: PictureLook;
}

/** What of the command a report repeats. */
export interface SolveCommandLine {
  /** `-` for standard input. */
  readonly file: string;
  /** The study's own text. */
  readonly text: string;
  readonly set?: readonly string[] | undefined;
  readonly at: readonly string[];
  /** Further options, as they were written: `--digits 3`. */
  readonly shapes?: readonly string[];
  readonly supply?: string | undefined;
  readonly plugin?: readonly string[] | undefined;
  /** Items of the small menu that the report shows; 0 for none. */
  readonly tiers: number;
}

/** Items of the small menu in a report that does not say otherwise. */
export const REPORTED_TIERS = 3;

/**
 * Writes result.json, menu.csv, table.tex, every picture as SVG, PNG and PDF, and report.html, which holds all of it on one page and comes last.
 *
 * A picture that cannot be drawn is left out, and so are those that are not drawn yet where `isStopped` says so; either is told on `stderr`. 0 where
 * nothing is missing, 1 where a picture could not be drawn, 3 where it was stopped.
 */
export const writeSolution = async (
  write: (name: string, content: MarkedContent) => Promise<void>,
  { study, solution, result, menu, digits, look }: SolvedStudy,
  command: SolveCommandLine,
  stderr: TextStream,
  isStopped: () => boolean = () => false,
): Promise<ExitCode> => {
  const app = await import('@menusmith/app');
  const { closedFormPicture } = await import('@menusmith/replication');
  for (const line of emptyColumns(menu, study)) stderr.write(line);
  await write('result.json', { document: result });
  await write('menu.csv', app.menuCsv(menu));
  await write('table.tex', app.latexTable(result, menu, study, digits));
  const tiers: FewTiers | undefined =
    command.tiers === 0 || study.contract === 'efficient'
      ? undefined
      : result.status === 'uncertified'
        ? app.UNCERTIFIED_TIERS
        : app.fewTiers(study, command.tiers, () => performance.now() / 1000, app.tierKindOf(study));
  // A tariff sells many items, and is no point on the picture of prices.
  const items = tiers !== undefined && 'menu' in tiers && tiers.kind === 'bundle' ? tiers.menu.tiers : [];
  const picturing = () => [
    ...app.studyPictures(study, solution, items),
    ...closedFormPicture(app.menuStudy(study, solution), solution),
  ];
  const drawn = await writePictures(write, picturing, stderr, isStopped, look);
  const report = {
    study: solution.onGrid ?? study,
    result,
    menu,
    ...drawn,
    origin: originOf(command),
    ...(tiers && { tiers }),
  };
  await write(REPORT_PAGE, app.reportPage(report));
  return drawn.code;
};

const originOf = ({
  file,
  text,
  set = [],
  at,
  shapes = [],
  supply,
  tiers,
  plugin = [],
}: SolveCommandLine): ReportOrigin => {
  const words = [
    'menusmith solve',
    shellWord(basename(file)),
    ...plugin.map((path) => `--plugin ${shellWord(basename(path))}`),
    ...set.map((setting) => `--set ${shellWord(setting)}`),
    ...(supply === undefined ? [] : [`--supply ${supply}`]),
    ...at.map((buyer) => `--at ${shellWord(/\.csv$/i.test(buyer) ? basename(buyer) : buyer)}`),
    ...shapes,
    ...(tiers === REPORTED_TIERS ? [] : [`--tiers ${tiers}`]),
    '--out report',
  ];
  return {
    program: `menusmith ${version}`,
    command: words.join(' '),
    file: file === '-' ? 'study.yaml' : basename(file),
    text,
  };
};
