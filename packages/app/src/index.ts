export { standardPlugin } from '@menusmith/plugins';
export * from './check-study.ts';
export * from './composition-root.ts';
export * from './laws/copula-laws.ts';
export * from './laws/cost-function-laws.ts';
export * from './laws/distribution-laws.ts';
export { type EntryOf, entryLaws } from './laws/entry-laws.ts';
export { type Comparison, type Law, type Verdict, verdictOn } from './laws/law.ts';
export type { EntryLaws, LawExample, LawResult } from './laws/law-results.ts';
export * from './laws/minimizer-laws.ts';
export * from './laws/production-function-laws.ts';
export * from './laws/production-subject.ts';
export * from './laws/solver-laws.ts';
export * from './load-plugin.ts';
export * from './menu-table.ts';
export * from './paper/aggregates.ts';
export * from './paper/closed-form.ts';
export * from './paper/closed-form-supply.ts';
export { type Erratum, type ErratumClass, errata } from './paper/errata.ts';
export * from './paper/errata-document.ts';
export type { Formula, MenuContract, Point, SolvedSetting } from './paper/formula.ts';
export * from './paper/replicate.ts';
export type { Place, Statement } from './paper/statements/statement.ts';
export { statements } from './paper/statements/statements.ts';
export * from './paper/uniform-symmetric-study.ts';
export {
  type JudgedNumbers,
  type Relation,
  type ReplicationVerdict,
  replicationVerdict,
  type StatedAs,
} from './paper/verdict.ts';
export * from './pictures/figure-1.ts';
export { layoutOf, type Picture } from './pictures/picture.ts';
export * from './pictures/regions.ts';
export * from './pictures/render.ts';
export * from './pictures/study-pictures.ts';
export * from './registered-entries.ts';
export * from './registry.ts';
export * from './report/condition-words.ts';
export { latexTable } from './report/latex-table.ts';
export * from './report/numbers.ts';
export { type DrawnPicture, type Report, type ReportOrigin, reportPage } from './report/report-page.ts';
export { tierBuyers } from './report/tier-words.ts';
export * from './result.ts';
export * from './sensitivity/find-sensitivity.ts';
export * from './sensitivity/sensitivity-result.ts';
export * from './sensitivity/sensitivity-table.ts';
export * from './sensitivity/tornado.ts';
export { analyzeSheet } from './sheet/analyze-sheet.ts';
export * from './sheet/price-list.ts';
export * from './sheet/read-sheet.ts';
export * from './sheet/sheet-result.ts';
export * from './sheet/tier-sheet.ts';
export * from './sheet/tier-sheet-text.ts';
export * from './solution.ts';
export * from './solve/solve-study.ts';
export { csvFilesBeside } from './study/csv-file.ts';
export * from './study/located-input-error.ts';
export * from './study/parse-study.ts';
export * from './study/read-study.ts';
export * from './study/study.ts';
export * from './study/study-from-text.ts';
export * from './study/units.ts';
export * from './tiers/best-tiers.ts';
export * from './tiers/few-tiers.ts';
export * from './tiers/offered-tiers.ts';
export { tierCounts } from './tiers/tier-count.ts';
export * from './tiers/tiers-result.ts';
