import type { Study } from '../study/study.ts';
import { surplusWeightOf } from '../study/terms.ts';
import { gapOf } from './one-dimensional-tiers.ts';
import type { FoundTiers, TierMenu, TiersResult } from './tiers-result.ts';

/** Nothing is known of the full menu yet. */
export const unknownFull: TiersResult['full'] = {
  profit: Number.NaN,
  upperBound: Number.NaN,
  served: Number.NaN,
};

/**
 * A menu without a tier, which is one of any number of them: a seller who sells nothing earns nothing. What buyers then have is not known where they have something outside, and
 * nothing is known beside plans that they keep.
 */
export const emptyMenu = ({ terms }: Study, count: number, upperBound: number): TierMenu => {
  const profit = terms.keep === undefined ? 0 : Number.NaN;
  const objective = terms.outside === undefined ? profit : Number.NaN;
  const isWeighted = surplusWeightOf(terms) > 0;
  return {
    count,
    profit,
    ...(isWeighted ? { objective } : {}),
    share: null,
    served: profit,
    ...gapOf(isWeighted ? objective : profit, upperBound),
    tiers: [],
  };
};

/** What there is before any menu was found, beside what is known of the full menu. */
export const nothingFound = (
  study: Study,
  counts: readonly number[],
  full: TiersResult['full'] = unknownFull,
): FoundTiers => ({
  full,
  menus: counts.map((count) => emptyMenu(study, count, full.upperBound)),
  notes: [],
});

/** Of menus some are found; the rest are without a tier, until a menu of fewer takes their place. */
export const foundSoFar = (
  study: Study,
  counts: readonly number[],
  full: TiersResult['full'],
  menus: readonly TierMenu[],
): FoundTiers => ({
  full,
  menus: counts.map(
    (count) => menus.find((menu) => menu.count === count) ?? emptyMenu(study, count, full.upperBound),
  ),
  notes: [],
});

const STOPPED =
  'The search was stopped before its end: menus are the best that were found by then, and bounds are those known by then.';

/** An answer of a search that did not come to its end. */
export const stoppedTiers = (result: TiersResult): TiersResult => ({
  ...result,
  notes: [STOPPED, ...result.notes],
  stopped: true,
});

const UNBOUNDED = 'No bound on what any menu could earn was found: what is listed is certified by nothing.';

/** An answer at its end: a menu that nothing bounds is not certified. */
export const certifiedTiers = (result: TiersResult): TiersResult => {
  const isBounded = ({ upperBound }: TierMenu): boolean => Number.isFinite(upperBound);
  if (result.menus.every(isBounded)) return result;
  return {
    ...result,
    menus: result.menus.map(
      (menu): TierMenu => (isBounded(menu) ? menu : { ...menu, status: 'uncertified' }),
    ),
    notes: [UNBOUNDED, ...result.notes],
  };
};
