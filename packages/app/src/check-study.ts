import {
  type CostProperty,
  costProperties,
  finished,
  type ProductionAssumption,
  productionAssumptions,
  technology,
} from '@menusmith/core';
import { namedBuyers } from './problem/named-buyers.ts';
import { capitalised } from './report/capitalised.ts';
import { conditionName, conditionWords, holdsWords } from './report/condition-words.ts';
import type { ConditionResult } from './result.ts';
import type { Solution } from './solution.ts';
import { doubtNote } from './solve/doubts.ts';
import { type SolveProgress, solvingStudy } from './solve/solve-study.ts';
import { studySupply } from './solve/supply/supply-of.ts';
import type { Study } from './study/study.ts';

/** What `menusmith check` answers: the paper's assumptions on v, and the conditions of its propositions. */
export interface StudyCheck {
  /** Name of the study. */
  readonly name: string;
  /** Conditions of the propositions. */
  readonly conditions: readonly ConditionResult[];
  /** Section 2's on v, and Lemma 1's on C(q, s) for value-scale buyers. */
  readonly assumptions: readonly ((ProductionAssumption | CostProperty) & {
    /** The model that it is about, where the study offers several. */
    readonly model?: string;
  })[];
  /** What each condition says here, and of which buyers. */
  readonly notes: readonly string[];
  /** Why nothing is known of the conditions, where nothing is. */
  readonly doubts?: readonly string[];
  /** Whether it was ended before its own end. */
  readonly stopped?: true;
}

/** Runs `checkingStudy` to its end. */
export const checkStudy = (study: Study): StudyCheck => finished(checkingStudy(study));

/**
 * Assumptions are tried by sampling; a cost given outright has none to try. A generator: it yields what is checked so far, and after `next(true)` answers with what holds
 * whatever the rest of the solve would say.
 */
export function* checkingStudy(
  study: Study,
): Generator<SolveProgress<StudyCheck>, StudyCheck, boolean | undefined> {
  const { technology: made } = study;
  const buyers = namedBuyers(study.buyers);
  const production =
    made.kind === 'models'
      ? made.models
      : made.kind === 'production' && !made.production.atTask
        ? [made]
        : [];
  const assumptions: StudyCheck['assumptions'][number][] = [];
  const tried = (): StudyCheck => ({
    name: study.name,
    conditions: [],
    assumptions: [...assumptions],
    notes: [STOPPED],
    stopped: true,
  });
  const progress = (): SolveProgress<StudyCheck> => ({
    iterations: assumptions.length,
    expectedGap: Number.NaN,
    incumbent: tried,
  });
  if ((yield progress()) === true) return tried();
  for (const own of production) {
    const found = productionAssumptions(technology(own.production, own.inputs));
    assumptions.push(
      ...found.map((assumption) => ({ ...assumption, ...('name' in own ? { model: own.name } : {}) })),
    );
    if ((yield progress()) === true) return tried();
  }
  // The conditions speak of the seller's problem, whatever the study asks to be solved.
  const asked: Study = {
    ...study,
    implementation: 'direct',
    contract: study.contract === 'efficient' ? 'allocations' : study.contract,
  };
  if (buyers.kind === 'plane' && made.kind !== 'cost')
    assumptions.push(
      ...costProperties(studySupply(study).supply, buyers.values.max, buyers.scales.min, buyers.scales.max),
    );
  const whole = ({ result }: Solution, isStopped: boolean): StudyCheck => {
    const { doubts } = result.certificate;
    // A profit that may still grow says nothing of its distance from the efficient surplus.
    const conditions = isStopped
      ? result.conditions.filter(({ name }) => name !== 'full-extraction')
      : result.conditions;
    return {
      name: study.name,
      conditions,
      assumptions,
      notes: [
        ...(isStopped ? [STOPPED] : []),
        ...(doubts ?? []).map(doubtNote),
        ...conditions.map(
          (condition) =>
            `${holdsWords(condition.holds).sign} ${capitalised(conditionName(condition.name))}. ${conditionWords(condition, result)}`,
        ),
      ],
      ...(doubts === undefined ? {} : { doubts }),
      ...(isStopped ? { stopped: true } : {}),
    };
  };
  const solving = solvingStudy(asked);
  let [step, isAsked] = [solving.next(), false];
  while (step.done !== true) {
    const { incumbent, ...rest } = step.value;
    isAsked =
      (yield incumbent === undefined ? rest : { ...rest, incumbent: () => whole(incumbent(), true) }) ===
      true;
    step = solving.next(isAsked);
  }
  return whole(step.value, isAsked && step.value.result.status !== 'optimal');
}

const STOPPED = 'The check was stopped before its end: what is not listed was not tried.';
