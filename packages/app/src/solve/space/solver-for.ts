import { type FiniteProblem, type FiniteSolver, InputError } from '@menusmith/core';
import type { Study } from '../../study/study.ts';

/** The solver that the study names, or the first that takes the problem. */
export const solverFor = (
  { solver }: Study,
  problem: FiniteProblem,
): { readonly name: string; readonly solver: FiniteSolver } => {
  const refusals: string[] = [];
  for (const candidate of solver.finite) {
    const reason = candidate.solver.refuses(problem);
    if (reason === undefined) return candidate;
    refusals.push(`"${candidate.name}" does not take ${reason}`);
  }
  throw new InputError(
    'no-solver',
    `no solver for this study: ${refusals.join('; ') || 'none is registered'}`,
    ['solver', 'use'],
  );
};
