import type { Input } from '@menusmith/core';
import type { TypeResult } from '../../result.ts';

/** Mean amounts by the inputs' names, per buyer of the population; what several models use under one name adds up. */
export type InputUse = Readonly<Record<string, number>>;

/** Amounts in the order of a supply's inputs, by name. */
export const namedUse = (inputs: readonly Input[], amounts: ArrayLike<number>): InputUse => {
  const use: Record<string, number> = {};
  inputs.forEach(({ name }, i) => {
    use[name] = (use[name] ?? 0) + amounts[i]!;
  });
  return use;
};

/** What listed types use, by their masses. */
export const listedUse = (types: readonly Pick<TypeResult, 'inputs' | 'mass'>[]): InputUse => {
  const use: Record<string, number> = {};
  for (const { inputs, mass = 0 } of types) {
    if (!(mass > 0)) continue;
    for (const [name, amount] of Object.entries(inputs)) use[name] = (use[name] ?? 0) + mass * amount;
  }
  return use;
};
