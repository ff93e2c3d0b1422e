import { finiteItem, finiteSchedule, singleTypeCells } from '@menusmith/core';
import type { TariffResult } from '../../result.ts';
import type { Implementation, IndirectImplementation, Objective } from '../../study/study.ts';
import { tariffOf } from '../quote.ts';
import type { MenuOfScale, MenusByScale } from '../space/menus-by-scale.ts';
import { implementAs } from './implementation.ts';
import type { DirectMenu, ScaleToImplement } from './offered-scale.ts';
import type { SpaceImplementation } from './space-implementation.ts';

/**
 * Sells a list of values and scales the menus of all scales as Prop. 6 has it.
 *
 * Undefined where the optimum is not these menus together, as some buyers would take an item made for another scale: then it need not treat a buyer's
 * tasks alike. Undefined too where scales differ in the values that buyers have. Either is for `implementOnSpace`.
 */
export const implementOnGrid = (
  implementation: IndirectImplementation,
  objective: Objective,
  mass: Float64Array,
  byScale: MenusByScale,
): SpaceImplementation | undefined => {
  const { menus, profit, consumerSurplus, offered, supply } = byScale;
  if (offered.deviatingShare > 0) return undefined;
  const scales = menus.map((menu) => scaleToImplement(menu, mass));
  const [first] = scales;
  const isAlike = scales.every(
    ({ cells }) =>
      cells.value.length === first!.cells.value.length &&
      cells.value.every((value, i) => value === first!.cells.value[i]),
  );
  if (!isAlike) return undefined;
  const direct: DirectMenu = { profit, consumerSurplus, objective };
  return {
    implementation: implementAs(implementation, direct, supply, scales),
    tariffs: tariffsOf(implementation, mass, byScale),
  };
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
