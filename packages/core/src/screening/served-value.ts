/**
 * The value as which each type is served: a nondecreasing function ψ of the type on [min, max].
 *
 * The seller serves type w efficiently for ψ(w). With ψ(w) = w the allocation is efficient; with ψ = φ̄, the ironed
 * virtual value, it is optimal (Prop. 4, 5). Everything that integrates over types asks for no more than this.
 */
export interface ServedValue {
  readonly min: number;
  readonly max: number;
  /** Interior points where ψ or the density of types is not smooth, ascending. */
  readonly breakpoints: readonly number[];
  /** ψ(x). */
  at(x: number): number;
  /** inf { x : ψ(x) > level }, or max where there is none. */
  cutoff(level: number): number;
}

/** ψ(x) = x: everybody is served efficiently. */
export const trueValue = (of: {
  readonly min: number;
  readonly max: number;
  readonly breakpoints: readonly number[];
}): ServedValue => ({
  min: of.min,
  max: of.max,
  breakpoints: of.breakpoints,
  at: (x) => x,
  cutoff: (level) => Math.min(of.max, Math.max(of.min, level)),
});
