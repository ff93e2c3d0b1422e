import { conditionalDistribution } from '../distributions/conditional-distribution.ts';
import type { Distribution } from '../distributions/distribution.ts';
import { gaussLegendre, legendre } from '../integration/gauss-legendre.ts';
import { root } from '../integration/root.ts';
import type { ChainParticipation } from '../screening/chain-participation.ts';
import type { Totals } from '../screening/scale-menu.ts';
import { madeItem } from './item-between.ts';
import type { ValueScalePopulation } from './observable-scale.ts';
import {
  type FallbackAt,
  type FallbackItem,
  fallbackItem,
  isLottery,
  type MadeItem,
  type ScaleFallback,
} from './population-fallback.ts';
import type { PopulationMenu } from './population-menu.ts';
import { type OfferedItem, populationOffers } from './population-offer.ts';

/** What a menu brings in a population; `error` is that of the profit as a share of it. */
export type PopulationTotals = Omit<Totals, 'servedSurplus'> & {
  readonly profit: number;
  /** The share of buyers who have a lottery between models. */
  readonly lotteries: number;
  /** Mean amounts of what was asked to be counted. */
  readonly inputs: Float64Array;
};

/** Amounts of an item that are to be counted, such as its inputs. */
export interface CountedAmounts {
  readonly count: number;
  /** `number` is the item's in the menu; −1 where it is none of it. */
  of(item: MadeItem, number: number): Float64Array;
}

const NODES = 3;
/** A cell of scales with a larger error, as a share of the whole, is halved; and how often. */
const TOLERANCE = 2e-6;
const MOST_HALVINGS = { mixed: 6, unmixed: 3 } as const;
/** The most of the buyers of one scale between two nodes of a rule in the value. */
const CROWD = 0.05;

const [COST, VALUE, RENT, EXCLUDED, TUNED, OUTSIDE, KEPT, DRAWN] = [0, 1, 2, 3, 4, 5, 6, 7];
const COMPONENTS = 8;

/**
 * What a menu brings when every buyer of a continuous population takes what she likes best, or nothing, in one pass: Gauss points of the ranks of
 * scales, between the menu's own, and at each of them every value, cut where it turns to another item. The error of a cell of scales is told from how
 * fast its profit's Legendre coefficients fall; where it is large, the cell is halved. `isRough` takes one point a cell, to compare menus.
 */
export const populationTotals = (
  { values, scales, copula }: ValueScalePopulation,
  menu: PopulationMenu,
  isRough = false,
  counted?: CountedAmounts,
  fallbackAt?: FallbackAt,
): PopulationTotals => {
  const components = COMPONENTS + (counted?.count ?? 0);
  const { sumAt, solved } = scaleSums({ values, scales, copula }, menu, counted, fallbackAt);
  const { nodes, weights } = gaussLegendre(isRough ? 1 : NODES);
  const sums = new Float64Array(components);
  let error = 0;
  const at = new Float64Array(components);
  const profitOf = (of: Float64Array): number => of[VALUE]! - of[RENT]! - of[COST]!;
  const add = (from: number, to: number, halvings: number): void => {
    const own = new Float64Array(components);
    let [slope, bend] = [0, 0];
    nodes.forEach((t, i) => {
      sumAt(from + t * (to - from), at);
      const weight = weights[i]! * (to - from);
      for (let c = 0; c < components; c++) own[c]! += weight * at[c]!;
      slope += 3 * weight * profitOf(at) * legendre(1, 2 * t - 1).value;
      bend += 5 * weight * profitOf(at) * legendre(2, 2 * t - 1).value;
    });
    // Where few items are sold as they are, profit has a kink wherever one finds its first buyer.
    const fall = menu.isUnmixed || slope === 0 ? 1 : Math.min(1, Math.abs(bend / slope));
    const off = Math.abs(bend) * fall;
    if (
      off > TOLERANCE * Math.abs(profitOf(sums) + profitOf(own)) &&
      halvings < (isRough ? 0 : MOST_HALVINGS[menu.isUnmixed ? 'unmixed' : 'mixed'])
    ) {
      add((from + to) / 2, to, halvings + 1);
      add(from, (from + to) / 2, halvings + 1);
      return;
    }
    for (let c = 0; c < components; c++) sums[c]! += own[c]!;
    error += off;
  };
  // From the top, where most is earned: what is left is then judged by that.
  const ends = [...new Set([0, ...cutsOf(scales, menu, isRough), 1])].sort((a, b) => b - a);
  for (let i = 0; i + 1 < ends.length; i++) if (ends[i]! > ends[i + 1]!) add(ends[i + 1]!, ends[i]!, 0);
  const profit = profitOf(sums);
  return {
    cost: sums[COST]!,
    grossValue: sums[VALUE]!,
    rent: sums[RENT]!,
    excluded: sums[EXCLUDED]!,
    fineTuned: sums[TUNED]!,
    ...(fallbackAt ? { outside: sums[OUTSIDE]!, kept: sums[KEPT]! } : {}),
    profit,
    lotteries: sums[DRAWN]!,
    inputs: sums.slice(COMPONENTS),
    error: profit === 0 ? error : error / Math.abs(profit),
    solved: solved(),
  };
};

