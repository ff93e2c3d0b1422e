/*
 * The part of the package that runs anywhere, for other programs: no files, no fonts, no binaries. The page takes browser.ts, which loads less.
 */
export * from './browser.ts';
export * from './check-study.ts';
export type { PictureStyle } from './pictures/picture-style.ts';
export { renderSvg } from './pictures/render-svg.ts';
export { type Customers, customersIn } from './plans/customers.ts';
export * from './plans/evaluate-menu.ts';
export { readPlans } from './plans/menu-file.ts';
export type { OpenPlans } from './plans/open-plans.ts';
export * from './plans/sold-menu.ts';
export { declarationFault } from './plugin/declared-plugin.ts';
export { type AskedBuyer, givenBuyers, quotedBuyers } from './problem/asked-buyers.ts';
export { type ProofDocument, proofDocument } from './proof/proof-document.ts';
export {
  type FileHashes,
  type GivenContent,
  provenanceOf,
  sha256,
} from './provenance/provenance.ts';
export { requireOptions } from './requests/call-options.ts';
export { describeValue } from './study/describe-value.ts';
export { jsonData } from './study/json-data.ts';
export { fieldPath, type StudySetting } from './study/study-settings.ts';
export * from './sweep/sweep.ts';
export { findingMenus } from './tiers/finding-menus.ts';
export type { Rounding } from './tiers/shown-amounts.ts';
export { certifiedTiers } from './tiers/tiers-so-far.ts';
