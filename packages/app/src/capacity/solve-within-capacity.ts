import {
  asPartOf,
  findShadowPrices,
  InputError,
  type ShadowPrices,
  type SolvedMenu,
  type Totals,
  unknownTotals,
  withStandIn,
} from '@menusmith/core';
import { screeningProblem } from '../problem/screening-problem.ts';
import type { Answer, Solved, SolveProgress } from '../solve/solved.ts';
import { isSolvableWhenSeen } from '../study/solved-on-grid.ts';
import type { Study } from '../study/study.ts';
import { plainTerms } from '../study/terms.ts';
import { mixedMenu } from './mixed-menu.ts';
import {
  type Asking,
  capacityOf,
  type Found,
  type FreeSolve,
  menuAt,
  named,
  PART,
  type PricedMenu,
  soldTo,
} from './priced-menu.ts';
import type { ShadowPriceList } from './priced-study.ts';
import { atTrueCosts, chargeFor } from './true-costs.ts';
import { withoutLotteriesWithin } from './without-lotteries.ts';

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
): Generator<SolveProgress<Answer>, Answer, boolean | undefined> {
  const asking: Asking = { study, solve, isStopped: false };
  const found = yield* bestWithin(asking, (rough) => answerOf(rough, study));
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

/**
 * Shadow prices and menus at them. Where they are sought roughly first, the search goes on from there, and what was found is the answer of a search that is ended; a first best, which
 * is no answer, comes without `answering`.
 */
function* bestWithin(
  asking: Asking,
  answering?: (found: Found) => Answer,
): Generator<SolveProgress<Answer>, Found, boolean | undefined> {
  const tolerance = PART * asking.study.solver.tolerance;
  if (!(tolerance < ROUGH && isSlow(asking.study))) return yield* searchPrices(asking, tolerance);
  const rough = yield* searchPrices(asking, ROUGH);
  if (asking.isStopped) return rough;
  const fine = searchPrices(asking, tolerance, rough.prices);
  if (answering === undefined) return yield* fine;
  const incumbent = (): Answer => answering(rough);
  // A solve of the fine search may take longer than there is time.
  asking.isStopped = (yield { iterations: rough.menus.length, expectedGap: ROUGH, incumbent }) === true;
  return asking.isStopped ? rough : yield* withStandIn(fine, incumbent);
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

/**
 * What is sold, at true costs, below the least of all bounds. To pay everybody the most that anybody is promised keeps all promises, whatever else buyers
 * have: it is always within capacity.
 */
const answerOf = ({ menus, prices: { at, sold } }: Found, asked: Study): Answer => {
  const capacity = asked.terms.capacity!;
  const { answer, study, prices } = menus[at]!;
  const solved = mixedMenu(
    (sold.length > 0 ? sold : [{ menu: at, share: 0 }]).map(({ menu, share }) => ({
      solved: atTrueCosts(menus[menu]!.answer.solved, menus[menu]!.prices, capacity, asked.terms.objective),
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
      const found = yield* asPartOf(bestWithin({ study: asked, solve, isStopped: false }));
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
