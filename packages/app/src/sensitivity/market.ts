import { finished, InputError } from '@menusmith/core';
import type { SoldProblem } from '../problem/sold-problem.ts';
import type { InputUse } from '../solve/supply/input-use.ts';
import type { Study } from '../study/study.ts';
import { surplusWeightOf } from '../study/terms.ts';
import { findingMenu, tieredBuyers } from '../tiers/best-tiers.ts';
import { type TierKind, type TierMenu, type TierResult, worthOf } from '../tiers/tiers-result.ts';
import { type FixedSale, fixedMenuSale, type SoldMenu } from './fixed-menu.ts';
import { fixedProfileSale } from './fixed-profile-menu.ts';
import { scaledBuyers } from './scaled-buyers.ts';
import type { MenuOutcome } from './sensitivity-result.ts';

/** A study with its buyers, in which menus are made and sold. */
export interface Market {
  readonly study: Study;
  readonly buyers: SoldProblem;
  /** Whether buyers differ in one number; else they are types of any kind. */
  readonly isOneNumber: boolean;
  /** The one scale of all buyers, where that was asked for. */
  readonly scale: number | null;
  /** How many distinct types there are. */
  readonly types: number;
  /** The best menu of so many tiers. */
  best(kind: TierKind, count: number): TierMenu;
  /** What the best menu makes of the objective; null where it would take too long to find again and again. */
  bestWorth(kind: TierKind, count: number): number | null;
  /** Sells a menu that was made in another market. */
  sale(menu: SoldMenu, madeIn: Market): SaleOutcome;
  /** The same with all values multiplied. */
  scaled(factor: number): Market;
}

export interface SaleOutcome extends MenuOutcome {
  /** False where a buyer's own problem was not solved for surely. */
  readonly solved?: boolean;
}

/** Types times tasks up to which the heuristic for types of any kind is run anew for every number. */
const MOST_AGAIN = 5000;
/** What adding up may exceed capacity by, relative to it. */
const ROUNDING = 1e-9;

export const marketOf = (study: Study, scale: number | undefined): Market =>
  market(study, tieredBuyers(study, scale, 'sensitivity'));

const market = (study: Study, buyers: SoldProblem): Market => {
  const isOneNumber = buyers.kind !== 'space';
  const best = (kind: TierKind, count: number): TierMenu => {
    if (!isOneNumber && kind === 'two-part-tariff') throw ofOneNumber();
    return finished(findingMenu(study, buyers, kind, count)).menu;
  };
  const isQuick = isOneNumber || buyers.types.count * buyers.tasks.weights.length <= MOST_AGAIN;
  return {
    study,
    buyers,
    isOneNumber,
    scale: isOneNumber && buyers.isScaleFixed ? buyers.scale : null,
    types: typesOf(buyers),
    best,
    bestWorth: (kind, count) => (isQuick ? worthOf(best(kind, count)) : null),
    sale: (menu, madeIn) => outcomeOf(study, saleOf(menu, madeIn, study, buyers)),
    scaled: (factor) => market(study, scaledBuyers(buyers, factor)),
  };
};

const typesOf = (buyers: SoldProblem): number => {
  if (buyers.kind === 'continuous-chain') return Number.POSITIVE_INFINITY;
  return buyers.kind === 'space' ? buyers.types.count : new Set(buyers.types.value).size;
};

const saleOf = (menu: SoldMenu, madeIn: Market, study: Study, buyers: SoldProblem): FixedSale => {
  if (buyers.kind !== 'space') return fixedMenuSale(menu, madeIn.study.technology, study, buyers);
  // Menus are given for buyers of one number only, so that these are tiers, made for types of any kind.
  const { tiers } = menu as { readonly tiers: readonly TierResult[] };
  return fixedProfileSale(tiers, madeIn.buyers as typeof buyers, study, buyers);
};

/** What a sale makes of the study's objective, and whether there is enough of every input for it. */
const outcomeOf = (
  { terms }: Study,
  { profit, served, consumerSurplus, solved, use }: FixedSale,
): SaleOutcome => {
  const { objective: weights, capacity } = terms;
  return {
    profit,
    ...(surplusWeightOf(terms) > 0
      ? { objective: weights.profit * profit + weights.consumerSurplus * consumerSurplus }
      : {}),
    served,
    ...(capacity === undefined ? {} : usedOf(capacity, use)),
    ...(solved === undefined ? {} : { solved }),
  };
};

const usedOf = (capacity: InputUse, use: InputUse): Pick<MenuOutcome, 'capacity' | 'used' | 'exceeded'> => {
  const names = Object.keys(capacity);
  const used = Object.fromEntries(names.map((name) => [name, use[name] ?? 0]));
  return {
    capacity,
    used,
    exceeded: names.filter((name) => !(used[name]! <= capacity[name]! * (1 + ROUNDING))),
  };
};

const ofOneNumber = (): InputError =>
  new InputError(
    'kind',
    'sensitivity: two-part tariffs are sold again to buyers who differ in one number, and these are types of any kind; expected --kind bundle',
    ['contract'],
  );
