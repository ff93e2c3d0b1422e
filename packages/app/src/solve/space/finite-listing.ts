import {
  type CertifiedMenu,
  type FiniteProblem,
  type ItemProfiles,
  largestShares,
  OUTSIDE,
  type Totals,
  writeProfile,
} from '@menusmith/core';
import { finiteOrNull } from '../../finite-or-null.ts';
import type { FiniteBuyers } from '../../problem/finite-buyers.ts';
import type { TypeResult } from '../../result.ts';
import type { Study } from '../../study/study.ts';
import { itemInputs } from '../supply/item-inputs.ts';

/** A model with this share of an item makes it. */
export const ALMOST_SURE = 1 - 1e-6;
/** Beyond so many numbers virtual profiles are left out of a result. */
const MOST_VIRTUAL = 50_000;

/** Every type given, in the study's order, with what she takes. */
export const listTypes = (
  study: Study,
  finite: FiniteBuyers,
  { supply }: FiniteProblem,
  menu: CertifiedMenu,
): TypeResult[] => {
  const { grid, listed, tasks } = finite;
  const inputsOf = itemInputs(study, tasks);
  const size = tasks.weights.length;
  const { items, served: servedValues, shares, choices, transfers, rents } = menu;
  const { technology } = study;
  const models = supply.models?.map(({ name }) => name) ?? [];
  const virtual: ItemProfiles = { ...items, quality: servedValues };
  const made = new Map<
    number,
    ReturnType<typeof inputsOf> &
      Pick<TypeResult, 'model' | 'lottery'> & { quality: number; profile: number[]; virtual: Float64Array }
  >();
  const itemOf = (k: number) => {
    let item = made.get(k);
    if (item !== undefined) return item;
    const profile = new Float64Array(size);
    const served = new Float64Array(size);
    if (k >= 0) {
      writeProfile(items, k, profile);
      writeProfile(virtual, k, served);
    }
    let quality = 0;
    for (let m = 0; m < size; m++) quality += tasks.weights[m]! * profile[m]!;
    const list = new Array<number>(size);
    for (let m = 0; m < size; m++) list[m] = profile[m]!;
    const own = k >= 0 ? shares?.subarray(k * models.length, (k + 1) * models.length) : undefined;
    item = {
      ...inputsOf(served, profile, models.at(-1) === OUTSIDE ? own?.subarray(0, -1) : own),
      ...(own && quality > 0 ? modelsOf(models, own) : {}),
      quality,
      profile: list,
      virtual: served,
    };
    made.set(k, item);
    return item;
  };
  const isVirtualShown = grid === undefined && listed.length * size <= MOST_VIRTUAL;
  return listed.map((type, n): TypeResult => {
    const k = choices[n]!;
    const item = itemOf(k);
    const excluded = !(item.quality > 0);
    const result: Writable<TypeResult> = {
      mass: type.mass,
      excluded,
      quality: item.quality,
      profile: item.profile,
      transfer: k < 0 ? 0 : transfers[k]!,
      rent: rents[n]!,
      virtualValue: null,
      ironedVirtualValue: null,
      inputs: item.inputs,
      perTask: item.perTask,
      tariff: null,
    };
    if (item.model !== undefined && technology.kind === 'models') result.model = item.model;
    if (item.lottery !== undefined) result.lottery = item.lottery;
    if (type.name !== undefined) result.name = type.name;
    if (type.value !== undefined) result.value = type.value;
    if (type.scale !== undefined) result.scale = type.scale;
    if (isVirtualShown) result.virtualProfile = Array.from(item.virtual, finiteOrNull);
    return result;
  });
};

/** There can be very many of these: they are filled in one by one, as spreading is slow. */
type Writable<T> = { -readonly [K in keyof T]: T[K] };

/** What all types take adds up to. */
export const totalsOf = (
  { mass }: FiniteBuyers,
  menu: CertifiedMenu,
  types: readonly TypeResult[],
): Totals => {
  let [cost, grossValue, rent, excluded, fineTuned] = [0, 0, 0, 0, 0];
  types.forEach((type, n) => {
    const f = mass[n]!;
    if (!(f > 0)) return;
    const k = menu.choices[n]!;
    excluded += f * excludedChance(type);
    if (!type.excluded && isFineTuned(type)) fineTuned += f * (1 - excludedChance(type));
    // Who takes nothing has what there is outside, if anything.
    rent += f * menu.rents[n]!;
    grossValue += f * menu.rents[n]!;
    if (k < 0) return;
    cost += f * menu.costs[k]!;
    grossValue += f * menu.transfers[k]!;
  });
  return {
    servedSurplus: menu.certificate.upperBound,
    cost,
    grossValue,
    rent,
    excluded,
    fineTuned,
    error: 0,
    solved: true,
  };
};

/** Who has a lottery is excluded as likely as it leaves her to what she has outside. */
const excludedChance = ({ excluded, lottery }: TypeResult): number =>
  excluded ? 1 : (lottery?.find(({ model }) => model === OUTSIDE)?.share ?? 0);

/** Inputs without an amount on tasks are shared. */
export const isFineTuned = ({ inputs, perTask }: Pick<TypeResult, 'inputs' | 'perTask'>): boolean =>
  Object.keys(inputs).some((name) => !(name in perTask) && inputs[name]! > 0);

/** The model that serves an item, the likeliest of a lottery; and the chances of all, where it is one. */
export const modelsOf = (
  models: readonly string[],
  shares: Float64Array,
): Pick<TypeResult, 'model' | 'lottery'> => {
  const [likeliest = 0] = largestShares(shares, models.length);
  const drawn = models.flatMap((model, l) => (shares[l]! > 0 ? [{ model, share: shares[l]! }] : []));
  return { model: models[likeliest]!, ...(shares[likeliest]! < ALMOST_SURE ? { lottery: drawn } : {}) };
};

/** What a type takes, where the study has something beside its menu. */
export const takenBy = (
  { terms: { outside, keep } }: Study,
  choice: number,
  isKept: boolean | undefined,
): Pick<TypeResult, 'takes'> => {
  if (isKept) return { takes: 'kept' };
  if (outside && choice < 0) return { takes: 'outside' };
  return outside || keep ? { takes: 'menu' } : {};
};

/** The share of those who take what they have outside; of a lottery, as likely as it is. */
export const outsideShare = ({ mass }: FiniteBuyers, problem: FiniteProblem, menu: CertifiedMenu): number =>
  mass.reduce((sum, f, n) => sum + f * outsideChance(problem, menu, n), 0);

/** The chance with which type n is left to what she has outside. */
export const outsideChance = (
  { supply }: FiniteProblem,
  { choices, shares }: CertifiedMenu,
  n: number,
): number => {
  const models = supply.models!.length;
  const k = choices[n]!;
  const chance = k < 0 ? 1 : (shares?.[(k + 1) * models - 1] ?? 0);
  return chance < 1 - ALMOST_SURE ? 0 : chance;
};
