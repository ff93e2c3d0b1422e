import type { Study } from '../study/study.ts';
import { keptMarket } from './kept-market.ts';
import type { Market } from './market.ts';
import { plainMarket } from './plain-market.ts';

/** The market of a study; of buyers of one scale where that is asked for. Throws InputError where no one menu is sold to them. */
export const marketOf = (study: Study, scale: number | undefined): Market =>
  (study.terms.keep === undefined ? plainMarket : keptMarket)(study, scale);
