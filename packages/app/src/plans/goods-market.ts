import type { Plan, PlanSales } from '@menusmith/core';
import type { ListedBuyer } from '../problem/finite-buyers.ts';
import { goodsOnGrid } from '../study/goods.ts';
import type { Goods } from '../study/study.ts';

/** Cells in all on which plans are sold to continuous buyers of goods; of more goods than these divide among, two a good. */
const CELLS = 16_384;

interface Sales {
  sales(plans: readonly Plan[]): PlanSales;
}

/**
 * Continuous buyers of goods as plans are sold to them: as midpoints of cells so fine that what they do adds up to what all of them do. The error is what half as many
 * cells a good tell otherwise.
 */
export const goodsMarket = <Market extends Sales>(
  goods: Goods,
  marketOf: (listed: readonly ListedBuyer[]) => Market,
): Market => {
  const count = goods.values.length;
  const on = (each: number): Market =>
    marketOf(goodsOnGrid({ ...goods, cells: goods.values.map(() => each) }).types);
  const each = Math.max(4, Math.floor(CELLS ** (1 / count)));
  const fine = on(each);
  return {
    ...fine,
    sales: (plans) => {
      const sales = fine.sales(plans);
      const coarse = on(Math.floor(each / 2)).sales(plans);
      return { ...sales, error: Math.max(sales.error, offBy(sales, coarse)) };
    },
  };
};

/** How far apart two sums over the same buyers are, relative to all the money that there is. */
const offBy = (fine: PlanSales, coarse: PlanSales): number => {
  const revenueOf = ({ plans }: PlanSales): number => plans.reduce((sum, { revenue }) => sum + revenue, 0);
  const money = Math.abs(revenueOf(fine)) + Math.abs(fine.consumerSurplus);
  const apart = Math.max(
    Math.abs(fine.profit - coarse.profit),
    Math.abs(revenueOf(fine) - revenueOf(coarse)),
    Math.abs(fine.consumerSurplus - coarse.consumerSurplus),
  );
  return money > 0 ? apart / money : 0;
};
