import { type ProductionAssumption, productionAssumptions, technology } from '@menusmith/core';
import type { ConditionResult } from './result.ts';
import { solveStudy } from './solve/solve-study.ts';
import type { Study } from './study/study.ts';

/** What `menusmith check` answers: the paper's assumptions on v, and the conditions of its propositions. */
export interface StudyCheck {
  readonly name: string;
  readonly conditions: readonly ConditionResult[];
  readonly assumptions: readonly (ProductionAssumption & { readonly model?: string })[];
}

/** Assumptions are tried by sampling; a cost given outright has none to try. */
export const checkStudy = (study: Study): StudyCheck => {
  const { technology: made } = study;
  const production =
    made.kind === 'models'
      ? made.models
      : made.kind === 'production' && !made.production.atTask
        ? [made]
        : [];
  const assumptions = production.flatMap((own) =>
    productionAssumptions(technology(own.production, own.inputs)).map((assumption) => ({
      ...assumption,
      ...('name' in own ? { model: own.name } : {}),
    })),
  );
  // The conditions speak of the seller's problem, whatever the study asks to be solved.
  const asked: Study = {
    ...study,
    implementation: 'direct',
    contract: study.contract === 'efficient' ? 'allocations' : study.contract,
  };
  return { name: study.name, conditions: solveStudy(asked).result.conditions, assumptions };
};
