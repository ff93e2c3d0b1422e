import { relativeGap } from '../screening/certificate.ts';
import { type CertifiedMenu, certifiedMenu } from './certified-menu.ts';
import { efficientProposal } from './efficient-proposal.ts';
import { type EssentialTypes, essentialTypes } from './essential-types.ts';
import type { FiniteProblem, Flows, Proposal } from './finite-problem.ts';
import type { FiniteSolver, Progress } from './finite-solver.ts';
import { singleItemProposal } from './single-item.ts';
import { bestWithoutLotteries, solvedWith } from './single-models.ts';
import type { StopReason } from './stop-reason.ts';
import { clearShares, largestShares, wholeShares } from './supplied-items.ts';

/** The best menu that was certified, and the types on which it rests. */
export interface FiniteSolution {
  readonly menu: CertifiedMenu;
  readonly essential: EssentialTypes;
  readonly stopReason: StopReason;
}

/** Certifying costs about an iteration, so it waits until it is likely to end the solve. */
const WORTH_CERTIFYING = 3;
/** How often in a row a certificate may fail to improve before the solver is taken to be stuck. */
const PATIENCE = 12;

/**
 * Solves a finite problem by a solver's proposals, each certified by the core. A generator, so that whoever runs it can show progress and
 * stop: after `next(true)` it certifies what there is and returns the best menu so far. It ends by itself once the certified gap is
 * within the tolerance, or the solver has no more to say. Where items are lotteries between models it then looks for the best menu without them, if
 * `isComparing`.
 */
export function* solveFinite(
  whole: FiniteProblem,
  solver: FiniteSolver,
  tolerance: number,
  isComparing = true,
): Generator<Progress<FiniteSolution>, FiniteSolution, boolean | undefined> {
  const isEfficient = whole.surplusWeight === 1;
  const essential = essentialTypes(whole, isEfficient ? 0 : 1e-3 * tolerance);
  // Where nothing can be made of anybody there is nothing to solve, but promises may have to be kept.
  const isPlain = isEfficient || (essential.problem.types.count === 1 && !(essential.firstBest > 0));
  let best: CertifiedMenu | undefined;
  let last: Proposal | undefined;
  /** The best so far as the solver sees it: what it says last can be worse. */
  let likeliest: Proposal | undefined;
  let disappointments = 0;
  let stopReason: StopReason = 'stuck';
  const models = whole.supply.models?.length ?? 0;
  /** The best without lotteries so far, where there is a choice of models. */
  let pure: CertifiedMenu | undefined;
  const menuOf = (proposal: Proposal): CertifiedMenu =>
    noWorseThanNothing(certifiedMenu(whole, essential, proposal), whole, essential);
  let single: { readonly proposal: Proposal | undefined } | undefined;
  /** The best so far, no worse than the best single item. */
  const incumbent = (): FiniteSolution => {
    single ??= { proposal: singleItemProposal(essential.problem) };
    let menu = best ?? menuOf(single.proposal ?? nothing);
    for (const proposal of best === undefined ? [likeliest] : [])
      if (proposal !== undefined) menu = bestOfBoth(menu, menuOf(proposal));
    return { menu, essential, stopReason: 'interrupted' };
  };
  const certify = (proposal: Proposal): void => {
    const known = best && gapOf(best);
    for (const way of waysToServe(proposal, models)) {
      const menu = menuOf(way);
      best = best === undefined ? menu : bestOfBoth(best, menu);
      if (models > 0 && !hasLotteries(menu, whole)) pure = pure === undefined ? menu : bestOfBoth(pure, menu);
      if (Math.abs(gapOf(best)) <= tolerance) break;
    }
    const isBetter = known === undefined || gapOf(best!) < known || Number.isNaN(known);
    disappointments = isBetter ? 0 : disappointments + 1;
    last = undefined;
  };
  if (essential.problem.types.count > 0) {
    const proposals = isPlain
      ? [efficientProposal(essential.problem)]
      : solver.proposals(essential.problem, essential.money);
    const asking = proposals[Symbol.iterator]();
    for (;;) {
      const answer = asking.next();
      if (answer.done === true) {
        stopReason = answer.value ?? 'stuck';
        break;
      }
      const proposal = answer.value;
      last = proposal;
      if (!(proposal.expectedGap >= (likeliest?.expectedGap ?? Number.POSITIVE_INFINITY)))
        likeliest = proposal;
      if (proposal.expectedGap <= WORTH_CERTIFYING * tolerance) certify(proposal);
      const isAsked = yield {
        iterations: proposal.iterations,
        expectedGap: proposal.expectedGap,
        ...(best === undefined ? {} : { certifiedGap: gapOf(best) }),
        incumbent,
      };
      if (isAsked === true) stopReason = 'interrupted';
      const isDone = best !== undefined && Math.abs(gapOf(best)) <= tolerance;
      if (!(isAsked === true || isDone || disappointments > PATIENCE)) continue;
      asking.return?.();
      break;
    }
  }
  if (best === undefined || last !== undefined) certify(last ?? nothing);
  // A gap that stays is more than anybody expects.
  const isShort = (): boolean => !isCertified(best!, tolerance);
  if (likeliest !== undefined && isShort()) certify({ ...likeliest, expectedGap: 0 });
  // A solver that says nothing that is a number stays uncertified.
  if (isShort() && Number.isFinite(gapOf(best!))) {
    const { iterations } = best!;
    const single = singleItemProposal(essential.problem);
    if (single !== undefined) certify({ ...single, iterations });
  }
  // Where it is known who is served by which model, the method has less to decide, and comes nearer.
  if (isShort() && best!.shares && stopReason !== 'interrupted') {
    const again = solvedWith(whole, essential, solver, largestShares(best!.shares, models), tolerance);
    if (again) best = bestOfBoth(best!, again);
  }
  if (models > 0 && hasLotteries(best!, whole)) {
    const isSeeking = isComparing && stopReason !== 'interrupted';
    best = yield* besidePure(whole, essential, solver, tolerance, { best: best!, pure, isSeeking });
  }
  return { menu: best!, essential, stopReason: isShort() ? stopReason : 'converged' };
}

