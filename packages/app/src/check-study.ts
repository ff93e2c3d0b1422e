import {
  type CostProperty,
  costProperties,
  type ProductionAssumption,
  productionAssumptions,
  technology,
} from '@menusmith/core';
import { namedBuyers } from './problem/named-buyers.ts';
import { capitalised } from './report/capitalised.ts';
import { conditionName, conditionWords, holdsWords } from './report/condition-words.ts';
import type { ConditionResult } from './result.ts';
import { doubtNote } from './solve/doubts.ts';
import { solveStudy } from './solve/solve-study.ts';
import { studySupply } from './solve/supply/supply-of.ts';
import type { Study } from './study/study.ts';

/** What `menusmith check` answers: the paper's assumptions on v, and the conditions of its propositions. */
export interface StudyCheck {
  readonly name: string;
  readonly conditions: readonly ConditionResult[];
  /** Section 2's on v, and Lemma 1's on C(q, s) for value-scale buyers. */
  readonly assumptions: readonly ((ProductionAssumption | CostProperty) & { readonly model?: string })[];
  /** What each condition says here, and of which buyers. */
  readonly notes: readonly string[];
  /** Why nothing is known of the conditions, where nothing is. */
  readonly doubts?: readonly string[];
}

/** Assumptions are tried by sampling; a cost given outright has none to try. */
export const checkStudy = (study: Study): StudyCheck => {
  const { technology: made } = study;
  const buyers = namedBuyers(study.buyers);
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
  const lemma1 =
    buyers.kind === 'plane' && made.kind !== 'cost'
      ? costProperties(studySupply(study).supply, buyers.values.max, buyers.scales.min, buyers.scales.max)
      : [];
  const { result } = solveStudy(asked);
  const { doubts } = result.certificate;
  return {
    name: study.name,
    conditions: result.conditions,
    assumptions: [...assumptions, ...lemma1],
    notes: [
      ...(doubts ?? []).map(doubtNote),
      ...result.conditions.map(
        (condition) =>
          `${holdsWords(condition.holds).sign} ${capitalised(conditionName(condition.name))}. ${conditionWords(condition, result)}`,
      ),
    ],
    ...(doubts === undefined ? {} : { doubts }),
  };
};
