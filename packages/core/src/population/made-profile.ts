import { mixedRank, mixedSupply } from '../finite/mixed-supply.ts';
import { OUTSIDE } from '../finite/outside-option.ts';
import { type CostForm, hasJumps } from '../supply/cost/cost-form.ts';
import {
  type CurvedPoint,
  curvedPoint,
  type ProfileModel,
  type ProfilePoint,
  type ProfileSupply,
  profilePoint,
} from '../supply/profile-supply.ts';
import { profileCost } from './profile-cost.ts';

/** What of an item is a rival's product, which the seller resells at its price. */
export interface Resold {
  readonly quality: Float64Array;
  readonly cost: number;
}

/** How a quality profile is made: by one model or by a lottery between several, of which the profile is the expectation. */
export interface MadeProfile {
  /** Expected, what is resold included; money. */
  readonly cost: number;
  readonly sharedCost: number;
  /** The chance of each model; 1 alone where there is no choice. */
  readonly shares: Float64Array;
  /** φ for which every model that has a chance supplies it. */
  readonly served: Float64Array;
  readonly resold?: Resold;
}

/** The least cost of a quality profile on blocks of tasks, looked for from φ and chances near these; undefined where it could not be found. */
export type LeastCost = (
  quality: Float64Array,
  weights: Float64Array,
  served: Float64Array,
  shares?: Float64Array,
) => MadeProfile | undefined;

/** Surpluses of the models of a lottery differ by no more than this share of what is made. */
const EVEN = 1e-6;
const MOST_MOVES = 12;
const MOST_STEPS = 40;

/**
 * Least costs of profiles. With several models they are lotteries between these, or, without `lotteries`, whichever of the seller's own models makes the
 * profile at the least cost. The model called `OUTSIDE` is a rival's.
 */
export const leastCosts = (
  supply: ProfileSupply,
  form: CostForm | undefined,
  lotteries = true,
  enough?: number,
): LeastCost => {
  const { models } = supply;
  if (models === undefined || (form !== undefined && hasJumps(form)))
    return bySupply(supply, form, enough, 1, 0);
  const own = models.filter(({ name }) => name !== OUTSIDE);
  if (lotteries && models.length > 1) return byLotteries(models, enough);
  const each = own.map((model, l) => bySupply(model.supply, form, enough, models.length, l));
  return (quality, weights, served) => {
    let best: MadeProfile | undefined;
    for (const costOf of each) {
      const made = costOf(quality, weights, served);
      if (made && !(made.cost >= (best?.cost ?? Number.POSITIVE_INFINITY))) best = made;
    }
    return best;
  };
};

const bySupply = (
  supply: ProfileSupply,
  form: CostForm | undefined,
  enough: number | undefined,
  count: number,
  model: number,
): LeastCost => {
  const costOf = profileCost(supply, form, enough);
  const point = curvedPoint(supply);
  const shares = new Float64Array(count);
  shares[model] = 1;
  return (quality, weights, near) => {
    const served = near.slice();
    if (!costOf(quality, weights, weights.length, served, point)) return undefined;
    const { cost, sharedCost } = point;
    return { cost, sharedCost, shares, served };
  };
};

/**
 * C̃(q) = max over φ of ⟨φ, q⟩ − max_l S_l(φ) = min over chances π of g(π), g(π) = max over φ of ⟨φ, q⟩ − Σ π_l S_l(φ), the cost of q by a lottery with these
 * chances. g is convex with ∂g/∂π_l = −S_l: chances go from the model with the least surplus to the one with the most, until all that have some are even. Whatever
 * is left between them, g(π) is what the lottery costs.
 */