/** The best menu beside the best that has no lotteries, which takes its place where lotteries add nothing that is known; `isSeeking` looks for a better one first. */
function* besidePure(
  whole: FiniteProblem,
  essential: EssentialTypes,
  solver: FiniteSolver,
  tolerance: number,
  {
    best,
    pure: known,
    isSeeking,
  }: {
    readonly best: CertifiedMenu;
    readonly pure: CertifiedMenu | undefined;
    readonly isSeeking: boolean;
  },
): Generator<Progress, CertifiedMenu, boolean | undefined> {
  const { attained, upperBound } = best.certificate;
  // Lotteries that add no more than may be left open, or is, add nothing that is known.
  const enough = isCertified(best, tolerance)
    ? upperBound - tolerance * Math.abs(upperBound)
    : attained - (upperBound - attained);
  let pure = known;
  if (isSeeking && best.shares && !(pure && pure.certificate.attained >= enough)) {
    const found = yield* bestWithoutLotteries(whole, essential, solver, best.shares, tolerance);
    if (found) pure = pure === undefined ? found : bestOfBoth(pure, found);
  }
  if (pure && pure.certificate.attained >= enough) return withBoundOf(pure, best);
  return pure ? { ...best, withoutLotteries: pure } : best;
}

/** Shares of models in an item that are left out, and those below which it is no lottery. */
const NO_SHARE = 1e-6;

/** The ways in which a proposal’s items may be made: each by one model, or by the lotteries that it says. */
function* waysToServe(proposal: Proposal, models: number): Generator<Proposal, void, void> {
  const { shares } = proposal;
  if (shares === undefined) {
    yield proposal;
    return;
  }
  yield { ...proposal, shares: wholeShares(largestShares(shares, models), models) };
  yield { ...proposal, shares: clearShares(shares, models, NO_SHARE) };
  yield proposal;
}

/** Whether somebody takes an item that is a lottery between models. */
export const hasLotteries = (
  { shares, choices, items }: CertifiedMenu,
  { mass, supply }: FiniteProblem,
): boolean => {
  const models = supply.models?.length ?? 0;
  if (shares === undefined || models === 0) return false;
  return choices.some((k, n) => {
    if (k < 0 || !(mass[n]! > 0)) return false;
    const isServed = items.quality.subarray(items.offsets[k]!, items.offsets[k + 1]!).some((q) => q > 0);
    return isServed && !shares.subarray(k * models, (k + 1) * models).some((share) => share > 1 - NO_SHARE);
  });
};

const gapOf = ({ certificate }: CertifiedMenu): number => relativeGap(certificate);
const isCertified = (menu: CertifiedMenu, tolerance: number): boolean => Math.abs(gapOf(menu)) <= tolerance;

/** The more profitable menu, with the lower bound and the flows that prove it; whatever is no number counts for nothing. */
const bestOfBoth = (one: CertifiedMenu, other: CertifiedMenu): CertifiedMenu => {
  const isAbove = (a: number, b: number): boolean => a > b || Number.isNaN(b);
  const profitOf = ({ certificate }: CertifiedMenu): number => certificate.attained;
  const boundOf = ({ certificate }: CertifiedMenu): number => certificate.upperBound;
  const menu = isAbove(profitOf(other), profitOf(one)) ? other : one;
  return withBoundOf(menu, isAbove(boundOf(one), boundOf(other)) ? other : one);
};

const withBoundOf = (menu: CertifiedMenu, { flows, certificate }: CertifiedMenu): CertifiedMenu => ({
  ...menu,
  flows,
  certificate: { ...menu.certificate, upperBound: certificate.upperBound },
});

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
