import type { FiniteProblem } from '../finite/finite-problem.ts';
import { budgetsOf, participationOf } from '../finite/participation.ts';
import { type WorkingSet, workingSet } from '../finite/working-set.ts';
import type { TypePairs } from '../types/type-space.ts';
import { complements } from './complements.ts';
import type { Iterate } from './iterate.ts';
import { copyLotteries, lotteries } from './lottery-step.ts';
import { type NewtonStep, newtonStep } from './newton-step.ts';
import { type ServedSupply, servedSupply, type Withheld } from './served-supply.ts';

/** Rents and slacks at the start, as a share of the money at stake; multipliers of q ≥ 0, as a share of the largest value. */
const START = 0.2;
/** The share of quality that is sold at the start where the rest is withheld: there is as much to go either way. */
const SOLD = 1 / 3;
/** The most flow that a new constraint starts with, in budgets of the type whose item it is about. */
const MOST_FLOW = 1;

/** What the interior-point method works with: laid out for one working set, and replaced when that grows. */
export interface Workbench {
  readonly set: WorkingSet;
  readonly supply: ServedSupply;
  readonly newton: NewtonStep;
  readonly at: Iterate;
}

/** U = V + u. */
export const rentsAt = (problem: FiniteProblem, { participation }: Iterate): Float64Array => {
  const { least } = participationOf(problem);
  return participation.primal.map((beyond, n) => beyond + least[n]!);
};

export const layOut = (problem: FiniteProblem, pairs: TypePairs, isWithholding: boolean): Workbench => {
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
export const startAt = (problem: FiniteProblem, { set, at, supply }: Workbench, money: number): void => {
  const budgets = budgetsOf(problem);
  const largest = set.ownValues.reduce((most, value) => Math.max(most, value), 0);
  for (let e = 0; e < set.from.length; e++)
    at.incentive.dual[e] = Math.min(budgets[set.from[e]!]!, budgets[set.to[e]!]!);
  at.incentive.primal.fill(START * money);
  at.participation.primal.fill(START * money);
  at.participation.dual.set(budgets);
  for (let b = 0; b < set.ownValues.length; b++) {
    at.service.primal[b] = Math.max(set.ownValues[b]!, START * largest);
    at.service.dual[b] = supply.free[b] === 1 ? 0 : START * largest;
  }
  if (at.lotteries) startLotteries(at, supply, money);
  if (at.held === undefined) return;
  supply.evaluate(at.service.primal, at.service.dual, undefined, at.lotteries);
  supply.quality.forEach((most, b) => {
    at.held!.aimed[b] = supply.free[b] === 1 ? most : SOLD * most;
    at.held!.withheld[b] = most - at.held!.aimed[b]!;
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

/**
 * An iterate with the constraints at work now and those that come in: whichever it did not know start on the central path, with slacks as large as
 * what they lack.
 */
export const extended = (
  problem: FiniteProblem,
  { set, at }: Pick<Workbench, 'set' | 'at'>,
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
