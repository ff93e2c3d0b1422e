import * as app from '@menusmith/app';
import type { CommonOptions } from './command-context.ts';
import { version } from './version.ts';

/** What the page for the person who decides is made of. */
interface DecisionFile extends app.EvaluationOptions {
  readonly source: app.StudyFile;
  readonly registry: app.Registry;
  readonly evaluation: app.Evaluation;
}

/** Milliseconds that the page tries numbers of the study for. */
const PATIENCE = 8000;

/** The page, which solves anew for each number of the study; undefined where `isToStop` ends that. */
export const decisionFile = (
  { source, registry, evaluation, menu, against, scale }: DecisionFile,
  options: CommonOptions,
  isToStop: () => boolean,
): string | undefined => {
  const { study, settings, file } = source;
  const [now, before] = [menu.plans, scale === undefined ? against?.plans : undefined];
  const isPlain = before !== undefined && settings.length === 0;
  const text = { ...source, registry, ...app.filesBeside(file, options) };
  const begun = performance.now();
  const isEnough = (): boolean => performance.now() - begun > PATIENCE;
  const overturning = isPlain
    ? app.overturning(text, { menu: now, against: before, isToStop, isEnough })
    : undefined;
  if (isPlain && overturning === undefined) return undefined;
  return app.decisionPage({
    study,
    evaluation,
    menu: now,
    overturning,
    ...(before !== undefined && app.hasIndex(study)
      ? { experiment: app.experimentSize(study, before, now) }
      : {}),
    program: `menusmith ${version}`,
  });
};
