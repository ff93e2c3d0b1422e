import { asPartOf, finished, InputError } from '@menusmith/core';
import { withoutCapacity } from '../capacity/priced-study.ts';
import {
  capacityIsOfAll,
  type MenuWithin,
  menuWithinCapacity,
  tiersWithinCapacity,
} from '../capacity/tiers-within-capacity.ts';
import { midpointRemark, namedBuyers } from '../problem/named-buyers.ts';
import { type SoldProblem, soldProblem } from '../problem/sold-problem.ts';
import { distributionDoubts, doubtNote, fullMenuDoubts } from '../solve/doubts.ts';
import type { SolveProgress } from '../solve/solve-study.ts';
import type { Study, Terms } from '../study/study.ts';
import { surplusWeightOf } from '../study/terms.ts';
import { lineTermsOf } from './line-terms.ts';
import { findingOneDimensional, gapOf } from './one-dimensional-tiers.ts';
import { outsideLineTiers } from './outside-line-tiers.ts';
import { findingPlanTiers } from './plan-tiers.ts';
import { profileTiers } from './profile-tiers.ts';
import { termsNotes } from './terms-notes.ts';
import { requireCounts } from './tier-count.ts';
import {
  type FoundTiers,
  type PlanKind,
  type TierKind,
  type TierMenu,
  type TiersResult,
  worthOf,
} from './tiers-result.ts';
import { nothingFound } from './tiers-so-far.ts';

export const tierKinds = ['bundle', 'two-part-tariff'] as const satisfies readonly TierKind[];

/** A profit above its bound by no more, relative to the bound, is rounding. */
const ROUNDING = 1e-9;

export interface TiersOptions {
  /** Numbers of tiers, each a menu of its own. */
  readonly counts: readonly number[];
  readonly kind?: TierKind;
  /** The one scale of all buyers, for allocations to buyers of values and scales. */
  readonly scale?: number;
  /** No lotteries, where parts of goods or tasks at a linear cost are some. */
  readonly deterministic?: boolean;
  /** Seconds. */
  readonly clock?: () => number;
}

/** Runs `findingTiers` to its end. */
export const bestTiers = (study: Study, options: TiersOptions): TiersResult =>
  finished(findingTiers(study, options));

/**
 * The best menus of few tiers: of all menus where buyers differ in one number; by a heuristic, beside the bound of the full menu, where they do not.
 * A generator, as the full menu of the latter takes a finite solver: it yields where that stands, with the best menus so far, and `next(true)` asks it to end soon.
 */
export function* findingTiers(
  study: Study,
  { counts, kind = 'bundle', scale, deterministic = false, clock = () => 0 }: TiersOptions,
): Generator<SolveProgress<TiersResult>, TiersResult, boolean | undefined> {
  const started = clock();
  requireCounts(counts);
  requirePopulation(study);
  // Beside plans that stay, or options that differ, few plans are searched for.
  if (study.terms.keep !== undefined)
    return yield* findingPlanTiers(study, { counts, kind, clock, ...(scale === undefined ? {} : { scale }) });
  const buyers = tieredBuyers(study, scale);
  if (kind === 'two-part-tariff' && needsSearch(study, buyers))
    return yield* findingPlanTiers(study, { counts, kind, clock, ...(scale === undefined ? {} : { scale }) });
  const isCapped = study.terms.capacity !== undefined;
  const whole = (found: FoundTiers, isDone: boolean): TiersResult => ({
    ...judgedTiers(study, buyers, kind, found, isDone && scale === undefined),
    seconds: clock() - started,
  });
  const finding = isCapped
    ? tiersWithinCapacity(study, counts, (priced, count) =>
        bestMenus(priced, buyers, kind, [count], { deterministic, isBounded: !isContinuum(buyers) }),
      )
    : bestMenus(study, buyers, kind, counts, { deterministic });
  return whole(yield* asPartOf(finding, (found) => whole(found, false)), true);
}

/** What is known of tiers before any are looked for: nothing is on sale. */
export const unsoldTiers = (
  study: Study,
  { counts, kind }: Pick<TiersOptions, 'counts'> & { readonly kind: PlanKind },
): TiersResult => ({
  name: study.name,
  kind,
  coordinate: null,
  scale: null,
  ...nothingFound(study, counts),
  notes: ['No menu was found yet: these are the numbers of a seller who sells nothing.'],
  seconds: 0,
});

