import { InputError } from '@menusmith/core';
import type { SpaceProblem } from '../problem/screening-problem.ts';
import { type OneNumberProblem, soldProblem } from '../problem/sold-problem.ts';
import { studySupply } from '../solve/supply/supply-of.ts';
import type { Study } from '../study/study.ts';
import { oneDimensionalTiers } from '../tiers/one-dimensional-tiers.ts';
import { profileTiers } from '../tiers/profile-tiers.ts';
import type { TierKind, TierMenu, TierResult } from '../tiers/tiers-result.ts';
import { type FixedSale, fixedMenuSale, type SoldMenu } from './fixed-menu.ts';
import { fixedProfileSale } from './fixed-profile-menu.ts';
import { scaledBuyers } from './scaled-buyers.ts';

/** A study with its buyers, in which menus are made and sold. */
export interface Market {
  readonly study: Study;
  /** Whether buyers differ in one number; else they are types of any kind. */
  readonly isOneNumber: boolean;
  /** The one scale of all buyers, where that was asked for. */
  readonly scale: number | null;
  /** How many distinct types there are. */
  readonly types: number;
  /** The best menu of so many tiers. */
  best(kind: TierKind, count: number): TierMenu;
  /** The profit of the best menu; null where it would take too long to find again and again. */
  bestProfit(kind: TierKind, count: number): number | null;
  /** Sells a menu that was made in another market. */
  sale(menu: SoldMenu, madeIn: Market): FixedSale;
  /** The same with all values multiplied. */
  scaled(factor: number): Market;
}

/** Types times tasks up to which the heuristic for types of any kind is run anew for every number. */
const MOST_AGAIN = 5000;

export const marketOf = (study: Study, scale: number | undefined): Market => {
  const buyers = soldProblem(study, { scale, who: 'sensitivity' });
  return buyers.kind === 'space' ? profileMarket(study, buyers, 1) : oneNumberMarket(study, buyers);
};

const oneNumberMarket = (study: Study, buyers: OneNumberProblem): OneNumberMarket => {
  const best = (kind: TierKind, count: number): TierMenu =>
    oneDimensionalTiers(buyers, studySupply(study).supply, kind, [count]).menus[0]!;
  return {
    study,
    isOneNumber: true,
    buyers,
    scale: buyers.isScaleFixed ? buyers.scale : null,
    types: buyers.kind === 'continuous-chain' ? Number.POSITIVE_INFINITY : new Set(buyers.types.value).size,
    best,
    bestProfit: (kind, count) => best(kind, count).profit,
    sale: (menu, madeIn) => {
      const { scale } = (madeIn as OneNumberMarket).buyers;
      return fixedMenuSale({ ...menu, study: madeIn.study, scale }, study, buyers);
    },
    scaled: (factor) => oneNumberMarket(study, scaledBuyers(buyers, factor)),
  };
};

interface OneNumberMarket extends Market {
  readonly buyers: OneNumberProblem;
}

interface ProfileMarket extends Market {
  readonly finite: SpaceProblem;
}

const profileMarket = (study: Study, finite: SpaceProblem, factor: number): ProfileMarket => {
  const best = (kind: TierKind, count: number): TierMenu => {
    if (kind === 'two-part-tariff') throw ofOneNumber();
    const finding = profileTiers(study, finite, kind, [count]);
    let step = finding.next();
    while (step.done !== true) step = finding.next();
    return step.value.menus[0]!;
  };
  const isQuick = finite.types.count * finite.tasks.weights.length <= MOST_AGAIN;
  return {
    study,
    isOneNumber: false,
    finite,
    scale: null,
    types: finite.types.count,
    best,
    // Values k times as high with costs as they are, are values as they are with costs divided by k: not the study's own problem.
    bestProfit: (kind, count) => (isQuick && factor === 1 ? best(kind, count).profit : null),
    // Menus are given for buyers of one number only, so that these are tiers.
    sale: (menu, madeIn) =>
      fixedProfileSale(
        (menu as { readonly tiers: readonly TierResult[] }).tiers,
        (madeIn as ProfileMarket).finite,
        study,
        finite,
        factor,
      ),
    scaled: (k) => profileMarket(study, finite, factor * k),
  };
};

const ofOneNumber = (): InputError =>
  new InputError(
    'kind',
    'sensitivity: two-part tariffs are sold again to buyers who differ in one number, and these are types of any kind; expected --kind bundle',
    ['contract'],
  );
