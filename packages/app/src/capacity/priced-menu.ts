import type { ShadowPrices } from '@menusmith/core';
import { largestPromise } from '../plans/kept-plans.ts';
import type { Answer, SolveProgress } from '../solve/solved.ts';
import type { Study } from '../study/study.ts';
import { surplusWeightOf } from '../study/terms.ts';
import { leastCost, pricedStudy, type ShadowPriceList } from './priced-study.ts';

/** Solves a study that has no capacity. */
export type FreeSolve = (study: Study) => Generator<SolveProgress<Answer>, Answer, boolean | undefined>;

/** Of the tolerance that the study asks for, what each solve and the search for prices may take. */
export const PART = 1 / 4;
/** A menu that was solved for at costs c + ρ. */
export interface PricedMenu {
  readonly answer: Answer;
  readonly study: Study;
  readonly prices: ShadowPriceList;
}

export interface Asking {
  readonly study: Study;
  readonly solve: FreeSolve;
  isStopped: boolean;
}

export interface Found {
  readonly menus: readonly PricedMenu[];
  readonly prices: ShadowPrices;
}

export const capacityOf = (study: Study) => {
  const most = study.terms.capacity!;
  const names = Object.keys(most);
  return {
    names,
    most: Float64Array.from(names, (name) => most[name]!),
    costs: Float64Array.from(names, (name) => leastCost(study, name)),
    nothing: worthOfNothing(study),
  };
};

/** The best menu at costs c + ρ. */
export function* menuAt(
  asking: Asking,
  prices: ShadowPriceList,
  tolerance: number,
): Generator<SolveProgress, PricedMenu, boolean | undefined> {
  const study = pricedStudy(asking.study, prices, tolerance);
  const solving = asking.solve(study);
  let part = solving.next(asking.isStopped);
  while (part.done !== true) {
    // What is best at these prices may not be within capacity.
    const { incumbent: _, ...progress } = part.value;
    asking.isStopped = (yield progress) === true || asking.isStopped;
    part = solving.next(asking.isStopped);
  }
  return { answer: part.value, study, prices };
}

export const named = (names: readonly string[], values: Float64Array): ShadowPriceList =>
  Object.fromEntries(names.map((name, j) => [name, values[j]!]));

/** Where nothing is hidden, nobody has to be left anything. */
const isPromising = ({ contract, terms }: Study): boolean =>
  terms.keep !== undefined && contract !== 'efficient';

/** The most that anybody is promised: paid to all, it keeps every promise, and nothing is used. */
const promiseOf = (study: Study): number =>
  isPromising(study) ? largestPromise(study.terms.keep!, study) : 0;

/** What it brings to sell nothing, in units of profit: everybody is paid the most that anybody is promised. */
export const worthOfNothing = (study: Study): number =>
  -(1 - surplusWeightOf(study.terms)) * promiseOf(study);

/** κ, which is 1 where nothing is hidden, and what is paid where nothing is sold. */
export const soldTo = (study: Study): readonly [number, number] => [
  study.contract === 'efficient' ? 1 : surplusWeightOf(study.terms),
  promiseOf(study),
];
