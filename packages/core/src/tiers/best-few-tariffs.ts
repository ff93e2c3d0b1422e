import { ascendingPlaces, halvedByMass } from '../distributions/places.ts';
import type { FiniteTypes } from '../screening/finite-types.ts';
import type { IronedVirtualValue } from '../screening/ironing.ts';
import { type EfficientSupply, supplyPoint } from '../supply/efficient-supply.ts';
import type { TwoPartTariff } from '../tariffs/two-part-tariffs.ts';
import { remembered } from './remembered.ts';
import { type SurplusLookup, surplusLookup } from './surplus-lookup.ts';
import { cellsOfPopulation, cellsOfTypes, type TariffCells } from './tariff-cells.ts';
import { type TariffMenu, type TariffTerms, tariffProgram } from './tariff-program.ts';
import { type TariffSales, tariffSalesToPopulation, tariffSalesToTypes } from './tariff-sales.ts';

/** The best menu of at most `count` two-part tariffs, with what free choice makes of it. */
export interface BestTariffs extends TariffSales {
  readonly count: number;
  readonly tariffs: readonly TwoPartTariff[];
  /** Profit, and κ times what buyers have beyond outside. */
  readonly objective: number;
  /** By how much this menu is better than the best on the first grid of starts and markups: other menus than it can have missed as much. */
  readonly refinement: number;
}

const PROFIT: TariffTerms = { surplusWeight: 0, outside: 0 };

/** Numbers of a table at once, cells of types, and discounts 1/m. */
const MOST_STATES = 4e7;
const CELLS = 1400;
const MOST_DISCOUNTS = 1400;
const LEAST_DISCOUNTS = 60;
/** Rounds in which steps become so many times smaller, on windows of so many steps to either side. */
const ROUNDS = 5;
const FINER = 4;
const WINDOW = 6;

/**
 * The best menus of at most K two-part tariffs for finitely many types, one for every K in `counts`: starts among all types, discounts 1/m first on an
 * even grid of (0, 1], then on ever finer ones around the best.
 */
export const bestTariffsForTypes = (
  types: FiniteTypes,
  supply: EfficientSupply,
  scale: number,
  counts: readonly number[],
  terms: TariffTerms = PROFIT,
): readonly BestTariffs[] => {
  const cells = cellsOfTypes(types.value, types.mass);
  const table = surplusLookup(supply, scale, cells.edges[cells.edges.length - 1]!);
  const { menus, step } = coarseMenus(cells, table, counts, terms);
  return counts.map((count) => {
    let menu = bestOf(menus, count);
    let width = step;
    for (let round = 0; round < ROUNDS; round++) {
      width /= FINER;
      const discounts = around(
        menu.tariffs.map(({ discount }) => discount),
        width,
        Number.MIN_VALUE,
        1,
      );
      const finer = bestOf(tariffProgram(cells, table, Float64Array.from(discounts), count, terms), count);
      if (finer.objective >= menu.objective) menu = finer;
    }
    const starts = menu.tariffs.map(({ cell }) => cells.edges[cell]!);
    const tariffs = pricedTariffs(starts, menu, supply, scale, terms.outside);
    const sales = tariffSalesToTypes(tariffs, types, supply, scale, terms.outside);
    return { count, tariffs, ...sales, ...judged(menu, bestOf(menus, count), sales, terms) };
  });
};

/**
 * The best menus of at most K two-part tariffs for a continuous distribution, one for every K in `counts`. Starts and discounts 1/m are first chosen on
 * a grid, whose best menu loses O(step²); then on ever finer grids around that menu, to rounding in profit. Profits are by free choice.
 */
