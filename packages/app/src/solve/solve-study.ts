import type { Result } from '../result.ts';
import type { Solution } from '../solution.ts';
import type { Study } from '../study/study.ts';
import { certificateResult, conditionResult, statusResult, totalsResult } from './assemble.ts';
import { solveFiniteTypes } from './finite-types-solution.ts';
import { notesOn } from './notes.ts';
import { solveOneDimensional } from './one-dimensional-solution.ts';
import { solveProfiles } from './profiles-solution.ts';
import type { Solved } from './solved.ts';
import { type StudySupply, studySupply } from './supply-of.ts';
import { solveValueScale } from './value-scale-solution.ts';

export interface SolveOptions {
  /** Seconds, for the result's `seconds`; the computation itself knows no time. */
  readonly clock?: () => number;
}

interface Answer {
  readonly solved: Solved;
  readonly supply: Pick<StudySupply, 'path' | 'evaluations'>;
}

const solveBuyers = (study: Study): Answer => {
  const { buyers } = study;
  if (buyers.kind === 'profiles' && study.contract !== 'packages') {
    return solveProfiles(study, buyers);
  }
  const supply = studySupply(study);
  if (buyers.kind === 'value-scale') {
    const isByIndex = study.contract === 'packages' || !buyers.dependence.independent;
    const solve = isByIndex ? solveOneDimensional : solveValueScale;
    return { solved: solve(study, buyers, supply), supply };
  }
  return {
    solved:
      'types' in buyers
        ? solveFiniteTypes(study, buyers, supply)
        : solveOneDimensional(study, buyers, supply),
    supply,
  };
};

/** Solves a study: the optimal menu under its contract, with its certificate. */
export const solveStudy = (study: Study, { clock = () => 0 }: SolveOptions = {}): Solution => {
  const started = clock();
  const { solved, supply } = solveBuyers(study);
  const numbers: Omit<Result, 'notes'> = {
    name: study.name,
    method: solved.method,
    status: statusResult(solved, study.solver.tolerance),
    ...totalsResult(solved.totals, solved.efficient, study.contract === 'efficient'),
    certificate: certificateResult(solved.certificate),
    conditions: solved.conditions.map(conditionResult),
    pools: solved.pools,
    types: solved.types,
    ...(solved.implementation ? { implementation: solved.implementation } : {}),
    ...(solved.twoTypes ? { twoTypes: solved.twoTypes } : {}),
    supply: supply.path,
    seconds: clock() - started,
    iterations: supply.evaluations(),
  };
  return { result: { ...numbers, notes: notesOn(numbers) }, quote: solved.quote };
};
