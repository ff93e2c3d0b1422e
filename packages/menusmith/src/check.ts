import { checkingStudy, prepareStudy, requireOptions, type StudyCheck } from '@menusmith/app/portable';
import { type RunOptions, runSteps } from './run-steps.ts';
import { locatedSteps } from './solve.ts';
import { type Made, onStudy, openedStudy, provenanceFor, type Study } from './study.ts';

/**
 * Which of the paper's assumptions on production and conditions of its propositions hold for a study, and by how much: what `menusmith check --json` prints.
 * One that fails is an answer, not an error.
 */
export const check = async (
  study: Study,
  options: RunOptions<StudyCheck> = {},
): Promise<StudyCheck & Made> => {
  const { study: checkable } = openedStudy(study);
  requireOptions('check', options);
  await prepareStudy(checkable);
  const steps = onStudy(study, (solvable) => checkingStudy(solvable));
  return { ...(await runSteps(locatedSteps(study, steps), options)), provenance: provenanceFor(study) };
};
