import { type EfficientSupply, supplyPoint } from '../supply/efficient-supply.ts';
import { ironedChain } from './ironed-chain.ts';
import type { Item } from './scale-menu.ts';
import type { Schedule } from './scale-schedule.ts';

/** Finitely many one-dimensional types: values and masses, in any order. Masses sum to 1. */
export interface FiniteTypes {
  readonly value: Float64Array;
  readonly mass: Float64Array;
}

/** The optimal menu for finitely many one-dimensional types; columns in the order of the types given. */
export interface FiniteMenu {
  readonly virtualValue: Float64Array;
  readonly ironedVirtualValue: Float64Array;
  readonly quality: Float64Array;
  readonly cost: Float64Array;
  readonly transfer: Float64Array;
  readonly rent: Float64Array;
  /** Inputs of each type's item, and the model that serves it. */
  readonly inputs: readonly Float64Array[];
  readonly model: Uint8Array;
  /** Σ f S(φ̄): the dual value of the chain of downward constraints, pools included. */
  readonly upperBound: number;
  readonly solved: boolean;
}

/** How a chain of types is solved: for efficiency alone, for the tasks of one scale, with a weight κ on consumer surplus. */
export interface ChainTerms {
  readonly isEfficient?: boolean;
  readonly scale?: number;
  readonly surplusWeight?: number;
}

/** Optimal screening of finitely many types, all of one scale, by a chain of virtual values, ironed (Mussa–Rosen on a grid; exact). */
export const finiteMenu = (
  { value, mass }: FiniteTypes,
  supply: EfficientSupply,
  { isEfficient = false, scale = 1, surplusWeight = 0 }: ChainTerms = {},
): FiniteMenu => {
  const n = value.length;
  const order = Array.from({ length: n }, (_, k) => k).sort((a, b) => value[a]! - value[b]!);
  // Types of equal value are one type: they must have the same item, and the chain would divide their mass.
  const distinct: { value: number; mass: number; members: number[] }[] = [];
  for (const k of order) {
    const last = distinct[distinct.length - 1];
    if (last !== undefined && last.value === value[k]) {
      last.mass += mass[k]!;
      last.members.push(k);
    } else distinct.push({ value: value[k]!, mass: mass[k]!, members: [k] });
  }
  const values = Float64Array.from(distinct, (type) => type.value);
  const masses = Float64Array.from(distinct, (type) => type.mass);
  const { phi, ironed } = isEfficient
    ? { phi: values, ironed: values }
    : ironedChain(values, masses, surplusWeight);
  const menu = {
    virtualValue: new Float64Array(n),
    ironedVirtualValue: new Float64Array(n),
    quality: new Float64Array(n),
    cost: new Float64Array(n),
    transfer: new Float64Array(n),
    rent: new Float64Array(n),
    inputs: new Array<Float64Array>(n),
    model: new Uint8Array(n),
  };
  const point = supplyPoint(supply.inputs.length);
  let solved = true;
  let upperBound = 0;
  let rent = 0;
  let qualityBelow = 0;
  distinct.forEach((type, d) => {
    supply.supply(Math.max(ironed[d]!, -Number.MAX_VALUE), scale, point); // −∞ is served nothing, not unsolved
    solved &&= point.solved;
    if (type.mass > 0) upperBound += type.mass * point.surplus;
    if (d > 0) rent += (type.value - distinct[d - 1]!.value) * qualityBelow;
    for (const k of type.members) {
      menu.virtualValue[k] = phi[d]!;
      menu.ironedVirtualValue[k] = ironed[d]!;
      menu.quality[k] = point.quality;
      menu.cost[k] = point.cost;
      menu.rent[k] = rent;
      menu.transfer[k] = type.value * point.quality - rent;
      menu.inputs[k] = Float64Array.from(point.inputs);
      menu.model[k] = point.model;
    }
    qualityBelow = point.quality;
  });
  return { ...menu, upperBound, solved };
};

/** The item of the k-th of the types, whose values are `value`. */
export const finiteItem = (menu: FiniteMenu, value: Float64Array, k: number, scale = 1): Item => ({
  value: value[k]!,
  scale,
  servedValue: menu.ironedVirtualValue[k]!,
  quality: menu.quality[k]!,
  cost: menu.cost[k]!,
  transfer: menu.transfer[k]!,
  rent: menu.rent[k]!,
  inputs: menu.inputs[k]!,
  model: menu.model[k]!,
});

/** The menu's numbers for some of the types, or all, whose values are `value`. */
export const finiteSchedule = (
  menu: FiniteMenu,
  value: Float64Array,
  types: readonly number[] = [...value.keys()],
): Schedule => {
  const column = (of: Float64Array): Float64Array => Float64Array.from(types, (k) => of[k]!);
  return {
    value: column(value),
    servedValue: column(menu.ironedVirtualValue),
    quality: column(menu.quality),
    cost: column(menu.cost),
    rent: column(menu.rent),
  };
};
