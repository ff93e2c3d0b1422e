import {
  findShadowPrices,
  InputError,
  type ShadowPrices,
  type SolvedMenu,
  type Totals,
  unknownTotals,
} from '@menusmith/core';
import { largestPromise } from '../plans/kept-plans.ts';
import { screeningProblem } from '../problem/screening-problem.ts';
import type { Answer, Solved, SolveProgress, WithoutLotteries } from '../solve/solved.ts';
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
/** Where a solve takes long, prices are first sought with menus that are this near to the best. */
const ROUGH = 1e-4;

/**
 * The best menu whose mean use of inputs stays within capacity: Σ f X_j ≤ K_j. One outer loop around the solve of a study without capacity, at costs
 * c + ρ (`findShadowPrices`). The bound at ρ and ρ·K bound every menu within capacity; what is sold is one menu within it, or the
 * mean of several where use jumps in ρ. All numbers are counted at the costs c, and the first best is that within capacity.
 */
export function* solveWithinCapacity(
  study: Study,
  solve: FreeSolve,
): Generator<SolveProgress, Answer, boolean | undefined> {
  const asking: Asking = { study, solve, isStopped: false };
  const found = yield* bestWithin(asking);
  const answer = answerOf(found, study);
  const { withoutLotteries: _, ...solved } = answer.solved;
  const isEfficient = study.contract === 'efficient';
  const without =
    solved.lotteries === true && !isEfficient
      ? yield* withoutLotteriesWithin(asking, found, solved)
      : undefined;
  const efficient = isEfficient ? solved.totals : yield* firstBestWithin(asking);
  return {
    ...answer,
    solved: {
      ...solved,
      efficient: () => efficient,
      ...(without ? { withoutLotteries: () => without } : {}),
    },
  };
}

/** A menu that was solved for at costs c + ρ. */
interface PricedMenu {
  readonly answer: Answer;
  readonly study: Study;
  readonly prices: ShadowPriceList;
}

interface Asking {
  readonly study: Study;
  readonly solve: FreeSolve;
  isStopped: boolean;
}

interface Found {
  readonly menus: readonly PricedMenu[];
  readonly prices: ShadowPrices;
}

