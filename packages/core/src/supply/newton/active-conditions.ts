/** Which first-order conditions hold with equality: those of served tasks and of shared inputs strictly between their bounds. */
export interface ActiveConditions {
  /** Where each shared input stands: 0 at zero, 1 free, 2 at its cap. */
  readonly sharedStates: Uint8Array;
  /** 1 for task inputs of which a served task uses none: their marginal product is below cost even at zero. Task by task. */
  readonly unused: Uint8Array;
  /** φ of each served task, 0 of the others. */
  readonly served: Float64Array;
  /** 1 for tasks that get nothing: φ ≤ 0, or a marginal product at zero too small to pay (ERRATA S6). */
  readonly unserved: Uint8Array;
}
