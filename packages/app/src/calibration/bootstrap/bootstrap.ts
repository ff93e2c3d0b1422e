import type { Plan } from '@menusmith/core';
import { type Band, band, LEVEL } from './band.ts';
import type { Draw } from './draw.ts';
import type { DrawSource } from './draw-source.ts';
import type { Gain } from './drawn-market.ts';

/** What other customers of the same kind would have led to: the main model, refitted to customers drawn with replacement. */
export interface Bootstrap {
  /** How many draws were asked for. */
  readonly asked: number;
  /** Of these the numbers are; fewer where it was stopped or draws failed. */
  readonly draws: number;
  /** Draws in which demand did not fall with prices, or exponents were not concave. */
  readonly failed: number;
  /** Seed of the draws. */
  readonly seed: number;
  /** Share of the draws that a band holds. */
  readonly level: number;
  /** Band of the degree. */
  readonly degree: Band;
  /** The best three two-part tariffs for the fit, in the study's units. */
  readonly plans: readonly Plan[];
  /** What they earn more than today's list, a customer and month: by the fit, its band over refits less the optimism, and the same over what today's list earns. */
  readonly profitChange: number;
  /** Its band over refits, less the optimism. */
  readonly profitChangeBand: Band;
  /** The same over what today’s list earns. */
  readonly relativeChange: number;
  /** Its band over refits, less the optimism. */
  readonly relativeChangeBand: Band;
  /**
   * By how much tariffs that are looked for promise too much, over today's profit: what those that are best for a refit earn more than the fit's from its own buyers, less
   * the same from customers who were not drawn (Efron 1983). null without draws.
   */
  readonly optimism: number | null;
  /** Draws from which the optimism is. */
  readonly optimismDraws: number;
  /** Relative changes, one a draw. */
  readonly changes: readonly number[];
}

/** What draws add up to; undefined where there are none. */
export const bootstrapOf = (
  { seed, plans, gain }: DrawSource,
  made: readonly (Draw | null)[],
  asked: number,
): Bootstrap | undefined => {
  const draws = made.filter((draw) => draw !== null);
  if (draws.length === 0) return undefined;
  const optimism = (of: keyof Gain): number | null =>
    mean(draws.flatMap(({ best }) => (best === undefined ? [] : [best.promised[of] - best.brought[of]])));
  const bandOf = (of: keyof Gain): Band => {
    const [low, high] = band(draws.map((draw) => draw.gain[of]));
    const less = optimism(of) ?? 0;
    return [low - less, high - less];
  };
  return {
    asked,
    draws: draws.length,
    failed: made.length - draws.length,
    seed,
    level: LEVEL,
    degree: band(draws.map(({ degree }) => degree)),
    plans,
    profitChange: gain.absolute,
    profitChangeBand: bandOf('absolute'),
    relativeChange: gain.relative,
    relativeChangeBand: bandOf('relative'),
    optimism: optimism('relative'),
    optimismDraws: draws.filter(({ best }) => best !== undefined).length,
    changes: draws.map((draw) => draw.gain.relative),
  };
};

const mean = (numbers: readonly number[]): number | null => {
  const known = numbers.filter(Number.isFinite);
  return known.length === 0 ? null : known.reduce((a, b) => a + b, 0) / known.length;
};
