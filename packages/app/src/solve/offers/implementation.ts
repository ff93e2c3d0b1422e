import { type EfficientSupply, surplusTable } from '@menusmith/core';
import type { ImplementationResult } from '../../result.ts';
import type { IndirectImplementation } from '../../study/study.ts';
import type { Implementer } from './implementer.ts';
import type { DirectMenu, OfferedScale, ScaleToImplement } from './offered-scale.ts';
import { maximumSpend } from './spending-implementation.ts';
import { twoPartTariffs } from './tariff-implementation.ts';

/** How each way to sell a menu is done. */
export const implementers: Readonly<Record<IndirectImplementation, Implementer>> = {
  'two-part-tariff': twoPartTariffs,
  'maximum-spend': maximumSpend,
};

/** Cells so few, as of listed types, err by their table alone: it is finer. */
const MOST_LISTED = 64;
const LISTED_KNOTS = 1536;

/** Inputs are not sold at less than this share of their cost. */
const LEAST_MARKUP = 1 / 64;

/** 1, or less where what some have outside makes φ̄ > θ for others, who then use more than is efficient. */
const leastMarkupOf = ({ schedule: { value, servedValue, quality } }: ScaleToImplement): number =>
  value.reduce(
    (least, x, i) => (quality[i]! > 0 ? Math.min(least, Math.max(LEAST_MARKUP, x / servedValue[i]!)) : least),
    1,
  );

/**
 * Offers the direct menu as the study asks, to buyers who choose freely, cell by cell of the distribution of types.
 *
 * What it earns is what the direct menu does plus changes that are taken on the cells, so that errors of the cells cancel where nothing changes.
 */
export const implementAs = (
  implementation: IndirectImplementation,
  direct: DirectMenu,
  supply: EfficientSupply,
  scales: readonly ScaleToImplement[],
): ImplementationResult => {
  const offered = scales.map((scale): OfferedScale => {
    const highest = scale.cells.edges.at(-1)!;
    const knots = scale.cells.value.length > MOST_LISTED ? undefined : LISTED_KNOTS;
    const leastMarkup = leastMarkupOf(scale);
    return {
      ...scale,
      leastMarkup,
      table: surplusTable(supply, scale.scale, highest / leastMarkup, knots),
    };
  });
  return { kind: implementation, ...implementers[implementation].offer(direct, offered) };
};
