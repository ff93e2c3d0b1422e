import {
  certifiedTiers,
  findingMenus,
  type MenuDocument as Menu,
  menuDocument,
  type PlanKind,
  prepareStudy,
  type Rounding,
  requireOptions,
  type TierMenu,
  type TiersResult,
} from '@menusmith/app/portable';
import { givenData, plansFor } from './evaluate.ts';
import { clock, type RunOptions, runSteps } from './run-steps.ts';
import { locatedSteps } from './solve.ts';
import { type Made, onStudy, openedStudy, provenanceFor, type Study } from './study.ts';

/** Which menus of few tiers are searched for, and under which conditions. */
export interface TiersOptions extends RunOptions<TiersResult> {
  /** How many tiers at most: one number, or several, each for a menu of its own. */
  readonly count: number | readonly number[];
  /** What is sold; `bundle` where nothing is said. */
  readonly kind?: PlanKind | undefined;
  /** Today's plans: at `share` 1, which is the default, they stay on sale; below it nobody's surplus falls under that share of what they give her. */
  readonly keep?:
    | {
        /** Today’s plans. */
        readonly menu: Menu;
        /** In [0, 1]; 1 where it is left out. */
        readonly share?: number;
      }
    | undefined;
  /** Fees, prices and commitments are multiples of this, or end as asked. */
  readonly round?: Rounding | undefined;
  /** What the fee of a new plan is, or one of several amounts. */
  readonly fee?: number | readonly number[] | undefined;
  /** Of the buyers, for each new plan. */
  readonly minShare?: number | undefined;
  /** The one scale of all buyers, for allocations to buyers of values and scales. */
  readonly scale?: number | undefined;
  /** No lotteries. */
  readonly deterministic?: boolean | undefined;
}

/**
 * The best menus of few tiers, each beside the bound of the full menu: what `menusmith tiers --json` prints, with the menus under `menus`.
 *
 * Rejects with InputError where no tiers can be sold to these buyers, and with the signal's reason once that is aborted.
 */
export const tiers = async (study: Study, options: TiersOptions): Promise<TiersResult & Made> => {
  const { study: solvable } = openedStudy(study);
  requireOptions('tiers', options);
  const { count, kind = 'bundle', keep, round, fee, minShare, scale, deterministic, ...running } = options;
  const counts = typeof count === 'number' ? [count] : count;
  const common = { counts, clock, ...(scale === undefined ? {} : { scale }) };
  const conditions = {
    ...(round === undefined ? {} : { round }),
    ...(fee === undefined ? {} : { fees: typeof fee === 'number' ? [fee] : fee }),
    ...(minShare === undefined ? {} : { minShare }),
    ...(keep === undefined
      ? {}
      : { keep: { plans: plansFor(study, keep.menu, 'keep.menu').plans, share: keep.share ?? 1 } }),
  };
  await prepareStudy(solvable);
  const steps = onStudy(study, () =>
    findingMenus(solvable, {
      ...common,
      ...conditions,
      kind,
      ...(deterministic === undefined ? {} : { deterministic }),
    }),
  );
  const found = certifiedTiers(await runSteps(locatedSteps(study, steps), running));
  return { ...found, provenance: provenanceFor(study, givenData({ keep: keep?.menu })) };
};

/** A menu of few tiers as a menu file has it, for `evaluate`, `keep` and `menusmith export`. Throws InputError where tiers are of tasks, goods or quality alone. */
export const menuOf = (study: Study, menu: TierMenu): Menu => ({
  ...menuDocument(menu, openedStudy(study).study.units),
  provenance: provenanceFor(study),
});
