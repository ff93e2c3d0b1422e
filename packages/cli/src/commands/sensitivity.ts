import type { SensitivityResult, TierKind } from '@menusmith/app';
import { InputError } from '@menusmith/core';
import type { CommonOptions, ExitCode, Output } from '../command-context.ts';
import { registryFor } from '../command-context.ts';
import type { InterruptSource } from '../interrupts.ts';
import { jsonChunks } from '../json-text.ts';
import { progressLine } from '../progress-line.ts';
import { supervisedSolve } from '../supervised-solve.ts';
import { writeFiles } from '../write-files.ts';
import { writeJson } from '../write-json.ts';

export interface SensitivityCommandOptions extends CommonOptions {
  /** Needed where no menu is given. */
  readonly count?: string;
  readonly menu?: string;
  readonly kind: TierKind;
  readonly scale?: number;
  /** Per cent. */
  readonly by: number;
  readonly out?: string;
}

/** Dots an inch on paper, over the pixels an inch of a specification. */
const PNG_SCALE = 300 / 96;

/** `menusmith sensitivity`: one menu of few tiers, held fixed while the study's numbers turn out otherwise. 3 where it was stopped. */
export const sensitivityCommand = async (
  file: string,
  { count, menu, kind, scale, by, out, ...options }: SensitivityCommandOptions,
  output: Output,
  given: { readonly interrupts?: InterruptSource } = {},
): Promise<ExitCode> => {
  const app = await import('@menusmith/app');
  if ((count === undefined) === (menu === undefined))
    throw new InputError(
      'menu',
      'expected either --count, for the best menu of so many tiers, or --menu, a file with one',
    );
  const counts = count === undefined ? [1] : app.tierCounts(count);
  if (counts.length !== 1)
    throw new InputError('count', `--count: expected one number of tiers such as 3, got ${count}`);
  const registry = await registryFor(options);
  const source = {
    text: await app.readStudyText(file),
    file,
    registry,
    csvFiles: app.csvFilesBeside(file),
    jsonFiles: app.jsonFilesBeside(file),
  };
  const study = app.studyFromText(source.text, source);
  await app.prepareStudy(study);
  const { units } = study;
  const clock = () => performance.now() / 1000;
  const asked = {
    count: counts[0]!,
    kind,
    by: by / 100,
    clock,
    ...(scale === undefined ? {} : { scale }),
    ...(menu === undefined ? {} : { menu: { text: await app.readStudyText(menu), file: menu } }),
  };
  const finding = app.findingSensitivity(source, asked);
  const { outcome: result, stopReason } = await supervisedSolve(
    (isToStop) => app.locating(source, () => finding.next(isToStop)),
    { clock, interrupts: given.interrupts ?? process, line: progressLine(output.stderr) },
  );
  if (out !== undefined) await writeSensitivity(out, result, app.moneyUnit(units), units?.money ?? 1);
  if (options.json === true) await writeJson(output.stdout, result);
  else {
    const { sensitivityReport } = await import('../sensitivity-report.ts');
    output.stdout.write(sensitivityReport(result, units));
  }
  if (stopReason !== undefined) output.stderr.write('Ctrl-C ended it: some numbers were not moved\n');
  return stopReason === undefined ? 0 : 3;
};

/** sensitivity.json, sensitivity.csv, and the tornado chart as SVG and PNG. */
const writeSensitivity = async (
  directory: string,
  result: SensitivityResult,
  moneyUnit: string,
  money: number,
): Promise<void> => {
  const app = await import('@menusmith/app');
  await writeFiles(directory, {
    'sensitivity.json': jsonChunks(result),
    'sensitivity.csv': app.menuCsv(app.sensitivityTable(result)),
  });
  const { name, specification } = app.tornadoPicture(result, moneyUnit, money);
  const svg = await app.renderSvg(specification);
  await writeFiles(directory, {
    [`${name}.svg`]: svg,
    [`${name}.png`]: await app.renderPng(svg, Math.round(PNG_SCALE * app.svgWidth(svg))),
  });
};
