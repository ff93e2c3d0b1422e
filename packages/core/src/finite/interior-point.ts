import { closeTemptations } from './close-temptations.ts';
import { type Complements, complements } from './complements.ts';
import type { FiniteProblem, Proposal } from './finite-problem.ts';
import { copyLotteries, type Lotteries, lotteries } from './lottery-step.ts';
import { type Iterate, type NewtonStep, newtonStep } from './newton-step.ts';
import { budgetsOf, participationOf } from './participation.ts';
import { servedFor } from './served-for.ts';
import { type ServedSupply, servedSupply, type Withheld } from './served-supply.ts';
import type { SolverStop } from './stop-reason.ts';
import { wholeShares } from './supplied-items.ts';
import { temptations } from './temptations.ts';
import type { TypePairs } from './type-space.ts';
import { type WorkingSet, workingSet } from './working-set.ts';

const MOST_ITERATIONS = 400;
/** Rents and slacks at the start, as a share of the money at stake; multipliers of q ≥ 0, as a share of the largest value. */
const START = 0.2;
const MOST_HALVINGS = 12;
/** The gap may grow in a step, but not by more than this. */
const MOST_GROWTH = 2;
/** The first look for constraints beyond the working set, and the gain in accuracy from one look to the next. */
const FIRST_LOOK = 1e-3;
const NEXT_LOOK = 0.1;
/** After constraints have come in, the next look is sooner. */
const SOONER_LOOK = 0.3;
/** The gap is not closed below this share of the infeasibility. */
const LEAST_GAP = 0.02;
/** Checkpoints are kept at gaps this much smaller from one to the next, once the iterate is nearly feasible. */
const NEXT_CHECKPOINT = 0.3;
const FIRST_CHECKPOINT = 0.05;
const NEARLY_FEASIBLE = 10;
/** After so many short steps in a row the method goes back to a checkpoint whose gap is that many times larger. */
const SHORT = 0.1;
const MOST_SHORT = 4;
const BACK = 3;
/** Shares of the gap that steps leave at least, after so many returns that brought no constraint: the same way again would end in the same place. */
const CAUTION = [0, 0.1, 0.3, 0.5, 0.7];
/** Constraints that are broken by more than this share of the money at stake are met sooner from the beginning than from where the method stands. */
const FAR = 0.03;
/** Gains that matter, relative to the money at stake. */
const TEMPTATION = 1e-12;
/** Gains from close items that matter once somebody gains more than the gap, relative to the gap. */
const CLOSE_TEMPTATION = 0.003;
/** The most flow that a new constraint starts with, in budgets of the type whose item it is about. */
const MOST_FLOW = 1;
/** Where quality rises by less than this share of the share by which all values do, throughout, p does not tell it. */
const INELASTIC = 0.25;

/** An iterate to which the method can return: well inside, where the next ones are near the boundary. */
interface Checkpoint {
  readonly set: WorkingSet;
  readonly at: Iterate;
  readonly gap: number;
}

/** What the method works with: laid out for one working set, and replaced when that grows. */
interface Workbench {
  readonly set: WorkingSet;
  readonly supply: ServedSupply;
  readonly newton: NewtonStep;
  readonly at: Iterate;
}

/**
 * Primal–dual interior-point method for the finite screening problem, on the flows λ, the rents U and the served values p.
 *
 * Item k is always the efficient supply to served values p_k, which end as the virtual values that the flows make: every iterate is an
 * allocation that is efficient for some virtual types. Newton's method follows the central path of min D(λ); constraints are at work
 * only once a type is tempted to break them. Where they come in so late that only short steps are left, it goes back to an earlier iterate,
 * farther from the boundary, and takes them along; where they are broken by so much that this leads nowhere, it begins anew; where none come in, it
 * goes on in more cautious steps. Proposals come with every iteration, each better than the last as a rule; `money` is the efficient surplus, to
 * which gaps are relative.
 */
