import type { ChainParticipation } from '../screening/chain-participation.ts';
import type { LeastCost, MadeProfile } from './made-profile.ts';
import type { PopulationMenu } from './population-menu.ts';

/** What is made for a buyer: a quality profile on blocks of tasks, and how. */
export interface MadeItem extends MadeProfile {
  readonly weights: Float64Array;
  readonly quality: Float64Array;
  /** What of each input is used, by name, where that does not follow from φ: under a plan buyers choose for themselves. */
  readonly inputs?: Readonly<Record<string, number>>;
}

/** Chances up to which a model's are none. */
const NO_CHANCE = 1e-6;

/** Whether an item is a lottery between models. */
export const isLottery = ({ shares }: Pick<MadeProfile, 'shares'>): boolean =>
  shares.some((share) => share > NO_CHANCE && share < 1 - NO_CHANCE);

/**
 * What a buyer has who takes none of a menu's items: something elsewhere, of which the seller has nothing; or an item of her promise, U = u, by which she gets u′ in
 * quality on all of her tasks and pays w·u′ − u.
 */
export type Fallback =
  | { readonly kind: 'elsewhere' }
  | {
      readonly kind: 'promised';
      /** u′: ∫ q over her tasks. */
      readonly quality: number;
      readonly transfer: number;
      /** What she makes of a plan that stays on sale, and leaves her as much. */
      readonly plan?: MadeItem;
    };

/** What buyers of one scale have without the menu's items: u(w), convex, and what it comes of. */
export interface ScaleFallback extends ChainParticipation {
  /** Undefined where a value has nothing. */
  of(value: number): Fallback | undefined;
}

export type FallbackAt = (scale: number) => ScaleFallback;

/** What a buyer ends with who falls back. */
export interface FallbackItem {
  readonly takes: 'menu' | 'outside' | 'kept';
  readonly transfer: number;
  /** Undefined where the seller makes nothing for her. */
  readonly made?: MadeItem;
  readonly solved: boolean;
}

const NOTHING: FallbackItem = { takes: 'menu', transfer: 0, solved: true };
const ELSEWHERE: FallbackItem = { takes: 'outside', transfer: 0, solved: true };
/** A plan that costs the seller more than an item in its place by no more than this share of what is paid is as good: costs are known to less. */
const AS_GOOD = 1e-6;

/**
 * The item with which a buyer has what she is promised. Nobody else gains by it: whoever can do with it what she does can do so under her own promise.
 * A plan that stays on sale is what she keeps, unless the same quality can be made at less than what she uses under it costs: then she is offered that at the plan's payment, and the tie is the seller's.
 */
export const fallbackItem = (
  fallback: Fallback | undefined,
  { value, scale }: { readonly value: number; readonly scale: number },
  costOf: LeastCost,
): FallbackItem => {
  if (fallback === undefined) return NOTHING;
  if (fallback.kind === 'elsewhere') return ELSEWHERE;
  const { quality, transfer, plan } = fallback;
  if (!(quality > 0 && scale > 0)) {
    const kept = plan ? { takes: 'kept' as const, made: plan } : { takes: 'menu' as const };
    return { ...kept, transfer, solved: true };
  }
  const [weights, even, served] = [
    Float64Array.of(scale),
    Float64Array.of(quality / scale),
    Float64Array.of(value),
  ];
  const least = costOf(even, weights, served);
  if (plan && !(least && least.cost < plan.cost - AS_GOOD * Math.max(transfer, plan.cost)))
    return { takes: 'kept', transfer, made: plan, solved: Number.isFinite(plan.cost) };
  if (!least) return { takes: 'menu', transfer, solved: false };
  return { takes: 'menu', transfer, made: { ...least, weights, quality: even }, solved: true };
};

/** What a grid's items leave above u, as a share of the largest transfer, and how far off u′ their quality may be, relative to it, where U = u. */
const ABOVE = 1e-4;
const BESIDE = 0.03;

/** A menu without the items that are buyers' promises over again, but for the grid's error: these buyers have the promise itself. */
export const withoutPromised = (
  menu: PopulationMenu,
  values: { readonly max: number },
  fallbackAt: FallbackAt,
): PopulationMenu => {
  const { scales, perScale, starts, transfers, costs, quality } = menu;
  const levels = scales.length;
  const money = transfers.reduce((most, transfer) => Math.max(most, transfer), 0);
  const own = { ...menu, quality: quality.slice(), transfers: transfers.slice(), costs: costs.slice() };
  scales.forEach((scale, l) => {
    const { utility, slope, of } = fallbackAt(scale);
    for (let f = 0; f < perScale; f++) {
      const k = l * perScale + f;
      const start = starts[k]!;
      const end = f + 1 < perScale ? starts[k + 1]! : values.max;
      let total = 0;
      for (let m = 0; m < levels; m++)
        total += (scales[m]! - (scales[m - 1] ?? 0)) * quality[k * levels + m]!;
      const middle = (start + end) / 2;
      const promised = of(middle);
      if (promised?.kind !== 'promised' || !(total > 0 && promised.quality > 0)) continue;
      if (Math.abs(total - slope(middle)) > BESIDE * total) continue;
      if ([start, end].some((w) => w * total - transfers[k]! - utility(w) > ABOVE * money)) continue;
      own.quality.fill(0, k * levels, (k + 1) * levels);
      own.transfers[k] = 0;
      own.costs[k] = 0;
    }
  });
  return own;
};
