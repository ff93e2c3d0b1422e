import type { Result } from '../result.ts';
import type { Solution } from '../solution.ts';
import type { Study } from '../study/study.ts';
import { certificateResult, conditionResult, poolResults, statusResult, totalsResult } from './assemble.ts';
import { solveFiniteTypes } from './finite-types-solution.ts';
import { solveOneDimensional } from './one-dimensional-solution.ts';
import type { Solved } from './solved.ts';
import { type StudySupply, studySupply } from './supply-of.ts';
import { solveValueScale } from './value-scale-solution.ts';

export interface SolveOptions {
  /** Seconds, for the result's `seconds`; the computation itself knows no time. */
  readonly clock?: () => number;
}

const solveBuyers = (study: Study, supply: StudySupply): Solved => {
  const { buyers } = study;
  if (buyers.kind === 'value-scale') {
    return study.contract === 'packages'
      ? solveOneDimensional(study, buyers, supply)
      : solveValueScale(study, buyers, supply);
  }
  return 'types' in buyers
    ? solveFiniteTypes(study, buyers, supply)
    : solveOneDimensional(study, buyers, supply);
};

/** Solves a study: the optimal menu under its contract, with its certificate. */
export const solveStudy = (study: Study, { clock = () => 0 }: SolveOptions = {}): Solution => {
  const started = clock();
  const supply = studySupply(study);
  const solved = solveBuyers(study, supply);
  const result: Result = {
    name: study.name,
    method: solved.method,
    status: statusResult(solved.certificate, study.solver.tolerance, solved.money),
    ...totalsResult(solved.totals, solved.efficient, study.contract === 'efficient'),
    certificate: certificateResult(solved.certificate),
    conditions: solved.conditions.map(conditionResult),
    pools: poolResults(solved.pools),
    types: solved.types,
    ...(solved.implementation ? { implementation: solved.implementation } : {}),
    supply: supply.path,
    seconds: clock() - started,
    iterations: supply.evaluations(),
  };
  return { result, quote: solved.quote };
};
