import {
  bestProfileSupply,
  type ChainParticipation,
  type EfficientSupply,
  type Fallback,
  type FallbackAt,
  hasJumps,
  type MadeItem,
  OUTSIDE,
  type PlanUtility,
  type ScaleFallback,
  wholeShares,
} from '@menusmith/core';
import type { Kept, Study, ValueScaleBuyers } from '../../study/study.ts';
import { costFormOf } from '../supply/cost-form-of.ts';
import { profileSupplyOf, type StudyProfileSupply } from '../supply/profile-supply-of.ts';
import { promising } from './outside-along.ts';
import { outsideProduct } from './outside-product.ts';

/**
 * What serves continuous values and scales on blocks of tasks: the study's own supply, and beside it, where it could be resold, what they have outside. Beside a cost with straight pieces nothing is resold.
 */
export const populationSupply = (
  study: Study,
  { value: types }: Pick<ValueScaleBuyers, 'value'>,
  blocks: number,
): Pick<StudyProfileSupply, 'supply' | 'path'> => {
  const { outside } = study.terms;
  const tasks = { weights: new Float64Array(blocks), positions: new Float64Array(blocks) };
  const own = profileSupplyOf(study, tasks);
  const form = costFormOf(study);
  if (outside === undefined || (form !== undefined && hasJumps(form))) return own;
  const product = outsideProduct(study, outside, types, tasks);
  const models = own.supply.models ?? [{ name: 'seller', supply: own.supply }];
  return { ...own, supply: bestProfileSupply([...models, { name: OUTSIDE, supply: product }]) };
};

/** What continuous values and scales have who take none of the menu, scale by scale; undefined where they have nothing. `models` is how many make the menu's items, what is resold included. */
export const populationFallbacks = (
  study: Study,
  { value: types, scale: scales }: Pick<ValueScaleBuyers, 'value' | 'scale'>,
  supply: EfficientSupply,
  models: number,
): FallbackAt | undefined => {
  const { outside, keep } = study.terms;
  if (outside === undefined && keep === undefined) return undefined;
  const line = { kind: 'continuous-chain', coordinate: 'value', isScaleFixed: true, types } as const;
  const promised = promising(study, { ...line, scale: scales.max });
  const known = new Map<number, ScaleFallback>();
  return (scale) => {
    let own = known.get(scale);
    if (own === undefined) {
      const { problem, plans } = promised({ ...line, scale }, supply);
      const { participation, elsewhere = outside && participation } = problem;
      own = {
        ...participation,
        of: fallbackOf(study, scale, keep && plans && { keep, plans, models }, elsewhere),
      };
      known.set(scale, own);
    }
    return own;
  };
};

const fallbackOf =
  (
    study: Study,
    scale: number,
    promise: { readonly keep: Kept; readonly plans: PlanUtility; readonly models: number } | undefined,
    elsewhere: ChainParticipation | undefined,
  ) =>
  (value: number): Fallback | undefined => {
    const { keep, plans, models = 1 } = promise ?? {};
    if (keep === undefined || plans === undefined) return elsewhere && { kind: 'elsewhere' };
    const choice = plans.choice(value);
    if (elsewhere && !(keep.share * choice.utility > elsewhere.utility(value))) return { kind: 'elsewhere' };
    if (choice.offer < 0) return undefined;
    return {
      kind: 'promised',
      quality: keep.share * choice.quality,
      transfer: keep.share * choice.payment,
      ...(keep.share === 1 ? { plan: underPlan(study, scale, keep, plans, choice, models) } : {}),
    };
  };

/** What a buyer makes of her plan, on as many of her tasks as it is for. */
const underPlan = (
  { technology }: Study,
  scale: number,
  { plans: menu }: Kept,
  { offers }: PlanUtility,
  { offer, quality, cost, inputs: amounts }: ReturnType<PlanUtility['choice']>,
  models: number,
): MadeItem => {
  const { plan, inputs } = offers[offer]!;
  const tasks = Math.min(scale, menu[plan]!.taskCap ?? scale);
  const weights = tasks < scale ? [tasks, scale - tasks] : [scale];
  const sharedCost = inputs.reduce(
    (sum, input, i) => (input.scope === 'shared' ? sum + input.cost * amounts[i]! : sum),
    0,
  );
  const named = technology.kind === 'models' ? technology.models : [];
  return {
    weights: Float64Array.from(weights),
    quality: Float64Array.from(weights, (_, m) => (m === 0 && tasks > 0 ? quality / tasks : 0)),
    served: new Float64Array(weights.length).fill(Number.NaN),
    cost,
    sharedCost,
    shares: wholeShares(
      [
        Math.max(
          0,
          named.findIndex(({ name }) => name === inputs[0]?.model),
        ),
      ],
      models,
    ),
    inputs: Object.fromEntries(inputs.map(({ name }, i) => [name, amounts[i]!])),
  };
};
