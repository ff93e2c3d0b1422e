import type { SolveProgress } from '../solve/solve-study.ts';
import type { Study } from '../study/study.ts';
import { findingTiers, type TiersOptions } from './best-tiers.ts';
import { findingPlanTiers, type PlanTiersOptions } from './plan-tiers.ts';
import type { TiersResult } from './tiers-result.ts';

/** What `tiers` is asked for: tiers of a kind, and perhaps what a firm asks of its plans. */
export type FindingOptions = PlanTiersOptions & Pick<TiersOptions, 'deterministic'>;

/** The best few tiers: of bundles or tariffs on their own by `findingTiers`, of plans under a firm's conditions by `findingPlanTiers`. */
export const findingMenus = (
  study: Study,
  { kind, deterministic, ...options }: FindingOptions,
  finding: typeof findingTiers = findingTiers,
): Generator<SolveProgress<TiersResult>, TiersResult, boolean | undefined> => {
  const { counts, scale, clock, keep, round, minShare, fees } = options;
  const hasConditions = [keep, round, minShare, fees].some((each) => each !== undefined);
  if (hasConditions || !(kind === 'bundle' || kind === 'two-part-tariff'))
    return findingPlanTiers(study, { ...options, kind });
  return finding(study, {
    counts,
    kind,
    ...(scale === undefined ? {} : { scale }),
    ...(clock === undefined ? {} : { clock }),
    ...(deterministic === undefined ? {} : { deterministic }),
  });
};
