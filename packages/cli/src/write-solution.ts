import { basename } from 'node:path';
import type { FewTiers, ReportOrigin, Result, Solution, Study } from '@menusmith/app';
import { jsonChunks } from './json-text.ts';
import { version } from './version.ts';
import { writeFiles } from './write-files.ts';

/** What of the command a report repeats. */
export interface SolveCommandLine {
  /** `-` for standard input. */
  readonly file: string;
  /** The study's own text. */
  readonly text: string;
  readonly set?: readonly string[] | undefined;
  readonly at: readonly string[];
  readonly supply?: string | undefined;
  readonly plugin?: readonly string[] | undefined;
  /** Items of the small menu that the report shows; 0 for none. */
  readonly tiers: number;
}

/** Items of the small menu in a report that does not say otherwise. */
export const REPORTED_TIERS = 3;

/** Dots an inch on paper, over the pixels an inch of a specification. */
const PNG_SCALE = 300 / 96;

/**
 * Writes into the directory, which is made where it is not there: result.json, menu.csv, table.tex, every picture as SVG and PNG, and report.html,
 * which holds all of it on one page. The numbers come first: pictures take longer.
 */
export const writeSolution = async (
  directory: string,
  study: Study,
  solution: Solution,
  result: Result,
  command: SolveCommandLine,
): Promise<void> => {
  const app = await import('@menusmith/app');
  const { closedFormPicture } = await import('@menusmith/replication');
  const menu = app.menuTable(study, solution);
  await writeFiles(directory, {
    'result.json': jsonChunks(result),
    'menu.csv': app.menuCsv(menu),
    'table.tex': app.latexTable(result, menu, study.units),
  });
  const tiers: FewTiers | undefined =
    command.tiers === 0 || study.contract === 'efficient'
      ? undefined
      : result.status === 'uncertified'
        ? app.UNCERTIFIED_TIERS
        : app.fewTiers(study, command.tiers, () => performance.now() / 1000, app.tierKindOf(study));
  // A tariff sells many items, and is no point on the picture of prices.
  const items = tiers !== undefined && 'menu' in tiers && tiers.kind === 'bundle' ? tiers.menu.tiers : [];
  const pictures = [];
  for (const picture of [
    ...app.studyPictures(study, solution, items),
    ...closedFormPicture(app.menuStudy(study, solution), solution),
  ]) {
    const svg = await app.renderSvg(picture.specification);
    pictures.push({ picture, svg });
    await writeFiles(directory, {
      [`${picture.name}.svg`]: svg,
      [`${picture.name}.png`]: await app.renderPng(svg, Math.round(PNG_SCALE * app.svgWidth(svg))),
    });
  }
  const origin = originOf(command);
  const report = { study, result, menu, pictures, origin, ...(tiers && { tiers }) };
  await writeFiles(directory, { 'report.html': app.reportPage(report) });
};

const originOf = ({
  file,
  text,
  set = [],
  at,
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
    ...at.map((buyer) => `--at ${shellWord(buyer)}`),
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

const shellWord = (word: string): string =>
  /^[\w./=,:@%+-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
