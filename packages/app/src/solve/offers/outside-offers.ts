import { type CellsOutside, InputError } from '@menusmith/core';

/** What each of several types has who takes no offer, u_n, and what the seller then earns from her, nothing unless said; money. */
export interface TypesOutside {
  readonly worth: Float64Array;
  readonly margins?: Float64Array;
}

/** Throws InputError where somebody pays for doing without what she would lose: that is no use of inputs, and has no tariff. */
export const requireNothingLost = (outside: Float64Array): void => {
  const least = outside.reduce((a, b) => Math.min(a, b), 0);
  if (least >= 0) return;
  throw new InputError(
    'unsupported',
    `tariffs are for what buyers use, and who has less than nothing outside pays for an item without any; expected outside of at least 0 beside tariffs, or implementation: direct, got ${least}`,
    ['outside', 'utility'],
  );
};

/** Whether all have the same outside: then the best menu of tariffs along a line is known. */
export const isSameForAll = (outside: CellsOutside | undefined): boolean =>
  outside === undefined ||
  (outside.types.every((u) => u === outside.types[0]) && outside.edges.every((u) => u === outside.types[0]));
