import type { Demand, Item, UsageTerms } from '@menusmith/core';
import type { ImplementationResult, TariffResult } from '../../result.ts';
import type { TierKind } from '../../tiers/tiers-result.ts';
import type { DirectMenu, OfferedScale } from './offered-scale.ts';

/** A way to sell the direct menu otherwise than at a price for every item. */
export interface Implementer {
  /** The terms on which an item is sold in its place, all but its fee: inputs at `markup` times their cost, up to a spending. */
  termsOf(item: Pick<Item, 'value' | 'servedValue' | 'cost'>): Pick<TariffResult, 'markup' | 'spendingCap'>;
  /** What the menu earns so from buyers who differ in one number, or in a number and a scale. */
  offer(direct: DirectMenu, offered: readonly OfferedScale[]): Omit<ImplementationResult, 'kind'>;
  /** The terms on which a type of some demand is sold her item of such a cost, and terms so many times as tight. */
  readonly ofType: {
    termsOf(demand: Demand, cost: number): UsageTerms;
    varied(terms: UsageTerms, factor: number): UsageTerms;
  };
  /** Whether maximum-spend items stand beside it where it loses something. */
  readonly isCapBeside: boolean;
  /** What a menu of few is made of, where it stands beside this. */
  readonly tiers: TierKind;
}