export const bestTariffsForPopulation = (
  ironed: IronedVirtualValue,
  supply: EfficientSupply,
  scale: number,
  counts: readonly number[],
  terms: TariffTerms = PROFIT,
): readonly BestTariffs[] => {
  const { distribution, knots, virtualLevels } = ironed;
  const { min, max } = distribution;
  const survival = remembered((x) => (x <= min ? 1 : x >= max ? 0 : distribution.survival(x)));
  const types = { min, max, survival };
  const table = surplusLookup(supply, scale, max);
  const kinks = supply.kinks(scale, max);
  // Nobody below the first type with φ > 0 is worth a start, but where buyers would rather pay than do without.
  const first = terms.outside < 0 ? 0 : virtualLevels.findIndex((level) => level > 0);
  const start = knots[Math.max(0, first - 1)]!;
  const even = Array.from({ length: CELLS + 1 }, (_, i) =>
    i === CELLS ? max : start + ((max - start) * i) / CELLS,
  );
  const inner = [...ironed.breakpoints].filter((x) => x > start && x < max);
  const places = halvedByMass(ascendingPlaces([...even, ...inner]), survival, 1 / CELLS);
  const coarse = cellsOfPopulation(types, places);
  const { menus, step } = coarseMenus(coarse, table, counts, terms);
  return counts.map((count) => {
    let own: readonly number[] = places;
    let cells: TariffCells = coarse;
    let menu = bestOf(menus, count);
    let width = step;
    let length = (max - start) / CELLS;
    for (let round = 0; round < ROUNDS; round++) {
      width /= FINER;
      length /= FINER;
      const starts = menu.tariffs.map(({ cell }) => cells.edges[cell]!);
      own = ascendingPlaces([...own, ...around(starts, length, start, max)]);
      const discounts = around(
        menu.tariffs.map(({ discount }) => discount),
        width,
        Number.MIN_VALUE,
        1,
      );
      // The types at whom her tokens have a kink end a cell, so that no markup is liked for where they fall.
      const kinked = kinks.flatMap((value) => discounts.map((discount) => value / discount));
      cells = cellsOfPopulation(
        types,
        ascendingPlaces([...own, ...kinked.filter((x) => x > start && x < max)]),
      );
      menu = bestOf(tariffProgram(cells, table, Float64Array.from(discounts), count, terms), count);
    }
    const starts = menu.tariffs.map(({ cell }) => cells.edges[cell]!);
    const tariffs = pricedTariffs(starts, menu, supply, scale, terms.outside);
    const sales = tariffSalesToPopulation(tariffs, distribution, supply, scale, terms.outside);
    return { count, tariffs, ...sales, ...judged(menu, bestOf(menus, count), sales, terms) };
  });
};

/** What a menu makes by free choice, and by how much it is better than the best on the first grid. */
const judged = (
  menu: TariffMenu,
  coarse: TariffMenu,
  { profit, rent }: TariffSales,
  { surplusWeight }: TariffTerms,
): Pick<BestTariffs, 'objective' | 'refinement'> => ({
  objective: profit + surplusWeight * rent,
  refinement: menu.objective - coarse.objective,
});

/** The menus on the first grid, by number of tariffs, and its step in 1/m. */
const coarseMenus = (
  cells: TariffCells,
  table: SurplusLookup,
  counts: readonly number[],
  terms: TariffTerms,
): { menus: readonly TariffMenu[]; step: number } => {
  const most = counts.reduce((a, b) => Math.max(a, b), 0);
  const affordable = Math.floor(MOST_STATES / (cells.edges.length * most));
  const size = Math.max(LEAST_DISCOUNTS, Math.min(MOST_DISCOUNTS, affordable));
  const discounts = Float64Array.from({ length: size }, (_, i) => (i + 1) / size);
  return { menus: tariffProgram(cells, table, discounts, most, terms), step: 1 / size };
};

/** The best menu of at most `count` tariffs. */
const bestOf = (menus: readonly TariffMenu[], count: number): TariffMenu =>
  menus.slice(0, count).reduce((a, b) => (b.objective > a.objective ? b : a));

/** Places a step apart around each centre, within bounds. */
const around = (centres: readonly number[], step: number, least: number, most: number): number[] =>
  ascendingPlaces(
    centres
      .flatMap((centre) => Array.from({ length: 2 * WINDOW + 1 }, (_, i) => centre + (i - WINDOW) * step))
      .concat(most),
  ).filter((x) => x >= least && x <= most);

/** Fees that leave the type at each start indifferent between its tariff and the one below, or what she has outside. */
const pricedTariffs = (
  starts: readonly number[],
  { tariffs }: TariffMenu,
  supply: EfficientSupply,
  scale: number,
  outside: number,
): TwoPartTariff[] => {
  const point = supplyPoint(supply.inputs.length);
  const utility = (type: number, markup: number): number => {
    supply.supply(type / markup, scale, point);
    return markup * point.surplus;
  };
  const priced: TwoPartTariff[] = [];
  tariffs.forEach(({ discount }, k) => {
    const markup = 1 / discount;
    const below = priced[priced.length - 1];
    const start = starts[k]!;
    const kept = below === undefined ? outside : utility(start, below.markup) - below.fee;
    priced.push({ markup, fee: utility(start, markup) - kept });
  });
  return priced;
};