/** What was found as an answer, with what there is to say of it. `isDoubted` holds it against what must be true of it. */
const judgedTiers = (
  study: Study,
  buyers: SoldProblem,
  kind: TierKind,
  found: FoundTiers,
  isDoubted: boolean,
): Omit<TiersResult, 'seconds'> => {
  const isAny = buyers.kind === 'space';
  const { full, menus: certified } = besideFull(found.full, found.menus);
  const { grid } = found;
  const { upperBound } = found.full;
  const doubts =
    isDoubted && study.terms.capacity === undefined && isPlain(study)
      ? fullMenuDoubts(study, { attained: found.full.profit, upperBound })
      : [];
  const judged: TierMenu['status'] | undefined = doubts.length > 0 ? 'uncertified' : undefined;
  // What is the best of midpoints alone need not be of the continuous buyers for whom they stand.
  const most = grid === undefined && midpointRemark(study.buyers) ? ('feasible' as const) : undefined;
  const menus = certified.map((menu): TierMenu => ({ ...menu, status: judged ?? most ?? menu.status }));
  return {
    name: study.name,
    kind,
    coordinate: isAny ? null : buyers.coordinate,
    scale: !isAny && buyers.isScaleFixed ? buyers.scale : null,
    ...tasksOf(study),
    full,
    ...(grid ? { grid } : {}),
    menus,
    notes: [
      ...doubts.map(doubtNote),
      ...remarksOf(study, found),
      ...termsNotes(study),
      ...found.notes,
      ...notesOn(menus, kind),
    ],
  };
};

/** Whether types are a grid that stands for continuous buyers, to whom its menus are sold. */
export const isContinuum = (buyers: SoldProblem): boolean =>
  buyers.kind === 'space' && (buyers.goods !== undefined || buyers.population !== undefined);

/** Whether fees are to be searched for, beside options that differ among types along a line. */
export const needsSearch = (study: Study, buyers: SoldProblem): boolean =>
  buyers.kind !== 'space' &&
  study.technology.kind === 'production' &&
  lineTermsOf(study, buyers) === undefined;

/** The buyers to whom tiers are sold, all of them or those of one scale. Throws InputError where the study has terms under which none are. */
export const tieredBuyers = (study: Study, scale: number | undefined, who = tierTerms.who): SoldProblem => {
  const buyers = soldProblem(withoutCapacity(study), { ...tierTerms, scale, who });
  if (scale !== undefined && study.terms.capacity !== undefined) throw capacityIsOfAll(who);
  return buyers;
};

/** The best menu of at most so many tiers for these buyers under the study's terms, by itself; what bounds it may be left out. */
export function* findingMenu(
  study: Study,
  buyers: SoldProblem,
  kind: TierKind,
  count: number,
): Generator<SolveProgress<TierMenu>, TierMenu, boolean | undefined> {
  if (study.terms.capacity !== undefined) {
    const within = menuWithinCapacity(study, count, (priced, few) =>
      bestMenus(priced, buyers, kind, [few], { isBounded: false }),
    );
    const ofWithin = ({ menu }: MenuWithin): TierMenu => menu;
    return ofWithin(yield* asPartOf(within, ofWithin));
  }
  const only = ({ menus }: FoundTiers): TierMenu => menus[0]!;
  return only(yield* asPartOf(bestMenus(study, buyers, kind, [count], { isBounded: false }), only));
}

function* bestMenus(
  study: Study,
  buyers: SoldProblem,
  kind: TierKind,
  counts: readonly number[],
  { isBounded = true, deterministic = false }: { isBounded?: boolean; deterministic?: boolean } = {},
): Generator<SolveProgress<FoundTiers>, FoundTiers, boolean | undefined> {
  if (buyers.kind === 'space')
    return yield* profileTiers(study, buyers, kind, counts, { isDeterministic: deterministic, isBounded });
  const terms = lineTermsOf(study, buyers);
  if (terms === undefined) return yield* outsideLineTiers(study, buyers, kind, counts, isBounded);
  return yield* findingOneDimensional(study, buyers, kind, counts, terms);
}

