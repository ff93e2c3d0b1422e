import {
  type Condition,
  findShadowPrices,
  InputError,
  type ShadowPrices,
  type SolvedMenu,
  type Totals,
  unknownTotals,
} from '@menusmith/core';
import { largestPromise } from '../plans/kept-plans.ts';
import { screeningProblem } from '../problem/screening-problem.ts';
import { fullExtraction } from '../solve/assemble.ts';
import type { Answer, Solved, SolveProgress } from '../solve/solved.ts';
import { isSolvableWhenSeen } from '../study/solved-on-grid.ts';
import type { Study } from '../study/study.ts';
import { plainTerms, surplusWeightOf } from '../study/terms.ts';
import { mixedMenu } from './mixed-menu.ts';
import { leastCost, pricedStudy, type ShadowPriceList } from './priced-study.ts';
import { atTrueCosts, chargeFor } from './true-costs.ts';

/** Solves a study that has no capacity. */
export type FreeSolve = (study: Study) => Generator<SolveProgress<Answer>, Answer, boolean | undefined>;

/** Of the tolerance that the study asks for, what each solve and the search for prices may take. */
const PART = 1 / 4;

/**
 * The best menu whose mean use of inputs stays within capacity: Σ f X_j ≤ K_j. One outer loop around the solve of a study without capacity, at costs
 * c + ρ (`findShadowPrices`). The bound at ρ and ρ·K bound every menu within capacity; what is sold is one menu within it, or the
 * mean of several where use jumps in ρ. All numbers are counted at the costs c, and the first best is that within capacity.
 */
export function* solveWithinCapacity(
  study: Study,
  solve: FreeSolve,
): Generator<SolveProgress, Answer, boolean | undefined> {
  const found = yield* searchPrices(study, solve);
  const efficient =
    study.contract === 'efficient'
      ? found.answer.solved.totals
      : yield* firstBestWithin(study, solve, found.isStopped);
  const { solved } = found.answer;
  const conditions = besideFirstBest(solved.conditions, solved.totals, efficient);
  return { ...found.answer, solved: { ...solved, efficient, conditions } };
}

/** Whether all is extracted is a matter of the first best under the same capacity, at what inputs cost; it is not judged where that is not known. */
const besideFirstBest = (
  conditions: readonly Condition[],
  { grossValue, rent, cost }: Totals,
  efficient: Totals,
): readonly Condition[] => {
  const firstBest = efficient.grossValue - efficient.cost;
  return conditions.flatMap((condition) => {
    if (condition.name !== 'full-extraction') return [condition];
    return Number.isFinite(firstBest) ? [fullExtraction(grossValue - rent - cost, firstBest)] : [];
  });
};

interface Found {
  readonly answer: Answer;
  readonly isStopped: boolean;
}

function* searchPrices(study: Study, solve: FreeSolve): Generator<SolveProgress, Found, boolean | undefined> {
  const capacity = study.terms.capacity!;
  const names = Object.keys(capacity);
  const most = Float64Array.from(names, (name) => capacity[name]!);
  const costs = Float64Array.from(names, (name) => leastCost(study, name));
  const tolerance = PART * study.solver.tolerance;
  const menus: { answer: Answer; study: Study; prices: ShadowPriceList }[] = [];
  let isStopped = false;
  const promise = promiseOf(study);
  const asking = findShadowPrices({ most, costs, nothing: worthOfNothing(study) }, tolerance);
  let step = asking.next();
  while (step.done !== true) {
    const { value } = step;
    const prices = Object.fromEntries(names.map((name, j) => [name, value[j]!]));
    const priced = pricedStudy(study, prices, tolerance);
    const solving = solve(priced);
    let part = solving.next(isStopped);
    while (part.done !== true) {
      // What is best at these prices may not be within capacity.
      const { incumbent: _, ...progress } = part.value;
      isStopped = (yield progress) === true || isStopped;
      part = solving.next(isStopped);
    }
    const { solved } = part.value;
    menus.push({ answer: part.value, study: priced, prices });
    const use = solved.use();
    const { attained, upperBound } = solved.certificate;
    const told: SolvedMenu = {
      worth: attained + chargeFor(prices, use),
      open: Math.max(0, upperBound - attained) || 0,
      use: Float64Array.from(names, (name) => use[name] ?? 0),
    };
    isStopped = (yield { iterations: menus.length, expectedGap: Number.NaN }) === true || isStopped;
    step = asking.next(isStopped ? { ...told, isLast: true } : told);
  }
  // To pay everybody the most that anybody is promised keeps all promises, whatever else buyers have: it is always within capacity.
  return { answer: answerOf(step.value, menus, study, promise), isStopped };
}

