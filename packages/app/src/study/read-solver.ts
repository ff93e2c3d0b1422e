import { didYouMean, InputError } from '@menusmith/core';
import type { Registry } from '../registry.ts';
import { numberWithin } from './number-bounds.ts';
import type { Problems } from './problems.ts';
import type { SolverSettings } from './study.ts';
import type { StudyData } from './study-schema.ts';

/** Solvers of finite problems that `auto` prefers, before all others. */
const preferredSolvers = ['one-dimensional', 'interior-point', 'highs'];

/** Needs no gradient, so it can be asked whatever the production function. */
const defaultMinimizer = 'fmin-nelder-mead';

/** The solver that a study asks for, or those that may be tried; the tolerance is absent where the study does not say it. */
export const readSolver = (
  { use = 'auto', tolerance, supply = 'auto', minimizer }: NonNullable<StudyData['solver']>,
  registry: Registry,
  problems: Problems,
): Omit<SolverSettings, 'tolerance'> & { readonly tolerance: number | undefined } => {
  if (tolerance !== undefined)
    problems.within('tolerance').attempt(() => numberWithin(tolerance, { above: 0, below: 1 }));
  const names = registry.solvers.list().map((entry) => entry.name);
  if (use !== 'auto' && !names.includes(use)) {
    const known = ['auto', ...names];
    const message = `no solver called "${use}"${didYouMean(use, known)} (known: ${known.join(', ')})`;
    problems.within('use').add(new InputError('unknown-name', message));
  }
  const finite = orderedSolvers(use, names).map((name) => ({
    name,
    solver: registry.solvers.get(name).create({}),
  }));
  const isKnown = registry.minimizers.list().some((entry) => entry.name === defaultMinimizer);
  const name = minimizer ?? (isKnown ? defaultMinimizer : undefined);
  if (name === undefined) return { use, tolerance, supply, finite };
  const made = problems.within('minimizer').attempt(() => registry.minimizers.get(name).create({}));
  return { use, tolerance, supply, finite, ...(made === undefined ? {} : { minimizer: made }) };
};

const orderedSolvers = (use: string, names: readonly string[]): readonly string[] => {
  if (use !== 'auto') return names.filter((name) => name === use);
  const preferred = preferredSolvers.filter((name) => names.includes(name));
  return [...preferred, ...names.filter((name) => !preferred.includes(name))];
};