/** The terms that tiers know of; they honour `capacity` by prices. */
export const tierTerms: { readonly honoured: readonly (keyof Terms)[]; readonly who: string } = {
  honoured: ['objective', 'outside'],
  who: 'tiers',
};

/** Whether profit alone counts, of buyers who have nothing outside. */
const isPlain = ({ terms }: Study): boolean => surplusWeightOf(terms) === 0 && terms.outside === undefined;

/** Names of tasks that are listed one by one. */
const tasksOf = ({ buyers: given }: Study): Pick<TiersResult, 'tasks'> => {
  const buyers = namedBuyers(given);
  const names = buyers.kind === 'list' ? buyers.tasks?.names : undefined;
  return names === undefined ? {} : { tasks: names };
};

/** What a reader must know of how buyers were read, and where nobody but the midpoints of a grid is spoken of. */
const remarksOf = ({ buyers }: Study, { grid }: Pick<FoundTiers, 'grid'>): readonly string[] => [
  ...(buyers.remarks ?? []),
  ...(grid ? [] : alone(midpointRemark(buyers))),
];

const alone = (remark: ReturnType<typeof midpointRemark>): readonly string[] =>
  remark ? [`${remark.what} ${remark.remedy}`] : [];

/** Tiers need a population to be sold to. */
const requirePopulation = (study: Study): void => {
  const [fault] = distributionDoubts(study);
  if (fault !== undefined) throw new InputError('no-population', `tiers: ${fault}`, ['buyers']);
};

/**
 * Menus with their shares of what the full menu makes. A menu of few is one of many as well: what it makes, more tiers make at least, and so does the full
 * menu, where its own solution is not as good.
 */
const besideFull = (
  full: TiersResult['full'],
  found: readonly TierMenu[],
): Pick<TiersResult, 'full' | 'menus'> => {
  const best = <M extends Pick<TierMenu, 'profit' | 'objective'>>(menus: readonly M[]): M | undefined =>
    menus.reduce<M | undefined>((a, b) => (a !== undefined && worthOf(a) >= worthOf(b) ? a : b), undefined);
  const menus = found.map((menu) => {
    const better = best(found.filter((other) => other.count < menu.count && worthOf(other) > worthOf(menu)));
    return better === undefined
      ? menu
      : { ...better, ...gapOf(worthOf(better), menu.upperBound), count: menu.count };
  });
  // What the full menu makes may not be known yet.
  if (Number.isNaN(worthOf(full))) return { full, menus };
  const most = best<Pick<TierMenu, 'profit' | 'objective'>>([full, ...menus])!;
  const whole = worthOf(most);
  return {
    full: {
      ...full,
      profit: most.profit,
      ...(most.objective === undefined ? {} : { objective: most.objective }),
    },
    menus: menus.map((menu) => ({
      ...menu,
      share: whole > 0 && worthOf(menu) >= 0 ? worthOf(menu) / whole : null,
    })),
  };
};

const notesOn = (menus: readonly TierMenu[], kind: TierKind): string[] => {
  const notes: string[] = [];
  const most = menus.reduce((largest, { tiers }) => Math.max(largest, tiers.length), 0);
  const short = menus.filter(({ count, tiers }) => tiers.length < count);
  if (short.length > 0) {
    const asked = short.map(({ count }) => count).join(', ');
    notes.push(
      `Where ${asked} tiers were asked for, ${most} ${most === 1 ? 'is' : 'are'} listed: ` +
        (short.every(({ status }) => status === 'optimal')
          ? 'more would earn nothing.'
          : 'none was found that would add to them.'),
    );
  }
  if (menus.some((menu) => worthOf(menu) > menu.upperBound + ROUNDING * Math.abs(menu.upperBound)))
    notes.push('A menu earns more than the bound allows: the bound, or the profit, is not to be relied on.');
  if (kind === 'two-part-tariff')
    notes.push(
      'Quality, amounts and money of a tariff are means over its buyers, each of whom takes her own amounts. The bound is the full menu’s profit.',
    );
  return notes;
};