/** Where nothing is hidden, nobody has to be left anything. */
const isPromising = ({ contract, terms }: Study): boolean =>
  terms.keep !== undefined && contract !== 'efficient';

/** The most that anybody is promised: paid to all, it keeps every promise, and nothing is used. */
const promiseOf = (study: Study): number =>
  isPromising(study) ? largestPromise(study.terms.keep!, study) : 0;

/** What it brings to sell nothing, in units of profit: everybody is paid the most that anybody is promised. */
export const worthOfNothing = (study: Study): number =>
  -(1 - surplusWeightOf(study.terms)) * promiseOf(study);

/** What is sold, at true costs, below the least of all bounds. */
const answerOf = (
  { at, sold }: ShadowPrices,
  menus: readonly { readonly answer: Answer; readonly study: Study; readonly prices: ShadowPriceList }[],
  { contract, terms }: Study,
  promise: number,
): Answer => {
  const capacity = terms.capacity!;
  const { answer, study, prices } = menus[at]!;
  const solved = mixedMenu(
    (sold.length > 0 ? sold : [{ menu: at, share: 0 }]).map(({ menu, share }) => ({
      solved: atTrueCosts(menus[menu]!.answer.solved, menus[menu]!.prices, capacity),
      share,
    })),
    contract === 'efficient' ? 1 : surplusWeightOf(terms),
    promise,
  );
  const upperBound = menus.reduce(
    (least, own) =>
      Math.min(least, own.answer.solved.certificate.upperBound + chargeFor(own.prices, capacity)),
    Number.POSITIVE_INFINITY,
  );
  const isMixed = sold.length !== 1 || sold[0]!.share !== 1;
  return {
    supply: {
      path: answer.supply.path,
      evaluations: () => menus.reduce((sum, own) => sum + own.answer.supply.evaluations(), 0),
    },
    solved: {
      ...solved,
      // NaN of any solve stays NaN.
      certificate: {
        ...solved.certificate,
        upperBound: Number.isFinite(upperBound) ? upperBound : Number.NaN,
      },
      ...provedWithin(menus, sold, capacity),
    },
    priced: { study, solved: answer.solved },
    capacity: { most: capacity, used: solved.use(), prices, isMixed },
  };
};

/** What a proof is made of, where buyers are listed: the menus that are sold, and that with the least bound. */
const provedWithin = (
  menus: readonly { readonly answer: Answer; readonly prices: ShadowPriceList }[],
  sold: ShadowPrices['sold'],
  capacity: Readonly<Record<string, number>>,
): Pick<Solved, 'proved'> => {
  const boundOf = ({ answer, prices }: (typeof menus)[number]): number =>
    answer.solved.certificate.upperBound + chargeFor(prices, capacity);
  const least = menus.reduce((a, b) => (boundOf(b) < boundOf(a) ? b : a));
  const { proved } = least.answer.solved;
  const parts = sold.flatMap(({ menu, share }) => {
    const own = menus[menu]!.answer.solved.proved;
    return own === undefined ? [] : [{ proved: own, share }];
  });
  return proved === undefined ? {} : { proved: { ...proved, within: { prices: least.prices, sold: parts } } };
};

/** The first best under the same capacity; NaN where it is not sought. */
function* firstBestWithin(
  study: Study,
  solve: FreeSolve,
  isStopped: boolean,
): Generator<SolveProgress, Totals, boolean | undefined> {
  const asked = isStopped ? undefined : efficientStudy(study);
  try {
    if (asked !== undefined) return (yield* searchPrices(asked, solve)).answer.solved.totals;
  } catch (error) {
    // A first best that is refused leaves the menu what it is.
    if (!(error instanceof InputError)) throw error;
  }
  return unknownTotals;
}

/**
 * The same buyers with nothing to hide; undefined where that is no problem that can be solved. Where one number stands for value and scale, what is efficient is what
 * serves buyers best who count as much as the seller: a line, and not one of values at every scale.
 */
const efficientStudy = (study: Study): Study | undefined => {
  const { terms } = study;
  const problem = screeningProblem(study);
  const isOneNumber = problem.kind === 'continuous-chain' && problem.coordinate === 'theta';
  const asked: Study = {
    ...study,
    contract: isOneNumber ? study.contract : 'efficient',
    implementation: 'direct',
    terms: {
      objective: isOneNumber ? { profit: 1, consumerSurplus: 1 } : plainTerms.objective,
      ...(terms.capacity ? { capacity: terms.capacity } : {}),
      ...(terms.outside ? { outside: terms.outside } : {}),
    },
  };
  return isSolvableWhenSeen(asked) ? asked : undefined;
};
