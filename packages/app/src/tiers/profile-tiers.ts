import {
  asPartOf,
  bestProfileBundles,
  type CertifiedMenu,
  type FiniteProblem,
  isLinear,
  type ProfileMenu,
  type ProfileSeller,
  type Progress,
  participationOf,
  pureItems,
  quickProfileBundles,
  relativeGap,
  type SaleTerms,
  solveFinite,
  withoutResold,
} from '@menusmith/core';
import type { FiniteBuyers } from '../problem/finite-buyers.ts';
import type { SpaceProblem } from '../problem/screening-problem.ts';
import { ownOptionNotes } from '../solve/outside/outside-worth.ts';
import { continuumMarket } from '../solve/space/continuum-market.ts';
import { problemOf } from '../solve/space/finite-problem-of.ts';
import { solverFor } from '../solve/space/solver-for.ts';
import { costFormOf } from '../solve/supply/cost-form-of.ts';
import { itemInputs } from '../solve/supply/item-inputs.ts';
import { profileSupplyOf } from '../solve/supply/profile-supply-of.ts';
import { finiteTolerance } from '../study/solved-on-grid.ts';
import type { Study } from '../study/study.ts';
import { surplusWeightOf } from '../study/terms.ts';
import { type ContinuumFull, fullOfContinuum, tiersOfContinuum } from './continuum-tiers.ts';
import { menuOf } from './one-dimensional-tiers.ts';
import { type FoundMenu, tariffMenus } from './tariff-menus.ts';
import { requireAtMost } from './tier-count.ts';
import { takersOf } from './tier-takers.ts';
import type { FoundTiers, TierKind, TierMenu, TierResult } from './tiers-result.ts';
import { foundSoFar } from './tiers-so-far.ts';

interface ProfileTiersOptions {
  readonly isDeterministic?: boolean;
  /** Whether it is asked what the full menu makes of continuous buyers, which takes time. */
  readonly isBounded?: boolean;
}

/**
 * Tiers for finitely many buyers of any kind: the full optimum and its bound by the finite solver, and menus of few by a heuristic. Where the types are a grid that stands for
 * continuous buyers, all menus are sold to these, few items at prices that are looked for anew.
 */
