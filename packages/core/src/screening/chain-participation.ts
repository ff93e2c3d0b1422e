import { root } from '../integration/root.ts';
import type { EfficientSupply } from '../supply/efficient-supply.ts';
import { supplyPoint } from '../supply/efficient-supply.ts';

/**
 * What a type has who takes nothing of this menu, u(θ): U(θ) ≥ u(θ) for every menu. It may rise or fall.
 *
 * Where u is convex it is a maximum of tangents u(k) + (θ − k)u′(k), so that it is what an item of quality u′(k) leaves at the price k u′(k) − u(k): every such
 * outside option is a tariff, with qualities below 0 where it falls.
 */
export interface ChainParticipation {
  /** u(θ), money. */
  utility(type: number): number;
  /** u′(θ), quality; at a kink the derivative from the right. */
  slope(type: number): number;
  /** Interior types where u′ jumps or bends, ascending. */
  readonly breakpoints: readonly number[];
  /** False where u is not convex on the support of the types: it is then what each type has of her own, and no tariff. */
  readonly isConvex?: boolean;
}

/** u(w; s) at a scale, convex in w: what its buyers have who take nothing of a menu. */
export type ScaleParticipation = (scale: number) => ChainParticipation;

/** Nobody has anything elsewhere. */
export const noParticipation: ChainParticipation = { utility: () => 0, slope: () => 0, breakpoints: [] };

/** What buyers have who buy as much as they like from a rival, by his production at his prices: u(θ) = S(θ), u′ = Q(θ). */
export const rivalParticipation = (
  rival: EfficientSupply,
  types: { readonly min: number; readonly max: number },
  scale = 1,
): ChainParticipation => {
  const point = supplyPoint(rival.inputs.length);
  const at = (type: number): typeof point => {
    rival.supply(type, scale, point);
    return point;
  };
  return {
    utility: (type) => at(type).surplus,
    slope: (type) => at(type).quality,
    breakpoints: rival.kinks(scale, types.max).filter((type) => type > types.min && type < types.max),
  };
};

/** Places between which one of two options passes the other once. */
const PLACES = 256;

/** The better of two options; convex where both are. */
export const betterParticipation = (
  a: ChainParticipation,
  b: ChainParticipation,
  { min, max }: { readonly min: number; readonly max: number },
): ChainParticipation => {
  const lead = (type: number): number => a.utility(type) - b.utility(type);
  const even = Array.from({ length: PLACES + 1 }, (_, i) => min + ((max - min) * i) / PLACES);
  const kinks = [...a.breakpoints, ...b.breakpoints];
  const places = [...even, ...kinks].sort((x, y) => x - y);
  const crossings = places.slice(1).flatMap((high, i) => {
    const low = places[i]!;
    return lead(low) > 0 !== lead(high) > 0 ? [root(lead, low, high)] : [];
  });
  const breakpoints = [...new Set([...kinks, ...crossings])].filter((type) => type > min && type < max);
  return {
    utility: (type) => Math.max(a.utility(type), b.utility(type)),
    slope: (type) => {
      const ahead = lead(type);
      if (ahead === 0) return Math.max(a.slope(type), b.slope(type));
      return ahead > 0 ? a.slope(type) : b.slope(type);
    },
    breakpoints: breakpoints.sort((x, y) => x - y),
    isConvex: a.isConvex !== false && b.isConvex !== false,
  };
};

const SAMPLES = 400;
/** What rounding may take from a slope, relative to the largest. */
const ROUNDING = 1e-9;

/** Where u is not convex on [min, max], or no number: the first such type of a sample; undefined where it is convex. */
export const participationFault = (
  { utility, slope, breakpoints }: ChainParticipation,
  { min, max }: { readonly min: number; readonly max: number },
): { readonly type: number; readonly fault: 'no number' | 'not convex' } | undefined => {
  const even = Array.from({ length: SAMPLES + 1 }, (_, i) => min + ((max - min) * i) / SAMPLES);
  const types = [...even, ...breakpoints].sort((a, b) => a - b);
  let last: number | undefined;
  let bent: number | undefined;
  for (const type of types) {
    const rise = slope(type);
    if (!Number.isFinite(utility(type)) || Number.isNaN(rise)) return { type, fault: 'no number' };
    const slack = ROUNDING * Math.max(Math.abs(rise), Math.abs(last ?? 0));
    // A root has no slope where it starts.
    const isBent =
      (type === min && rise === Number.POSITIVE_INFINITY) || (last !== undefined && !(rise >= last - slack));
    if (isBent) bent ??= type;
    last = rise;
  }
  return bent === undefined ? undefined : { type: bent, fault: 'not convex' };
};