/** Of more breaks each is slight. */
const MOST_BREAKS = 64;

/** The ranks of the menu's scales, and those at which the density of scales jumps: as ranks rise, scales turn there, which a rule across would not see. */
const cutsOf = (scales: Distribution, menu: PopulationMenu, isRough: boolean): readonly number[] => {
  const { breakpoints } = scales;
  const isBroken = !isRough && breakpoints.length <= MOST_BREAKS;
  return [...menu.scales, ...(isBroken ? breakpoints : [])].map((s) => scales.cdf(s));
};

/** What the buyers of one rank of scales bring, each with what she likes best; and whether all that they take could be made. */
const scaleSums = (
  { values, scales, copula }: ValueScalePopulation,
  menu: PopulationMenu,
  counted: CountedAmounts | undefined,
  fallbackAt: FallbackAt | undefined,
): { readonly sumAt: (rank: number, out: Float64Array) => void; readonly solved: () => boolean } => {
  const offerAt = populationOffers(menu, values);
  let isSolved = true;
  /** Adds what the seller makes for buyers and is paid for: what he resells goes through his hands. */
  const serve = (out: Float64Array, mass: number, transfer: number, made: MadeItem, number = -1): void => {
    const resold = made.resold?.cost ?? 0;
    const elsewhere = made.resold ? made.shares.at(-1)! : 0;
    out[COST]! += mass * (made.cost - resold);
    out[VALUE]! += mass * (transfer - resold);
    out[OUTSIDE]! += mass * elsewhere;
    out[EXCLUDED]! += mass * elsewhere;
    if (made.sharedCost > 0) out[TUNED]! += mass * (1 - elsewhere);
    if (isLottery(made)) out[DRAWN]! += mass;
    counted?.of(made, number).forEach((amount, i) => {
      out[COMPONENTS + i]! += mass * amount;
    });
  };
  const addRent = (out: Float64Array, rent: number): void => {
    out[VALUE]! += rent;
    out[RENT]! += rent;
  };
  const fallBack = (out: Float64Array, share: number, item: FallbackItem): void => {
    const { takes, transfer, made, solved } = item;
    isSolved &&= solved;
    if (made) serve(out, share, transfer, made);
    else {
      out[VALUE]! += share * transfer;
      out[EXCLUDED]! += share;
    }
    if (takes === 'outside') out[OUTSIDE]! += share;
    if (takes === 'kept') out[KEPT]! += share;
  };
  const take = (
    out: Float64Array,
    buyers: Distribution,
    { isNone, quality, transfer, item }: OfferedItem,
    scale: number,
    from: number,
    to: number,
  ): void => {
    const mass = survival(buyers, from) - survival(buyers, to);
    if (isNone) {
      out[EXCLUDED]! += mass;
      return;
    }
    // ∫ U f = U(from) S(from) − U(to) S(to) + ∫ q S over the values that take it.
    const rent =
      (from * quality - transfer) * survival(buyers, from) -
      (to * quality - transfer) * survival(buyers, to) +
      survivalIntegral(buyers, from, to, mass, () => quality);
    if (!(mass > 0)) return;
    const made = madeItem(menu, item, scale);
    isSolved &&= made !== undefined;
    addRent(out, rent);
    if (made) serve(out, mass, transfer, made, item.number);
    else out[COST] = Number.NaN;
  };
  const sumAt = (rank: number, out: Float64Array): void => {
    out.fill(0);
    const scale = Math.min(scales.quantile(rank), menu.scales.at(-1)!);
    const buyers = conditionalDistribution(values, copula, rank);
    const { taken } = offerAt(scale);
    const fallback = fallbackAt?.(scale);
    let left = values.min;
    const leave = (to: number): void => {
      if (!fallback || !(to > left)) return;
      addRent(
        out,
        eachLeft(buyers, fallback, left, to, (value, share) => {
          fallBack(out, share, fallbackItem(fallback.of(value), { value, scale }, menu.costOf));
        }),
      );
    };
    // Items that leave all who like them best less than they have without lie between buyers who fall back together.
    taken.forEach((offered, h) => {
      const { from } = offered;
      const to = taken[h + 1]?.from ?? values.max;
      const [low, high] = fallback ? preferredWithin(offered, fallback, from, to) : [from, to];
      if (!(high > low)) return;
      leave(low);
      take(out, buyers, offered, scale, low, high);
      left = high;
    });
    leave(values.max);
  };
  return { sumAt, solved: () => isSolved };
};

