import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import {
  changeBand,
  type DrawnProfits,
  type Evaluation,
  type EvaluationOptions,
  type GivenContent,
  readStudyText,
  type StudyDraws,
  type StudyFile,
  studyDraws,
} from '@menusmith/app';
import { InputError } from '@menusmith/core';
import type { CommonOptions, Output } from './command-context.ts';
import type { DrawnProfitsContext } from './jobs/drawn-profits-jobs.ts';
import { jobValue } from './jobs/job-work.ts';
import { runJobs } from './jobs/run-jobs.ts';

/** What `calibrate --bootstrap` writes beside the study. */
const DRAWS_FILE = 'draws.json';

export interface DrawsOptions extends CommonOptions {
  /** A file of draws; the one beside the study where none is named. */
  readonly draws?: string;
  /** At most so many threads. */
  readonly jobs?: number;
}

/** Draws of other customers for a study, or why there are none although there is a file. */
export interface KnownDraws {
  readonly draws?: StudyDraws;
  readonly note?: string;
  /** The file of draws. */
  readonly read?: GivenContent;
}

/** Those of the file that is named, else those beside the study. Throws InputError where a file that is named has none for this study. */
export const knownDraws = async (
  study: StudyFile,
  path: string,
  { menu, against, scale }: EvaluationOptions,
  { draws: given, allowFiles }: DrawsOptions,
): Promise<KnownDraws> => {
  if (against === undefined) return {};
  const beside = path === '-' ? undefined : join(dirname(path), DRAWS_FILE);
  const file = given ?? (beside !== undefined && existsSync(beside) ? beside : undefined);
  if (file === undefined) return {};
  const isCapped = [menu, against].some(({ plans }) => plans.some(({ taskCap }) => taskCap !== null));
  const text = await readStudyText(file, 'file of draws');
  const draws = studyDraws(text, file, study, { allowFiles });
  const fault =
    draws === undefined
      ? `its draws are of another fit than ${study.file}, whose production and buyers were to be those that calibrate has written`
      : scale !== undefined || isCapped
        ? 'its draws know no scales, which --scale and plans that cap tasks ask for'
        : undefined;
  if (fault === undefined) return draws === undefined ? {} : { draws, read: { path: file, text } };
  if (given !== undefined) throw new InputError('draws', `${file}: ${fault}`);
  return { note: `The change has no band. ${file} is beside the study, but ${fault}.` };
};

/** An evaluation with the band of its change over draws, worked out on all cores, and how many draws are `undone` where that was stopped. */
export const bandedEvaluation = async (
  evaluation: Evaluation,
  { draws, note }: KnownDraws,
  { menu, against }: EvaluationOptions,
  { jobs: threads, plugin: plugins = [] }: DrawsOptions,
  output: Output,
): Promise<{ readonly evaluation: Evaluation; readonly undone: number }> => {
  if (note !== undefined)
    return { evaluation: { ...evaluation, notes: [...evaluation.notes, note] }, undone: 0 };
  if (draws === undefined || against === undefined) return { evaluation, undone: 0 };
  const jobs = draws.fits.map((_, k) => k);
  const context: DrawnProfitsContext = {
    draws,
    menus: { menu: menu.plans, against: against.plans },
    plugins,
  };
  const found: (DrawnProfits | null)[] = [];
  const results = runJobs<number, DrawnProfits | null>(
    { kind: 'drawn-profits', context, jobs, what: 'draws', threads, hasPlugins: plugins.length > 0 },
    output,
  );
  for await (const result of results) found.push(jobValue(result));
  const band = changeBand(found, draws);
  return {
    evaluation: band === undefined ? evaluation : { ...evaluation, band },
    undone: jobs.length - found.length,
  };
};
