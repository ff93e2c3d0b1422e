import type { FiniteProblem, Proposal } from '../finite/finite-problem.ts';
import type { SolverStop } from '../finite/stop-reason.ts';
import type { TypePairs } from '../types/type-space.ts';
import { closeTemptations } from './close-temptations.ts';
import { isInelastic } from './inelastic-supply.ts';
import { iterateProposal } from './iterate-proposal.ts';
import { restarts } from './restarts.ts';
import { temptations } from './temptations.ts';
import { extended, layOut, rentsAt, startAt, type Workbench } from './workbench.ts';

const MOST_ITERATIONS = 400;
const MOST_HALVINGS = 12;
/** Gap and infeasibility may grow in a step, but not by more than this. */
const MOST_GROWTH = 2;
/** The gap is not closed below this share of the infeasibility. */
const LEAST_GAP = 0.02;
/** Constraints that are broken by more than this share of the money at stake are met sooner from the beginning than from where the method stands. */
const FAR = 0.03;
/** Gains that matter, relative to the money at stake. */
const TEMPTATION = 1e-12;
/** Gains from close items that matter once somebody gains more than the gap, relative to the gap. */
const CLOSE_TEMPTATION = 0.003;

/**
 * Primal–dual interior-point method for the finite screening problem, on the flows λ, the rents U and the served values p.
 *
 * Item k is always the efficient supply to served values p_k, which end as the virtual values that the flows make: every iterate is an
 * allocation that is efficient for some virtual types. Newton's method follows the central path of min D(λ); constraints are at work
 * only once a type is tempted to break them. Where they come in so late that only short steps are left, it goes back to an earlier iterate,
 * farther from the boundary, and takes them along; where they are broken by so much that this leads nowhere, it begins anew; where none come in, it
 * goes on in more cautious steps (`restarts`). Proposals come with every iteration, each better than the last as a rule; `money` is the efficient surplus, to
 * which gaps are relative.
 */
export function* interiorPoint(problem: FiniteProblem, money: number): Generator<Proposal, SolverStop, void> {
  let bench = beginning(problem, money);
  const policy = restarts(bench.set.from.length);
  let where: Measures = { infeasibility: Number.POSITIVE_INFINITY, gap: Number.POSITIVE_INFINITY };
  let length = 0;
  for (let iteration = 0; iteration < MOST_ITERATIONS; iteration++) {
    ({ where, length } = settled(bench, where, length, money));
    const { infeasibility, gap } = where;
    if (!Number.isFinite(infeasibility)) return 'numerical';
    yield iterateProposal(problem, bench, iteration, gap + infeasibility);

    const here = { set: bench.set, at: bench.at, gap };
    policy.keep(here, infeasibility);
    let added = none;
    if (policy.isTimeToLook(gap, infeasibility)) {
      added = tempting(problem, bench, gap * money, money, policy.isBehind());
      policy.hasLooked(gap, added.from.length > 0);
    }
    const isStuck = iteration > 0 && policy.isStuck(length);
    if (added.from.length > 0 || isStuck) {
      const from = policy.from(here, added.from.length, isStuck);
      if (from === undefined) return 'stuck';
      const next = extended(problem, from, bench.set, added, from.gap * money);
      const isFarBroken = (): boolean => next.newton.evaluate(next.at) > FAR * money;
      if (policy.isAnew(from, gap, next.set.from.length, isStuck, isFarBroken)) startAt(problem, next, money);
      bench = next;
      where = { infeasibility: Number.POSITIVE_INFINITY, gap: Number.POSITIVE_INFINITY };
      length = 0;
      continue;
    }
    length = bench.newton.direct(
      bench.at,
      Math.max(LEAST_GAP * infeasibility, policy.caution() * gap) * money,
    );
    if (!(length > 0)) return 'numerical';
    bench.newton.move(bench.at, length);
  }
  return 'most-iterations';
}

/** The neighbours' constraints, and whatever tells best what is sold: served values, or where these hardly do what is withheld as well. */
const beginning = (problem: FiniteProblem, money: number): Workbench => {
  const begun = (isWithholding: boolean): Workbench => {
    const bench = layOut(problem, problem.types.neighbours(), isWithholding);
    startAt(problem, bench, money);
    return bench;
  };
  const bench = begun(false);
  return isInelastic(bench) ? begun(true) : bench;
};

/** How far an iterate is from the conditions, and from the optimum were they met; relative to the money at stake. */
interface Measures {
  readonly infeasibility: number;
  readonly gap: number;
}

/** The measures after a step, which is taken back by halves where supply turned out too different from its linear model; and how long it is then. */
const settled = (
  { newton, at }: Workbench,
  before: Measures,
  step: number,
  money: number,
): { readonly where: Measures; readonly length: number } => {
  const measured = (): Measures => ({
    infeasibility: newton.evaluate(at) / money,
    gap: newton.gap(at) / money,
  });
  let where = measured();
  let length = step;
  const isAstray = (): boolean =>
    !(
      where.infeasibility <= MOST_GROWTH * before.infeasibility + where.gap &&
      where.gap <= MOST_GROWTH * (before.gap + before.infeasibility)
    );
  for (let halving = 0; isAstray() && halving < MOST_HALVINGS && length > 0; halving++) {
    length /= 2;
    newton.move(at, length);
    where = measured();
  }
  return { where, length };
};

/**
 * Constraints to put to work: close ones where there are any, as far ones tend to follow from them and cost sparsity. Where they have come in so often that
 * they do not, as what types have outside stands in no order, far ones come in as well.
 */
const tempting = (
  problem: FiniteProblem,
  { set, supply, at }: Workbench,
  gap: number,
  money: number,
  isFarToo: boolean,
): TypePairs => {
  const rents = rentsAt(problem, at);
  const favourites = temptations(problem, set, supply, rents, Math.max(TEMPTATION * money, gap));
  if (favourites.from.length === 0) return favourites;
  const close = closeTemptations(problem, set, supply, rents, CLOSE_TEMPTATION * gap);
  if (close.from.length === 0) return favourites;
  return isFarToo ? together(close, favourites, problem.types.count) : close;
};

/** Pairs in one list or the other, each once. */
const together = (one: TypePairs, other: TypePairs, count: number): TypePairs => {
  const keyOf = ({ from, to }: TypePairs, e: number): number => from[e]! * count + to[e]!;
  const known = new Set(Array.from(one.from, (_, e) => keyOf(one, e)));
  const further = [...other.from.keys()].filter((e) => !known.has(keyOf(other, e)));
  return {
    from: Int32Array.from([...one.from, ...further.map((e) => other.from[e]!)]),
    to: Int32Array.from([...one.to, ...further.map((e) => other.to[e]!)]),
  };
};

const none: TypePairs = { from: new Int32Array(0), to: new Int32Array(0) };
