import { namedBuyers } from '../problem/named-buyers.ts';
import { hasMenu, menuStudy, type Solution } from '../solution.ts';
import type { Study } from '../study/study.ts';
import { constraintGraph } from './constraint-graph.ts';
import { finitePictures } from './finite-pictures.ts';
import { itemPlane } from './item-plane.ts';
import { type MenuCurves, menuCurves } from './menu-curves.ts';
import { menuPictures } from './menu-pictures.ts';
import type { Picture } from './picture.ts';
import { isExcludedBy, listedRegions, regionBoundariesOf, regionsPicture } from './study-regions.ts';
import { pricesOfTypes, type TierItem, tariffPicture } from './tariff-picture.ts';
import { taskQuality } from './task-quality.ts';

/**
 * All pictures that say something of this study, in the order in which they are best read; with the items of a small menu on the tariff where they
 * are given. Pure, and fast enough to be made again whenever a parameter moves.
 */
export const studyPictures = (
  asked: Study,
  solution: Solution,
  tiers: readonly TierItem[] = [],
): readonly Picture[] => {
  if (!hasMenu(solution)) return [];
  const study = menuStudy(asked, solution);
  const isEfficient = study.contract === 'efficient';
  const { pools, conditions } = solution.result;
  const curves = menuCurves(study, solution);
  const boundaries = regionBoundariesOf(study, solution);
  const regions =
    regionsPicture(study, boundaries, solution.result.method === 'finite') ??
    listedRegions(study, solution.result);
  return [
    ...(regions ? [regions] : []),
    ...itemPlane(study, solution.result),
    ...(curves ? menuPictures({ curves, pools, conditions, isEfficient }) : []),
    ...tariffOf(study, solution, curves, tiers),
    ...(namedBuyers(study.buyers).kind === 'list' ? finitePictures(study, solution) : []),
    ...taskQuality(study, solution),
    ...constraintGraph(study, solution.result, isExcludedBy(boundaries)),
  ];
};

/** The picture of the tariff alone, for when only the items of the small menu have moved. */
export const studyTariff = (
  asked: Study,
  solution: Solution,
  tiers: readonly TierItem[],
): readonly Picture[] => {
  if (!hasMenu(solution)) return [];
  const study = menuStudy(asked, solution);
  return tariffOf(study, solution, menuCurves(study, solution), tiers);
};

const tariffOf = (
  study: Study,
  { result }: Solution,
  curves: MenuCurves | undefined,
  tiers: readonly TierItem[],
): readonly Picture[] => {
  if (study.contract === 'efficient') return [];
  if (curves !== undefined) return tariffPicture(curves, tiers);
  return namedBuyers(study.buyers).kind === 'list' ? pricesOfTypes(study, result, tiers) : [];
};
