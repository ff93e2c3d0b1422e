import {
  type CertifiedMenu,
  type EfficientSupply,
  type FiniteMenu,
  type FiniteProblem,
  finiteMenu,
  finiteSchedule,
  singleTypeCells,
  withFixedCost,
} from '@menusmith/core';
import type { ListedChain } from '../../problem/screening-problem.ts';
import type { ImplementationResult } from '../../result.ts';
import type { IndirectImplementation } from '../../study/study.ts';
import { implementAs } from './implementation.ts';
import type { DirectMenu } from './offered-scale.ts';
import { isSameForAll, requireNothingLost, type TypesOutside } from './outside-offers.ts';
import { implementOnSpace, itemsByType } from './space-implementation.ts';

/** The best menu without lotteries for listed types who have something outside, or are promised something, as the finite solver has it. */
export interface MenuBesideOutside {
  /** The types with nothing outside. */
  readonly line: FiniteProblem;
  readonly outside: TypesOutside;
  /** Without what is resold. */
  readonly certified: CertifiedMenu;
  readonly menu: FiniteMenu;
}

/** Sells the direct menu of finitely many types along a line, in the order of their values. */
export const implementOnTypes = (
  implementation: IndirectImplementation,
  direct: DirectMenu,
  menu: FiniteMenu,
  { types: { value, mass }, scale }: ListedChain,
  supply: EfficientSupply,
  outside?: TypesOutside,
): ImplementationResult => {
  const order = [...value.keys()].sort((a, b) => value[a]! - value[b]!);
  const schedule = finiteSchedule(menu, value, order);
  const cells = singleTypeCells(
    schedule.value,
    Float64Array.from(order, (k) => mass[k]!),
  );
  const sold = { scale, weight: 1, cells, schedule };
  if (outside === undefined) return implementAs(implementation, direct, supply, [sold]);
  const inOrder = (column: Float64Array): Float64Array => Float64Array.from(order, (k) => column[k]!);
  const types = inOrder(outside.worth);
  const margins = outside.margins && inOrder(outside.margins);
  const elsewhere = {
    types,
    edges: Float64Array.of(...types, types.at(-1)!),
    ...(margins ? { margins } : {}),
  };
  return implementAs(implementation, direct, supply, [{ ...sold, outside: elsewhere }]);
};

/**
 * The same of types who have something outside: who takes none of the offers has that. Where all have the same it is a fixed cost of serving one, and the menu a chain's; else it is
 * the finite solver's, whose items of a linear program have no φ̄ and are sold as those of types without an order.
 */
export const implementBesideOutside = (
  implementation: IndirectImplementation,
  { objective }: Pick<DirectMenu, 'objective'>,
  { line, outside, certified, menu }: MenuBesideOutside,
  chain: ListedChain,
  supply: EfficientSupply,
): ImplementationResult => {
  const { types, scale, listed } = chain;
  const { mass } = types;
  const { worth, margins } = outside;
  requireNothingLost(worth);
  const surplusWeight = objective.consumerSurplus / objective.profit;
  const sold =
    margins === undefined && isSameForAll({ types: worth, edges: worth })
      ? besideFixedCost(
          finiteMenu(types, withFixedCost(supply, worth[0]!), { scale, surplusWeight }),
          worth[0]!,
        )
      : menu;
  const sum = (of: (k: number) => number): number =>
    mass.reduce((total, f, k) => (f > 0 ? total + f * of(k) : total), 0);
  const direct: DirectMenu = {
    profit: sum((k) => sold.transfer[k]! - sold.cost[k]!),
    consumerSurplus: sum((k) => sold.rent[k]!),
    objective,
  };
  if (!sold.ironedVirtualValue.some(Number.isNaN))
    return implementOnTypes(implementation, direct, sold, chain, supply, outside);
  const buyers = {
    types: line.types,
    mass,
    listed,
    tasks: { weights: Float64Array.of(scale), positions: Float64Array.of(0) },
  };
  const { isByType: _, ...found } = implementOnSpace(
    implementation,
    direct,
    buyers,
    line.supply,
    itemsByType(certified, 1),
    outside,
  ).implementation;
  return found;
};

/** A menu whose costs and transfers hold a fixed cost of everybody who is served, without that. */
const besideFixedCost = (menu: FiniteMenu, fixed: number): FiniteMenu => {
  const isServed = menu.quality.map((quality) => (quality > 0 ? fixed : 0));
  const less = (column: Float64Array): Float64Array => column.map((x, k) => x - isServed[k]!);
  return {
    ...menu,
    cost: less(menu.cost),
    transfer: less(menu.transfer),
    rent: menu.rent.map((rent) => rent + fixed),
  };
};
