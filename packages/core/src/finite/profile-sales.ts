import { freeChoice, TIE } from '../screening/free-choice.ts';
import type { TypeSpace } from '../types/type-space.ts';

/** What is on offer, as types see it: what it is worth to each before its transfer, and what the seller spends on whoever takes it. */
export interface Offer {
  readonly worth: Float64Array;
  /** One number, or one a type where types use it differently; what they pay for their use counts against it. */
  readonly cost: number | Float64Array;
}

const costFor = ({ cost }: Offer, n: number): number => (typeof cost === 'number' ? cost : cost[n]!);

/**
 * An item for types that are profiles: what it is, what making it costs, and what it is worth to each type: ⟨w_n, q⟩, less what she has outside. As an offer
 * it costs C(q), or what `countedOffer` makes of that.
 */
export interface ProfileBundle extends Offer {
  /** The values as which it is served, task by task; NaN where its quality was given outright. */
  readonly served: Float64Array;
  readonly quality: Float64Array;
  /** C(q). */
  readonly making: number;
  /** The model that makes it, where there is a choice of models. */
  readonly model?: number;
}

/** What counts beside profit where types choose freely: κ of their surplus, and u_n, what each has who takes nothing; money, one a type. */
export interface SaleTerms {
  readonly surplusWeight: number;
  readonly outside?: Float64Array;
}

/** A weight of 1 is its limit: all menus nearly efficient, and of these the most profitable. */
const MOST_WEIGHT = 1 - 1e-6;

/**
 * An item of this quality as it counts: worth ⟨w_n, q⟩ − u_n to type n. Of profit and κ times surplus (1 − κ) is the profit of the same offers when a type
 * costs the seller κ/(1 − κ) of her surplus before transfers less: transfers then count (1 − κ), as they should.
 */
export const countedOffer = (gross: Float64Array, making: number, terms: SaleTerms): Offer => {
  const { outside } = terms;
  const worth = outside === undefined ? gross : gross.map((each, n) => each - outside[n]!);
  const κ = Math.min(terms.surplusWeight, MOST_WEIGHT);
  return { worth, cost: κ > 0 ? worth.map((each) => making - (κ / (1 - κ)) * (each - making)) : making };
};

/** Profit, and profit with the share κ of consumer surplus, what is had outside included, of these choices at these transfers. */
export const objectiveOfSale = (
  bundles: readonly ProfileBundle[],
  transfers: readonly number[],
  choices: Int32Array,
  mass: Float64Array,
  { surplusWeight, outside }: SaleTerms,
): { readonly profit: number; readonly objective: number } => {
  let [profit, surplus] = [0, 0];
  choices.forEach((k, n) => {
    surplus += mass[n]! * (outside?.[n] ?? 0);
    if (k < 0) return;
    profit += mass[n]! * (transfers[k]! - bundles[k]!.making);
    surplus += mass[n]! * (bundles[k]!.worth[n]! - transfers[k]!);
  });
  return { profit, objective: surplusWeight > 0 ? profit + surplusWeight * surplus : profit };
};

/** ⟨w_n, q⟩ of one profile for every type. */
export const worthToTypes = (types: TypeSpace, quality: Float64Array): Float64Array => {
  const worth = new Float64Array(types.count);
  const ends = Int32Array.from(quality, (_, m) => m + 1);
  const item = { offsets: Int32Array.of(0, quality.length), ends, quality };
  types.bestChoices(item, new Float64Array(1), worth, new Int32Array(types.count));
  return worth;
};

/** Items with their transfers, and what free choice among them earns. */
export interface Menu<Item extends Offer = ProfileBundle> {
  readonly bundles: readonly Item[];
  readonly transfers: readonly number[];
  readonly profit: number;
}

/** Who takes what when all choose freely. */
export interface ProfileSale {
  readonly profit: number;
  /** The item that each type takes, −1 for none. */
  readonly choices: Int32Array;
}

/** Free choice of every type; see `freeChoice`. */
export const profileSale = (
  bundles: readonly Offer[],
  transfers: readonly number[],
  mass: Float64Array,
): ProfileSale => {
  const tie = TIE * transfers.reduce((most, transfer) => Math.max(most, Math.abs(transfer)), 0);
  const choices = new Int32Array(mass.length);
  const utilities = new Float64Array(bundles.length);
  const margins = new Float64Array(bundles.length);
  let profit = 0;
  for (let n = 0; n < mass.length; n++) {
    bundles.forEach((bundle, k) => {
      utilities[k] = bundle.worth[n]! - transfers[k]!;
      margins[k] = transfers[k]! - costFor(bundle, n);
    });
    const taken = freeChoice(utilities, margins, tie);
    choices[n] = taken;
    if (taken >= 0) profit += mass[n]! * margins[taken]!;
  }
  return { profit, choices };
};

const leastOf = (cost: Offer['cost']): number =>
  typeof cost === 'number'
    ? cost
    : cost.reduce((least, own) => Math.min(least, own), Number.POSITIVE_INFINITY);

/**
 * The best common rise of the transfers of some items, `isRaised`, all else as it is: exact where no other is sold at a loss. A type whose best raised item beats all others by b
 * keeps it as long as the rise is at most b, so that profit is largest at one of the b.
 */
export const bestRise = (
  bundles: readonly Offer[],
  transfers: readonly number[],
  mass: Float64Array,
  isRaised: (k: number) => boolean,
): { readonly rise: number; readonly profit: number } => {
  const n = mass.length;
  const leads = new Float64Array(n);
  const gains = new Float64Array(n);
  const raised = bundles.map((_, k) => isRaised(k));
  // Below this the dearest of them would be sold at a loss.
  const least = -bundles.reduce(
    (most, { cost }, k) => (raised[k] ? Math.max(most, transfers[k]! - leastOf(cost)) : most),
    0,
  );
  let total = 0;
  let size = 0;
  const kept = new Int32Array(n);
  for (let t = 0; t < n; t++) {
    let [best, other, inside, outside] = [Number.NEGATIVE_INFINITY, 0, 0, 0];
    for (let k = 0; k < bundles.length; k++) {
      const utility = bundles[k]!.worth[t]! - transfers[k]!;
      const margin = transfers[k]! - costFor(bundles[k]!, t);
      // Of equal ones she takes what is best for the seller.
      if (raised[k]) {
        if (!(utility > best || (utility === best && margin > inside))) continue;
        best = utility;
        inside = margin;
      } else if (utility > other || (utility === other && margin > outside)) {
        other = utility;
        outside = margin;
      }
    }
    leads[t] = best - other;
    gains[t] = mass[t]! * (inside - outside);
    total += mass[t]! * outside;
    if (leads[t]! >= least && mass[t]! > 0) kept[size++] = t;
  }
  const order = kept.subarray(0, size).sort((a, b) => leads[b]! - leads[a]!);
  let [taken, margins] = [0, total];
  let best = { rise: 0, profit: Number.NEGATIVE_INFINITY };
  for (let i = 0; i < size; ) {
    const rise = leads[order[i]!]!;
    // Those who are indifferent at this rise take what is best for the seller.
    let profit = margins + taken * rise;
    for (; i < size && leads[order[i]!] === rise; i++) {
      const t = order[i]!;
      profit += Math.max(0, gains[t]! + mass[t]! * rise);
      taken += mass[t]!;
      margins += gains[t]!;
    }
    if (profit > best.profit) best = { rise, profit };
  }
  return best;
};
