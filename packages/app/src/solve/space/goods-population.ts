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
  type TakenItems,
  type Totals,
  takenItems,
} from '@menusmith/core';
import { finiteOrNull } from '../../finite-or-null.ts';
import type { FiniteBuyers } from '../../problem/finite-buyers.ts';
import type { GoodsItem, PopulationResult, TypeResult } from '../../result.ts';
import { goodsSide } from '../../study/goods.ts';
import type { Goods, Study } from '../../study/study.ts';
import { surplusWeightOf } from '../../study/terms.ts';
import type { InputUse } from '../supply/input-use.ts';
import { isFineTuned, listTypes } from './finite-listing.ts';

/** A grid's menu, priced anew for the continuous buyers of goods for whom the grid stands, and sold to them. */
export interface SoldGoods {
  readonly totals: Totals;
  readonly efficient: Totals;
  readonly certificate: Certificate;
  readonly population: PopulationResult;
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
  listed: readonly TypeResult[],
): SoldGoods => {
  const surplusWeight = surplusWeightOf(study.terms);
  const sides = goods.values.map((distribution, j) => goodsSide(distribution, goods.cells[j]!));
  const cells = goodsCells(goods, sides, finite.mass);
  const taken = takenItems(goods.values.length, menu, finite.mass);
  const halfWidths = sides.map(({ width }) => width / 2);
  const offered = bestGoodsPrices(goods, taken, halfWidths, surplusWeight);
  const sales = goodsSales(goods, offered, surplusWeight);
  const takers = takersOf(menu, taken);
  const profit = sales.revenue - sales.cost;
  const objective = profit + surplusWeight * sales.rent;
  const bounds = boundsOf(cells, problem, { menu, essential }, solver, surplusWeight);
  const certificate: Certificate = {
    of: 'population',
    attained: objective - sales.error,
    upperBound: bounds.upperBound,
    // Buyers take what they like best: nobody is asked to report.
    maxIncentiveViolation: 0,
    maxParticipationViolation: 0,
  };
  const served = sales.shares.reduce((sum, share) => sum + share, 0);
  const totals: Totals = {
    servedSurplus: bounds.upperBound,
    cost: sales.cost,
    grossValue: sales.revenue + sales.rent,
    rent: sales.rent,
    excluded: Math.max(0, 1 - served),
    fineTuned: sales.shares.reduce(
      (sum, share, k) => (isFineTuned(listed[takers[k]!]!) ? sum + share : sum),
      0,
    ),
    error: sales.error / Math.max(Math.abs(objective), Number.MIN_VALUE),
    solved: Number.isFinite(bounds.upperBound),
  };
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
    types: listTypes(study, finite, problem, choosing(menu, taken, offered, finite)),
    items: Array.from(sales.shares, (share, k): GoodsItem => {
      const { inputs, quality, profile } = listed[takers[k]!]!;
      return { quality, profile: profile!, transfer: offered.transfers[k]!, inputs, share };
    }).filter(({ share }) => share > NOBODY),
    use: () => usedBy(sales.shares, (k) => listed[takers[k]!]!.inputs),
  };
};

const boundsOf = (
  cells: GoodsCells,
  { supply, cost }: FiniteProblem,
  { menu, essential }: Pick<FiniteSolution, 'menu' | 'essential'>,
  solver: FiniteSolver,
  surplusWeight: number,
): { readonly firstBest: number; readonly upperBound: number } => {
  const isSeparable = cost !== undefined && cost.total === undefined && cost.exclusive === undefined;
  const seller: GoodsSupply = { supply, isSeparable };
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
  return { firstBest: goodsFirstBest(cells, seller), upperBound: Math.min(...bounds) };
};

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
  { given }: TakenItems,
  { quality, transfers, costs }: GoodsMenu,
  { types, tasks }: FiniteBuyers,
): CertifiedMenu => {
  const goods = tasks.weights.length;
  const paid = menu.transfers.slice();
  given.forEach((k, at) => {
    paid[k] = transfers[at]!;
  });
  const money = transfers.reduce((most, transfer) => Math.max(most, Math.abs(transfer)), 0);
  const choices = new Int32Array(types.count).fill(-1);
  const rents = new Float64Array(types.count);
  for (let n = 0; n < types.count; n++) {
    let earned = 0;
    for (let at = 0; at < given.length; at++) {
      let utility = -transfers[at]!;
      for (let j = 0; j < goods; j++) utility += types.valueAt(n, j) * quality[at * goods + j]!;
      const margin = transfers[at]! - costs[at]!;
      const lead = utility - rents[n]!;
      if (!(lead > ALIKE * money || (lead >= -ALIKE * money && margin > earned))) continue;
      choices[n] = given[at]!;
      rents[n] = Math.max(0, utility);
      earned = margin;
    }
  }
  return { ...menu, transfers: paid, choices, rents };
};
/** Utilities that differ by less are alike, relative to the dearest item. */
const ALIKE = 1e-12;

const usedBy = (shares: Float64Array, inputsOf: (k: number) => InputUse): InputUse => {
  const use: Record<string, number> = {};
  shares.forEach((share, k) => {
    for (const [name, amount] of Object.entries(inputsOf(k))) use[name] = (use[name] ?? 0) + share * amount;
  });
  return use;
};
