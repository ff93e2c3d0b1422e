import type { Technology } from '../technology.ts';
import type { ActiveSet } from './active-set.ts';
import { lineSearch } from './line-search.ts';
import { copyConditions, type MarginalConditions } from './marginal-conditions.ts';
import type { MarginalEvaluator } from './marginal-evaluator.ts';
import type { NewtonSystem } from './newton-system.ts';
import { ACCEPTABLE, residualLevels } from './residual-levels.ts';

/** A step that leaves more than this share of the residual has outrun its factored system. */
const CONTRACTING = 1e-2;

/** What a solve works on: conditions where it stands and where it tries, which of them are in force, and their linear system. */
export interface NewtonIterate {
  readonly state: MarginalConditions;
  readonly trial: MarginalConditions;
  readonly active: ActiveSet;
  readonly system: NewtonSystem;
}

/** Moves the state on at the given task weights, or prepares for it; false where the residual and the profit stay as they are. */
export type NewtonIteration = (weights: Float64Array, residual: number) => boolean;

/**
 * One iteration on the first-order conditions: Newton's step with the system as it is factored, else a shared input held at its bound, else
 * Newton's step with exact elasticities, else each input in the direction in which its marginal product exceeds its cost.
 *
 * The system changes little between solves: it is made anew only where it stops contracting the residual.
 */
export const newtonIteration = (
  technology: Technology,
  { evaluate, differentiate }: MarginalEvaluator,
  { state, trial, active, system }: NewtonIterate,
): NewtonIteration => {
  const { served } = active;
  const { rounding } = residualLevels(technology);
  const search = lineSearch(technology, evaluate, state, trial, active);
  const pushToBound = boundPush(technology, evaluate, { state, trial, active, system });
  // Perfect substitutes make the system singular, and then it is factored with exact elasticities from the start.
  let isDegenerate = false;

  const stepByNewton = (weights: Float64Array, residual: number): boolean => {
    system.solve(state.residuals, search.step);
    return search.advance(weights, residual);
  };

  const stepSharply = (weights: Float64Array, residual: number): boolean => {
    differentiate(state, served, 8);
    const isFactored = system.factor(state, active, true);
    const advanced = isFactored && stepByNewton(weights, residual);
    // A step from next to rounding may help by chance.
    if (isFactored && residual > ACCEPTABLE) isDegenerate = advanced;
    system.discard();
    return advanced;
  };

  const stepByInput = (weights: Float64Array, residual: number): boolean => {
    search.ascendByInput();
    if (!search.advance(weights, residual)) return false;
    search.lengthen(weights);
    return true;
  };

  /** Takes the trial, and leaves conditions out that it shows to be out of force. */
  const adoptTrial = (weights: Float64Array): void => {
    copyConditions(trial, state);
    const isHeld = active.holdAtBounds(state);
    const isDropped = active.dropTasks(state);
    if (!isHeld && !isDropped) return;
    system.discard();
    evaluate(state, weights, served);
  };

  return (weights, residual) => {
    const isReused = system.isFactored();
    if (!isReused) {
      differentiate(state, served, isDegenerate ? 8 : 1);
      system.factor(state, active, isDegenerate);
    }
    let advanced = false;
    if (system.isFactored()) {
      advanced = stepByNewton(weights, residual);
      // Below rounding no step contracts, and the system is none the worse for it.
      const hasOutrun = !(advanced && active.norm(trial) < CONTRACTING * residual);
      if (hasOutrun && residual > rounding) system.discard();
      // The next step is with a system made anew.
      if (!advanced && isReused && residual > rounding) return true;
    }
    if (!advanced && pushToBound(weights)) return true;
    if (!advanced && residual > rounding && !isDegenerate) advanced = stepSharply(weights, residual);
    if (!advanced && residual > ACCEPTABLE) advanced = stepByInput(weights, residual);
    if (!advanced) return false;
    adoptTrial(weights);
    return true;
  };
};

/**
 * Holds a free shared input at the bound that its residual points to, if the residual still points there at the bound: where its marginal product
 * does not fall, nothing in between meets the condition. True if one was held.
 */
const boundPush = (
  technology: Technology,
  evaluate: MarginalEvaluator['evaluate'],
  { state, trial, active, system }: NewtonIterate,
): ((weights: Float64Array) => boolean) => {
  const { taskCount, sharedCount, max } = technology;
  const { converged } = residualLevels(technology);
  const { sharedStates, served } = active;
  const sharedAt = state.tasks * taskCount;
  return (weights) => {
    for (let k = 0; k < sharedCount; k++) {
      const r = state.residuals[sharedAt + k]!;
      const cap = max[taskCount + k]!;
      const bound = r > 0 ? cap : 0;
      if (sharedStates[k] !== 1 || !(Math.abs(r) > converged && bound < Number.POSITIVE_INFINITY)) continue;
      trial.logX.set(state.logX);
      trial.z.set(state.z);
      trial.z[k] = bound;
      evaluate(trial, weights, served);
      if (!(trial.residuals[sharedAt + k]! * r > 0)) continue;
      copyConditions(trial, state);
      sharedStates[k] = r > 0 ? 2 : 0;
      system.discard();
      return true;
    }
    return false;
  };
};
