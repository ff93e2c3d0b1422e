/*
 * The part of the package that runs in a browser: no files, no fonts, no binaries. What is exported here must not import from node:.
 */
export { withoutBeta } from '@menusmith/plugins/without-beta';
export { withoutCapacity } from './capacity/priced-study.ts';
export * from './composition-root.ts';
export * from './menu-table.ts';
export * from './pictures/figure-1.ts';
export * from './pictures/picture.ts';
export * from './pictures/regions.ts';
export * from './pictures/study-pictures.ts';
export type { TierItem } from './pictures/tariff-picture.ts';
export { requireSolvable } from './problem/honoured-terms.ts';
export * from './problem/named-buyers.ts';
export * from './problem/screening-problem.ts';
export * from './problem/sold-problem.ts';

export type { MadeFrom, Provenance } from './provenance/provenance.ts';
export * from './registry.ts';
export { capitalised } from './report/capitalised.ts';
export {
  boundWords,
  certificateLabels,
  certifiedOver,
  gridName,
  statusWords,
  statusWordsOf,
} from './report/certificate-words.ts';
export * from './report/condition-words.ts';
export * from './report/implementation-words.ts';
export { latexTable } from './report/latex-table.ts';
export * from './report/loss.ts';
export { modelWords } from './report/model-words.ts';
export * from './report/numbers.ts';
export * from './report/quoted.ts';
export { MOST_TASKS, soldItems } from './report/sold-items.ts';
export { sharedInputNames, sharedInputWords } from './report/study-inputs.ts';
export { objectiveName } from './report/terms-words.ts';
export { tierColumns } from './report/tier-columns.ts';
export { tariffTasks, tierBuyers } from './report/tier-words.ts';
export * from './result.ts';
export * from './solution.ts';
export * from './solve/solve-study.ts';
export * from './study/csv-table.ts';
export { checkSupply } from './study/fitting-parts.ts';
export * from './study/located-input-error.ts';
export * from './study/study.ts';
export * from './study/study-from-text.ts';
export * from './study/terms.ts';
export * from './study/units.ts';
export type { FewTiers } from './tiers/few-tiers.ts';
export type { OfferedTiers } from './tiers/offered-tiers.ts';
export type * from './tiers/tiers-result.ts';

/** The standard distribution that `withoutBeta` lacks. */
export const loadBeta = async () => (await import('@menusmith/plugins/distributions/beta')).beta;

/** Menus of few tiers, and what tiers sell at other prices: loaded when somebody asks for them. */
export const loadTiers = async () => {
  const [few, offered] = await Promise.all([
    import('./tiers/few-tiers.ts'),
    import('./tiers/offered-tiers.ts'),
  ]);
  return { ...few, ...offered };
};

/** What writes into a file by what it was made: loaded when somebody saves one. */
export const loadMarks = async () => {
  const [made, texts, pictures] = await Promise.all([
    import('./provenance/provenance.ts'),
    import('./provenance/marked-text.ts'),
    import('./provenance/marked-png.ts'),
  ]);
  return { provenanceOf: made.provenanceOf, markedText: texts.markedText, markedPng: pictures.markedPng };
};
