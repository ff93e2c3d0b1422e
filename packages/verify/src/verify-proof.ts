import { exactly, type Interval } from './interval.ts';
import type { Data } from './read-model.ts';
import { boundsOfContinuum, type ContinuumProof } from './verify-continuum.ts';
import { boundsOfListed, type ListedProof } from './verify-listed.ts';

/** What `solve --proof` writes: the study, a menu, flows, and amounts that make the bound tight; see the schema of the same name. */
export type Proof = (ListedProof | { readonly continuum: ContinuumProof }) & {
  readonly proof: 1;
  readonly study: Data;
  /** Money, in the study's units: what the menu attains of the objective, and a bound on every menu. */
  readonly claims: { readonly attainedObjective: number; readonly upperBound: number };
};

/** What holds, each between two numbers; the strings have fifty digits. */
export interface Verdict {
  readonly verified: boolean;
  readonly attainedProfit: readonly [lo: string, hi: string] | null;
  readonly attainedObjective: readonly [lo: string, hi: string] | null;
  readonly upperBound: readonly [lo: string, hi: string] | null;
  /** What is wrong, in sentences; none where the proof holds. */
  readonly violations: readonly string[];
  /** What the proof takes for granted. */
  readonly assumes: readonly string[];
}

/** Claims are printed to this share of themselves. */
const PRINTED = exactly('1e-9');

/**
 * Checks a proof from the study and the proof alone, in arithmetic of at least fifty digits with outward rounding: what the menu attains where every
 * type chooses freely among all items, whether the flows respect every type's budget, and what they bound every menu by (weak duality).
 */
export const verifyProof = (proof: Proof): Verdict => {
  try {
    const { profit, objective, bound, assumes } =
      'continuum' in proof
        ? boundsOfContinuum(proof.study, proof.continuum)
        : boundsOfListed(proof.study, proof);
    const [attained, most] = [exactly(proof.claims.attainedObjective), exactly(proof.claims.upperBound)];
    const room = (claim: Interval): Interval => PRINTED.times(claim.max(claim.negative));
    const isAttained = attained.minus(room(attained)).atMost(objective);
    const isBound = bound.atMost(most.plus(room(most)));
    const violations = [
      isAttained || `the menu attains ${objective.shown[0]}, and not the ${attained.shown[0]} claimed`,
      isBound || `the flows bound profit by ${bound.shown[1]}, and not by the ${most.shown[1]} claimed`,
    ].filter((each) => each !== true);
    return {
      verified: violations.length === 0,
      attainedProfit: profit.shown,
      attainedObjective: objective.shown,
      upperBound: bound.shown,
      violations,
      assumes,
    };
  } catch (error) {
    const violations = [error instanceof Error ? error.message : String(error)];
    const none = { attainedProfit: null, attainedObjective: null, upperBound: null };
    return { verified: false, ...none, violations, assumes: [] };
  }
};
