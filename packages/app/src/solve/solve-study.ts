import { asPartOf, type Condition, countFormulaStepsAnew, finished, hasJumps } from '@menusmith/core';
import { capacityNotes, capacityResult } from '../capacity/capacity-words.ts';
import { solveWithinCapacity } from '../capacity/solve-within-capacity.ts';
import { requireSolvable } from '../problem/honoured-terms.ts';
import { onDefaultGrid, refinesGrid } from '../problem/refined-grid.ts';
import { type ScreeningProblem, type SpaceProblem, screeningProblem } from '../problem/screening-problem.ts';
import type { Result } from '../result.ts';
import type { Solution } from '../solution.ts';
import type { Study } from '../study/study.ts';
import { plainTerms } from '../study/terms.ts';
import {
  certificateResult,
  conditionResult,
  fullExtraction,
  lotteriesResult,
  objectiveResult,
  refinementResult,
  sharesTaken,
  statusResult,
  totalsResult,
} from './assemble.ts';
import { capacityDoubts, distributionDoubts, doubtsAbout } from './doubts.ts';
import { solveFiniteTypes } from './line/finite-types-solution.ts';
import { solveOneDimensional } from './line/one-dimensional-solution.ts';
import { solveBesideOutside } from './line/outside-chain-solution.ts';
import { solveScalesBesideOutside } from './line/outside-scales-solution.ts';
import { solveValueScale } from './line/value-scale-solution.ts';
import { notesOn } from './notes.ts';
import { requireSimulated } from './offers/space-implementation.ts';
import { ownOptionNotes } from './outside/outside-worth.ts';
import type { Answer, Solved, SolveProgress } from './solved.ts';
import { solveEfficientProfiles } from './space/efficient-profiles-solution.ts';
import { solveFiniteBuyers } from './space/finite-solution.ts';
import { listedTasks } from './space/listed-tasks.ts';
import { solveRefining } from './space/refined-solution.ts';
import { solveTwoTypes } from './space/two-types-solution.ts';
import { isOfGridAlone, statusReasons } from './status-reasons.ts';
import { costFormOf } from './supply/cost-form-of.ts';
import { modelShares } from './supply/model-shares.ts';
import { studySupply } from './supply/supply-of.ts';
import { unsolved } from './unsolved.ts';

export interface SolveOptions {
  /** Seconds, for the result's `seconds`; the computation itself knows no time. */
  readonly clock?: () => number;
}

export type { SolveProgress };

type Solving = Generator<SolveProgress<Answer>, Answer, boolean | undefined>;

/** How each kind of problem is solved. */
const solvers: {
  readonly [K in ScreeningProblem['kind']]: (
    study: Study,
    problem: Extract<ScreeningProblem, { kind: K }>,
  ) => Answer | Solving;
} = {
  'continuous-chain'(study, problem) {
    const supply = studySupply(study);
    const solve = isPromising(study) ? solveBesideOutside : solveOneDimensional;
    return { solved: solve(study, problem, supply), supply };
  },
  *'listed-chain'(study, problem) {
    const supply = studySupply(study);
    const answer = (solved: Solved): Answer => ({ solved, supply });
    return answer(yield* asPartOf(solveFiniteTypes(study, problem, supply), answer));
  },
  'scale-chains'(study, problem) {
    const supply = studySupply(study);
    const solve = isPromising(study) ? solveScalesBesideOutside : solveValueScale;
    return { solved: solve(study, problem, supply), supply };
  },
  space(study, problem) {
    if (study.contract === 'efficient') return solveEfficientProfiles(study, problem);
    requireSimulated(study, problem);
    if (isTwoTypes(study, problem)) return solveTwoTypes(study, problem.profiles!);
    return refinesGrid(study) ? solveRefining(study) : solveFiniteBuyers(study, problem);
  },
};

/** Whether buyers have something without the menu: without private information nobody has to be kept. */
const isPromising = ({ terms, contract }: Study): boolean =>
  terms.outside !== undefined || (terms.keep !== undefined && contract !== 'efficient');

function* solveProblem<K extends ScreeningProblem['kind']>(
  study: Study,
  problem: Extract<ScreeningProblem, { kind: K }>,
): Solving {
  requireSolvable(study, problem.kind);
  const solving = solvers[problem.kind as K](study, problem);
  return 'next' in solving ? yield* solving : solving;
}

/** A study without capacity is its problem; with one it is several without, at other costs. */
const solveFreely = (study: Study): Solving => solveProblem(study, screeningProblem(study));

/**
 * Two profiles are Prop. 2's, unless a solver is asked for. It needs a supply without jumps, which neither goods nor a choice of
 * models have, as items may then have to be lotteries; and it promises nobody anything.
 */
const isTwoTypes = (study: Study, { profiles, listed }: SpaceProblem): boolean =>
  profiles !== undefined &&
  listed.length === 2 &&
  study.solver.use === 'auto' &&
  study.terms.keep === undefined &&
  study.terms.outside === undefined &&
  study.technology.kind !== 'models' &&
  !isJumping(study);

const isJumping = (study: Study): boolean => {
  const form = costFormOf(study);
  return form !== undefined && hasJumps(form);
};

/**
 * Loads what the study's solvers need, once before `solveStudy`, `solvingStudy`, `checkStudy` or tiers; `solve` does it by itself. What is checked is the seller's problem, so that
 * an efficient study is prepared for allocations too.
 */
