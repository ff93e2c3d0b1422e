import type { Coordinates } from '../result.ts';
import type { Solution } from '../solution.ts';
import { threshold } from './threshold.ts';

/** Where, along one scale, service and fine-tuning begin: values in [0, 1], 1 where they never do. */
export interface RegionBoundary {
  readonly scale: number;
  readonly exclusionValue: number;
  readonly fineTuningValue: number;
}

/** The unit square's regions under one contract. */
export interface Regions {
  readonly title: string;
  readonly boundaries: readonly RegionBoundary[];
}

const unit = { from: 0, to: 1 } as const;
const defaultTolerance = 1e-5;
const defaultShared = ['fineTuning'];

/**
 * The boundaries of exclusion and fine-tuning at each scale, by bisection on what buyers are quoted.
 *
 * The scales at which a boundary reaches value 1 are added, so that the curves end on the square's edge.
 */
export function regionBoundaries(
  solution: Solution,
  scales: readonly number[],
  shared: readonly string[] = defaultShared,
  tolerance = defaultTolerance,
): readonly RegionBoundary[] {
  const serves = served(solution);
  const tunes = fineTuned(solution, shared);
  const ends = [serves, tunes].map((holds) =>
    threshold((scale) => holds({ value: 1, scale }), unit, tolerance),
  );
  const all = [...new Set([...scales, ...ends])].sort((a, b) => a - b);
  return all.map((scale) => ({
    scale,
    exclusionValue: threshold((value) => serves({ value, scale }), unit, tolerance),
    fineTuningValue: threshold((value) => tunes({ value, scale }), unit, tolerance),
  }));
}

/** The lowest value served at this scale (for a representative type, leave the scale out). */
export function lowestServedValue(solution: Solution, scale?: number, tolerance = defaultTolerance): number {
  return threshold((value) => served(solution)(at(value, scale)), unit, tolerance);
}

/** The lowest value that gets some of a shared input at this scale. */
export function lowestFineTunedValue(
  solution: Solution,
  scale?: number,
  tolerance = defaultTolerance,
  shared: readonly string[] = defaultShared,
): number {
  return threshold((value) => fineTuned(solution, shared)(at(value, scale)), unit, tolerance);
}

const at = (value: number, scale: number | undefined): Coordinates =>
  scale === undefined ? { value } : { value, scale };

const served = (solution: Solution) => (buyer: Coordinates) => !solution.quote(buyer).excluded;

const fineTuned = (solution: Solution, shared: readonly string[]) => (buyer: Coordinates) => {
  const { inputs } = solution.quote(buyer);
  return shared.some((name) => (inputs[name] ?? 0) > 0);
};
