import type { EfficientSupply, Input, Item } from '@menusmith/core';
import { finiteOrNull } from '../finite-or-null.ts';
import type { TariffResult, TypeResult } from '../result.ts';
import type { Contract, Implementation } from '../study/study.ts';
import { implementers } from './offers/implementation.ts';

/** How an item of the menu reaches a buyer. */
export interface Delivery {
  readonly value: number;
  /** Absent for representative types. */
  readonly scale?: number;
  readonly contract: Contract;
  /** Of the study; two-part tariffs where none is given. */
  readonly implementation?: Implementation;
  readonly virtualValue: number;
  /** The highest type of all, where there is a density. */
  readonly highest?: number;
  /** Where she has one: her index θ, the degree σ of the production function, and θ̂ where efficiency is asked. */
  readonly index?: { readonly theta: number; readonly degree: number; readonly thetaHat?: number | null };
}

/** So many times the highest type below zero: φ is −∞ there, but for a density that is rounding. */
const NO_DENSITY = 1e9;

const virtual = (φ: number, highest = Number.POSITIVE_INFINITY): number | null =>
  φ < -NO_DENSITY * highest ? null : finiteOrNull(φ);

/** The inputs of the model that serves the item. */
const usedBy =
  (item: Item, { models }: EfficientSupply) =>
  ({ model }: Input): boolean =>
    models === undefined || model === models[item.model];

/** The terms on which an item is sold as the study has it; of a direct menu, those of the two-part tariff of Prop. 6 and 7. */
export const tariffOf = (
  item: Item,
  supply: EfficientSupply,
  taskCap: number | null,
  implementation: Implementation = 'direct',
): TariffResult => {
  const { termsOf } = implementers[implementation === 'direct' ? 'two-part-tariff' : implementation];
  const { markup, ...others } = termsOf(item);
  return {
    upfront: item.transfer - markup * item.cost,
    prices: Object.fromEntries(
      supply.inputs.filter(usedBy(item, supply)).map((input) => [input.name, markup * input.cost]),
    ),
    taskCap,
    markup,
    ...others,
  };
};

/** What the buyer gets and pays, in her own terms: with packages ∫ q di over her tasks, tokens per task of her scale. */
export const quoteItem = (item: Item, supply: EfficientSupply, delivery: Delivery): TypeResult => {
  const { value, scale, contract, index } = delivery;
  const excluded = !(item.quality > 0);
  const isEfficient = contract === 'efficient';
  // A menu item in the index θ is made at scale 1 and spread by the buyer over her s tasks.
  const tasks = scale ?? 1;
  const isSpread = item.scale !== tasks;
  const inputs: Record<string, number> = {};
  const perTask: Record<string, number> = {};
  supply.inputs.forEach((input, i) => {
    const amount = excluded ? 0 : item.inputs[i]!;
    // A lottery between models has what both use on average; one name is one input, whichever model uses it.
    if (!usedBy(item, supply)(input) && amount === 0) return;
    const { name, scope } = input;
    const total = scope === 'task' ? amount * item.scale : amount;
    inputs[name] = (inputs[name] ?? 0) + total;
    if (scope === 'task')
      perTask[name] = (perTask[name] ?? 0) + (excluded ? 0 : isSpread ? total / tasks : amount);
  });
  // s tasks at Q/s^σ each are worth w s^{1−σ} Q = θ Q.
  const spread = index && tasks > 0 ? Math.exp((1 - index.degree) * Math.log(tasks)) : 1;
  const quality = isSpread ? item.quality * spread : item.quality;
  const indexQuality = isSpread ? item.quality : item.quality / spread;
  return {
    value,
    ...(scale === undefined ? {} : { scale }),
    excluded,
    ...(supply.models && !excluded ? { model: supply.models[item.model]! } : {}),
    quality: excluded ? 0 : quality,
    surplus: excluded ? 0 : finiteOrNull(item.value * item.quality - item.cost),
    transfer: isEfficient ? null : excluded ? 0 : item.transfer,
    rent: isEfficient ? null : excluded ? 0 : item.rent,
    virtualValue: isEfficient ? null : virtual(delivery.virtualValue, delivery.highest),
    ironedVirtualValue: isEfficient ? null : virtual(item.servedValue, delivery.highest),
    ...(index
      ? {
          index: {
            theta: index.theta,
            quality: excluded ? 0 : indexQuality,
            ...(index.thetaHat === undefined ? {} : { thetaHat: index.thetaHat }),
          },
        }
      : {}),
    inputs,
    perTask,
    // Terms are made of the value as which she is served; where nothing says it there are none.
    tariff:
      isEfficient || excluded || Number.isNaN(item.servedValue)
        ? null
        : tariffOf(
            item,
            supply,
            contract === 'allocations' && scale !== undefined ? scale : null,
            delivery.implementation,
          ),
  };
};

/** The item of a buyer without tasks. */
export const nothing = (value: number, servedValue: number, supply: EfficientSupply): Item => ({
  value,
  scale: 0,
  servedValue,
  quality: 0,
  cost: 0,
  transfer: 0,
  rent: 0,
  inputs: new Float64Array(supply.inputs.length),
  model: 0,
});
