import {
  type Distribution,
  type EfficientSupply,
  efficientSurpluses,
  evenSupply,
  type FiniteProblem,
  hasJumps,
  outsideSupply,
  type ProfileSupply,
  withOutsideOption,
  withRival,
} from '@menusmith/core';
import type { FiniteBuyers } from '../../problem/finite-buyers.ts';
import { screeningProblem } from '../../problem/screening-problem.ts';
import type { OutsideOption, ProfileTasks, Study } from '../../study/study.ts';
import { profileSupplyOf } from '../supply/profile-supply-of.ts';
import { outsideOfChain } from './outside-along.ts';
import { isOwnOption, outsideWorth } from './outside-worth.ts';

/**
 * What continuous values and scales have outside, as a product that could be resold: a rival's; of a formula u(w, s), convex in w, the one that leaves a
 * buyer u, as good on all of her tasks.
 */
export const outsideProduct = (
  study: Study,
  outside: OutsideOption,
  types: Distribution,
  tasks: ProfileTasks,
): ProfileSupply => {
  if (outside.kind === 'rival')
    return profileSupplyOf({ ...study, technology: outside.technology }, tasks).supply;
  const line = { kind: 'continuous-chain', coordinate: 'value', isScaleFixed: true, types } as const;
  const known = new Map<number, EfficientSupply>();
  return evenSupply((scale) => {
    let product = known.get(scale);
    if (product === undefined) {
      product = outsideSupply(outsideOfChain(study, { ...line, scale })!, types);
      known.set(scale, product);
    }
    return product;
  }, tasks.weights.length);
};

/**
 * The problem of types with values on tasks, with what they have outside: each her own option, or a product that could be resold. A formula is a product where
 * types stand for continuous buyers, as it is along a line: their menu and its bound are of that problem.
 */
export const typesBesideOutside = (
  study: Study,
  buyers: FiniteBuyers,
  problem: FiniteProblem,
): FiniteProblem => {
  const { outside } = study.terms;
  if (outside === undefined) return problem;
  if (outside.kind !== 'rival') {
    const { population } = { population: undefined, ...screeningProblem(study) };
    return population && !(problem.cost !== undefined && hasJumps(problem.cost))
      ? withRival(problem, outsideProduct(study, outside, population.value, buyers.tasks))
      : withOutsideOption(problem, outsideWorth(outside, buyers));
  }
  const rival = profileSupplyOf({ ...study, technology: outside.technology }, buyers.tasks);
  return isOwnOption(outside, problem.cost, false)
    ? withOutsideOption(problem, efficientSurpluses(buyers.types, rival.supply))
    : withRival(problem, rival.supply);
};