export function* interiorPoint(problem: FiniteProblem, money: number): Generator<Proposal, SolverStop, void> {
  const { types } = problem;
  let bench = layOut(problem, types.neighbours(), false);
  startAt(problem, bench, money);
  if (isInelastic(bench)) {
    bench = layOut(problem, types.neighbours(), true);
    startAt(problem, bench, money);
  }
  /** Constraints at work when the method began, or began anew: without others it would go the same way again. */
  let startedWith = bench.set.from.length;
  let look = FIRST_LOOK;
  let infeasibility = Number.POSITIVE_INFINITY;
  let gap = Number.POSITIVE_INFINITY;
  let length = 0;
  let shortSteps = 0;
  /** Returns with the same constraints at work, and how many these were. */
  let returns = 0;
  let returnedWith = 0;
  const checkpoints: Checkpoint[] = [];
  for (let iteration = 0; iteration < MOST_ITERATIONS; iteration++) {
    const { set, newton, at } = bench;
    const [before, gapBefore] = [infeasibility, gap];
    infeasibility = newton.evaluate(at) / money;
    gap = newton.gap(at) / money;
    const isAstray = (): boolean =>
      !(infeasibility <= 2 * before + gap && gap <= MOST_GROWTH * (gapBefore + before));
    // A step on which supply turned out too different from its linear model is taken back by halves.
    for (let halving = 0; isAstray() && halving < MOST_HALVINGS && length > 0; halving++) {
      length /= 2;
      newton.move(at, length);
      infeasibility = newton.evaluate(at) / money;
      gap = newton.gap(at) / money;
    }
    if (!Number.isFinite(infeasibility)) return 'numerical';
    yield proposalAt(problem, bench, iteration, gap + infeasibility);

    if (
      gap < NEXT_CHECKPOINT * (checkpoints.at(-1)?.gap ?? FIRST_CHECKPOINT) &&
      infeasibility < NEARLY_FEASIBLE * gap
    ) {
      checkpoints.push({ set, at: copied(at), gap });
    }

    let added = none;
    if (gap < look && infeasibility < 50 * gap) {
      added = tempting(problem, bench, gap * money, money);
      look = (added.from.length > 0 ? SOONER_LOOK : NEXT_LOOK) * gap;
    }
    shortSteps = length < SHORT && iteration > 0 ? shortSteps + 1 : 0;
    const isStuck = shortSteps >= MOST_SHORT;
    if (added.from.length > 0 || isStuck) {
      let from: Checkpoint = { set, at, gap };
      while (isStuck && checkpoints.length > 0 && from.gap < BACK * gap) from = checkpoints.pop()!;
      if (from.at !== at) {
        const known = set.from.length + added.from.length;
        returns = known === returnedWith ? returns + 1 : 0;
        returnedWith = known;
        if (returns >= CAUTION.length) return 'stuck';
      }
      bench = extended(problem, from, set, added, from.gap * money);
      const isHopeless = isStuck && from.gap < BACK * gap;
      const hasGrown = bench.set.from.length > startedWith;
      if (hasGrown && (isHopeless || bench.newton.evaluate(bench.at) > FAR * money)) {
        startAt(problem, bench, money);
        startedWith = bench.set.from.length;
        checkpoints.length = 0;
        look = FIRST_LOOK;
      } else if (isStuck) look = Math.min(FIRST_LOOK, SOONER_LOOK * from.gap);
      infeasibility = gap = Number.POSITIVE_INFINITY;
      length = 0;
      shortSteps = 0;
      continue;
    }
    length = newton.direct(at, Math.max(LEAST_GAP * infeasibility, CAUTION[returns]! * gap) * money);
    if (!(length > 0)) return 'numerical';
    newton.move(at, length);
  }
  return 'most-iterations';
}

/** Constraints to put to work: close ones where there are any, as far ones tend to follow from them and cost sparsity. */
const tempting = (
  problem: FiniteProblem,
  { set, supply, at }: Workbench,
  gap: number,
  money: number,
): TypePairs => {
  const rents = rentsAt(problem, at);
  const favourites = temptations(problem, set, supply, rents, Math.max(TEMPTATION * money, gap));
  if (favourites.from.length === 0) return favourites;
  const close = closeTemptations(problem, set, supply, rents, CLOSE_TEMPTATION * gap);
  return close.from.length > 0 ? close : favourites;
};

/** Shares of the starting values at which supply must be inelastic for being so: beyond a kink or a most quality stands still at any cost. */
const NEAR_AND_FAR = [1, 1e-2, 1e-4];

/** Whether quality, or what one of the models makes of it, responds so little to values that p alone does not tell it. */
const isInelastic = (bench: Workbench): boolean => {
  const { supply, at } = bench;
  if (supply.starts.some((start) => start > 0)) return false;
  if (supply.mixed === undefined) return isInelasticAt(bench, undefined);
  const { models } = supply.mixed;
  const items = at.lotteries!.level.length;
  return Array.from({ length: models }, (_, l) => l).some((l) => {
    const alone = lotteries(items, models);
    alone.primal.set(wholeShares(new Int32Array(items).fill(l), models));
    alone.dual.fill(1);
    return isInelasticAt(bench, alone);
  });
};

