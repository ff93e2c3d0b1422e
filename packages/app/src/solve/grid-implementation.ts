import { InputError, type Schedule, singleTypeCells } from '@menusmith/core';
import type { ImplementationResult, TariffResult } from '../result.ts';
import type { Implementation } from '../study/study.ts';
import type { FiniteBuyers } from './finite-buyers.ts';
import type { MenuOfScale, MenusByScale } from './menus-by-scale.ts';
import { tariffOf } from './quote.ts';
import { implementAs } from './spending-implementation.ts';
import type { ScaleToImplement } from './tariff-implementation.ts';

type Grid = NonNullable<FiniteBuyers['grid']>;

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
  implementation: Exclude<Implementation, 'direct'>,
  mass: Float64Array,
  grid: Grid,
  byScale: MenusByScale,
): GridImplementation => {
  const scales = scalesToImplement(implementation, mass, grid, byScale);
  return {
    implementation: implementAs(implementation, byScale.observableScale, byScale.supply, scales),
    tariffs: tariffsOf(implementation, mass, grid, byScale),
  };
};

const scalesToImplement = (
  implementation: string,
  mass: Float64Array,
  { types }: Grid,
  { menus, offered: { deviatingShare, worst } }: MenusByScale,
): ScaleToImplement[] => {
  const refuse = (reason: string): never => {
    const message = `expected direct, got ${implementation}: it needs an optimal menu that is best scale by scale, and ${reason}`;
    throw new InputError('not-scale-by-scale', message, ['implementation']);
  };
  if (deviatingShare > 0) {
    const who = worst ? `, as value ${worst.value} at scale ${worst.scale}` : '';
    refuse(
      `${Number((100 * deviatingShare).toPrecision(3))} % of these buyers gain by an item made for another scale${who}`,
    );
  }
  const scales = menus.map((menu) => scaleToImplement(menu, types.values, mass));
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
  { scale, weight, members, menu }: MenuOfScale,
  values: Float64Array,
  mass: Float64Array,
): ScaleToImplement => {
  const columns: number[] = [];
  const masses: number[] = [];
  members.forEach((n, i) => {
    if (!(mass[n]! > 0)) return;
    const last = columns.length - 1;
    if (last >= 0 && values[members[columns[last]!]!] === values[n]) masses[last]! += mass[n]! / weight;
    else {
      columns.push(i);
      masses.push(mass[n]! / weight);
    }
  });
  const column = (of: Float64Array): Float64Array => Float64Array.from(columns, (i) => of[i]!);
  const value = Float64Array.from(columns, (i) => values[members[i]!]!);
  const schedule: Schedule = {
    value,
    servedValue: column(menu.ironedVirtualValue),
    quality: column(menu.quality),
    cost: column(menu.cost),
    rent: column(menu.rent),
  };
  return { scale, weight, cells: singleTypeCells(value, Float64Array.from(masses)), schedule };
};

const tariffsOf = (
  implementation: Implementation,
  mass: Float64Array,
  { types }: Grid,
  { menus, supply }: MenusByScale,
): (TariffResult | null)[] => {
  const tariffs = new Array<TariffResult | null>(types.count).fill(null);
  for (const { members, menu, scale } of menus) {
    members.forEach((n, i) => {
      if (!(menu.quality[i]! > 0 && mass[n]! > 0)) return;
      const item = {
        value: types.values[n]!,
        servedValue: menu.ironedVirtualValue[i]!,
        transfer: menu.transfer[i]!,
        cost: menu.cost[i]!,
        model: menu.model[i]!,
      };
      tariffs[n] = tariffOf(item, supply, scale, implementation);
    });
  }
  return tariffs;
};
