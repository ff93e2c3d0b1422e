import { finished, InputError } from '@menusmith/core';
import { withScaledValues } from '../problem/scaled-values.ts';
import type { SoldProblem } from '../problem/sold-problem.ts';
import type { Study } from '../study/study.ts';
import { findingMenu, isContinuum, needsSearch, tieredBuyers } from '../tiers/best-tiers.ts';
import { findingPlanMenu } from '../tiers/plan-tiers.ts';
import { type TierResult, worthOf } from '../tiers/tiers-result.ts';
import { type FixedSale, fixedMenuSale, type SoldMenu } from './fixed-menu.ts';
import { fixedProfileSale } from './fixed-profile-menu.ts';
import type { Market } from './market.ts';
import { outcomeOf } from './sale-outcome.ts';

/** Types times tasks up to which the heuristic for types of any kind is run anew for every number. */
const MOST_AGAIN = 5000;

/** Buyers who have no plans of today’s to keep; those of one scale where that is asked for. Throws InputError where no one menu is sold to them. */
export const plainMarket = (study: Study, scale: number | undefined): Market => {
  const buyers = tieredBuyers(study, scale, 'sensitivity');
  const isOneNumber = buyers.kind !== 'space';
  const finding: Market['finding'] = (kind, count) => {
    if (!isOneNumber && kind === 'two-part-tariff') throw ofOneNumber();
    return kind === 'two-part-tariff' && needsSearch(study, buyers)
      ? findingPlanMenu(study, count, kind, scale)
      : findingMenu(study, buyers, kind, count);
  };
  const isQuick = isOneNumber || buyers.types.count * buyers.tasks.weights.length <= MOST_AGAIN;
  return {
    study,
    buyers,
    isOneNumber,
    scale: isOneNumber && buyers.isScaleFixed ? buyers.scale : null,
    types: typesOf(buyers),
    finding,
    bestWorth: (kind, count) => (isQuick ? worthOf(finished(finding(kind, count))) : null),
    sale: (menu, madeIn) => outcomeOf(study, saleOf(menu, madeIn, study, buyers)),
    scaled: (factor) => plainMarket(withScaledValues(study, factor), scale),
  };
};

const typesOf = (buyers: SoldProblem): number => {
  if (buyers.kind === 'continuous-chain' || isContinuum(buyers)) return Number.POSITIVE_INFINITY;
  return buyers.kind === 'space' ? buyers.types.count : new Set(buyers.types.value).size;
};

const saleOf = (menu: SoldMenu, madeIn: Market, study: Study, buyers: SoldProblem): FixedSale => {
  if (buyers.kind !== 'space') return fixedMenuSale(menu, madeIn.study.technology, study, buyers);
  // Menus are given for buyers of one number only, so that these are tiers, made for types of any kind.
  const { tiers } = menu as { readonly tiers: readonly TierResult[] };
  return fixedProfileSale(tiers, madeIn.buyers as typeof buyers, study, buyers);
};

const ofOneNumber = (): InputError =>
  new InputError(
    'kind',
    'sensitivity: two-part tariffs are sold again to buyers who differ in one number, and these are types of any kind; expected --kind bundle',
    ['contract'],
  );