const isInelasticAt = ({ set, supply, at }: Workbench, shares: Lotteries | undefined): boolean => {
  const { primal: served, dual: floors } = at.service;
  const coupled = new Float64Array(served.length);
  return NEAR_AND_FAR.every((share) => {
    const values = served.map((p) => share * p);
    supply.evaluate(values, floors, undefined, shares);
    supply.couple(values, coupled);
    return supply.elasticity.every((own, b) => {
      const amount = set.blockWeights[b]! * supply.quality[b]!;
      return !(own > INELASTIC) && !(amount > 0 && own + coupled[b]! / amount > INELASTIC);
    });
  });
};

/** U = V + u. */
const rentsAt = (problem: FiniteProblem, { participation }: Iterate): Float64Array => {
  const { least } = participationOf(problem);
  return participation.primal.map((beyond, n) => beyond + least[n]!);
};

const layOut = (problem: FiniteProblem, pairs: TypePairs, isWithholding: boolean): Workbench => {
  const { types } = problem;
  const set = workingSet(types, pairs);
  const supply = servedSupply(set, problem);
  return {
    set,
    supply,
    newton: newtonStep(problem, set, supply, isWithholding),
    at: {
      incentive: complements(set.from.length),
      participation: complements(types.count),
      service: complements(set.blockWeights.length),
      ...(isWithholding ? { held: heldBack(set.blockWeights.length) } : {}),
      ...(supply.mixed ? { lotteries: lotteries(types.count, supply.mixed.models) } : {}),
    },
  };
};

const heldBack = (size: number): Withheld => ({
  withheld: new Float64Array(size),
  aimed: new Float64Array(size),
});

/** Where the method begins: flows in both directions cancel, so that they are feasible, and all are served as if their values were virtual. */
const startAt = (problem: FiniteProblem, { set, at, supply }: Workbench, money: number): void => {
  const budgets = budgetsOf(problem);
  const largest = set.ownValues.reduce((most, value) => Math.max(most, value), 0);
  for (let e = 0; e < set.from.length; e++)
    at.incentive.dual[e] = Math.min(budgets[set.from[e]!]!, budgets[set.to[e]!]!);
  at.incentive.primal.fill(START * money);
  at.participation.primal.fill(START * money);
  at.participation.dual.set(budgets);
  at.service.dual.fill(START * largest);
  for (let b = 0; b < set.ownValues.length; b++)
    at.service.primal[b] = Math.max(set.ownValues[b]!, START * largest);
  if (at.lotteries) startLotteries(at, supply, money);
  if (at.held === undefined) return;
  supply.evaluate(at.service.primal, at.service.dual, undefined, at.lotteries);
  // A third is sold, so that there is as much to go either way.
  supply.quality.forEach((most, b) => {
    at.held!.aimed[b] = most / 3;
    at.held!.withheld[b] = most - most / 3;
  });
};

/** Models start with what each of them falls short of a surplus that none attains, and with shares that make their products equal. */
const startLotteries = ({ service, lotteries: at }: Iterate, supply: ServedSupply, money: number): void => {
  const { models, surpluses } = supply.mixed!;
  const { primal: shares, dual: shortfalls, level } = at!;
  shares.fill(1 / models);
  shortfalls.fill(1);
  supply.evaluate(service.primal, service.dual, undefined, at);
  for (let k = 0; k < level.length; k++) {
    const own = surpluses.subarray(k * models, (k + 1) * models);
    level[k] = Math.max(...own) + START * money;
    const all = own.reduce((sum, surplus) => sum + 1 / (level[k]! - surplus), 0);
    own.forEach((surplus, l) => {
      shortfalls[k * models + l] = level[k]! - surplus;
      shares[k * models + l] = 1 / (all * shortfalls[k * models + l]!);
    });
  }
};

const none: TypePairs = { from: new Int32Array(0), to: new Int32Array(0) };

const copied = ({ incentive, participation, service, held, lotteries: shares }: Iterate): Iterate => {
  const copy = ({ primal, dual }: Complements): Complements => ({
    primal: primal.slice(),
    dual: dual.slice(),
  });
  return {
    incentive: copy(incentive),
    participation: copy(participation),
    service: copy(service),
    ...(held ? { held: { withheld: held.withheld.slice(), aimed: held.aimed.slice() } } : {}),
    ...(shares ? { lotteries: { ...copy(shares), level: shares.level.slice() } } : {}),
  };
};

