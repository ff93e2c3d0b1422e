/*
 * Menusmith from a program, in Node and in browsers: what the commands do, one function each.
 */
export type {
  AskedBuyer,
  Cell,
  Coordinates,
  Evaluation,
  MenuDocument as Menu,
  MenuTable,
  Picture,
  PictureStyle,
  PlanKind,
  Provenance,
  Rounding,
  StudyCheck,
  TierMenu,
  TierResult,
  TiersResult,
  TypeResult,
} from '@menusmith/app/portable';
export { renderSvg } from '@menusmith/app/portable';
export type {
  Copula,
  CopulaEntry,
  CostFunctionEntry,
  Distribution,
  DistributionEntry,
  EfficientSupply,
  FiniteSolver,
  InputNames,
  Minimizer,
  MinimizerEntry,
  Plan,
  Plugin,
  PluginDeclaration,
  ProductionFunction,
  ProductionFunctionEntry,
  SolverEntry,
  ValueOf,
  ValuesOf,
} from '@menusmith/core';
export { definePlugin, InputError } from '@menusmith/core';
export { standardPlugin } from '@menusmith/plugins';
export { check } from './check.ts';
export { type Customer, type EvaluateOptions, evaluate } from './evaluate.ts';
export { type GivenTexts, parseStudy } from './parse-study.ts';
export { pictures } from './pictures.ts';
export type { RunOptions, RunProgress } from './run-steps.ts';
export {
  type EfficientTotals,
  type MenuTotals,
  type Result,
  type Solution,
  type SolveOptions,
  solve,
  type UnknownTotals,
} from './solve.ts';
export { type Made, type ParseOptions, type Study, withFields } from './study.ts';
export { type SweepOptions, type SweepRow, sweep } from './sweep.ts';
export { menuOf, type TiersOptions, tiers } from './tiers.ts';
