import { InputError, numberWords } from '@menusmith/core';
import { numberWithin } from './number-bounds.ts';
import type { Problems } from './problems.ts';

/** The masses of listed types, normalised to a sum of 1. Types must have names of their own, where they have any. */
export const readMasses = (
  types: readonly { readonly name?: string | undefined; readonly mass: number }[],
  problems: Problems,
): readonly number[] => {
  const names = new Set<string>();
  let total = 0;
  for (const [index, { name, mass }] of types.entries()) {
    const own = problems.within(index);
    own.within('mass').attempt(() => numberWithin(mass, { min: 0 }));
    if (name !== undefined && names.has(name)) {
      own
        .within('name')
        .add(new InputError('duplicate-name', `expected a name of its own, got a second "${name}"`));
    }
    if (name !== undefined) names.add(name);
    total += mass;
  }
  if (types.length === 0) problems.add(new InputError('no-types', 'expected at least one type, got none'));
  else if (!(total > 0 && Number.isFinite(total))) {
    problems.add(
      new InputError('masses', `expected masses with a positive finite sum, got ${numberWords(total)}`),
    );
  }
  return types.map(({ mass }) => mass / total);
};