export const prepareStudy = async (study: Study): Promise<void> => {
  const asked = study.contract === 'efficient' ? { ...study, contract: 'allocations' as const } : study;
  const problem = screeningProblem(asked);
  const isForFiniteSolver =
    problem.kind === 'space'
      ? !isTwoTypes(asked, problem)
      : problem.kind === 'listed-chain' &&
        (asked.terms.keep !== undefined || asked.terms.outside !== undefined);
  if (!isForFiniteSolver) return;
  for (const { solver } of solversInUse(study)) await solver.prepare?.();
};

/** Of several solvers only those that the cost can call for are loaded: a WebAssembly module is slow to start. */
const solversInUse = (study: Study): Study['solver']['finite'] => {
  const { use, finite } = study.solver;
  return use === 'auto' && !isJumping(study) ? [] : finite.slice(0, 3);
};

/** Solves a study, whatever its solvers have to load for that. */
export const solve = async (study: Study, options: SolveOptions = {}): Promise<Solution> => {
  await prepareStudy(study);
  return solveStudy(study, options);
};

const unasked: Answer['supply'] = { path: 'closed-form', evaluations: () => 0 };

/** Runs a solve to its end, without waiting for anything: `prepareStudy` comes first. */
export const solveStudy = (study: Study, options: SolveOptions = {}): Solution =>
  finished(solvingStudy(study, options));

/**
 * Solves a study: the optimal menu under its contract, with its certificate. Step by step, for whoever wants to show progress; `next(true)` asks
 * it to end soon with the best that is certified so far.
 */
export function* solvingStudy(
  study: Study,
  { clock = () => 0 }: SolveOptions = {},
): Generator<SolveProgress<Solution>, Solution, boolean | undefined> {
  const started = clock();
  countFormulaStepsAnew();
  const faults = distributionDoubts(study);
  if (faults.length > 0)
    return solutionOf(study, { solved: unsolved(study, faults), supply: unasked }, faults, clock() - started);
  const whole = (answer: Answer): Solution =>
    solutionOf(
      study,
      answer,
      [
        ...doubtsAbout(answer.priced?.study ?? study, answer.priced?.solved ?? answer.solved),
        ...(answer.capacity ? capacityDoubts(answer.solved) : []),
      ],
      clock() - started,
    );
  const solving =
    study.terms.capacity === undefined
      ? solveFreely(study)
      : solveWithinCapacity(onDefaultGrid(study), solveFreely);
  return whole(yield* asPartOf(solving, whole));
}

/** Conditions of the propositions; the last is held against the first best, where that is known. */
const conditionsOf = (
  { contract }: Study,
  { conditions, totals, efficient }: Solved,
): readonly Condition[] => {
  if (contract === 'efficient') return conditions;
  const { grossValue, cost } = efficient();
  const firstBest = grossValue - cost;
  const profit = totals.grossValue - totals.rent - totals.cost;
  return Number.isFinite(firstBest) ? [...conditions, fullExtraction(profit, firstBest)] : conditions;
};

/** The answer as a result; where there are doubts about it, it says no more than they allow. */
const solutionOf = (given: Study, answer: Answer, doubts: readonly string[], seconds: number): Solution => {
  const { solved, supply, capacity, onGrid } = answer;
  const study = onGrid ?? given;
  const isEfficient = study.contract === 'efficient';
  const totals = totalsResult(solved.totals, solved.efficient(), isEfficient);
  const { objective } = isEfficient ? plainTerms : study.terms;
  const judged: Omit<Result, 'notes' | 'reasons'> = {
    name: study.name,
    method: solved.method,
    status:
      doubts.length > 0
        ? 'uncertified'
        : statusResult(solved, study.solver.tolerance, isOfGridAlone(study.buyers, solved.certificate)),
    ...totals,
    objective: objectiveResult(study, totals),
    ...sharesTaken(study, solved.totals),
    ...(doubts.length > 0 ? {} : { ...modelShares(study, solved), ...lotteriesResult(solved, objective) }),
    certificate: {
      ...certificateResult(solved.certificate, objective, solved.totals.rent),
      ...(doubts.length > 0 ? { doubts } : {}),
    },
    // Conditions rest on the same numbers.
    conditions: doubts.length > 0 ? [] : conditionsOf(study, solved).map(conditionResult),
    pools: solved.pools,
    ...listedTasks(study, solved),
    ...(solved.implementation ? { implementation: solved.implementation } : {}),
    ...(solved.twoTypes ? { twoTypes: solved.twoTypes } : {}),
    ...(solved.binding ? { binding: solved.binding } : {}),
    ...(solved.finite ? { finite: solved.finite } : {}),
    ...(solved.population ? { population: solved.population } : {}),
    ...(solved.grid ? { grid: solved.grid } : {}),
    ...refinementResult(solved, objective),
    ...(capacity ? capacityResult(capacity) : {}),
    supply: supply.path,
    seconds,
    iterations: solved.iterations ?? supply.evaluations(),
  };
  const numbers = { ...judged, reasons: statusReasons(judged, study) };
  const notes = [
    ...notesOn(numbers, study),
    ...ownOptionNotes(study),
    ...(capacity && doubts.length === 0 ? capacityNotes(capacity, numbers) : []),
  ];
  return {
    result: { ...numbers, notes },
    quote: solved.quote,
    ...(solved.proved && doubts.length === 0 ? { proved: solved.proved } : {}),
    ...(answer.priced ? { priced: answer.priced.study } : {}),
    ...(onGrid ? { onGrid } : {}),
    ...(solved.continuous ? { continuous: solved.continuous } : {}),
  };
};
