import type { Solution } from '../solution.ts';
import type { Study } from '../study/study.ts';
import { certificateResult, objectiveResult } from './assemble.ts';
import { unsolved } from './unsolved.ts';

/**
 * What is known of a study before anything is solved: a seller who sells nothing earns nothing. Without a bound on what could be earned, and without numbers where
 * buyers have something outside or are to keep what they have today.
 */
export const nothingSold = (study: Study): Solution => {
  const { method } = unsolved(study, []);
  const { outside, keep } = study.terms;
  const isEfficient = study.contract === 'efficient';
  const none = keep === undefined ? 0 : null;
  const surplus = outside === undefined ? none : null;
  const totals = {
    profit: isEfficient ? null : none,
    revenue: isEfficient ? null : none,
    cost: none,
    consumerSurplus: isEfficient ? null : surplus,
    welfare: surplus,
    efficientWelfare: null,
    excludedShare: keep === undefined ? 1 : null,
    fineTunedShare: keep === undefined ? 0 : null,
  };
  const objective = objectiveResult(study, totals);
  const attained = objective.value ?? Number.NaN;
  return {
    result: {
      name: study.name,
      method,
      status: Number.isNaN(attained) ? 'uncertified' : 'feasible',
      reasons: [{ code: 'interrupted', what: NOTHING, remedy: 'More time finds a menu.' }],
      ...totals,
      objective,
      certificate: {
        ...certificateResult({
          of: 'population',
          attained,
          upperBound: Number.NaN,
          maxIncentiveViolation: 0,
          maxParticipationViolation: 0,
        }),
        attainedObjective: objective.value,
        attainedProfit: totals.profit,
      },
      conditions: [],
      pools: [],
      types: [],
      supply: 'closed-form',
      seconds: 0,
      iterations: 0,
      notes: [NOTHING],
    },
    quote: unsolved(study, [NOTHING]).quote,
  };
};

const NOTHING =
  'No menu was found yet: these are the numbers of a seller who sells nothing, without a bound on what a menu could earn.';
