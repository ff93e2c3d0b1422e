export * from './aggregates.ts';
export * from './closed-form.ts';
export * from './closed-form-picture.ts';
export * from './closed-form-supply.ts';
export { type Erratum, type ErratumClass, errata } from './errata.ts';
export * from './errata-document.ts';
export type { Formula, MenuContract, Point, SolvedSetting } from './formula.ts';
export * from './replicate.ts';
export type { Place, Statement } from './statements/statement.ts';
export { statements } from './statements/statements.ts';
export * from './uniform-symmetric-study.ts';
export {
  type JudgedNumbers,
  type Relation,
  type ReplicationVerdict,
  replicationVerdict,
  type StatedAs,
} from './verdict.ts';