export function* profileTiers(
  study: Study,
  finite: SpaceProblem,
  kind: TierKind,
  counts: readonly number[],
  { isDeterministic = false, isBounded = true }: ProfileTiersOptions = {},
): Generator<Progress<FoundTiers>, FoundTiers, boolean | undefined> {
  requireAtMost(counts, distinctTypes(finite));
  const { supply } = profileSupplyOf(study, finite.tasks);
  const problem = problemOf(study, finite, supply);
  const { solver } = solverFor(study, problem);
  const terms: SaleTerms = {
    surplusWeight: surplusWeightOf(study.terms),
    ...(study.terms.outside ? { outside: participationOf(problem).least } : {}),
  };
  const form = isDeterministic ? costFormOf(study) : undefined;
  const sold: ProfileSeller = {
    types: finite.types,
    mass: finite.mass,
    supply,
    ...(form !== undefined && isLinear(form) ? { pure: pureItems(form, finite.tasks.weights.length) } : {}),
  };
  const market = continuumMarket(study, finite);
  const judged = (
    menu: CertifiedMenu,
    found: readonly FoundMenu[],
    whole: ContinuumFull | 'grid' = market ? UNKNOWN : 'grid',
  ): FoundTiers =>
    withNote(
      judgedMenus(study, finite, problem, { kind, menu, found, ...(whole === 'grid' ? {} : { whole }) }),
      sold.pure && WITHOUT_LOTTERIES,
    );
  const listed = (menus: readonly ProfileMenu[], isPriced: boolean): readonly FoundMenu[] =>
    menus.map((each) => ({
      ...each,
      ...(market
        ? tiersOfContinuum(study, finite, market, each, isPriced)
        : { tiers: tiersOf(study, finite, each) }),
    }));
  /** The best menu by the items that there are so far; of tariffs none is known yet. */
  const quick = (menu: CertifiedMenu, whole?: ContinuumFull): FoundTiers => {
    const few =
      kind === 'bundle' ? quickProfileBundles(sold, pureOf(problem, menu), Math.max(...counts), terms) : [];
    const found = counts.flatMap((count) => (few[count - 1] === undefined ? [] : [few[count - 1]!]));
    const own = judged(menu, listed(found, false), whole);
    return { ...own, ...foundSoFar(study, counts, own.full, own.menus), notes: own.notes };
  };
  const solving = solveFinite(problem, solver, finiteTolerance(study));
  const solution = yield* asPartOf(solving, (so) => quick(so.menu));
  const { menu } = solution;
  const progress = { iterations: menu.iterations ?? 0, expectedGap: Number.NaN };
  const isStopped = (yield { ...progress, incumbent: () => quick(menu) }) === true;
  const whole =
    market && isBounded && !isStopped
      ? yield* asPartOf(fullOfContinuum(study, finite, problem, solver, solution), () => quick(menu))
      : undefined;
  if (isStopped) return quick(menu, whole);
  if (kind === 'two-part-tariff') {
    const menus = tariffMenus(study, finite, supply, pureOf(problem, menu), counts, terms);
    // Where tariffs are sold to the grid's types alone, all numbers are the grid's.
    const isOfGrid = market !== undefined && menus.some(({ error }) => error === undefined);
    return judged(menu, menus, isOfGrid ? 'grid' : whole);
  }
  const asked = (found: readonly ProfileMenu[]): readonly ProfileMenu[] =>
    counts.map((count) => found[count - 1]!);
  const finding = bestProfileBundles(sold, pureOf(problem, menu), Math.max(...counts), terms);
  const found = yield* asPartOf(finding, (so) => judged(menu, listed(asked(so), false), whole));
  return judged(menu, listed(asked(found), true), whole);
}

/** Nothing is known of what the full menu makes of continuous buyers. */
const UNKNOWN: ContinuumFull = {
  profit: Number.NaN,
  objective: Number.NaN,
  upperBound: Number.NaN,
  served: Number.NaN,
};

const WITHOUT_LOTTERIES =
  'No item is a lottery, as was asked for; the bound is that of all menus, lotteries among them.';

const withNote = (found: FoundTiers, note: string | undefined): FoundTiers =>
  note === undefined ? found : { ...found, notes: [...found.notes, note] };

const pureOf = (problem: FiniteProblem, menu: CertifiedMenu): CertifiedMenu =>
  withoutResold(problem, menu.withoutLotteries ?? menu);

interface JudgedMenus {
  readonly kind: TierKind;
  readonly menu: CertifiedMenu;
  readonly found: readonly FoundMenu[];
  /** What the full menu makes of the continuous buyers, where the types stand for some. */
  readonly whole?: ContinuumFull;
}