/**
 * An iterate with the constraints at work now and those that come in: whichever it did not know start on the central path, with slacks as large as
 * what they lack.
 */
const extended = (
  problem: FiniteProblem,
  { set, at }: Pick<Checkpoint, 'set' | 'at'>,
  current: WorkingSet,
  added: TypePairs,
  gap: number,
): Workbench => {
  const n = set.count;
  const { primal: slacks, dual: flows } = at.incentive;
  const known = new Map<number, number>();
  for (let e = 0; e < flows.length; e++) known.set(set.to[e]! * n + set.from[e]!, e);
  const join = (own: Int32Array, more: Int32Array): Int32Array => {
    const all = new Int32Array(own.length + more.length);
    all.set(own);
    all.set(more, own.length);
    return all;
  };
  const after = layOut(
    problem,
    { from: join(current.from, added.from), to: join(current.to, added.to) },
    at.held !== undefined,
  );
  after.at.participation.primal.set(at.participation.primal);
  after.at.participation.dual.set(at.participation.dual);
  // Blocks are split only: each new one lies in an old one.
  for (let k = 0; k < n; k++) {
    let old = set.blockOffsets[k]!;
    for (let b = after.set.blockOffsets[k]!; b < after.set.blockOffsets[k + 1]!; b++) {
      while (set.blockEnds[old]! < after.set.blockEnds[b]!) old++;
      after.at.service.primal[b] = at.service.primal[old]!;
      after.at.service.dual[b] = at.service.dual[old]!;
      if (at.held === undefined) continue;
      after.at.held!.withheld[b] = at.held.withheld[old]!;
      after.at.held!.aimed[b] = at.held.aimed[old]!;
    }
  }
  if (at.lotteries) copyLotteries(at.lotteries, after.at.lotteries!);
  after.supply.evaluate(after.at.service.primal, after.at.service.dual, after.at.held, after.at.lotteries);
  const rents = rentsAt(problem, after.at);
  const budgets = budgetsOf(problem);
  const { primal, dual } = after.at.incentive;
  const { weights } = after.newton;
  const barrier = gap / weights.total;
  for (let e = 0; e < dual.length; e++) {
    const [a, k] = [after.set.from[e]!, after.set.to[e]!];
    const old = known.get(k * n + a);
    const product = barrier * weights.incentive[e]!;
    const lacking = Math.abs(rents[a]! - rents[k]! - after.supply.advantage[e]!);
    primal[e] = old === undefined ? Math.max(lacking, product / (MOST_FLOW * budgets[k]!)) : slacks[old]!;
    dual[e] = old === undefined ? product / primal[e]! : flows[old]!;
  }
  return after;
};

/** Served values are those of the iterate, which is strictly incentive compatible; where the multiplier of q ≥ 0 prevails nothing is to be served. */
const proposalAt = (
  problem: FiniteProblem,
  { set, at, supply }: Workbench,
  iterations: number,
  expectedGap: number,
): Proposal => {
  const { primal, dual: floors } = at.service;
  const { held } = at;
  const common = {
    flows: { from: set.from, to: set.to, amount: at.incentive.dual.slice() },
    rents: rentsAt(problem, at),
    iterations,
    expectedGap,
    ...(at.lotteries ? { shares: at.lotteries.primal.slice() } : {}),
  };
  const items = (quality: Float64Array) => ({ offsets: set.blockOffsets, ends: set.blockEnds, quality });
  if (held === undefined) {
    return {
      ...common,
      served: items(primal.map((p, b) => supply.starts[b]! + p)),
      // Where the multiplier prevails over what a served value has beyond the start, in the terms of the whole value.
      floors: floors.map((floor, b) => (floor * (supply.starts[b]! + primal[b]!)) / primal[b]!),
    };
  }
  const served = servedFor(problem, set, supply.quality, primal, common.shares);
  const largest = set.ownValues.reduce((most, value) => Math.max(most, value), 0);
  // As shares of what there is at most: p is tiny wherever a quality is sold in part.
  const prevailing = served.map((p, b) => {
    const sold = supply.quality[b]! / (supply.quality[b]! + held.withheld[b]!);
    return (p * (floors[b]! / largest)) / sold;
  });
  return { ...common, served: items(served), floors: prevailing };
};
