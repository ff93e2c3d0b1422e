import type { Distribution } from '../distributions/distribution.ts';
import type { EfficientSupply } from '../supply/efficient-supply.ts';
import type { ChainParticipation } from './chain-participation.ts';
import type { ChainService, OutsideUse } from './chain-service.ts';

/** One-dimensional screening where types have something without this menu. */
export interface ChainProblem {
  readonly types: Distribution;
  /** The seller's own supply. */
  readonly supply: EfficientSupply;
  /** Number of tasks; 1 unless said. */
  readonly scale?: number;
  /** κ ∈ [0, 1], the weight of consumer surplus per unit of that of profit; 0 unless said. */
  readonly surplusWeight?: number;
  /** u(θ): U(θ) ≥ u(θ). */
  readonly participation: ChainParticipation;
  /** What types have outside, where they are promised more; u unless said. */
  readonly elsewhere?: ChainParticipation;
  /** Who serves types that take u: nobody but the seller ('none', the default), or somebody else, whose product the seller resells or leaves them to. */
  readonly outside?: OutsideUse;
  /** The rival's supply, where u is what it leaves. */
  readonly rival?: EfficientSupply;
}

/** The same, with what serves the types. */
export interface Chain {
  readonly types: Distribution;
  readonly service: ChainService;
  readonly surplusWeight: number;
  readonly participation: ChainParticipation;
}

/**
 * How a stretch of types is served, γ(θ) being the multipliers of U ≥ u at θ and below (Jullien 2000).
 *
 * 'level': γ is constant, and types are served for φ̄ of φ = θ − (γ − (1 − κ)F)/f. 'slope': quality is u′(θ), at its least cost; U − u stays what it is.
 * 'fixed': one quality, at its least cost.
 */
export type Stretch =
  | { readonly kind: 'level'; readonly from: number; readonly to: number; readonly level: number }
  | { readonly kind: 'slope'; readonly from: number; readonly to: number }
  | { readonly kind: 'fixed'; readonly from: number; readonly to: number; readonly quality: number };

/** φ = θ − (γ − (1 − κ)F(θ))/f(θ). */
export const chainVirtualValue = (
  { types, surplusWeight }: Pick<Chain, 'types' | 'surplusWeight'>,
  type: number,
  level: number,
): number => {
  // In each tail the smaller of F and 1 − F is the accurate one.
  const most = 1 - surplusWeight;
  const below = types.cdf(type);
  const rents = below < 0.5 ? level - most * below : most * types.survival(type) - (most - level);
  if (rents === 0) return type;
  const density = types.density(type);
  return density === Number.POSITIVE_INFINITY ? type : type - rents / density;
};
