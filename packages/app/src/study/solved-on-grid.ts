import { degreeOf } from './degree.ts';
import type { Study } from './study.ts';

/** Whether a study's continuous values and scales are solved on a grid: allocations to dependent ones, or where a grid or a finite solver is asked for. */
export const isSolvedOnGrid = ({
  buyers,
  contract,
  solver,
}: Pick<Study, 'buyers' | 'contract'> & { readonly solver: Pick<Study['solver'], 'use'> }): boolean =>
  contract === 'allocations' &&
  buyers.kind === 'value-scale' &&
  (!buyers.dependence.independent || buyers.grid !== undefined || solver.use !== 'auto');

/** Whether the efficient allocation is found: not of continuous values and scales that depend on each other, where no one number stands for both. */
export const isSolvableWhenSeen = ({ buyers, technology }: Pick<Study, 'buyers' | 'technology'>): boolean =>
  buyers.kind !== 'value-scale' || buyers.dependence.independent || degreeOf(technology) !== undefined;

/** What `optimal` means where a study does not say it; the continuum behind a grid is not known as well as the grid. */
export const defaultTolerance = { population: 1e-3, otherwise: 1e-8 } as const;

/** The gap to which finite problems are solved. A grid is solved far better than the population is bounded. */
export const finiteTolerance = (study: Study): number =>
  isSolvedOnGrid(study)
    ? Math.min(study.solver.tolerance, defaultTolerance.otherwise)
    : study.solver.tolerance;
