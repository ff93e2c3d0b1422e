import { relativeGap } from '../certificate.ts';
import { type CertifiedMenu, certifiedMenu } from './certified-menu.ts';
import { type EssentialTypes, essentialTypes } from './essential-types.ts';
import type { FiniteProblem, Proposal } from './finite-problem.ts';

/** A way of solving finite screening problems: it proposes, and nothing that it says is taken on trust. */
export interface FiniteSolver {
  /** What of the problem this solver cannot do, in words; undefined where it can. */
  refuses(problem: FiniteProblem): string | undefined;
  /** Loads what the solver needs before `proposals` is called. */
  prepare?(): Promise<void>;
  /** Ever better proposals for a problem without types that do not matter; `money` is its efficient surplus. */
  proposals(problem: FiniteProblem, money: number): Iterable<Proposal>;
}

/** Where a solve stands, after every proposal. */
export interface Progress {
  readonly iterations: number;
  /** The gap that the solver expects, and the certified one where there is one yet. */
  readonly expectedGap: number;
  readonly certifiedGap?: number;
}

/** The best menu that was certified, and the types on which it rests. */
export interface FiniteSolution {
  readonly menu: CertifiedMenu;
  readonly essential: EssentialTypes;
  /** Whether it was asked to stop before its end. */
  readonly isStopped: boolean;
}

/** Certifying costs about an iteration, so it waits until it is likely to end the solve. */
const WORTH_CERTIFYING = 3;
/** How often in a row a certificate may fail to improve before the solver is taken to be stuck. */
const PATIENCE = 12;

/**
 * Solves a finite problem by a solver's proposals, each certified by the core. A generator, so that whoever runs it can show progress and
 * stop: after `next(true)` it certifies what there is and returns the best menu so far. It ends by itself once the certified gap is
 * within the tolerance, or the solver has no more to say.
 */
export function* solveFinite(
  whole: FiniteProblem,
  solver: FiniteSolver,
  tolerance: number,
): Generator<Progress, FiniteSolution, boolean | undefined> {
  const essential = essentialTypes(whole, 1e-3 * tolerance);
  let best: CertifiedMenu | undefined;
  let last: Proposal | undefined;
  let disappointments = 0;
  let isStopped = false;
  const certify = (proposal: Proposal): void => {
    const menu = certifiedMenu(whole, essential, proposal);
    const isBetter = best === undefined || !(gapOf(best) <= gapOf(menu));
    disappointments = isBetter ? 0 : disappointments + 1;
    if (isBetter) best = menu;
    last = undefined;
  };
  if (essential.problem.types.count > 0) {
    for (const proposal of solver.proposals(essential.problem, essential.firstBest)) {
      last = proposal;
      if (proposal.expectedGap <= WORTH_CERTIFYING * tolerance) certify(proposal);
      const isAsked = yield {
        iterations: proposal.iterations,
        expectedGap: proposal.expectedGap,
        ...(best === undefined ? {} : { certifiedGap: gapOf(best) }),
      };
      isStopped = isAsked === true;
      if (isStopped || disappointments > PATIENCE) break;
      if (best !== undefined && Math.abs(gapOf(best)) <= tolerance) break;
    }
  }
  if (best === undefined || last !== undefined) certify(last ?? nothing);
  return { menu: best!, essential, isStopped };
}

const gapOf = ({ certificate }: CertifiedMenu): number => relativeGap(certificate);

const nothing: Proposal = {
  flows: { from: new Int32Array(0), to: new Int32Array(0), amount: new Float64Array(0) },
  rents: new Float64Array(0),
  iterations: 0,
  expectedGap: Number.POSITIVE_INFINITY,
};
