import {
  type FallbackAt,
  goodsObjective,
  goodsSales,
  movedPrices,
  populationTotals,
  type TakersRange,
  takersRanges,
  unmixedMenu,
  type ValueScalePopulation,
} from '@menusmith/core';
import type { SpaceProblem } from '../../problem/screening-problem.ts';
import { gridRange } from '../../study/grid-range.ts';
import { evenOutside } from '../../study/solved-on-grid.ts';
import type { Study } from '../../study/study.ts';
import { surplusWeightOf } from '../../study/terms.ts';
import { populationFallbacks } from '../outside/population-fallbacks.ts';
import { studySupply } from '../supply/supply-of.ts';

/** A few items on the tasks of a grid: quality on these, what is paid, and what it costs. */
interface ContinuumItem {
  readonly quality: Float64Array;
  readonly transfer: number;
  readonly cost: number;
  /** Whether some of the cost is for shared inputs. */
  readonly isFineTuned?: boolean;
}

/** What items bring per buyer of a continuous population, each of whom takes what she likes best, or what she has outside; money. */
interface ContinuumSale {
  readonly profit: number;
  /** Profit, and κ times consumer surplus. */
  readonly objective: number;
  readonly consumerSurplus: number;
  /** What the objective may be off by, as far as quadrature can tell. */
  readonly error: number;
  /** The share of all buyers who take each item. */
  readonly shares: Float64Array;
}

/** The continuous buyers for whom a grid stands, as any menu of items on its tasks is sold to them. */
export interface ContinuumMarket {
  sale(items: readonly ContinuumItem[]): ContinuumSale;
  /** The items at prices that bring more. */
  priced<Item extends ContinuumItem>(items: readonly Item[]): readonly Item[];
  /** Values and scales of those who take each item, where buyers have some. */
  ranges(items: readonly ContinuumItem[]): readonly (TakersRange | undefined)[];
}

/** Undefined where the types of the problem stand for themselves. */
export const continuumMarket = (study: Study, finite: SpaceProblem): ContinuumMarket | undefined => {
  if (finite.goods) return goodsMarket(study, finite.goods);
  return finite.population && valueScaleMarket(study, finite, finite.population);
};

const goodsMarket = (study: Study, goods: NonNullable<SpaceProblem['goods']>): ContinuumMarket => {
  const surplusWeight = surplusWeightOf(study.terms);
  const outside = evenOutside(study.terms)!;
  // To buyers who all have as much outside an item is one that pays and costs as much more, for buyers who have nothing.
  const menuOf = (items: readonly ContinuumItem[]) => ({
    quality: Float64Array.from(items.flatMap(({ quality }) => Array.from(quality))),
    transfers: Float64Array.from(items, ({ transfer }) => transfer + outside),
    costs: Float64Array.from(items, ({ cost }) => cost + outside),
  });
  return {
    sale: (items) => {
      const { revenue, cost, rent, shares, error } = goodsSales(goods, menuOf(items), surplusWeight);
      const profit = revenue - cost;
      const consumerSurplus = rent + outside;
      return { profit, objective: profit + surplusWeight * consumerSurplus, consumerSurplus, error, shares };
    },
    priced: (items) => {
      const menu = menuOf(items);
      const objectiveOf = (transfers: Float64Array): number =>
        goodsObjective(goods, { ...menu, transfers }, surplusWeight);
      const moved = movedPrices(menu.transfers, objectiveOf);
      return atPrices(
        items,
        moved.map((transfer) => transfer - outside),
      );
    },
    ranges: (items) => items.map(() => undefined),
  };
};

const atPrices = <Item extends ContinuumItem>(
  items: readonly Item[],
  prices: Float64Array,
): readonly Item[] => items.map((item, k) => ({ ...item, transfer: prices[k]! }));

/** Blocks of tasks in which profit is integrated over scales: narrow ones, as it has a kink wherever an item finds its first buyer. */
const BLOCKS = 192;

/** Blocks that end at these places cut into even parts, each with the block that it is of. */
const finerBlocks = (
  ends: readonly number[],
): readonly { readonly end: number; readonly block: number }[] => {
  const parts = Math.ceil(BLOCKS / ends.length);
  return ends.flatMap((end, block) => {
    const start = ends[block - 1] ?? 0;
    return Array.from({ length: parts }, (_, i) => ({
      end: i === parts - 1 ? end : start + ((i + 1) * (end - start)) / parts,
      block,
    }));
  });
};

/** Scales at which is looked who takes an item. */
const LOOKED_AT = 512;

const valueScaleMarket = (
  study: Study,
  { grid }: Pick<SpaceProblem, 'grid'>,
  { value: values, scale: scales, dependence: copula }: NonNullable<SpaceProblem['population']>,
): ContinuumMarket => {
  const surplusWeight = surplusWeightOf(study.terms);
  const population: ValueScalePopulation = { values, scales, copula };
  const { min, max } = gridRange(scales);
  const blocks = finerBlocks([...grid!.scales, max]);
  const ends = Float64Array.from(blocks, ({ end }) => end);
  const fallbackAt: FallbackAt | undefined = populationFallbacks(
    study,
    { value: values, scale: scales },
    studySupply(study).supply,
    1,
  );
  const menuOf = (items: readonly ContinuumItem[]) =>
    unmixedMenu({
      ends,
      // Nothing is made for the tasks that only those have whose scale is above the grid's largest.
      quality: Float64Array.from(
        items.flatMap(({ quality }) => blocks.map(({ block }) => quality[block] ?? 0)),
      ),
      transfers: Float64Array.from(items, ({ transfer }) => transfer),
      costs: Float64Array.from(items, ({ cost }) => cost),
      sharedCosts: Float64Array.from(items, ({ isFineTuned = false }) => (isFineTuned ? 1 : 0)),
    });
  return {
    sale: (items) => {
      const counted = {
        count: items.length,
        of: (_: unknown, number: number) => Float64Array.from(items, (__, k) => (k === number ? 1 : 0)),
      };
      const { profit, rent, error, inputs } = populationTotals(
        population,
        menuOf(items),
        false,
        counted,
        fallbackAt,
      );
      return {
        profit,
        objective: profit + surplusWeight * rent,
        consumerSurplus: rent,
        error: Math.abs(profit) * error,
        shares: inputs,
      };
    },
    priced: (items) => {
      const menu = menuOf(items);
      const objectiveOf = (transfers: Float64Array): number => {
        const { profit, rent } = populationTotals(
          population,
          { ...menu, transfers },
          true,
          undefined,
          fallbackAt,
        );
        return profit + surplusWeight * rent;
      };
      return atPrices(items, movedPrices(menu.transfers, objectiveOf));
    },
    ranges: (items) => {
      const looked = Float64Array.from(
        { length: LOOKED_AT + 1 },
        (_, i) => min + ((max - min) * i) / LOOKED_AT,
      );
      return takersRanges(menuOf(items), values, looked);
    },
  };
};
