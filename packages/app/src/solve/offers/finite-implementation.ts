import type { CertifiedMenu, ProfileSupply, Totals } from '@menusmith/core';
import type { SpaceProblem } from '../../problem/screening-problem.ts';
import type { Study } from '../../study/study.ts';
import type { MenusByScale } from '../space/menus-by-scale.ts';
import { implementOnGrid } from './grid-implementation.ts';
import type { TypesOutside } from './outside-offers.ts';
import { implementOnSpace, itemsByType, type SpaceImplementation } from './space-implementation.ts';

/**
 * Sells the menu of a finite solve as the study asks; undefined where it asks for the direct menu. Scale by scale where those menus are the optimum, so that
 * the best tariffs are known; else type by type. Of types that stand for continuous buyers it says what the menu earns from the types.
 */
export const implementFinite = (
  { implementation, terms }: Study,
  finite: SpaceProblem,
  byScale: MenusByScale | undefined,
  supply: ProfileSupply,
  menu: CertifiedMenu,
  { grossValue, cost, rent }: Totals,
  outside?: TypesOutside,
): SpaceImplementation | undefined => {
  if (implementation === 'direct') return undefined;
  const profit = grossValue - rent - cost;
  const direct = { profit, consumerSurplus: rent, objective: terms.objective };
  const byType = (): SpaceImplementation =>
    implementOnSpace(
      implementation,
      direct,
      finite,
      supply,
      itemsByType(menu, finite.tasks.weights.length),
      outside,
    );
  const onGrid = byScale && implementOnGrid(implementation, terms.objective, finite.mass, byScale);
  const found = onGrid === undefined ? byType() : withBest(onGrid, byType);
  if (finite.population === undefined && finite.goods === undefined) return found;
  return { ...found, implementation: { ...found.implementation, ofGrid: { profit } } };
};

/** Where buyers take the best tariffs of another scale, and none of all scales is known, the best that a search finds. */
const withBest = (found: SpaceImplementation, byType: () => SpaceImplementation): SpaceImplementation => {
  const { implementation } = found;
  if (implementation.best !== undefined || !((implementation.deviatingShare ?? 0) > 0)) return found;
  const { best } = byType().implementation;
  return best === undefined ? found : { ...found, implementation: { ...implementation, best } };
};
