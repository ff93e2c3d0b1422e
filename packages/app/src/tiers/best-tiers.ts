import type { SolveProgress } from '../solve/solve-study.ts';
import { studySupply } from '../solve/supply-of.ts';
import type { Study } from '../study/study.ts';
import { oneDimensionalTiers } from './one-dimensional-tiers.ts';
import { profileTiers } from './profile-tiers.ts';
import { screenedBuyers } from './screened-buyers.ts';
import { requireCounts } from './tier-count.ts';
import type { TierKind, TierMenu, TiersResult } from './tiers-result.ts';

export const tierKinds = ['bundle', 'two-part-tariff'] as const satisfies readonly TierKind[];

export interface TiersOptions {
  /** Numbers of tiers, each a menu of its own. */
  readonly counts: readonly number[];
  readonly kind?: TierKind;
  /** The one scale of all buyers, for allocations to buyers of values and scales. */
  readonly scale?: number;
  /** Seconds. */
  readonly clock?: () => number;
}

/** Runs `findingTiers` to its end. */
export const bestTiers = (study: Study, options: TiersOptions): TiersResult => {
  const finding = findingTiers(study, options);
  let step = finding.next();
  while (step.done !== true) step = finding.next();
  return step.value;
};

/**
 * The best menus of few tiers: of all menus where buyers differ in one number; by a heuristic, beside the bound of the full menu, where they do not.
 * A generator, as the full menu of the latter takes a finite solver: it yields where that stands, and `next(true)` asks it to end soon.
 */
export function* findingTiers(
  study: Study,
  { counts, kind = 'bundle', scale, clock = () => 0 }: TiersOptions,
): Generator<SolveProgress, TiersResult, boolean | undefined> {
  const started = clock();
  requireCounts(counts);
  const buyers = screenedBuyers(study, scale);
  const isAny = buyers.kind === 'any';
  const found = isAny
    ? yield* profileTiers(study, buyers, kind, counts)
    : { ...oneDimensionalTiers(buyers, studySupply(study).supply, kind, counts), notes: [] };
  return {
    name: study.name,
    kind,
    coordinate: isAny ? null : buyers.coordinate,
    scale: !isAny && buyers.isScaleFixed ? buyers.scale : null,
    full: found.full,
    menus: found.menus,
    notes: [...found.notes, ...notesOn(found.menus, kind)],
    seconds: clock() - started,
  };
}

const notesOn = (menus: readonly TierMenu[], kind: TierKind): string[] => {
  const notes: string[] = [];
  const most = menus.reduce((largest, { tiers }) => Math.max(largest, tiers.length), 0);
  const short = menus.filter(({ count, tiers }) => tiers.length < count);
  if (short.length > 0) {
    const asked = short.map(({ count }) => count).join(', ');
    notes.push(
      `Where ${asked} tiers were asked for, ${most} ${most === 1 ? 'is' : 'are'} listed: more would earn nothing.`,
    );
  }
  if (kind === 'two-part-tariff')
    notes.push(
      'Quality, tokens and money of a tariff are means over its buyers, each of whom takes her own tokens. The bound is the full menu’s profit.',
    );
  return notes;
};
