import {
  boundedRents,
  type Condition,
  conditionalDistribution,
  type Distribution,
  type EfficientSupply,
  type IronedVirtualValue,
  increasingVirtualValue,
  iron,
  nonincreasingMarkup,
  type Schedule,
  scaleMenu,
} from '@menusmith/core';
import type { ValueScaleBuyers } from '../../study/study.ts';

/** Ranks of scales at which dependent buyers are looked at, and values. */
const RANKS = 16;
const VALUES = 48;
/** Qualities below this share of the largest are left out of ratios: near exclusion both sides vanish. */
const LEAST = 0.02;
/** Rents are swept by quadrature of low order. */
const ROUNDING = 1e-6;

interface Extreme {
  readonly ratio: number;
  readonly at: Condition['at'];
}

/**
 * The conditions of the propositions on continuous values and scales. Dependent ones are looked at scale by scale: the values given a scale, at even
 * ranks of scales.
 */
export const populationConditions = (
  { value, scale, dependence }: ValueScaleBuyers,
  supply: EfficientSupply,
): Condition[] => {
  if (dependence.independent) {
    const served = iron(value);
    return [
      increasingVirtualValue(served),
      ...boundedRents({ values: value, scales: scale, served, supply }),
      nonincreasingMarkup(served),
    ];
  }
  const seen = Array.from({ length: RANKS }, (_, j) => {
    const rank = (j + 0.5) / RANKS;
    const types = conditionalDistribution(value, dependence, rank);
    return { scale: scale.quantile(rank), types, served: iron(types) };
  }).filter((each) => each.scale > 0);
  if (seen.length === 0) return [];
  const worst = (of: (served: IronedVirtualValue) => Condition): Condition =>
    seen
      .map((each) => {
        const found = of(each.served);
        return { ...found, at: { ...found.at, scale: each.scale } };
      })
      .reduce((a, b) => (b.margin < a.margin || (a.holds && !b.holds) ? b : a));
  return [worst(increasingVirtualValue), ...risingRents(seen, supply), worst(nonincreasingMarkup)];
};

/**
 * Assumption 1 of dependent buyers: with the menus that are best scale by scale, 0 ≤ s ∂U/∂s ≤ w q. Rents that rise faster tempt smaller buyers to take
 * what is made for larger ones, and rents that fall tempt larger ones. The margin is that of Assumption 1, 1 − s U_s/(w q) at its least from scale to scale; where rents fall, s U_s/(w q) at
 * its least, which is negative.
 */
const risingRents = (
  seen: readonly {
    readonly scale: number;
    readonly types: Distribution;
    readonly served: IronedVirtualValue;
  }[],
  supply: EfficientSupply,
): Condition[] => {
  const { min, max } = seen[0]!.types;
  const values = Float64Array.from({ length: VALUES }, (_, i) => min + ((max - min) * (i + 1)) / VALUES);
  const menus: Schedule[] = seen.map((each) => scaleMenu({ ...each, supply }).schedule(values));
  const smallest = LEAST * menus.reduce((most, { quality }) => Math.max(most, ...quality), 0);
  let [least, most]: [Extreme, Extreme] = [
    { ratio: Number.POSITIVE_INFINITY, at: {} },
    { ratio: Number.NEGATIVE_INFINITY, at: {} },
  ];
  for (let j = 0; j + 1 < seen.length; j++) {
    const [low, high] = [menus[j]!, menus[j + 1]!];
    const [from, to] = [seen[j]!.scale, seen[j + 1]!.scale];
    if (!(to > from)) continue;
    values.forEach((w, i) => {
      const quality = (low.quality[i]! + high.quality[i]!) / 2;
      if (!(quality > smallest)) return;
      const ratio = (((from + to) / 2) * (high.rent[i]! - low.rent[i]!)) / ((to - from) * w * quality);
      const at = { value: w, scale: (from + to) / 2 };
      if (ratio < least.ratio) least = { ratio, at };
      if (ratio > most.ratio) most = { ratio, at };
    });
  }
  if (!(most.ratio >= least.ratio)) return [];
  const { margin, at } =
    least.ratio < -ROUNDING && least.ratio < 1 - most.ratio
      ? { margin: least.ratio, at: least.at }
      : { margin: 1 - most.ratio, at: most.at };
  return [{ name: 'bounded-rent', holds: margin >= -ROUNDING, margin, at }];
};
