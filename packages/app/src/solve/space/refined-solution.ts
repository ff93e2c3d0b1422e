import { type GridBracket, type Progress, relativeGap } from '@menusmith/core';
import { once } from '../../once.ts';
import { onCells, refinedCells } from '../../problem/refined-grid.ts';
import { type SpaceProblem, screeningProblem } from '../../problem/screening-problem.ts';
import type { Study, ValueScaleBuyers } from '../../study/study.ts';
import type { Answer } from '../solved.ts';
import { type FiniteAnswer, solveFiniteBuyers } from './finite-solution.ts';
import { seenScales } from './population-bound.ts';

/** A grid that leaves more than this share of the gap that the coarser ones left is the last, where it has so many types: finer ones take far longer, and promise little. */
const WORTH_REFINING = 0.8;
const MANY = 1000;

/**
 * Continuous buyers on ever finer grids, until what the best menu attains and the lowest bound are within the study's tolerance of each other, the solve is asked to end, or the grid is the largest. Either
 * side holds on its own, so that a grid that is worse than a coarser one takes nothing away.
 */
export function* solveRefining(study: Study): Generator<Progress<Answer>, Answer, boolean | undefined> {
  const { tolerance } = study.solver;
  const seen = once(() => seenScales(study, study.buyers as ValueScaleBuyers));
  let best: RefinedAnswer | undefined;
  let coarserProfit: number | undefined;
  let isAsked = false;
  for (const cells of refinedCells(study)) {
    const onGrid = onCells(study, cells, seen);
    const known = { seen, ...(coarserProfit === undefined ? {} : { coarserProfit }) };
    const solving = solveFiniteBuyers(onGrid, screeningProblem(onGrid) as SpaceProblem, known);
    let step = solving.next();
    while (step.done !== true) {
      const asked = yield best === undefined ? step.value : besideBest(step.value, best);
      isAsked ||= asked === true;
      if (isAsked && best) return interrupted(best);
      step = solving.next(isAsked);
    }
    const gapBefore = best === undefined ? Number.POSITIVE_INFINITY : gapOf(best);
    best = better(best, { ...step.value, onGrid }, cells);
    coarserProfit = step.value.solved.grid?.profit ?? undefined;
    const gap = gapOf(best);
    const isMany = cells.reduce((product, n) => product * n, 1) >= MANY;
    const isWorthwhile = !isMany || gap <= WORTH_REFINING * gapBefore;
    if (Math.abs(gap) <= tolerance || isAsked || !isWorthwhile) break;
  }
  return best!;
}

type RefinedAnswer = FiniteAnswer & { readonly onGrid: Study };

const gapOf = ({ solved }: RefinedAnswer): number => relativeGap(solved.certificate);

const bracketsOf = ({ solved }: RefinedAnswer): readonly GridBracket[] => solved.refinement ?? [];

/** A step of a grid's solve, with the best answer of the coarser ones in the place of its own. */
const besideBest = (
  { iterations, expectedGap }: Progress<unknown>,
  best: RefinedAnswer,
): Progress<RefinedAnswer> => ({
  iterations,
  expectedGap,
  certifiedGap: gapOf(best),
  refinement: bracketsOf(best),
  incumbent: () => interrupted(best),
});

/** The answer with the menu that attains more, and the lower of both bounds; what is no number counts for nothing. */
const better = (
  known: RefinedAnswer | undefined,
  found: RefinedAnswer,
  cells: readonly number[],
): RefinedAnswer => {
  const { attained, upperBound } = found.solved.certificate;
  const refinement = [...(known ? bracketsOf(known) : []), { cells, attained, upperBound }];
  if (known === undefined) return { ...found, solved: { ...found.solved, refinement } };
  const isAbove = (a: number, b: number): boolean => a > b || Number.isNaN(b);
  const [one, other] = [known.solved.certificate, found.solved.certificate];
  const menu = isAbove(other.attained, one.attained) ? found : known;
  const bound = isAbove(one.upperBound, other.upperBound) ? found : known;
  return { ...menu, solved: { ...boundedBy(menu, bound), refinement } };
};

/** What is sold, with the bound of another grid. */
const boundedBy = ({ solved }: RefinedAnswer, { solved: by }: RefinedAnswer): FiniteAnswer['solved'] => {
  if (by === solved) return solved;
  const { upperBound } = by.certificate;
  const { extrapolatedProfit, ...population } = solved.population!;
  const isPossible = extrapolatedProfit !== null && extrapolatedProfit <= upperBound;
  return {
    ...solved,
    totals: { ...solved.totals, servedSurplus: upperBound },
    certificate: { ...solved.certificate, upperBound },
    population: {
      ...population,
      upperBound: by.population!.upperBound,
      boundBy: by.population!.boundBy,
      extrapolatedProfit: isPossible ? extrapolatedProfit : null,
    },
    grid: { ...solved.grid!, extrapolatedProfit: isPossible ? extrapolatedProfit : null },
  };
};

/** The best so far of a solve that was asked to end. */
const interrupted = (answer: RefinedAnswer): RefinedAnswer => ({
  ...answer,
  solved: { ...answer.solved, finite: { ...answer.solved.finite!, stopped: 'interrupted' } },
});
