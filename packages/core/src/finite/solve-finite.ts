import { relativeGap } from '../screening/certificate.ts';
import { type CertifiedMenu, certifiedMenu } from './certified-menu.ts';
import { type EssentialTypes, essentialTypes } from './essential-types.ts';
import type { FiniteProblem, Flows, Proposal } from './finite-problem.ts';
import { singleItemProposal } from './single-item.ts';

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
  /** The best so far as the solver sees it: what it says last can be worse. */
  let likeliest: Proposal | undefined;
  let disappointments = 0;
  let isStopped = false;
  const certify = (proposal: Proposal): void => {
    const known = best && gapOf(best);
    const menu = noWorseThanNothing(certifiedMenu(whole, essential, proposal), essential);
    best = best === undefined ? menu : bestOfBoth(best, menu);
    const isBetter = known === undefined || gapOf(best) < known || Number.isNaN(known);
    disappointments = isBetter ? 0 : disappointments + 1;
    last = undefined;
  };
  if (essential.problem.types.count > 0) {
    for (const proposal of solver.proposals(essential.problem, essential.firstBest)) {
      last = proposal;
      if (!(proposal.expectedGap >= (likeliest?.expectedGap ?? Number.POSITIVE_INFINITY)))
        likeliest = proposal;
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
  // A gap that stays is more than anybody expects.
  const isShort = (): boolean => !(Math.abs(gapOf(best!)) <= tolerance);
  if (likeliest !== undefined && isShort()) certify({ ...likeliest, expectedGap: 0 });
  // A solver that says nothing that is a number stays uncertified.
  if (isShort() && Number.isFinite(gapOf(best!))) {
    const { iterations } = best!;
    const single = singleItemProposal(essential.problem);
    if (single !== undefined) certify({ ...single, iterations });
  }
  return { menu: best!, essential, isStopped };
}

const gapOf = ({ certificate }: CertifiedMenu): number => relativeGap(certificate);

/** The more profitable menu, with the lower bound and the flows that prove it; whatever is no number counts for nothing. */
const bestOfBoth = (one: CertifiedMenu, other: CertifiedMenu): CertifiedMenu => {
  const isAbove = (a: number, b: number): boolean => a > b || Number.isNaN(b);
  const profitOf = ({ certificate }: CertifiedMenu): number => certificate.attained;
  const boundOf = ({ certificate }: CertifiedMenu): number => certificate.upperBound;
  const menu = isAbove(profitOf(other), profitOf(one)) ? other : one;
  const bound = isAbove(boundOf(one), boundOf(other)) ? other : one;
  return {
    ...menu,
    flows: bound.flows,
    certificate: { ...menu.certificate, upperBound: boundOf(bound) },
  };
};

/** A certified menu, or no menu where that would be better; and the efficient surplus for its bound where no flows prove more than these. */
const noWorseThanNothing = (menu: CertifiedMenu, { firstBest }: EssentialTypes): CertifiedMenu => {
  const { attained, upperBound } = menu.certificate;
  const sale = attained >= 0 ? menu : nothingSold(menu);
  return upperBound > firstBest
    ? { ...sale, flows: noFlows, certificate: { ...sale.certificate, upperBound: firstBest } }
    : sale;
};

/** In the place of a menu that loses, or of one that is no number and stays uncertified: items without quality, which nobody takes. */
const nothingSold = (menu: CertifiedMenu): CertifiedMenu => {
  const { worst: _, ...sale } = menu;
  const none = (numbers: ArrayLike<number>): Float64Array => new Float64Array(numbers.length);
  return {
    ...sale,
    certificate: {
      ...menu.certificate,
      attained: Number.isNaN(menu.certificate.attained) ? Number.NaN : 0,
      maxIncentiveViolation: 0,
    },
    items: { ...menu.items, quality: none(menu.items.quality) },
    transfers: none(menu.transfers),
    costs: none(menu.costs),
    served: none(menu.served),
    choices: menu.choices.map(() => -1),
    rents: none(menu.rents),
    rebate: 0,
    money: 0,
  };
};

const noFlows: Flows = { from: new Int32Array(0), to: new Int32Array(0), amount: new Float64Array(0) };

const nothing: Proposal = {
  flows: noFlows,
  rents: new Float64Array(0),
  iterations: 0,
  expectedGap: Number.POSITIVE_INFINITY,
};
