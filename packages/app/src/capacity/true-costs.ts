import type { Certificate, Totals } from '@menusmith/core';
import type { ImplementationResult, TypeResult } from '../result.ts';
import type { Solved, WithoutLotteries } from '../solve/solved.ts';
import type { InputUse } from '../solve/supply/input-use.ts';
import type { Objective } from '../study/study.ts';
import type { ShadowPriceList } from './priced-study.ts';

/** ρ·X: what inputs are charged at shadow prices beyond their cost, and the seller does not pay. */
export const chargeFor = (prices: ShadowPriceList, use: InputUse): number =>
  Object.entries(prices).reduce((sum, [name, price]) => sum + price * (use[name] ?? 0), 0);

/**
 * A menu that was solved for at costs c + ρ, counted at the costs c. Profit is higher by ρ·X, and no menu within capacity K has more than the bound
 * at c + ρ and ρ·K. Prices, markups and virtual values stay: they are those at which the menu is sold.
 *
 * What other menus earn, of tariffs, or scale by scale, is counted with capacity used up: what they use beyond it is paid for at shadow prices, and what they
 * leave is sold at them.
 */
export const atTrueCosts = (
  solved: Solved,
  prices: ShadowPriceList,
  capacity: InputUse,
  objective: Objective,
): Solved => {
  const room = chargeFor(prices, capacity);
  const charged = chargeFor(prices, solved.use());
  const { implementation, finite, population, grid } = solved;
  const gridCharged = solved.gridUse ? chargeFor(prices, solved.gridUse()) : charged;
  const comparison = finite?.comparison;
  const type = (of: TypeResult): TypeResult => typeAtTrueCosts(of, prices);
  return {
    ...solved,
    totals: totalsAtTrueCosts(solved.totals, charged, room),
    certificate: certificateAtTrueCosts(solved.certificate, charged, room),
    types: solved.types.map(type),
    pools: solved.pools.map((pool) => ({ ...pool, item: type(pool.item) })),
    quote: (buyer) => type(solved.quote(buyer)),
    ...(solved.withoutLotteries
      ? { withoutLotteries: () => withoutLotteriesAtTrueCosts(solved.withoutLotteries!(), prices) }
      : {}),
    ...(implementation
      ? {
          implementation: implementationAtTrueCosts(
            implementation,
            implementation.ofGrid ? gridCharged : charged,
          ),
        }
      : {}),
    ...(finite && comparison
      ? {
          finite: {
            ...finite,
            comparison: {
              observableScale: comparison.observableScale + room,
              optimum: comparison.optimum + room,
              scaleByScale: {
                ...comparison.scaleByScale,
                attainedProfit: comparison.scaleByScale.attainedProfit + room,
              },
            },
          },
        }
      : {}),
    ...(population
      ? {
          population: {
            ...population,
            attainedProfit: raised(population.attainedProfit, charged),
            upperBound: raised(population.upperBound, room),
            observableScale: raised(population.observableScale, room),
            extrapolatedProfit: raised(population.extrapolatedProfit, room),
          },
        }
      : {}),
    ...(grid ? { grid: gridAtTrueCosts(grid, room, objective) } : {}),
  };
};

const withoutLotteriesAtTrueCosts = (
  { profit, attained, use }: WithoutLotteries,
  prices: ShadowPriceList,
): WithoutLotteries => {
  const charged = chargeFor(prices, use);
  return { profit: profit + charged, attained: attained + charged, use };
};

const raised = <T extends number | null | undefined>(x: T, by: number): T =>
  (typeof x === 'number' ? x + by : x) as T;

const totalsAtTrueCosts = (totals: Totals, charged: number, room: number): Totals => ({
  ...totals,
  cost: totals.cost - charged,
  servedSurplus: totals.servedSurplus + room,
});

const certificateAtTrueCosts = (certificate: Certificate, charged: number, room: number): Certificate => ({
  ...certificate,
  attained: certificate.attained + charged,
  upperBound: certificate.upperBound + room,
});

const typeAtTrueCosts = (type: TypeResult, prices: ShadowPriceList): TypeResult =>
  typeof type.surplus === 'number'
    ? { ...type, surplus: type.surplus + chargeFor(prices, type.inputs) }
    : type;

const implementationAtTrueCosts = (of: ImplementationResult, charged: number): ImplementationResult => ({
  ...of,
  attainedProfit: raised(of.attainedProfit, charged),
  ...(of.ofGrid ? { ofGrid: { profit: of.ofGrid.profit + charged } } : {}),
  ...(of.best ? { best: { ...of.best, attainedProfit: raised(of.best.attainedProfit, charged) } } : {}),
  ...(of.maximumSpend
    ? {
        maximumSpend: { ...of.maximumSpend, attainedProfit: raised(of.maximumSpend.attainedProfit, charged) },
      }
    : {}),
});

/**
 * Prices are those at which continuous buyers use what there is: the grid's, who are others, use more or less, and have what they use beyond capacity paid for at shadow prices, and what they leave
 * of it sold at them. Of the grid no first best within capacity is sought: that of its buyers at these prices is not one.
 */
const gridAtTrueCosts = (
  grid: NonNullable<Solved['grid']>,
  room: number,
  { profit: weight }: Objective,
): typeof grid => {
  const { profit, relativeGap } = grid;
  const upperBound = raised(grid.upperBound, weight * room);
  const isKnown = relativeGap !== null && grid.upperBound !== null && upperBound;
  return {
    ...grid,
    profit: raised(profit, room),
    upperBound,
    // The gap in money stays what it was.
    relativeGap: isKnown ? (relativeGap * (Math.abs(grid.upperBound) || 1)) / Math.abs(upperBound) : null,
    cost: raised(grid.cost, -room),
    welfare: raised(grid.welfare, room),
    efficientWelfare: null,
    extrapolatedProfit: raised(grid.extrapolatedProfit, room),
  };
};
