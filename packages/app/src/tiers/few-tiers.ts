import { asPartOf, finished, InputError } from '@menusmith/core';
import { withoutCapacity } from '../capacity/priced-study.ts';
import { gridAsked, onCoarseGrid } from '../problem/coarse-grid.ts';
import { soldProblem } from '../problem/sold-problem.ts';
import { implementers } from '../solve/offers/implementation.ts';
import type { SolveProgress } from '../solve/solve-study.ts';
import { defaultTolerance } from '../study/solved-on-grid.ts';
import type { Study } from '../study/study.ts';
import { findingTiers, tierTerms } from './best-tiers.ts';
import { distinctTypes } from './profile-tiers.ts';
import { termsNotes } from './terms-notes.ts';
import type { TierKind, TierMenu, TiersResult } from './tiers-result.ts';

/** A menu of few tiers beside the full one, or a sentence that says why there is none. */
export type FewTiers =
  | {
      readonly menu: TierMenu;
      readonly full: TiersResult['full'];
      readonly kind: TiersResult['kind'];
      readonly coordinate: TiersResult['coordinate'];
      readonly tasks?: TiersResult['tasks'];
      /** The study whose buyers take the tiers: with a grid, where continuous buyers had to be given one. */
      readonly study: Study;
      /** Sentences that a reader must know beside the numbers. */
      readonly notes: readonly string[];
    }
  | { readonly complaint: string };

/** Continuous buyers of values and scales are so many types: within a second, and close enough to see what a few items keep. */
const GRID = { values: 24, scales: 12 } as const;
/** Above so many types, and so many values of them, single steps of the search take too long. */
const MOST = { types: 600, values: 8192 } as const;
/** Seconds after which a search is given up. */
const PATIENCE = 4;
/** Relative gap above which shares are of a profit that may be too low. */
const UNCERTAIN = 1e-6;

/** In the place of a small menu beside a result that is not to be relied on. */
export const UNCERTIFIED_TIERS: FewTiers = {
  complaint: 'Nothing is certified here, so that no menu of few items is sought.',
};

/** What a study's small menu is made of: what it implements. */
export const tierKindOf = ({ implementation }: Study): TierKind =>
  implementation === 'direct' ? 'bundle' : implementers[implementation].tiers;

/** `tiers` itself does not give continuous buyers a grid. */
const takesLong = (asked: Study, study: Study): FewTiers => ({
  complaint:
    'For these buyers a menu of few items takes too long to be found in passing; menusmith tiers takes the time' +
    (asked === study || gridAsked(asked) !== undefined
      ? '.'
      : `, with buyers.grid: { values: ${GRID.values}, scales: ${GRID.scales} }.`),
});

/**
 * The best menu of at most `count` bundles, or two-part tariffs, for where it stands beside other things: in a few seconds by `clock`, mostly in less than one, or else not at all. Buyers of values and scales
 * under allocations become a grid of their own; of T types at most T − 1 items are sought, as T of them are the full menu.
 *
 * A generator as `findingTiers` is. Where the buyers allow no such menu the answer says so; it throws only where the program is wrong.
 */
export function* findingFewTiers(
  asked: Study,
  count: number,
  clock: () => number = () => 0,
  kind: TierKind = 'bundle',
): Generator<SolveProgress, FewTiers, boolean | undefined> {
  const study = onCoarseGrid(asked, GRID);
  const started = clock();
  try {
    const types = typesOf(study);
    if (types === undefined) return takesLong(asked, study);
    if (types < 2)
      return { complaint: 'There is one type of buyer only, for whom one item is all there is.' };
    const sought = Math.min(count, types - 1);
    const finding = asPartOf(findingTiers(study, { counts: [sought], kind }));
    let step = finding.next();
    while (step.done !== true) {
      if (clock() - started > PATIENCE) return takesLong(asked, study);
      step = finding.next(yield step.value);
    }
    const found = step.value;
    const menu = found.menus[0]!;
    const notes = [
      ...(sought < count ? [`Buyers are of ${types} types, for whom ${types} items are the full menu.`] : []),
      ...notesOf(study, found),
    ];
    return {
      menu,
      full: found.full,
      kind,
      coordinate: found.coordinate,
      ...(found.tasks ? { tasks: found.tasks } : {}),
      study,
      notes,
    };
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return { complaint: `There is no menu of few items here: ${error.message.replace(/^tiers: /, '')}.` };
  }
}

/** Runs `findingFewTiers` to its end. */
export const fewTiers = (study: Study, count: number, clock?: () => number, kind?: TierKind): FewTiers =>
  finished(findingFewTiers(study, count, clock, kind));

/** How many types there are, ∞ of continuous ones; undefined where they are too many. */
const typesOf = (study: Study): number | undefined => {
  const buyers = soldProblem(withoutCapacity(study), tierTerms);
  if (buyers.kind === 'continuous-chain') return Number.POSITIVE_INFINITY;
  if (buyers.kind === 'listed-chain') return new Set(buyers.types.value).size;
  const { count } = buyers.types;
  const isMany = count > MOST.types || count * buyers.tasks.weights.length > MOST.values;
  return isMany ? undefined : distinctTypes(buyers);
};

const CAREFUL = 'the items are the best of a careful search, not certified to be the best of all.';

const notesOf = (study: Study, found: TiersResult): string[] => {
  const isOrdered = found.coordinate !== null;
  // Along a line the best bundles are certified, but where participation binds inside.
  const isSearched = found.kind === 'bundle' && found.menus[0]!.status !== 'optimal';
  return [
    ...termsNotes(study),
    ...(found.grid
      ? [
          `Sought on a grid of ${found.grid.types} types, and sold, as the full menu is, to the continuous buyers for whom they stand.`,
        ]
      : []),
    ...(found.full.upperBound - (found.full.objective ?? found.full.profit) >
    (found.grid ? defaultTolerance.population : UNCERTAIN) * Math.abs(found.full.upperBound)
      ? ['The full menu is not certified optimal: shares are of what it is known to earn.']
      : []),
    ...(isOrdered
      ? isSearched
        ? [`What buyers have outside differs among them: ${CAREFUL}`]
        : []
      : [`Buyers differ in more than one number: ${CAREFUL}`]),
  ];
};
