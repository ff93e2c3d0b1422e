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
import { problemOf } from '../solve/space/finite-problem-of.ts';
import { solverFor } from '../solve/space/solver-for.ts';
import { costFormOf } from '../solve/supply/cost-form-of.ts';
import { itemInputs } from '../solve/supply/item-inputs.ts';
import { profileSupplyOf } from '../solve/supply/profile-supply-of.ts';
import { finiteTolerance } from '../study/solved-on-grid.ts';
import type { Study } from '../study/study.ts';
import { surplusWeightOf } from '../study/terms.ts';
import { menuOf } from './one-dimensional-tiers.ts';
import { tariffMenusForTypes, tariffTier } from './tariffs-for-types.ts';
import { requireAtMost } from './tier-count.ts';
import type { BuyerRange, FoundTiers, TierKind, TierMenu, TierResult } from './tiers-result.ts';
import { foundSoFar } from './tiers-so-far.ts';

const MOST_NAMES = 8;

/** Tiers for finitely many buyers of any kind: the full optimum and its bound by the finite solver, and menus of few by a heuristic. */
export function* profileTiers(
  study: Study,
  finite: SpaceProblem,
  kind: TierKind,
  counts: readonly number[],
  isDeterministic = false,
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
  const asFound = (menu: CertifiedMenu, found: readonly FoundMenu[]): FoundTiers =>
    withNote(judgedMenus(study, finite, problem, { kind, menu, found }), sold.pure && WITHOUT_LOTTERIES);
  /** The best menu by the items that there are so far; of tariffs none is known yet. */
  const quick = (menu: CertifiedMenu): FoundTiers => {
    const few =
      kind === 'bundle' ? quickProfileBundles(sold, pureOf(problem, menu), Math.max(...counts), terms) : [];
    const found = counts.flatMap((count) => (few[count - 1] === undefined ? [] : [few[count - 1]!]));
    const own = asFound(
      menu,
      found.map((each) => ({ ...each, tiers: tiersOf(study, finite, each) })),
    );
    return { ...foundSoFar(study, counts, own.full, own.menus), notes: own.notes };
  };
  const solving = solveFinite(problem, solver, finiteTolerance(study));
  const { menu } = yield* asPartOf(solving, (so) => quick(so.menu));
  yield { iterations: menu.iterations ?? 0, expectedGap: Number.NaN, incumbent: () => quick(menu) };
  const finding = menusOf[kind](study, finite, sold, pureOf(problem, menu), counts, terms);
  return asFound(menu, yield* asPartOf(finding, (found) => asFound(menu, found)));
}

const WITHOUT_LOTTERIES =
  'No item is a lottery, as was asked for; the bound is that of all menus, lotteries among them.';

const withNote = (found: FoundTiers, note: string | undefined): FoundTiers =>
  note === undefined ? found : { ...found, notes: [...found.notes, note] };

const pureOf = (problem: FiniteProblem, menu: CertifiedMenu): CertifiedMenu =>
  withoutResold(problem, menu.withoutLotteries ?? menu);

/** Menus beside the full one, and what is to be said of them. */
const judgedMenus = (
  study: Study,
  finite: SpaceProblem,
  problem: FiniteProblem,
  {
    kind,
    menu,
    found,
  }: { readonly kind: TierKind; readonly menu: CertifiedMenu; readonly found: readonly FoundMenu[] },
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
  const counted = (objective: number): number =>
    isWeighted ? study.terms.objective.profit * objective : objective;
  const objectiveOf = (objective: number): Pick<TierMenu, 'objective'> =>
    isWeighted ? { objective: counted(objective) } : {};
  const upperBound = counted(certificate.upperBound);
  const isCertified = Math.abs(relativeGap(certificate)) <= finiteTolerance(study);
  return {
    full: {
      profit: isWeighted ? profit : certificate.attained,
      ...objectiveOf(certificate.attained),
      upperBound,
      served,
    },
    menus: found.map(({ count, profit, objective, tiers }) =>
      menuOf({ count, profit, ...objectiveOf(objective), upperBound }, tiers),
    ),
    notes: [
      ...(finite.population !== undefined
        ? [
            `All numbers are of the grid of ${finite.listed.length} types that stands for the continuous buyers: none of them bounds what a menu earns from these.`,
          ]
        : []),
      heuristic[kind],
      ...ownOptionNotes(study),
      ...(isCertified
        ? []
        : ['The full menu is not certified optimal: shares are of what it is known to earn.']),
    ],
  };
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

interface FoundMenu {
  readonly count: number;
  readonly profit: number;
  readonly objective: number;
  readonly tiers: readonly TierResult[];
}

/** How each kind of menu is found. */
const menusOf: Readonly<
  Record<
    TierKind,
    (
      study: Study,
      finite: SpaceProblem,
      sold: ProfileSeller,
      full: CertifiedMenu,
      counts: readonly number[],
      terms: SaleTerms,
    ) => Generator<Progress<readonly FoundMenu[]>, readonly FoundMenu[], boolean | undefined>
  >
> = {
  *bundle(study, finite, sold, full, counts, terms) {
    const asked = (found: readonly ProfileMenu[]): readonly FoundMenu[] =>
      counts.map((count) => {
        const best = found[count - 1]!;
        return { ...best, tiers: tiersOf(study, finite, best) };
      });
    const finding = bestProfileBundles(sold, full, Math.max(...counts), terms);
    return asked(yield* asPartOf(finding, asked));
  },
  *'two-part-tariff'(_, finite, { supply }, full, counts, terms) {
    return tariffMenusForTypes(finite, supply, full, counts, terms).map((menu) => ({
      ...menu,
      tiers: menu.tariffs
        .flatMap((__, k): TierResult[] => {
          const taken = takersOf(finite, menu.choices, k);
          return taken === null
            ? []
            : [{ ...taken, from: null, to: null, ...tariffTier(menu, k, finite, supply) }];
        })
        .sort((a, b) => a.transfer - b.transfer),
    }));
  },
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

/** Who takes item `k`; null for nobody. */
export const takersOf = (
  { listed, mass }: FiniteBuyers,
  choices: Int32Array,
  k: number,
): Required<Pick<TierResult, 'share' | 'buyers'>> | null => {
  const takers = Array.from(choices, (_, n) => n).filter((n) => choices[n] === k && mass[n]! > 0);
  if (takers.length === 0) return null;
  const known = takers.map((n) => listed[n]!);
  const names = known.flatMap(({ name }) => (name === undefined ? [] : [name]));
  return {
    share: takers.reduce((sum, n) => sum + mass[n]!, 0),
    buyers: { types: takers.length, names: names.slice(0, MOST_NAMES), ...rangeOf(known) },
  };
};

const rangeOf = (listed: FiniteBuyers['listed']): { range?: BuyerRange } => {
  const values = listed.flatMap(({ value }) => (value === undefined ? [] : [value]));
  const scales = listed.flatMap(({ scale }) => (scale === undefined ? [] : [scale]));
  if (values.length === 0 || scales.length === 0) return {};
  const ends = (of: readonly number[]): [number, number] => [
    of.reduce((a, b) => Math.min(a, b)),
    of.reduce((a, b) => Math.max(a, b)),
  ];
  return { range: { value: ends(values), scale: ends(scales) } };
};
