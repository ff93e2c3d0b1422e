import { type CertifiedMenu, certifiedMenu } from './certified-menu.ts';
import type { EssentialTypes } from './essential-types.ts';
import type { FiniteProblem, Proposal } from './finite-problem.ts';
import type { FiniteSolver, Progress } from './finite-solver.ts';
import { largestShares, wholeShares } from './supplied-items.ts';

/** Up to so many ways to give each type a model all are tried; of more, so many by the types that there are, one change at a time. */
const FEW = 32;
const MOST_SOLVES = 48;
const MOST_TYPES = 2000;
/** Models with a smaller share of a type's item are none that she could be better served by. */
const LEAST_SHARE = 1e-3;
const GAIN = 1e-9;
/** A menu that is compared with another is found to this share of the tolerance: what is left is then no difference. */
const FINER = 0.1;

/**
 * The best menu found of which no item is a lottery: every type is served by one model, and for given models the problem is as any other. With few types
 * and models all ways are tried; else, from the model that has the largest share in each item, the others of its lottery one type at a time, as long as one earns more.
 * With very many types none are.
 */
export function* bestWithoutLotteries(
  whole: FiniteProblem,
  essential: EssentialTypes,
  solver: FiniteSolver,
  shares: Float64Array,
  tolerance: number,
): Generator<Progress, CertifiedMenu | undefined, boolean | undefined> {
  const { problem } = essential;
  const { count: types } = problem.types;
  const models = problem.supply.models!.length;
  let best: CertifiedMenu | undefined;
  let chosen = largestShares(shares, models);
  const beats = (menu: CertifiedMenu | undefined): menu is CertifiedMenu =>
    menu !== undefined &&
    (best === undefined ||
      menu.certificate.attained > best.certificate.attained + GAIN * Math.abs(best.certificate.attained));
  /** Whether these models earn more than the best ones so far. */
  const isBetter = (assigned: Int32Array): boolean => {
    const menu = solvedWith(whole, essential, solver, assigned, tolerance);
    if (!beats(menu)) return false;
    best = menu;
    chosen = assigned;
    return true;
  };
  const progress: Progress = { iterations: 0, expectedGap: Number.NaN };
  let solves = Math.min(MOST_SOLVES, Math.floor(MOST_TYPES / types));
  if (solves === 0) return undefined;
  isBetter(chosen);
  if (yield progress) return best;
  if (models ** types <= FEW) {
    for (let code = 0; code < models ** types; code++) {
      isBetter(Int32Array.from({ length: types }, (_, k) => Math.floor(code / models ** k) % models));
      if (yield progress) return best;
    }
    return best;
  }
  const changes = Array.from(shares, (_, i) => i)
    .filter((i) => shares[i]! > LEAST_SHARE)
    .sort((a, b) => shares[b]! - shares[a]!);
  for (let since = 0, at = 0; since < changes.length && solves > 0; at = (at + 1) % changes.length, since++) {
    const [k, l] = [Math.floor(changes[at]! / models), changes[at]! % models];
    if (chosen[k] === l) continue;
    solves--;
    if (isBetter(chosen.map((own, n) => (n === k ? l : own)))) since = 0;
    if (yield progress) return best;
  }
  return best;
}

/** The menu of the problem in which every type is served by the model assigned to her. */
export const solvedWith = (
  whole: FiniteProblem,
  essential: EssentialTypes,
  solver: FiniteSolver,
  assigned: Int32Array,
  tolerance: number,
): CertifiedMenu | undefined => {
  const { problem, money } = essential;
  let last: Proposal | undefined;
  for (const proposal of solver.proposals({ ...problem, assigned }, money)) {
    if (last === undefined || proposal.expectedGap < last.expectedGap) last = proposal;
    if (proposal.expectedGap <= FINER * tolerance) break;
  }
  if (last === undefined) return undefined;
  return certifiedMenu(whole, essential, {
    ...last,
    shares: wholeShares(assigned, problem.supply.models!.length),
  });
};