const byLotteries = (models: readonly ProfileModel[], enough: number | undefined): LeastCost => {
  const count = models.length;
  const tasks = Math.max(...models.map(({ supply }) => supply.tasks));
  const mixed = mixedSupply(
    models.map(({ supply }) => supply),
    1,
    tasks,
  );
  const { surpluses } = mixed;
  const shares = new Float64Array(count);
  const given = { primal: shares, dual: new Float64Array(count).fill(Number.POSITIVE_INFINITY) };
  const drawn: ProfileSupply = {
    inputs: [],
    tasks,
    mostRank: mixed.mostRank,
    supply: (values, weights, size, out) => {
      mixed.supply(0, 0, values, weights, size, given, out as CurvedPoint);
    },
  };
  const costOf = profileCost(drawn, undefined, enough);
  const point = curvedPoint({ tasks, mostRank: mixedRank(models.map(({ supply }) => supply)) });
  const resoldBy = resale(models);

  return (quality, weights, near, start) => {
    const size = weights.length;
    let served = near.slice();
    const price = (): boolean => {
      const at = served.slice();
      if (!costOf(quality, weights, size, at, point)) return false;
      served = at;
      return true;
    };
    const worth = (): number => {
      let sum = 0;
      for (let m = 0; m < size; m++) sum += weights[m]! * served[m]! * quality[m]!;
      return sum;
    };
    if (start?.some((share) => share > 0)) shares.set(normal(start));
    else shares.fill(1 / count);
    if (!price()) {
      shares.fill(1 / count);
      if (!price()) return undefined;
    }
    for (let moves = 0; moves < MOST_MOVES; moves++) {
      const [from, to] = unevenPair(surpluses, shares);
      if (!(surpluses[to]! - surpluses[from]! > EVEN * worth())) break;
      if (!evenOut(from, to, surpluses, shares, price, () => EVEN * worth())) return undefined;
    }
    const { cost, sharedCost } = point;
    const own = shares.slice();
    return { cost, sharedCost, shares: own, served, ...resoldBy(served, weights, own) };
  };
};

const normal = (start: Float64Array): Float64Array => {
  const sum = start.reduce((total, share) => total + share, 0);
  return start.map((share) => share / sum);
};

/** The model with a chance that has the least surplus, and the one with the most. */
const unevenPair = (surpluses: Float64Array, shares: Float64Array): readonly [number, number] => {
  let [from, to] = [-1, 0];
  for (let l = 0; l < shares.length; l++) {
    if (shares[l]! > 0 && (from < 0 || surpluses[l]! < surpluses[from]!)) from = l;
    if (surpluses[l]! > surpluses[to]!) to = l;
  }
  return [from, to];
};

/** Moves chances from one model to another until their surpluses are even, or there are none left; false where that could not be priced. */
const evenOut = (
  from: number,
  to: number,
  surpluses: Float64Array,
  shares: Float64Array,
  price: () => boolean,
  even: () => number,
): boolean => {
  const [most, before] = [shares[from]!, shares[to]!];
  const leadAt = (moved: number): number => {
    shares[from] = moved === most ? 0 : most - moved;
    shares[to] = before + moved;
    return price() ? surpluses[to]! - surpluses[from]! : Number.NaN;
  };
  let [low, high] = [0, most];
  let leadAtLow = surpluses[to]! - surpluses[from]!;
  let leadAtHigh = leadAt(most);
  if (leadAtHigh >= 0) return true;
  let side = 0;
  for (let step = 0; step < MOST_STEPS; step++) {
    const isKnown = !Number.isNaN(leadAtHigh);
    const moved = isKnown ? low + ((high - low) * leadAtLow) / (leadAtLow - leadAtHigh) : (low + high) / 2;
    const lead = leadAt(moved);
    if (Math.abs(lead) <= even()) return true;
    // Regula falsi, with half the lead of an end that stays twice (Illinois).
    if (lead > 0) {
      if (side > 0) leadAtHigh /= 2;
      [low, leadAtLow, side] = [moved, lead, 1];
    } else {
      if (side < 0) leadAtLow /= 2;
      [high, leadAtHigh, side] = [moved, lead, -1];
    }
  }
  return !Number.isNaN(leadAt(low));
};

/** What a rival among the models makes of an item, if anything. */
export const resale = (
  models: readonly ProfileModel[] | undefined,
): ((served: Float64Array, weights: Float64Array, shares: Float64Array) => { readonly resold?: Resold }) => {
  const rival = models?.at(-1);
  if (rival?.name !== OUTSIDE) return () => ({});
  const point: ProfilePoint = profilePoint(rival.supply);
  return (served, weights, shares) => {
    const share = shares[shares.length - 1]!;
    if (!(share > 0)) return {};
    rival.supply.supply(served, weights, weights.length, point);
    return {
      resold: {
        quality: point.quality.slice(0, weights.length).map((q) => share * q),
        cost: share * point.cost,
      },
    };
  };
};