/** Menus beside the full one, and what is to be said of them. */
const judgedMenus = (
  study: Study,
  finite: SpaceProblem,
  problem: FiniteProblem,
  { kind, menu, found, whole }: JudgedMenus,
): FoundTiers => {
  const { certificate } = menu;
  const own = withoutResold(problem, menu);
  let [served, profit] = [0, 0];
  own.choices.forEach((k, n) => {
    if (k < 0) return;
    served += problem.mass[n]!;
    profit += problem.mass[n]! * (own.transfers[k]! - own.costs[k]!);
  });
  const isWeighted = surplusWeightOf(study.terms) > 0;
  const weight = isWeighted ? study.terms.objective.profit : 1;
  const objectiveOf = (objective: number): Pick<TierMenu, 'objective'> =>
    isWeighted ? { objective: weight * objective } : {};
  const ofTypes = {
    profit: isWeighted ? profit : certificate.attained,
    ...objectiveOf(certificate.attained),
    upperBound: weight * certificate.upperBound,
    served,
  };
  const full = whole
    ? {
        profit: whole.profit,
        ...objectiveOf(whole.objective),
        upperBound: weight * whole.upperBound,
        served: whole.served,
      }
    : ofTypes;
  const { upperBound } = full;
  const isCertified = Math.abs(relativeGap(certificate)) <= finiteTolerance(study);
  return {
    full,
    ...(whole ? { grid: { types: finite.listed.length, ...ofTypes } } : {}),
    menus: found.map(({ count, profit: earned, objective, error, tiers }) =>
      menuOf(
        {
          count,
          profit: earned,
          ...objectiveOf(objective),
          ...(error === undefined ? {} : { error: weight * error }),
          upperBound,
        },
        tiers,
      ),
    ),
    notes: [
      ...(whole ? [soldToAll[kind]] : finite.population ? [gridOnly(finite.listed.length)] : []),
      heuristic[kind],
      ...ownOptionNotes(study),
      ...(isCertified
        ? []
        : ['The full menu is not certified optimal: shares are of what it is known to earn.']),
    ],
  };
};

const gridOnly = (types: number): string =>
  `All numbers are of the grid of ${types} types that stands for the continuous buyers: none of them bounds what a menu earns from these.`;

const soldToAll: Readonly<Record<TierKind, string>> = {
  bundle:
    'All numbers speak of the continuous buyers, who take what they like best, but for those said to be of the grid: on it items were sought, and their prices were then set anew for all buyers.',
  'two-part-tariff':
    'All numbers speak of the continuous buyers, who take what they like best, but for those said to be of the grid, on which tariffs were sought.',
};

/** What each type has who takes nothing, where the study says so; money. */
export const outsideOf = (study: Study, finite: FiniteBuyers): Float64Array | undefined => {
  if (study.terms.outside === undefined) return undefined;
  const { supply } = profileSupplyOf(study, finite.tasks);
  return participationOf(problemOf(study, finite, supply)).least;
};

/** How each kind of menu is found, in words. */
export const heuristic: Readonly<Record<TierKind, string>> = {
  bundle:
    'Menus of few items for types without an order are found by a heuristic: the best menu with one item less and the item of the full menu that ' +
    'adds most, then better prices and items as long as they earn more. The bound is that of the full menu, so that the gap is what a better ' +
    'menu of as many items could add at most.',
  'two-part-tariff':
    'Two-part tariffs for types without an order are found by a heuristic: the best menu with one tariff less and the one made of a type’s item that adds most, ' +
    'then better fees and markups as long as they earn more. The bound is that of the full menu, which no tariffs may reach.',
};

/** How many types with mass differ from one another. */
export const distinctTypes = ({ types, mass }: FiniteBuyers): number => {
  const keys = new Set<string>();
  for (let n = 0; n < types.count; n++) if (mass[n]! > 0) keys.add(types.key(n));
  return keys.size;
};

const tiersOf = (study: Study, finite: FiniteBuyers, menu: ProfileMenu): TierResult[] => {
  const inputsOf = itemInputs(study, finite.tasks);
  const { weights } = finite.tasks;
  const { technology } = study;
  const models = technology.kind === 'models' ? technology.models : undefined;
  const tiers = menu.bundles.flatMap(({ served, quality, making: cost, model }, k): TierResult[] => {
    const taken = takersOf(finite, menu.choices, k);
    if (taken === null) return [];
    const transfer = menu.transfers[k]!;
    return [
      {
        ...taken,
        from: null,
        to: null,
        quality: quality.reduce((sum, q, m) => sum + weights[m]! * q, 0),
        transfer,
        cost,
        margin: transfer - cost,
        ...inputsOf(served, quality, model),
        ...(models && model !== undefined ? { model: models[model]!.name } : {}),
        profile: Array.from(quality),
      },
    ];
  });
  return tiers.sort((a, b) => a.transfer - b.transfer);
};
