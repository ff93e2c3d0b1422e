import {
  bestGoodsPrices,
  type Certificate,
  type CertifiedMenu,
  type FiniteProblem,
  type FiniteSolution,
  type FiniteSolver,
  type GoodsCells,
  type GoodsMenu,
  type GoodsSupply,
  goodsBound,
  goodsCells,
  goodsFirstBest,
  goodsSales,
  leastGoodsFlow,
  liftedGoodsFlow,
  type ProfileSupply,
  supplyNothing,
  type TakenItems,
  type Totals,
  takenItems,
  withoutResold,
} from '@menusmith/core';
import { finiteOrNull } from '../../finite-or-null.ts';
import type { FiniteBuyers } from '../../problem/finite-buyers.ts';
import type { GoodsItem, PopulationResult, TypeResult } from '../../result.ts';
import { goodsSide } from '../../study/goods.ts';
import { evenOutside } from '../../study/solved-on-grid.ts';
import type { Goods, Study } from '../../study/study.ts';
import { surplusWeightOf } from '../../study/terms.ts';
import type { WithoutLotteries } from '../solved.ts';
import { costFormOf } from '../supply/cost-form-of.ts';
import type { InputUse } from '../supply/input-use.ts';
import { profileSupplyOf } from '../supply/profile-supply-of.ts';
import { isFineTuned, listTypes, outsideChance, takenBy } from './finite-listing.ts';

/** A grid's menu, priced anew for the continuous buyers of goods for whom the grid stands, and sold to them. */
export interface SoldGoods {
  readonly totals: Totals;
  readonly efficient: Totals;
  readonly certificate: Certificate;
  readonly population: PopulationResult;
  /** Whether items are lotteries between models or with what is outside, where they could be; and what the best menu makes that was found without. */
  readonly hasLotteries: boolean;
  readonly withoutLotteries?: WithoutLotteries;
  /** What each of the grid's midpoints takes of it. */
  readonly types: readonly TypeResult[];
  readonly items: readonly GoodsItem[];
  use(): InputUse;
}

/** A share that is rounding. */
const NOBODY = 1e-12;

/** Sells a grid's menu to the continuous buyers, and bounds what any menu earns from them by the grid's multipliers as a flow among them. */
export const sellGoodsToPopulation = (
  study: Study,
  goods: Goods,
  finite: FiniteBuyers,
  problem: FiniteProblem,
  { menu, essential }: Pick<FiniteSolution, 'menu' | 'essential'>,
  solver: FiniteSolver,
): SoldGoods => {
  const outside = evenOutside(study.terms)!;
  const sides = goods.values.map((distribution, j) => goodsSide(distribution, goods.cells[j]!));
  const cells = goodsCells(goods, sides, finite.mass);
  const halfWidths = sides.map(({ width }) => width / 2);
  const sell = (whole: CertifiedMenu) => soldMenu(study, goods, finite, problem, whole, halfWidths);
  const drawn = sell(menu);
  const pure = menu.withoutLotteries ? sell(menu.withoutLotteries) : undefined;
  // What lotteries add on the grid they may lose among all buyers.
  const best = pure && !(drawn.attained > pure.attained) ? pure : drawn;
  const { sales, items, offered, taken, own, attained, profit, use } = best;
  const bounds = boundsOf(study, cells, finite, { menu, essential }, solver);
  const certificate: Certificate = {
    of: 'population',
    attained,
    upperBound: bounds.upperBound,
    // Buyers take what they like best: nobody is asked to report.
    maxIncentiveViolation: 0,
    maxParticipationViolation: 0,
  };
  const rent = sales.rent + outside;
  const sum = (of: (item: SoldItem) => number): number =>
    items.reduce((total, item) => total + item.share * of(item), 0);
  const excluded = Math.max(0, 1 - sum(({ chance }) => chance));
  const models = study.technology.kind === 'models' ? study.technology.models : undefined;
  const totals: Totals = {
    servedSurplus: bounds.upperBound,
    cost: sum(({ cost }) => cost),
    grossValue: sum(({ transfer }) => transfer) + rent,
    rent,
    excluded,
    fineTuned: sum(({ type, chance }) => (isFineTuned(type) ? chance : 0)),
    ...(study.terms.outside ? { outside: excluded } : {}),
    ...(models ? { models: models.map(({ name }) => sum(({ type }) => shareOf(type, name))) } : {}),
    error: sales.error / Math.max(Math.abs(attained), Number.MIN_VALUE),
    solved: Number.isFinite(bounds.upperBound),
  };
  const isDrawn = items.some(({ type, share }) => type.lottery !== undefined && share > NOBODY);
  const chosen = choosing(own, taken, offered, finite, outside);
  return {
    totals,
    efficient: { ...totals, grossValue: bounds.firstBest, cost: 0, rent: 0 },
    certificate,
    population: {
      attainedProfit: finiteOrNull(profit - sales.error),
      upperBound: finiteOrNull(bounds.upperBound),
      boundBy: 'flow',
      observableScale: null,
      extrapolatedProfit: null,
    },
    hasLotteries: isDrawn,
    ...(isDrawn && pure
      ? { withoutLotteries: { profit: pure.profit, attained: pure.attained, use: pure.use() } }
      : {}),
    types: listTypes(study, finite, problem, chosen).map((type, n) => ({
      ...type,
      ...takenBy(study, chosen.choices[n]!, undefined),
    })),
    items: items.flatMap(({ type, transfer, share }): GoodsItem[] => {
      const { inputs, quality, profile } = type;
      return share > NOBODY ? [{ quality, profile: profile!, transfer, inputs, share }] : [];
    }),
    use,
  };
};

