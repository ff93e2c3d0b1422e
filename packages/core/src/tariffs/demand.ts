import { root } from '../integration/root.ts';
import { type ProfileSupply, profilePoint } from '../supply/profile-supply.ts';

/** What a type takes at some prices. Buffers belong to the caller and are overwritten. */
export interface DemandPoint {
  /** S(d w), money. */
  surplus: number;
  /** ⟨w, q⟩, money. */
  worth: number;
  /** C(q) of what she takes, at cost. */
  cost: number;
}

/**
 * What a type takes of inputs at m times their costs: the efficient supply to d·w at the discount d = 1/m, as max_q ⟨w, q⟩ − m C(q) = m S(w/m)
 * (Lemma 3, for a whole value profile). Cost does not fall in d.
 */
export interface Demand {
  at(discount: number, out: DemandPoint): void;
  /** The discount at which she takes what costs so much; where quality jumps across it, the first at which it is no less. ∞ where none is found. */
  spending(cost: number): number;
}

export const demandPoint = (): DemandPoint => ({ surplus: 0, worth: 0, cost: 0 });

/** Discounts beyond this are not sought. */
const MOST_DISCOUNT = 2 ** 20;

/** Demand of one profile, computed anew each time. `unsolved` is told where supply was not solved. */
export const exactDemand = (
  supply: ProfileSupply,
  values: Float64Array,
  weights: Float64Array,
  unsolved: () => void,
): Demand => {
  const point = profilePoint(supply);
  const own = demandPoint();
  const scaled = new Float64Array(values.length);
  const at: Demand['at'] = (discount, out) => {
    for (let m = 0; m < values.length; m++) scaled[m] = discount * values[m]!;
    supply.supply(scaled, weights, values.length, point);
    if (!point.solved) unsolved();
    out.surplus = point.surplus;
    out.cost = point.cost;
    out.worth = (point.surplus + point.cost) / discount;
  };
  const costAt = (discount: number): number => {
    at(discount, own);
    return own.cost;
  };
  return {
    at,
    spending(cost) {
      let [from, to] = [0, 1];
      while (costAt(to) < cost) {
        [from, to] = [to, 2 * to];
        if (to > MOST_DISCOUNT) return Number.POSITIVE_INFINITY;
      }
      if (!(cost > 0)) return 0;
      const found = root((discount) => (discount > 0 ? costAt(discount) : 0) - cost, from, to);
      // The root is to the last bits; at a jump, from which side it came is chance.
      const above = found * (1 + 4 * Number.EPSILON);
      return costAt(found) >= cost || !(costAt(above) > cost * (1 + JUMP)) ? found : above;
    },
  };
};
/** Costs that differ by more than this, relatively, from one number to the next are those of a jump. */
const JUMP = 1e-6;
