import type { Result, TypeResult } from '@menusmith/app';
import { lowestFineTunedValue, lowestServedValue } from '@menusmith/app';
import { representativeDistribution } from '@menusmith/core';
import { uniform } from '@menusmith/plugins';
import type { MenuContract, Point, SolvedSetting } from './formula.ts';

/** Reads a number off a solved setting at a point. */
type Reading = (solved: SolvedSetting, point: Point) => number | null;

/** A number of the buyer's quote. With packages the point is θ, quoted as the buyer (θ, 1). */
export const ofQuote =
  (contract: MenuContract, read: (quote: TypeResult) => number | null | undefined): Reading =>
  (solved, { value = Number.NaN, scale = 1 }) =>
    read(solved[contract].quote({ value, scale })) ?? null;

/** A number of the result. */
export const ofResult =
  (contract: MenuContract, read: (result: Result) => number | null): Reading =>
  (solved) =>
    read(solved[contract].result);

/** Far below the tolerance of the comparison, far above the noise near a boundary. */
const boundaryTolerance = 1e-12;

/** The lowest value served. */
export const serviceFrom =
  (contract: MenuContract): Reading =>
  (solved, { scale = 1 }) =>
    lowestServedValue(solved[contract], scale, boundaryTolerance);

/** The lowest value that fine-tunes. */
export const fineTuningFrom =
  (contract: MenuContract): Reading =>
  (solved, { scale = 1 }) =>
    lowestFineTunedValue(solved[contract], scale, boundaryTolerance);

/** f_θ by quadrature over the scales: the one quantity here that no quote shows. */
export const densityOfTypes: Reading = ({ ρ }, { value = Number.NaN }) => {
  const unit = uniform.create({ min: 0, max: 1 }, undefined);
  return representativeDistribution(unit, unit, 2 * ρ).density(value);
};

/** x = y on each served task; NaN where a solution has them differ. */
export const tokensPerTask = ({ perTask: { input, output } }: TypeResult): number => common([input, output]);

/** X = Y in all; NaN where a solution has them differ. */
export const tokensInAll = ({ inputs: { input, output } }: TypeResult): number => common([input, output]);

/** p_x = p_y = p_z; NaN where a solution has them differ. */
export const price = ({ tariff }: TypeResult): number => common(Object.values(tariff?.prices ?? {}));

/** The number that all of them are, to 1e-10 of its size. */
function common(numbers: readonly unknown[]): number {
  const [first, ...others] = numbers;
  if (typeof first !== 'number') return Number.NaN;
  const same = others.every((other) => Math.abs((other as number) - first) <= 1e-10 * Math.abs(first));
  return same ? first : Number.NaN;
}