/** An item as it is sold. */
interface SoldItem {
  /** A type of the grid that takes it there. */
  readonly type: TypeResult;
  readonly transfer: number;
  readonly cost: number;
  /** The share of the continuous buyers who take it, and the chance with which it is not what they have outside. */
  readonly share: number;
  readonly chance: number;
}

/**
 * The items that types of the grid take, priced anew and sold. Where all have u outside, an item that serves its buyer with the chance a is one at a transfer and a cost that are a·u
 * higher, for buyers who have nothing: that is how items are priced, `offered` and sold.
 */
const soldMenu = (
  study: Study,
  goods: Goods,
  finite: FiniteBuyers,
  problem: FiniteProblem,
  whole: CertifiedMenu,
  halfWidths: readonly number[],
) => {
  const surplusWeight = surplusWeightOf(study.terms);
  const outside = evenOutside(study.terms)!;
  const own = withoutResold(problem, whole);
  const listed = listTypes(study, finite, problem, own);
  const taken = takenItems(goods.values.length, own, finite.mass);
  const takers = takersOf(own, taken);
  const chances = Float64Array.from(takers, (n) => (outside === 0 ? 1 : 1 - outsideChance(problem, own, n)));
  const raised = (of: Float64Array): Float64Array => of.map((x, k) => x + chances[k]! * outside);
  const plain = { ...taken, transfers: raised(taken.transfers), costs: raised(taken.costs) };
  const offered = bestGoodsPrices(goods, plain, halfWidths, surplusWeight);
  const sales = goodsSales(goods, offered, surplusWeight);
  const items = Array.from(
    sales.shares,
    (share, k): SoldItem => ({
      type: listed[takers[k]!]!,
      transfer: offered.transfers[k]! - chances[k]! * outside,
      cost: taken.costs[k]!,
      share,
      chance: chances[k]!,
    }),
  );
  const profit = sales.revenue - sales.cost;
  const attained = profit + surplusWeight * (sales.rent + outside) - sales.error;
  const use = (): InputUse => usedBy(items);
  return { sales, items, offered, taken, own, profit, attained, use };
};

const shareOf = ({ model, lottery }: TypeResult, name: string): number =>
  lottery ? (lottery.find((drawn) => drawn.model === name)?.share ?? 0) : model === name ? 1 : 0;

