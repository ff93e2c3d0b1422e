import { type Picture, studyPictures } from '@menusmith/app/portable';
import { type Solution, solvedBehind } from './solve.ts';
import { openedStudy } from './study.ts';

/** The pictures of a solution, as Vega-Lite specifications, in the order in which they are best read; `renderSvg` draws one. */
export const pictures = (solution: Solution): readonly Picture[] => {
  const found = solvedBehind(solution);
  return studyPictures(openedStudy(solution.study).study, found);
};
