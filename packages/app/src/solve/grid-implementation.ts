import { finiteItem, finiteSchedule, InputError, singleTypeCells } from '@menusmith/core';
import { formatPercent } from '../report/numbers.ts';
import type { ImplementationResult, TariffResult } from '../result.ts';
import type { Implementation, IndirectImplementation, Objective } from '../study/study.ts';
import { implementAs } from './implementation.ts';
import type { MenuOfScale, MenusByScale } from './menus-by-scale.ts';
import type { ScaleToImplement } from './offered-scale.ts';
import { tariffOf } from './quote.ts';

/** What buyers who choose freely do, and every type's own tariff; null for those who get nothing, and where there is nobody to take it. */
export interface GridImplementation {
  readonly implementation: ImplementationResult;
  readonly tariffs: readonly (TariffResult | null)[];
}

/**
 * Sells a list of values and scales the menus of all scales as Prop. 6 has it.
 *
 * Throws InputError where the optimum is not these menus together, as some buyers would take an item made for another scale: then it need
 * not treat a buyer's tasks alike, which no tariff can do. Throws too where scales differ in the values that buyers have.
 */
export const implementOnGrid = (
  implementation: IndirectImplementation,
  objective: Objective,
  mass: Float64Array,
  byScale: MenusByScale,
): GridImplementation => {
  const scales = scalesToImplement(implementation, mass, byScale);
  return {
    implementation: implementAs(
      implementation,
      { profit: byScale.profit, consumerSurplus: byScale.consumerSurplus, objective },
      byScale.supply,
      scales,
    ),
    tariffs: tariffsOf(implementation, mass, byScale),
  };
};

const scalesToImplement = (
  implementation: string,
  mass: Float64Array,
  { menus, offered: { deviatingShare, worst } }: MenusByScale,
): ScaleToImplement[] => {
  const refuse = (reason: string): never => {
    const message = `expected direct, got ${implementation}: it needs an optimal menu that is best scale by scale, and ${reason}`;
    throw new InputError('not-scale-by-scale', message, ['implementation']);
  };
  if (deviatingShare > 0) {
    const who = worst ? `, as value ${worst.value} at scale ${worst.scale}` : '';
    refuse(
      `${formatPercent(deviatingShare, 3)} of these buyers gain by an item made for another scale${who}`,
    );
  }
  const scales = menus.map((menu) => scaleToImplement(menu, mass));
  const [first] = scales;
  for (const { scale, cells } of scales) {
    const position = cells.value.findIndex((value, i) => value !== first!.cells.value[i]);
    if (position < 0 && cells.value.length === first!.cells.value.length) continue;
    refuse(`buyers of scale ${scale} do not have the same values as those of scale ${first!.scale}`);
  }
  return scales;
};

/** Types of one scale, each with mass and with a value of her own, as cells. */
const scaleToImplement = (
  { scale, weight, members, value, menu }: MenuOfScale,
  mass: Float64Array,
): ScaleToImplement => {
  const columns: number[] = [];
  const masses: number[] = [];
  members.forEach((n, i) => {
    if (!(mass[n]! > 0)) return;
    const last = columns.length - 1;
    if (last >= 0 && value[columns[last]!] === value[i]) masses[last]! += mass[n]! / weight;
    else {
      columns.push(i);
      masses.push(mass[n]! / weight);
    }
  });
  const schedule = finiteSchedule(menu, value, columns);
  return { scale, weight, cells: singleTypeCells(schedule.value, Float64Array.from(masses)), schedule };
};

const tariffsOf = (
  implementation: Implementation,
  mass: Float64Array,
  { menus, supply }: MenusByScale,
): (TariffResult | null)[] => {
  const tariffs = new Array<TariffResult | null>(mass.length).fill(null);
  for (const { members, value, menu, scale } of menus) {
    members.forEach((n, i) => {
      const item = finiteItem(menu, value, i, scale);
      if (item.quality > 0 && mass[n]! > 0) tariffs[n] = tariffOf(item, supply, scale, implementation);
    });
  }
  return tariffs;
};
