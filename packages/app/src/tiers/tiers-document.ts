import { tierSheets } from '../sheet/tier-sheet.ts';
import type { Study } from '../study/study.ts';
import type { TiersResult } from './tiers-result.ts';

/** What `tiers --json` prints: one menu's numbers stand in the document itself, those of a range in a list, `menus`; price sheets stand beside them where the study has units. */
export const tiersDocument = (result: TiersResult, study: Study, isRange: boolean): object => {
  const { menus, ...common } = result;
  const [first] = menus;
  const document = isRange || first === undefined ? { ...common, menus } : { ...common, ...first };
  // The numbers stay in the study's units.
  return study.units === undefined ? document : { ...document, sheets: tierSheets(result, study) };
};
