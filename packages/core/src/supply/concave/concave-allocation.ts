/** Amounts of inputs for one task of value φ and weight s, with proof of how good they are for concave v. */
export interface ConcaveAllocation {
  /** Amounts of task inputs, then of shared ones. */
  readonly amounts: Float64Array;
  /** v at the amounts. */
  readonly quality: number;
  /** No amounts earn more than s·φ·gap beyond these; ∞ where that is not known. */
  readonly gap: number;
  /** The largest |v| met with: a gap that is rounding beside it is none. */
  readonly size: number;
}

/** The best amounts at (φ, s), both positive. */
export type ConcaveAllocator = (value: number, scale: number) => ConcaveAllocation;
