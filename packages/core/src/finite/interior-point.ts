import { complements } from './complements.ts';
import type { FiniteProblem, Proposal } from './finite-problem.ts';
import { type Iterate, type NewtonStep, newtonStep } from './newton-step.ts';
import { type ServedSupply, servedSupply } from './served-supply.ts';
import { temptations } from './temptations.ts';
import type { TypePairs } from './type-space.ts';
import { type WorkingSet, workingSet } from './working-set.ts';

const MOST_ITERATIONS = 150;
/** Rents and slacks at the start, as a share of the money at stake; multipliers of q ≥ 0, as a share of the largest value. */
const START = 0.2;
const MOST_HALVINGS = 12;
/** The first look for constraints beyond the working set, and the gain in accuracy from one look to the next. */
const FIRST_LOOK = 1e-2;
const NEXT_LOOK = 0.1;
/** After constraints have come in, the next look is sooner. */
const SOONER_LOOK = 0.3;
/** The gap is not closed below this share of the infeasibility. */
const LEAST_GAP = 0.02;
/** Gains that matter, relative to the money at stake. */
const TEMPTATION = 1e-12;

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
 * only once a type is tempted to break them. Proposals come with every iteration, each better than the last as a rule; `money` is the
 * efficient surplus, to which gaps are relative.
 */
export function* interiorPoint(problem: FiniteProblem, money: number): Generator<Proposal, void, void> {
  const { types } = problem;
  let bench = coldStart(problem, types.neighbours(), money);
  let look = FIRST_LOOK;
  let infeasibility = Number.POSITIVE_INFINITY;
  let length = 0;
  for (let iteration = 0; iteration < MOST_ITERATIONS; iteration++) {
    const { set, supply, newton, at } = bench;
    const before = infeasibility;
    infeasibility = newton.evaluate(at) / money;
    let gap = newton.gap(at) / money;
    // A step on which supply turned out too different from its linear model is taken back by halves.
    for (
      let halving = 0;
      !(infeasibility <= 2 * before + gap) && halving < MOST_HALVINGS && length > 0;
      halving++
    ) {
      length /= 2;
      newton.move(at, length);
      infeasibility = newton.evaluate(at) / money;
      gap = newton.gap(at) / money;
    }
    if (!Number.isFinite(infeasibility)) return;
    yield proposalAt(bench, iteration, gap + infeasibility);

    if (gap < look && infeasibility < 50 * gap) {
      const added = temptations(problem, set, supply, at, Math.max(TEMPTATION, gap) * money);
      look = (added.from.length > 0 ? SOONER_LOOK : NEXT_LOOK) * gap;
      if (added.from.length > 0) {
        bench = extended(problem, bench, added, gap * money);
        infeasibility = Number.POSITIVE_INFINITY;
        length = 0;
        continue;
      }
    }
    length = newton.direct(at, LEAST_GAP * infeasibility * money);
    if (!(length > 0)) return;
    newton.move(at, length);
  }
}

const layOut = ({ types, mass, supply: source }: FiniteProblem, pairs: TypePairs): Workbench => {
  const set = workingSet(types, pairs);
  const supply = servedSupply(set, mass, source);
  return {
    set,
    supply,
    newton: newtonStep(set, types, mass, supply),
    at: {
      incentive: complements(set.from.length),
      participation: complements(types.count),
      service: complements(set.blockWeights.length),
    },
  };
};

/** Flows in both directions cancel, so that they are feasible from the start; all are served as if their values were virtual. */
const coldStart = (problem: FiniteProblem, pairs: TypePairs, money: number): Workbench => {
  const { mass } = problem;
  const bench = layOut(problem, pairs);
  const { set, at } = bench;
  const largest = set.ownValues.reduce((most, value) => Math.max(most, value), 0);
  for (let e = 0; e < set.from.length; e++)
    at.incentive.dual[e] = Math.min(mass[set.from[e]!]!, mass[set.to[e]!]!);
  at.incentive.primal.fill(START * money);
  at.participation.primal.fill(START * money);
  at.participation.dual.set(mass);
  at.service.dual.fill(START * largest);
  for (let b = 0; b < set.ownValues.length; b++)
    at.service.primal[b] = Math.max(set.ownValues[b]!, START * largest);
  return bench;
};

/** The same iterate with more constraints at work: they start with a small flow, on the central path. */
const extended = (problem: FiniteProblem, before: Workbench, added: TypePairs, gap: number): Workbench => {
  const { set, at } = before;
  const n = set.count;
  const { primal: slacks, dual: flows } = at.incentive;
  const known = new Map<number, number>();
  let logRatio = 0;
  for (let e = 0; e < flows.length; e++) {
    known.set(set.to[e]! * n + set.from[e]!, e);
    logRatio +=
      Math.log(flows[e]! / slacks[e]! / Math.min(problem.mass[set.from[e]!]!, problem.mass[set.to[e]!]!)) /
      flows.length;
  }
  const typical = Math.exp(logRatio);
  const join = (own: Int32Array, more: Int32Array): Int32Array => {
    const all = new Int32Array(own.length + more.length);
    all.set(own);
    all.set(more, own.length);
    return all;
  };
  const after = layOut(problem, { from: join(set.from, added.from), to: join(set.to, added.to) });
  after.at.participation.primal.set(at.participation.primal);
  after.at.participation.dual.set(at.participation.dual);
  const { primal, dual } = after.at.incentive;
  const { weights } = after.newton;
  const barrier = gap / weights.total;
  for (let e = 0; e < dual.length; e++) {
    const k = after.set.to[e]!;
    const old = known.get(k * n + after.set.from[e]!);
    const w = weights.incentive[e]!;
    dual[e] = old === undefined ? w * Math.min(Math.sqrt(typical * barrier), 0.01) : flows[old]!;
    primal[e] = old === undefined ? (barrier * w) / dual[e]! : slacks[old]!;
  }
  // Blocks are split only: each new one lies in an old one.
  for (let k = 0; k < n; k++) {
    let old = set.blockOffsets[k]!;
    for (let b = after.set.blockOffsets[k]!; b < after.set.blockOffsets[k + 1]!; b++) {
      while (set.blockEnds[old]! < after.set.blockEnds[b]!) old++;
      after.at.service.primal[b] = at.service.primal[old]!;
      after.at.service.dual[b] = at.service.dual[old]!;
    }
  }
  return after;
};

const proposalAt = ({ set, at }: Workbench, iterations: number, expectedGap: number): Proposal => ({
  flows: { from: set.from, to: set.to, amount: at.incentive.dual },
  rents: at.participation.primal,
  iterations,
  expectedGap,
});
