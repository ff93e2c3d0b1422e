import type { CertifiedMenu, ProfileSupply, SaleTerms } from '@menusmith/core';
import type { SpaceProblem } from '../problem/screening-problem.ts';
import type { Study } from '../study/study.ts';
import { tariffsOfContinuum } from './continuum-tariffs.ts';
import { type TariffsForTypes, tariffMenusForTypes, tariffTier } from './tariffs-for-types.ts';
import { takersOf } from './tier-takers.ts';
import type { TierResult } from './tiers-result.ts';

/** A menu of few, with the objective not yet in the study's weights. */
export interface FoundMenu {
  readonly count: number;
  readonly profit: number;
  readonly objective: number;
  /** What the objective may be off by, where buyers are continuous. */
  readonly error?: number;
  readonly tiers: readonly TierResult[];
}

/** Menus of few two-part tariffs, sold to the continuous buyers for whom the types stand, where they do and what tariffs sell to these is known. */
export const tariffMenus = (
  study: Study,
  finite: SpaceProblem,
  supply: ProfileSupply,
  full: CertifiedMenu,
  counts: readonly number[],
  terms: SaleTerms,
): readonly FoundMenu[] =>
  tariffMenusForTypes(finite, supply, full, counts, terms).map((menu) => {
    const isContinuous = finite.goods !== undefined || finite.population !== undefined;
    const sold = isContinuous ? tariffsOfContinuum(study, finite, supply, menu, terms) : undefined;
    return { ...menu, ...(sold ?? { tiers: tariffTiers(finite, supply, menu) }) };
  });

const tariffTiers = (finite: SpaceProblem, supply: ProfileSupply, menu: TariffsForTypes): TierResult[] =>
  menu.tariffs
    .flatMap((_, k): TierResult[] => {
      const taken = takersOf(finite, menu.choices, k);
      return taken === null
        ? []
        : [{ ...taken, from: null, to: null, ...tariffTier(menu, k, finite, supply) }];
    })
    .sort((a, b) => a.transfer - b.transfer);
