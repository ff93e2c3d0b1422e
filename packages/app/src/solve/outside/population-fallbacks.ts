import type {
  ChainParticipation,
  EfficientSupply,
  Fallback,
  FallbackAt,
  MadeItem,
  PlanUtility,
  ScaleFallback,
} from '@menusmith/core';
import type { Kept, Study, ValueScaleBuyers } from '../../study/study.ts';
import { promising } from './outside-along.ts';

/** What continuous values and scales have who take none of the menu, scale by scale; undefined where they have nothing. */
export const populationFallbacks = (
  study: Study,
  { value: types, scale: scales }: Pick<ValueScaleBuyers, 'value' | 'scale'>,
  supply: EfficientSupply,
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
      own = { ...participation, of: fallbackOf(study, scale, keep && plans && { keep, plans }, elsewhere) };
      known.set(scale, own);
    }
    return own;
  };
};

const fallbackOf =
  (
    study: Study,
    scale: number,
    promise: { readonly keep: Kept; readonly plans: PlanUtility } | undefined,
    elsewhere: ChainParticipation | undefined,
  ) =>
  (value: number): Fallback | undefined => {
    const { keep, plans } = promise ?? {};
    if (keep === undefined || plans === undefined) return elsewhere && { kind: 'elsewhere' };
    const choice = plans.choice(value);
    if (elsewhere && !(keep.share * choice.utility > elsewhere.utility(value))) return { kind: 'elsewhere' };
    if (choice.offer < 0) return undefined;
    return {
      kind: 'promised',
      quality: keep.share * choice.quality,
      transfer: keep.share * choice.payment,
      ...(keep.share === 1 ? { plan: underPlan(study, scale, keep, plans, choice) } : {}),
    };
  };

/** What a buyer makes of her plan, on as many of her tasks as it is for. */
const underPlan = (
  { technology }: Study,
  scale: number,
  { plans: menu }: Kept,
  { offers }: PlanUtility,
  { offer, quality, cost, inputs: amounts }: ReturnType<PlanUtility['choice']>,
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
    model: Math.max(
      0,
      named.findIndex(({ name }) => name === inputs[0]?.model),
    ),
    inputs: Object.fromEntries(inputs.map(({ name }, i) => [name, amounts[i]!])),
  };
};