/** What everybody has outside counts in both, and serving a buyer then costs as much more. */
const boundsOf = (
  study: Study,
  cells: GoodsCells,
  { tasks }: FiniteBuyers,
  { menu, essential }: Pick<FiniteSolution, 'menu' | 'essential'>,
  solver: FiniteSolver,
): { readonly firstBest: number; readonly upperBound: number } => {
  const surplusWeight = surplusWeightOf(study.terms);
  const outside = evenOutside(study.terms)!;
  const cost = costFormOf(study);
  const { supply } = profileSupplyOf(study, tasks);
  const isSeparable = cost !== undefined && cost.total === undefined && outside === 0;
  const seller: GoodsSupply = { supply: outside > 0 ? atFixedCost(supply, outside) : supply, isSeparable };
  const cellOf = new Int32Array(essential.problem.types.count);
  essential.representative.forEach((type, cell) => {
    if (type >= 0) cellOf[type] = cell;
  });
  const lifted = liftedGoodsFlow(cells, menu.flows, cellOf);
  const least =
    (cost && solver.goodsFlow?.(cells, cost, surplusWeight)) ??
    (surplusWeight < 1 ? leastGoodsFlow(cells, seller, lifted, surplusWeight) : undefined);
  const bounds = [lifted, ...(least ? [least] : [])].map((flow) =>
    goodsBound(cells, seller, flow, surplusWeight),
  );
  return {
    firstBest: goodsFirstBest(cells, seller) + outside,
    upperBound: Math.min(...bounds) + surplusWeight * outside,
  };
};

/** A supply that costs so much more to whomever it serves. */
const atFixedCost = (supply: ProfileSupply, fixed: number): ProfileSupply => ({
  ...supply,
  supply: (values, weights, count, out) => {
    supply.supply(values, weights, count, out);
    if (!(out.surplus <= fixed)) {
      out.surplus -= fixed;
      out.cost += fixed;
      return;
    }
    const { solved } = out;
    supplyNothing(count, out);
    out.solved = solved;
  },
});

/** Of each item a type that takes it on the grid. */
const takersOf = ({ choices }: CertifiedMenu, { place, given }: TakenItems): Int32Array => {
  const takers = new Int32Array(given.length);
  choices.forEach((k, n) => {
    if (k >= 0 && place[k]! >= 0) takers[place[k]!] = n;
  });
  return takers;
};

/** The grid's menu at the new prices, and what its types take of it: who likes two items alike the one that earns more. */
const choosing = (
  menu: CertifiedMenu,
  { given, costs: own }: TakenItems,
  { quality, transfers, costs }: GoodsMenu,
  { types, tasks }: FiniteBuyers,
  outside: number,
): CertifiedMenu => {
  const goods = tasks.weights.length;
  const paid = menu.transfers.slice();
  given.forEach((k, at) => {
    paid[k] = transfers[at]! - (costs[at]! - own[at]!);
  });
  const money = transfers.reduce((most, transfer) => Math.max(most, Math.abs(transfer)), 0);
  const choices = new Int32Array(types.count).fill(-1);
  const rents = new Float64Array(types.count).fill(outside);
  for (let n = 0; n < types.count; n++) {
    let earned = 0;
    for (let at = 0; at < given.length; at++) {
      let utility = outside - transfers[at]!;
      for (let j = 0; j < goods; j++) utility += types.valueAt(n, j) * quality[at * goods + j]!;
      const margin = transfers[at]! - costs[at]!;
      const lead = utility - rents[n]!;
      if (!(lead > ALIKE * money || (lead >= -ALIKE * money && margin > earned))) continue;
      choices[n] = given[at]!;
      rents[n] = Math.max(outside, utility);
      earned = margin;
    }
  }
  return { ...menu, transfers: paid, choices, rents };
};
/** Utilities that differ by less are alike, relative to the dearest item. */
const ALIKE = 1e-12;

const usedBy = (items: readonly SoldItem[]): InputUse => {
  const use: Record<string, number> = {};
  for (const { type, share } of items)
    for (const [name, amount] of Object.entries(type.inputs)) use[name] = (use[name] ?? 0) + share * amount;
  return use;
};
