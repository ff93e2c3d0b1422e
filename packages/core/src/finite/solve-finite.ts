import { relativeGap } from '../screening/certificate.ts';
import { type CertifiedMenu, certifiedMenu } from './certified-menu.ts';
import { efficientProposal } from './efficient-proposal.ts';
import { type EssentialTypes, essentialTypes } from './essential-types.ts';
import type { FiniteProblem, Flows, Proposal } from './finite-problem.ts';
import { singleItemProposal } from './single-item.ts';

/** A way of solving finite screening problems: it proposes, and nothing that it says is taken on trust. */
export interface FiniteSolver {
  /** What of the problem this solver cannot do, in words; undefined where it can. */
  refuses(problem: FiniteProblem): string | undefined;
  /** Loads what the solver needs before `proposals` is called. */
  prepare?(): Promise<void>;
  /** Ever better proposals for a problem without types that do not matter, of κ < 1; `money` is what is at stake: its efficient surplus, less what nothing is worth. */
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
  const isEfficient = whole.surplusWeight === 1;
  const essential = essentialTypes(whole, isEfficient ? 0 : 1e-3 * tolerance);
  // Where nothing can be made of anybody there is nothing to solve, but promises may have to be kept.
  const isPlain = isEfficient || (essential.problem.types.count === 1 && !(essential.firstBest > 0));
  let best: CertifiedMenu | undefined;
  let last: Proposal | undefined;
  /** The best so far as the solver sees it: what it says last can be worse. */
  let likeliest: Proposal | undefined;
  let disappointments = 0;
  let isStopped = false;
  const certify = (proposal: Proposal): void => {
    const known = best && gapOf(best);
    const menu = noWorseThanNothing(certifiedMenu(whole, essential, proposal), whole, essential);
    best = best === undefined ? menu : bestOfBoth(best, menu);
    const isBetter = known === undefined || gapOf(best) < known || Number.isNaN(known);
    disappointments = isBetter ? 0 : disappointments + 1;
    last = undefined;
  };
  if (essential.problem.types.count > 0) {
    const proposals = isPlain
      ? [efficientProposal(essential.problem)]
      : solver.proposals(essential.problem, essential.money);
    for (const proposal of proposals) {
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

/** A certified menu, or no menu where that would be better and may be; and the bound without flows where none prove more than these. */
const noWorseThanNothing = (
  menu: CertifiedMenu,
  { mass, surplusWeight = 0 }: FiniteProblem,
  { plainBound, participation: { nothing, least } }: EssentialTypes,
): CertifiedMenu => {
  const isEnough = mass.every((f, n) => f === 0 || least[n]! <= nothing[n]!);
  const outside = surplusWeight * mass.reduce((sum, f, n) => sum + f * nothing[n]!, 0);
  const { attained, upperBound } = menu.certificate;
  const sale = attained >= outside || !isEnough ? menu : nothingSold(menu, nothing, outside);
  return upperBound > plainBound
    ? { ...sale, flows: noFlows, certificate: { ...sale.certificate, upperBound: plainBound } }
    : sale;
};

/** In the place of a menu that loses, or of one that is no number and stays uncertified: items without quality, which nobody takes. */
const nothingSold = (menu: CertifiedMenu, nothing: Float64Array, attained: number): CertifiedMenu => {
  const { worst: _, ...sale } = menu;
  const none = (numbers: ArrayLike<number>): Float64Array => new Float64Array(numbers.length);
  return {
    ...sale,
    certificate: {
      ...menu.certificate,
      attained: Number.isNaN(menu.certificate.attained) ? Number.NaN : attained,
      maxIncentiveViolation: 0,
      maxParticipationViolation: 0,
    },
    items: { ...menu.items, quality: none(menu.items.quality) },
    transfers: none(menu.transfers),
    costs: none(menu.costs),
    served: none(menu.served),
    choices: menu.choices.map(() => -1),
    rents: nothing.slice(),
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
