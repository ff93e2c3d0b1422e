import { root } from '../integration/root.ts';
import { type PointWithInputs, type ProfileSupply, pointWithInputs } from '../supply/profile-supply.ts';

/** Above any multiplier, where there are next to none of the low type. */
const ENDLESS = 1e9;

/**
 * Which constraints bind for two types (Prop. 2, completed; ERRATA S1).
 *
 * `full-surplus`: both participation constraints only. `high-incentive`: the high type's incentive and the low type's participation, as Prop. 2 has it.
 * `high-participation`: those two and the high type's participation as well, which the paper missed: no rent is left, yet the low type's item is distorted.
 */
export type TwoTypesRegime = 'full-surplus' | 'high-incentive' | 'high-participation';

export interface TwoTypesProblem {
  readonly values: readonly [Float64Array, Float64Array];
  readonly masses: readonly [number, number];
  /** Task weights ω. */
  readonly weights: Float64Array;
  readonly supply: ProfileSupply;
  /** κ, the weight of consumer surplus beside that of profit. */
  readonly surplusWeight?: number;
}

/** The optimal menu for two types. Pairs are in the order of the types given. */
export interface TwoTypesMenu {
  readonly regime: TwoTypesRegime;
  /** The type whose incentive constraint is violated at full extraction; where neither is, the one that pays more. */
  readonly high: 0 | 1;
  /** λ of φ_L = w_L − λ(w_H − w_L). */
  readonly lambda: number;
  readonly virtualValues: readonly [Float64Array, Float64Array];
  readonly items: readonly [PointWithInputs, PointWithInputs];
  readonly transfers: readonly [number, number];
  readonly rents: readonly [number, number];
  /** D(λ) = f_L S(φ_L) + f_H S(w_H): an upper bound for any λ in [0, (1 − κ) f_H/f_L]. */
  readonly upperBound: number;
  readonly firstBest: readonly [PointWithInputs, PointWithInputs];
}

const inner = (weights: Float64Array, a: Float64Array, b: Float64Array): number => {
  let sum = 0;
  for (let m = 0; m < weights.length; m++) sum += weights[m]! * a[m]! * b[m]!;
  return sum;
};

/**
 * Proposition 2 with its missing regime, for any technology.
 *
 * The high type is served efficiently, the low type as if her values were φ_L = w_L − λ(w_H − w_L) with λ = min{(1 − κ) f_H/f_L, λ*}. The high type's
 * rent ∫(w_H − w_L) q_L(λ) falls in λ, as S is convex; λ* is where it reaches zero: her participation binds from there on.
 */
export const twoTypesMenu = ({
  values,
  masses,
  weights,
  supply,
  surplusWeight = 0,
}: TwoTypesProblem): TwoTypesMenu => {
  const tasks = weights.length;
  const firstBest: [PointWithInputs, PointWithInputs] = [pointWithInputs(supply), pointWithInputs(supply)];
  supply.supply(values[0], weights, tasks, firstBest[0]);
  supply.supply(values[1], weights, tasks, firstBest[1]);
  const worth = (type: 0 | 1, item: PointWithInputs): number => inner(weights, values[type], item.quality);
  /** What `type` gains from the other's efficient item at the other's full price. */
  const temptation = (type: 0 | 1): number => {
    const other = type === 0 ? 1 : 0;
    return worth(type, firstBest[other]) - worth(other, firstBest[other]);
  };
  const tempted: 0 | 1 = temptation(0) > temptation(1) ? 0 : 1;
  const isFull = !(temptation(tempted) > 0);
  const high: 0 | 1 = isFull ? (worth(0, firstBest[0]) >= worth(1, firstBest[1]) ? 0 : 1) : tempted;
  const low: 0 | 1 = high === 0 ? 1 : 0;

  const [wHigh, wLow] = [values[high], values[low]];
  const difference = wHigh.map((w, m) => w - wLow[m]!);
  const virtual = new Float64Array(wLow.length);
  const lowItem = pointWithInputs(supply);
  const serveLow = (lambda: number): number => {
    for (let m = 0; m < virtual.length; m++) virtual[m] = wLow[m]! - lambda * difference[m]!;
    supply.supply(virtual, weights, tasks, lowItem);
    return inner(weights, difference, lowItem.quality);
  };
  const most = ((1 - surplusWeight) * masses[high]) / masses[low];
  let lambda = 0;
  let regime: TwoTypesRegime = 'full-surplus';
  if (!isFull) {
    regime = 'high-incentive';
    lambda = most;
    if (!Number.isFinite(most) || serveLow(most) < 0) {
      regime = 'high-participation';
      lambda = root(serveLow, 0, Number.isFinite(most) ? most : ENDLESS);
    }
  }
  const gain = serveLow(lambda);
  const rent = regime === 'high-incentive' ? Math.max(0, gain) : 0;
  const pair = <T>(ofHigh: T, ofLow: T): readonly [T, T] => (high === 0 ? [ofHigh, ofLow] : [ofLow, ofHigh]);
  return {
    regime,
    high,
    lambda,
    virtualValues: pair(Float64Array.from(wHigh), Float64Array.from(virtual)),
    items: pair(firstBest[high], lowItem),
    transfers: pair(worth(high, firstBest[high]) - rent, worth(low, lowItem)),
    rents: pair(rent, 0),
    upperBound: masses[low] * lowItem.surplus + masses[high] * firstBest[high].surplus,
    firstBest,
  };
};
