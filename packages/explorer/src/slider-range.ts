import type { NumberBounds } from '@menusmith/core';

/** What a slider can be moved to. */
export interface SliderRange {
  readonly from: number;
  readonly to: number;
  readonly step: number;
}

/**
 * The slider of a declared number: from bound to bound, a step away from bounds that are not attained; where there is no bound, to a round
 * number of at least twice the value.
 */
export const sliderRange = ({ min, max, above, below }: NumberBounds, value: number): SliderRange => {
  const [low, high] = [min ?? above, max ?? below];
  const reach = roundUp(Math.max(2 * Math.abs(value), 1));
  const lower = low ?? (high === undefined ? -reach : Math.min(high - reach, value));
  const upper =
    high ?? lower + (low === undefined ? 2 * reach : Math.max(reach, roundUp(2 * (value - lower))));
  const step = roundUp((upper - lower) / 250);
  return {
    from: min === undefined && above !== undefined ? tidy(lower + step) : lower,
    to: max === undefined && below !== undefined ? tidy(upper - step) : upper,
    step,
  };
};

/** The least of 1, 2, 5, 10, … times a power of ten that is not below x > 0. */
const roundUp = (x: number): number => {
  const power = 10 ** Math.floor(Math.log10(x));
  const digit = [1, 2, 5, 10].find((candidate) => candidate * power >= x * (1 - 1e-12)) ?? 10;
  return tidy(digit * power);
};

/** Without the dust of floating point: 0.30000000000000004 is meant as 0.3. */
export const tidy = (x: number): number => Number(x.toPrecision(12));
