import {
  type PointWithInputs,
  type ProfilePoint,
  type ProfileSupply,
  pointWithInputs,
  profileIndex,
  type Totals,
} from '@menusmith/core';
import { finiteOrNull } from '../../finite-or-null.ts';
import type { TypeResult } from '../../result.ts';
import { degreeOf } from '../../study/degree.ts';
import type { ProfileBuyers, Study } from '../../study/study.ts';

/** The item of a type with values on tasks: what is supplied to the values as which she is served, and what she pays. */
export interface ProfileItem {
  readonly point: PointWithInputs;
  readonly transfer: number;
  readonly virtual: Float64Array;
  /** What a type has outside who is left to it, money. */
  readonly outside?: number;
}

/** Σ ω a b. */
export const inner = (weights: Float64Array, a: Float64Array, b: Float64Array): number =>
  weights.reduce((sum, weight, m) => sum + weight * a[m]! * b[m]!, 0);

/** The efficient items of all types, at all that they are worth; whoever has more outside is left to it. */
export const efficientItems = (
  { types, tasks: { weights } }: ProfileBuyers,
  supply: ProfileSupply,
  worth: Float64Array | undefined,
): readonly ProfileItem[] =>
  types.map(({ values }, n) => {
    const point = pointWithInputs(supply);
    supply.supply(values, weights, weights.length, point);
    if (worth !== undefined && point.surplus < worth[n]!) {
      const nothing = { ...pointWithInputs(supply), solved: true };
      return { point: nothing, transfer: 0, virtual: values, outside: worth[n]! };
    }
    return { point, transfer: inner(weights, values, point.quality), virtual: values };
  });

/** ⟨w_n, q⟩. */
export const worthTo = ({ types, tasks }: ProfileBuyers, n: number, { quality }: ProfilePoint): number =>
  inner(tasks.weights, types[n]!.values, quality);

/** What comes of these items, one a type. */
export const totalsOfItems = (buyers: ProfileBuyers, items: readonly ProfileItem[]): Totals => {
  const sum = (term: (item: ProfileItem, n: number) => number): number =>
    buyers.types.reduce((total, { mass }, n) => total + mass * term(items[n]!, n), 0);
  return {
    servedSurplus: sum(({ point, outside = point.surplus }) => outside),
    cost: sum(({ point }) => point.cost),
    grossValue: sum(({ point, outside = 0 }, n) => worthTo(buyers, n, point) + outside),
    rent: sum(({ point, transfer, outside = 0 }, n) => worthTo(buyers, n, point) + outside - transfer),
    excluded: sum(({ point }) => (point.quality.some((q) => q > 0) ? 0 : 1)),
    fineTuned: sum(({ point }) => (point.inputs.shared.some((z) => z > 0) ? 1 : 0)),
    error: 0,
    solved: items.every(({ point }) => point.solved),
  };
};

/** What a type gets, in quality and inputs on every task. */
export const profileQuote = (
  study: Study,
  { types, tasks: { weights } }: ProfileBuyers,
  { inputs, models }: ProfileSupply,
  n: number,
  { point, transfer, virtual }: ProfileItem,
  grossValue: number,
  threshold: { readonly thetaHat?: number | null },
): TypeResult => {
  const { name, mass, values } = types[n]!;
  const isEfficient = study.contract === 'efficient';
  const excluded = !point.quality.some((q) => q > 0);
  const task = inputs.filter(({ scope }) => scope === 'task');
  // Of several models the one that serves her has inputs to tell.
  const model = models?.[point.model]?.name;
  const perTask: Record<string, number[]> = {};
  const totals: Record<string, number> = {};
  inputs.forEach((input, i) => {
    if (input.model !== model) return;
    if (i >= task.length) {
      totals[input.name] = point.inputs.shared[i - task.length]!;
      return;
    }
    const amounts = Array.from(weights, (_, m) => point.inputs.task[m * task.length + i]!);
    perTask[input.name] = amounts;
    totals[input.name] = weights.reduce((sum, weight, m) => sum + weight * amounts[m]!, 0);
  });
  const degree = degreeOf(study.technology);
  const theta = degree === undefined ? undefined : profileIndex(values, weights, degree);
  return {
    ...(name === undefined ? {} : { name }),
    mass,
    excluded,
    ...(model !== undefined && !excluded ? { model } : {}),
    quality: weights.reduce((sum, weight, m) => sum + weight * point.quality[m]!, 0),
    profile: Array.from(point.quality),
    ...(isEfficient ? {} : { virtualProfile: Array.from(virtual, finiteOrNull) }),
    surplus: grossValue - point.cost,
    transfer: isEfficient ? null : transfer,
    rent: isEfficient ? null : grossValue - transfer,
    virtualValue: null,
    ironedVirtualValue: null,
    // With other values in the item's place than her own, ∫ w q is not θ Q: the index speaks of the efficient item only.
    ...(theta === undefined
      ? {}
      : { index: { theta, quality: isEfficient && theta > 0 ? grossValue / theta : null, ...threshold } }),
    inputs: totals,
    perTask,
    tariff: null,
  };
};
