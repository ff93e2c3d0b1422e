export * from './cross-check/distribution-fault.ts';
export * from './cross-check/optimum-bracket.ts';
export { definePlugin, type PluginDeclaration, type ValueOf, type ValuesOf } from './define-plugin.ts';
export * from './distributions/conditional-distribution.ts';
export * from './distributions/copula.ts';
export * from './distributions/distribution.ts';
export { massSplits } from './distributions/mass-splits.ts';
export { representativeType } from './distributions/representative-index.ts';
export * from './distributions/representative-type.ts';
export * from './distributions/type-cells.ts';
export * from './distributions/type-integral.ts';
export * from './finite/certified-menu.ts';
export * from './finite/essential-types.ts';
export * from './finite/finite-problem.ts';
export * from './finite/finite-solver.ts';
export * from './finite/grid-served-values.ts';
export * from './finite/interior-point.ts';
export * from './finite/item-costs.ts';
export * from './finite/item-profiles.ts';
export * from './finite/jump-cost.ts';
export * from './finite/listed-chain.ts';
export * from './finite/made-profile.ts';
export * from './finite/observable-scale.ts';
export * from './finite/one-dimensional.ts';
export * from './finite/outside-option.ts';
export * from './finite/participation.ts';
export * from './finite/population-fallback.ts';
export * from './finite/population-menu.ts';
export * from './finite/population-offer.ts';
export * from './finite/population-rebate.ts';
export * from './finite/population-totals.ts';
export * from './finite/profile-cost.ts';
export * from './finite/profile-sales.ts';
export * from './finite/profile-types.ts';
export * from './finite/rival.ts';
export * from './finite/single-item.ts';
export * from './finite/solve-finite.ts';
export * from './finite/stop-reason.ts';
export { strictTransfers } from './finite/strict-transfers.ts';
export * from './finite/supplied-items.ts';
export * from './finite/two-types-proposal.ts';
export * from './finite/type-space.ts';
export * from './finite/value-scale-types.ts';
export * from './formula/compile-formula.ts';
export * from './formula/formula.ts';
export { substitute } from './formula/formula-algebra.ts';
export * from './formula/formula-derivative.ts';
export * from './formula/formula-kinks.ts';
export * from './formula/parse-formula.ts';
export * from './input-error.ts';
export * from './integration/extremes.ts';
export * from './integration/gauss-legendre.ts';
export * from './integration/quadrature.ts';
export * from './integration/root.ts';
export * from './limits.ts';
export * from './nearest-name.ts';
export * from './plain-text.ts';
export * from './plans/choices-among-types.ts';
export * from './plans/convex-choice.ts';
export * from './plans/exchanged-bundles.ts';
export * from './plans/plan.ts';
export * from './plans/plan-changes.ts';
export * from './plans/plan-offer.ts';
export * from './plans/plan-sales.ts';
export * from './plans/plan-utility.ts';
export * from './plans/settled-bundles.ts';
export * from './plugin.ts';
export * from './screening/audit.ts';
export * from './screening/bounded-rent.ts';
export * from './screening/certificate.ts';
export * from './screening/chain-menu.ts';
export * from './screening/chain-participation.ts';
export * from './screening/chain-problem.ts';
export {
  chainService,
  type Delivery,
  type Draw,
  type OutsideUse,
  outsideSupply,
} from './screening/chain-service.ts';
export type { ChainTotals } from './screening/chain-totals.ts';
export {
  type Condition,
  increasingVirtualValue,
  judged,
  nonincreasingMarkup,
} from './screening/conditions.ts';
export * from './screening/finite-types.ts';
export * from './screening/free-choice.ts';
export * from './screening/ironed-chain.ts';
export * from './screening/ironing.ts';
export { meanInputs } from './screening/mean-inputs.ts';
export * from './screening/menu-mixture.ts';
export * from './screening/promised-scales.ts';
export * from './screening/scale-menu.ts';
export type { ScaleProblem } from './screening/scale-problem.ts';
export type { Schedule } from './screening/scale-schedule.ts';
export * from './screening/served-value.ts';
export * from './screening/shadow-prices.ts';
export * from './screening/two-types.ts';
export { upperEnvelope } from './screening/upper-envelope.ts';
export * from './screening/value-scale.ts';
export * from './screening/virtual-value.ts';
export * from './supply/best-profile-supply.ts';
export * from './supply/best-supply.ts';
export * from './supply/concave/concave-supply.ts';
export {
  type ConvexCost,
  costStretches,
  requireConvex,
} from './supply/cost/convex-cost.ts';
export * from './supply/cost/convex-cost-supply.ts';
export * from './supply/cost/cost-form.ts';
export * from './supply/cost/cost-pieces.ts';
export * from './supply/cost/formula-cost.ts';
export * from './supply/cost/separable-production.ts';
export * from './supply/cost/task-costs.ts';
export * from './supply/cost-properties.ts';
export * from './supply/efficient-supply.ts';
export * from './supply/even-supply.ts';
export * from './supply/fixed-cost-supply.ts';
export * from './supply/guarded-minimization.ts';
export * from './supply/input.ts';
export * from './supply/minimizer.ts';
export * from './supply/newton/efficient-allocation.ts';
export * from './supply/numeric-profile-supply.ts';
export * from './supply/numeric-supply.ts';
export * from './supply/production-assumptions.ts';
export * from './supply/production-function.ts';
export * from './supply/profile-supply.ts';
export * from './supply/supply-by-index.ts';
export { supplyStart } from './supply/supply-start.ts';
export * from './supply/supply-task-by-task.ts';
export * from './supply/technology.ts';
export * from './supply/unbounded-input.ts';
export * from './tariffs/best-space-tariffs.ts';
export * from './tariffs/best-tariffs.ts';
export * from './tariffs/chain-demands.ts';
export * from './tariffs/demand.ts';
export * from './tariffs/maximum-spend.ts';
export * from './tariffs/space-demands.ts';
export * from './tariffs/space-tariffs.ts';
export * from './tariffs/surplus-table.ts';
export * from './tariffs/two-part-tariffs.ts';
export * from './tariffs/usage-terms.ts';
export * from './tiers/best-bundles.ts';
export * from './tiers/best-few-tariffs.ts';
export * from './tiers/best-partition.ts';
export * from './tiers/bundles.ts';
export type { FoundPlans, PlanForm, PlanSearch, PlanShape } from './tiers/plan-columns.ts';
export { searchPlans } from './tiers/plan-search.ts';
export * from './tiers/profile-bundles.ts';
export * from './tiers/pure-items.ts';
export * from './tiers/revenue-edges.ts';
export * from './tiers/settled-starts.ts';
export * from './tiers/surplus-lookup.ts';
export * from './tiers/tariff-cells.ts';
export * from './tiers/tariff-program.ts';
export * from './tiers/tariff-sales.ts';
