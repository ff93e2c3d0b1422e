import { type Distribution, profileIndex, representativeType } from '@menusmith/core';
import { degreeOf } from '../study/degree.ts';
import type { Goods, ProfileTasks, Study } from '../study/study.ts';
import type { ListedBuyer } from './finite-buyers.ts';
import {
  type ContinuousChain,
  type ListedChain,
  problemAtScale,
  screeningProblem,
} from './screening-problem.ts';

/** The buyers of a study as plans are sold to them. */
export type PlanBuyers =
  | ContinuousChain
  | ListedChain
  /** Continuous values and scales, a chain at every scale. */
  | {
      readonly kind: 'scales';
      readonly scales: Distribution;
      at(scale: number): ContinuousChain | ListedChain;
    }
  /** Types of any kind; or midpoints, which stand for continuous buyers of goods. */
  | {
      readonly kind: 'list';
      readonly listed: readonly ListedBuyer[];
      readonly tasks?: ProfileTasks;
      readonly goods?: Goods;
    };

/**
 * Plans meter totals, so that buyers who differ in value and scale, or in values on tasks, choose as their index θ does where the production function has one (Lemma 2), whatever the study's
 * contract. Where it has none, or `isCapped`, as one of the plans caps tasks, continuous values and scales choose scale by scale, and so they do where what they have outside is
 * not a matter of θ. Throws InputError where there are no buyers of a scale asked for.
 */
export const planBuyers = (
  study: Study,
  { isCapped = false, scale }: { readonly isCapped?: boolean; readonly scale?: number | undefined } = {},
): PlanBuyers => {
  const { buyers, technology } = study;
  if (scale !== undefined) return problemAtScale(study, scale);
  if (buyers.kind === 'representative') return screeningProblem(study) as ContinuousChain | ListedChain;
  if (buyers.kind === 'value-scale') {
    if (isCapped || degreeOf(technology) === undefined || isOutsideByScale(study)) {
      const byScale: Study = { ...study, contract: 'allocations' };
      return { kind: 'scales', scales: buyers.scale, at: (each) => problemAtScale(byScale, each) };
    }
    return screeningProblem({ ...study, contract: 'packages' }) as ContinuousChain;
  }
  return buyers.kind === 'profiles'
    ? {
        kind: 'list',
        listed: buyers.types,
        tasks: buyers.tasks,
        ...(buyers.goods ? { goods: buyers.goods } : {}),
      }
    : { kind: 'list', listed: buyers.types };
};

/** The goods whose continuous values a study's types stand for as midpoints, where they do. */
export const continuousGoods = ({ buyers }: Pick<Study, 'buyers'>): Goods | undefined =>
  buyers.kind === 'profiles' ? buyers.goods : undefined;

/** Whether what buyers have outside is one of value and scale, and not of θ. */
const isOutsideByScale = ({ technology, terms: { outside } }: Study): boolean => {
  if (outside?.kind === 'utility') return outside.names.some((name) => name !== 'theta');
  return outside?.kind === 'rival' && degreeOf(outside.technology) !== degreeOf(technology);
};

/** By what one of the study's buyers is known: her index or one number, her value and scale. */
export const buyerCoordinates = ({ buyers, technology }: Study) => ({
  /** Whether her one number stands for value and scale, or for values on tasks. */
  isThetaAnIndex: buyers.kind !== 'representative',
  hasTheta: buyers.kind === 'representative' || degreeOf(technology) !== undefined,
  hasValueAndScale: buyers.kind !== 'representative' && buyers.kind !== 'profiles',
});

/** θ of every listed buyer; undefined where they have none. */
export const buyerIndex = (
  { technology }: Study,
  { listed, tasks }: Extract<PlanBuyers, { kind: 'list' }>,
): Float64Array | undefined => {
  const degree = degreeOf(technology);
  if (degree === undefined) return undefined;
  return Float64Array.from(listed, ({ value = 0, scale, values }) => {
    if (values !== undefined) return profileIndex(values, tasks!.weights, degree);
    return scale === undefined ? value : representativeType(value, scale, degree);
  });
};
