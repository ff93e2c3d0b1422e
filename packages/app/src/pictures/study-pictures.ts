import type { Solution } from '../solution.ts';
import type { Study } from '../study/study.ts';
import { menuCurves } from './menu-curves.ts';
import { menuPictures } from './menu-pictures.ts';
import type { Picture } from './picture.ts';
import { regionsPicture } from './study-regions.ts';

/**
 * All pictures that say something of this study, in the order in which they are best read. Pure, and fast enough to be made again whenever a
 * parameter moves.
 */
export const studyPictures = (study: Study, solution: Solution): readonly Picture[] => {
  const isEfficient = study.contract === 'efficient';
  const curves = menuCurves(study, solution);
  const regions = regionsPicture(study, solution);
  return [
    ...(regions ? [regions] : []),
    ...(curves ? menuPictures({ curves, pools: solution.result.pools, isEfficient }) : []),
  ];
};
