import {
  type CellsOutside,
  type ChainMenu,
  type Distribution,
  type EfficientSupply,
  type Schedule,
  type TypeCells,
  typeCells,
} from '@menusmith/core';
import type { ImplementationResult } from '../../result.ts';
import type { IndirectImplementation } from '../../study/study.ts';
import { implementAs } from './implementation.ts';
import type { DirectMenu, ScaleToImplement } from './offered-scale.ts';
import { requireNothingLost } from './outside-offers.ts';

const TARIFF_TYPES = 2000;
/** The most that a cell may hold of the buyers, who may crowd in a small part of their support. */
const MOST_MASS = 2 / TARIFF_TYPES;
const TARIFF_VALUES = 400;
const TARIFF_SCALES = 16;

/** The direct menu of one scale, to be sold otherwise: its items, and what its buyers have who take nothing. */
export interface MenuToImplement {
  schedule(types: Float64Array): Schedule;
  outside?(type: number): number;
  /** What the seller earns from whoever has that by his promise; nothing unless said. */
  margin?(type: number): number;
}

/** Sells the direct menu of continuous types along a line, cell by cell. */
export const implementOnLine = (
  implementation: IndirectImplementation,
  direct: DirectMenu,
  { types, scale }: { readonly types: Distribution; readonly scale: number },
  supply: EfficientSupply,
  menu: MenuToImplement,
): ImplementationResult => {
  const cells = typeCells(types, TARIFF_TYPES, MOST_MASS);
  return implementAs(implementation, direct, supply, [{ ...offeredAt(menu, cells), scale, weight: 1 }]);
};

/** Sells the direct menus of independent values and scales. */
export const implementOnScales = (
  implementation: IndirectImplementation,
  direct: DirectMenu,
  { values, scales }: { readonly values: Distribution; readonly scales: Distribution },
  supply: EfficientSupply,
  menuAt: (scale: number) => MenuToImplement,
): ImplementationResult => {
  const cells = typeCells(values, TARIFF_VALUES);
  const scaleCells = typeCells(scales, TARIFF_SCALES);
  const offered = Array.from(
    scaleCells.value,
    (scale, k): ScaleToImplement => ({
      ...offeredAt(menuAt(scale), cells),
      scale,
      weight: scaleCells.mass[k]!,
    }),
  );
  return implementAs(implementation, direct, supply, offered);
};

const offeredAt = (
  { schedule, outside, margin }: MenuToImplement,
  cells: TypeCells,
): Pick<ScaleToImplement, 'cells' | 'schedule' | 'outside'> => ({
  cells,
  schedule: schedule(cells.value),
  ...(outside ? { outside: outsideOfCells(cells, outside, margin) } : {}),
});

const outsideOfCells = (
  { value, edges }: Pick<TypeCells, 'value' | 'edges'>,
  outside: (type: number) => number,
  margin: MenuToImplement['margin'],
): CellsOutside => {
  const own: CellsOutside = {
    types: value.map(outside),
    edges: edges.map(outside),
    ...(margin ? { margins: value.map(margin) } : {}),
  };
  requireNothingLost(own.types);
  return own;
};

/** The seller's own part of a chain's menu: who takes what is outside gets nothing. */
export const ownSchedule =
  ({ item }: ChainMenu) =>
  (types: Float64Array): Schedule => {
    const items = Array.from(types, item);
    const column = (of: (own: (typeof items)[number]) => number): Float64Array =>
      Float64Array.from(items, of);
    return {
      value: types,
      servedValue: column(({ servedValue }) => servedValue),
      quality: column(({ quality }) => quality),
      cost: column(({ cost }) => cost),
      rent: column(({ rent }) => rent),
    };
  };
