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

/** Most goods over which a menu's sales to continuous buyers are integrated. */
const MOST_GOODS = 5;

/** What all buyers alike have outside: 0 where they have nothing, undefined where it differs among them. */
export const evenOutside = ({ outside }: Study['terms']): number | undefined => {
  if (outside === undefined) return 0;
  return outside.kind === 'utility' && outside.names.length === 0 ? outside.at([]) : undefined;
};

/**
 * Whether a grid of goods stands for continuous buyers to whom its menu is then sold. Not where what they have outside differs among them or costs them something, where they are promised
 * something, where there are many goods, or where one good is a line: there the grid's midpoints are all that is spoken of.
 */
export const isSoldBeyondGrid = ({
  buyers,
  contract,
  terms,
  solver,
}: Pick<Study, 'buyers' | 'contract' | 'terms'> & {
  readonly solver: Pick<Study['solver'], 'use'>;
}): boolean => {
  const goods = buyers.kind === 'profiles' ? (buyers.goods?.values.length ?? 0) : 0;
  return (
    contract === 'allocations' &&
    (evenOutside(terms) ?? -1) >= 0 &&
    terms.keep === undefined &&
    goods <= MOST_GOODS &&
    goods > (solver.use === 'auto' ? 1 : 0)
  );
};

/** Whether the efficient allocation is found: not of continuous values and scales that depend on each other, where no one number stands for both. */
export const isSolvableWhenSeen = ({ buyers, technology }: Pick<Study, 'buyers' | 'technology'>): boolean =>
  buyers.kind !== 'value-scale' || buyers.dependence.independent || degreeOf(technology) !== undefined;

/** What `optimal` means where a study does not say it; the continuum behind a grid is not known as well as the grid. */
export const defaultTolerance = { population: 1e-3, otherwise: 1e-8 } as const;

/** The gap to which finite problems are solved. A grid is solved far better than the population is bounded. */
export const finiteTolerance = (study: Study): number =>
  isSolvedOnGrid(study) || isSoldBeyondGrid(study)
    ? Math.min(study.solver.tolerance, defaultTolerance.otherwise)
    : study.solver.tolerance;