export const survival = ({ min, max, survival: of }: Distribution, value: number): number =>
  value <= min ? 1 : value >= max ? 0 : of(value);

/** The values in [from, to] to whom an item is worth as much as what they have outside: as that is convex in the value, an interval; empty at `to`. */
export const preferredWithin = (
  { isNone, quality, transfer }: Pick<OfferedItem, 'isNone' | 'quality' | 'transfer'>,
  { utility, slope }: ChainParticipation,
  from: number,
  to: number,
): readonly [number, number] => {
  const lead = (value: number): number => utility(value) - (value * quality - transfer);
  // Who takes nothing has what there is outside.
  if (isNone && lead(from) >= 0) return [to, to];
  const [atFrom, atTo] = [lead(from), lead(to)];
  if (atFrom <= 0 && atTo <= 0) return [from, to];
  const tilt = (value: number): number => slope(value) - quality;
  const least = tilt(from) >= 0 ? from : tilt(to) <= 0 ? to : root(tilt, from, to);
  if (lead(least) > 0) return [to, to];
  return [atFrom <= 0 ? from : root(lead, from, least), atTo <= 0 ? to : root(lead, least, to)];
};

/** ∫ U′ P(W > w) dw, in as many parts as buyers are crowded. */
export const survivalIntegral = (
  buyers: Distribution,
  from: number,
  to: number,
  mass: number,
  slope: (value: number) => number,
): number => {
  const parts = Math.max(1, Math.ceil(mass / CROWD));
  const width = (Math.min(to, buyers.max) - from) / parts;
  const { nodes, weights } = gaussLegendre(NODES);
  let sum = 0;
  for (let part = 0; part < parts; part++)
    for (let i = 0; i < NODES; i++) {
      const value = from + (part + nodes[i]!) * width;
      sum += weights[i]! * width * slope(value) * survival(buyers, value);
    }
  return sum;
};

/** Visits buyers between two values who have u, between its breakpoints, and has the sum of their rents. */
const eachLeft = (
  buyers: Distribution,
  { utility, slope, breakpoints }: ScaleFallback,
  from: number,
  to: number,
  visit: (value: number, share: number) => void,
): number => {
  const ends = [from, ...breakpoints.filter((value) => value > from && value < to), to];
  let rent = 0;
  for (let i = 0; i + 1 < ends.length; i++) {
    const [low, high] = [ends[i]!, ends[i + 1]!];
    const mass = survival(buyers, low) - survival(buyers, high);
    rent +=
      utility(low) * survival(buyers, low) -
      utility(high) * survival(buyers, high) +
      survivalIntegral(buyers, low, high, mass, slope);
    eachPart(buyers, low, high, mass, visit);
  }
  return rent;
};

/** Values between two others, each with the part of the buyers for whom it stands: Gauss points in as many parts as buyers are crowded. */
const eachPart = (
  buyers: Distribution,
  from: number,
  to: number,
  mass: number,
  visit: (value: number, share: number) => void,
): void => {
  const parts = Math.max(1, Math.ceil(mass / CROWD));
  const width = (Math.min(to, buyers.max) - from) / parts;
  const { nodes, weights } = gaussLegendre(NODES);
  for (let part = 0; part < parts; part++) {
    const start = from + part * width;
    const own = survival(buyers, start) - survival(buyers, start + width);
    if (!(own > 0)) continue;
    const values = Array.from(nodes, (node) => start + node * width);
    const densities = values.map((value, i) => weights[i]! * buyers.density(value));
    const sum = densities.reduce((total, density) => total + density, 0);
    const isKnown = sum > 0 && sum < Number.POSITIVE_INFINITY;
    values.forEach((value, i) => {
      visit(value, own * (isKnown ? densities[i]! / sum : weights[i]!));
    });
  }
};