const capacityOf = (study: Study) => {
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
function* menuAt(
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

/** Shadow prices and menus at them; where they are sought roughly first, the search goes on from there. */
function* bestWithin(asking: Asking): Generator<SolveProgress, Found, boolean | undefined> {
  const tolerance = PART * asking.study.solver.tolerance;
  if (!(tolerance < ROUGH && isSlow(asking.study))) return yield* searchPrices(asking, tolerance);
  const rough = yield* searchPrices(asking, ROUGH);
  return asking.isStopped ? rough : yield* searchPrices(asking, tolerance, rough.prices);
}

/** Scales that each have something elsewhere, of their own, are solved one by one. */
const isSlow = (study: Study): boolean =>
  screeningProblem(study).kind === 'scale-chains' &&
  (study.terms.outside !== undefined || study.terms.keep !== undefined);

function* searchPrices(
  asking: Asking,
  tolerance: number,
  from?: ShadowPrices,
): Generator<SolveProgress, Found, boolean | undefined> {
  const { names, ...capacity } = capacityOf(asking.study);
  const menus: PricedMenu[] = [];
  const searching = findShadowPrices({ ...capacity, ...(from ? { from } : {}) }, tolerance);
  let step = searching.next();
  while (step.done !== true) {
    const menu = yield* menuAt(asking, named(names, step.value), tolerance);
    menus.push(menu);
    const { solved } = menu.answer;
    const use = solved.use();
    const { attained, upperBound } = solved.certificate;
    const told: SolvedMenu = {
      worth: attained + chargeFor(menu.prices, use),
      open: Math.max(0, upperBound - attained) || 0,
      use: Float64Array.from(names, (name) => use[name] ?? 0),
      isLast: asking.isStopped,
    };
    asking.isStopped =
      (yield { iterations: menus.length, expectedGap: Number.NaN }) === true || asking.isStopped;
    step = searching.next(asking.isStopped ? { ...told, isLast: true } : told);
  }
  return { menus, prices: step.value };
}

const named = (names: readonly string[], values: Float64Array): ShadowPriceList =>
  Object.fromEntries(names.map((name, j) => [name, values[j]!]));

/** A gap this small, relative to the objective, between the menu without lotteries and what others could bring ends the search for it. */
const NEAR = 1e-6;
/** Menus without lotteries that are looked at. */
const MOST_TRIES = 6;

/**
 * The best menu found without lotteries whose use stays within capacity: of those that are best without at prices of their own, and of the menu that sells
 * nothing. A mixture of two would be a lottery. Undefined where a solve finds none without.
 */
function* withoutLotteriesWithin(
  asking: Asking,
  { menus, prices: from }: Found,
  { certificate, ...solved }: Solved,
): Generator<SolveProgress, WithoutLotteries | undefined, boolean | undefined> {
  const { study } = asking;
  const { names, ...capacity } = capacityOf(study);
  const none = mixedMenu([{ solved: { ...solved, certificate }, share: 0 }], ...soldTo(study));
  let best: WithoutLotteries = { ...profitOf(none), attained: none.certificate.attained, use: {} };
  const searching = findShadowPrices({ ...capacity, from }, Math.max(NEAR, PART * study.solver.tolerance));
  let step = searching.next();
  for (let tries = 1; step.done !== true; tries++) {
    const list = named(names, step.value);
    const isKnown = ({ prices }: PricedMenu): boolean => names.every((name) => prices[name] === list[name]);
    const known = menus.find(isKnown) ?? (yield* menuAt(asking, list, PART * study.solver.tolerance));
    const pure = pureAt(known, study);
    if (pure === undefined) return undefined;
    const { attained, use } = pure;
    const isWithin = names.every((name, j) => (use[name] ?? 0) <= capacity.most[j]!);
    if (isWithin && attained > best.attained) best = pure;
    step = searching.next({
      worth: attained,
      use: Float64Array.from(names, (name) => use[name] ?? 0),
      isLast: asking.isStopped || tries >= MOST_TRIES,
    });
  }
  return best;
}

const profitOf = ({ totals: { grossValue, rent, cost } }: Solved): Pick<WithoutLotteries, 'profit'> => ({
  profit: grossValue - rent - cost,
});

/** The best menu without lotteries at its prices, at true costs. */
const pureAt = ({ answer, prices }: PricedMenu, study: Study): WithoutLotteries | undefined => {
  const solved = atTrueCosts(answer.solved, prices, study.terms.capacity!);
  if (solved.lotteries === true) return solved.withoutLotteries?.();
  return { ...profitOf(solved), attained: solved.certificate.attained, use: solved.use() };
};

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
const soldTo = (study: Study): readonly [number, number] => [
  study.contract === 'efficient' ? 1 : surplusWeightOf(study.terms),
  promiseOf(study),
];

/**
 * What is sold, at true costs, below the least of all bounds. To pay everybody the most that anybody is promised keeps all promises, whatever else buyers
 * have: it is always within capacity.
 */
const answerOf = ({ menus, prices: { at, sold } }: Found, asked: Study): Answer => {
  const capacity = asked.terms.capacity!;
  const { answer, study, prices } = menus[at]!;
  const solved = mixedMenu(
    (sold.length > 0 ? sold : [{ menu: at, share: 0 }]).map(({ menu, share }) => ({
      solved: atTrueCosts(menus[menu]!.answer.solved, menus[menu]!.prices, capacity),
      share,
    })),
    ...soldTo(asked),
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
function* firstBestWithin({
  study,
  solve,
  isStopped,
}: Asking): Generator<SolveProgress, Totals, boolean | undefined> {
  const asked = isStopped ? undefined : efficientStudy(study);
  try {
    if (asked !== undefined) {
      const found = yield* bestWithin({ study: asked, solve, isStopped: false });
      return answerOf(found, asked).solved.totals;
    }
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
