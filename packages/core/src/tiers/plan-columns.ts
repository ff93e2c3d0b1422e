import { TIE } from '../screening/free-choice.ts';
import type { SurplusLookup } from './surplus-lookup.ts';

/**
 * A plan as it is searched for. It includes what is efficient to supply at `included`, 0 for nothing, and what exceeds that costs `markup` times its cost, Infinity where it
 * cannot be bought.
 */
export interface PlanShape {
  readonly included: number;
  readonly markup: number;
  readonly fee: number;
  /** The place of the type whom the fee leaves indifferent, or what she is promised; a commitment has no fee, and none. */
  readonly anchor: number;
}

/** What a plan is sold as: tokens for a fee; a fee and prices; both; or the least that is spent at its prices. */
export type PlanForm = 'bundle' | 'two-part-tariff' | 'three-part-tariff' | 'commitment';

/** Buyers along a line, ascending, to whom a few plans are to be sold beside what they have anyway. */
export interface PlanSearch {
  readonly value: Float64Array;
  readonly mass: Float64Array;
  /** Efficient supply to a value, up to `highest`. */
  readonly lookup: SurplusLookup;
  readonly highest: number;
  readonly form: PlanForm;
  /** What each type has without new plans, from a plan that stays on sale or outside; and what the seller earns by it. Money. */
  readonly utility: Float64Array;
  readonly margin: Float64Array;
  /** What each type is to have at least; money. */
  readonly promised?: Float64Array;
  /** Of consumer surplus beside profit. */
  readonly surplusWeight: number;
  /** Each plan's least share of the buyers. */
  readonly leastShare: number;
  /** All that a fee may be, ascending; undefined for any. */
  readonly fees?: readonly number[];
}

/** A menu of at most so many plans, and what is maximised under it, by free choice. */
export interface FoundPlans {
  readonly plans: readonly PlanShape[];
  readonly worth: number;
}

/** A plan by its shape and the type that it leaves indifferent, or what she is promised: fees follow from the plans below, so that a change below moves those above. */
export interface Rung {
  readonly included: number;
  readonly markup: number;
  /** A place in the list of types. */
  readonly anchor: number;
}

/** A rung with what every type has of it: utility without its fee, and what the seller earns beside the fee. */
export interface Column extends Rung {
  readonly utility: Float64Array;
  readonly margin: Float64Array;
}

/** A menu while it is searched for, its plans ascending in what the highest type gets. */
export type Menu = readonly Column[];

/** Money that a broken promise, or a plan for too few, counts for each unit of money or buyer. */
const PENALTY = 1e3;

/** What menus are worth to whom, and to the seller. */
export interface PlanColumns {
  /** A rung with what every type has of it. */
  columnOf(rung: Rung): Column;
  /** Columns as a menu: fees are made from below. */
  ordered(columns: Menu): Menu;
  /** What is maximised under a menu, by free choice of every type. */
  worth(menu: Menu): number;
  result(menu: Menu): FoundPlans;
}

export const searchColumns = (search: PlanSearch): PlanColumns => {
  const { value, mass, lookup, highest, form } = search;
  const count = value.length;
  const fees = (columns: readonly Column[]): Float64Array => {
    const own = new Float64Array(columns.length);
    columns.forEach((column, k) => {
      if (form === 'commitment') {
        own[k] = column.markup * lookup.cost(column.included);
        return;
      }
      const n = column.anchor;
      // A fee that leaves the anchor less than she is promised is none.
      let other = Math.max(search.utility[n]!, search.promised?.[n] ?? 0);
      for (let j = 0; j < k; j++) other = Math.max(other, columns[j]!.utility[n]! - own[j]!);
      const made = Math.max(0, column.utility[n]! - other);
      own[k] = search.fees?.findLast((fee) => fee <= made) ?? search.fees?.[0] ?? made;
    });
    return own;
  };
  let shares = new Float64Array(0);

  /** What is maximised, by free choice of every type: `freeChoice` in line, as it is asked for a hundred million times. */
  const worth = (columns: readonly Column[]): number => {
    const own = fees(columns);
    const { utility, margin, promised, surplusWeight, leastShare } = search;
    const plans = columns.length;
    if (shares.length < plans) shares = new Float64Array(plans);
    shares.fill(0);
    let [sum, missing] = [0, 0];
    for (let n = 0; n < count; n++) {
      const nothing = utility[n]!;
      let [has, earned, taken, tie] = [nothing, margin[n]!, -1, TIE * Math.abs(nothing)];
      for (let k = 0; k < plans; k++) {
        const column = columns[k]!;
        const gross = column.utility[n]!;
        const u = gross - own[k]!;
        if (u < has - TIE * gross) continue;
        tie = Math.max(tie, TIE * gross);
        const m = column.margin[n]! + own[k]!;
        // Of two that are as good she takes the one that earns the seller more.
        if (u <= has + tie && m <= earned + tie) continue;
        [has, earned, taken] = [Math.max(has, u), m, k];
      }
      sum += mass[n]! * (earned + surplusWeight * has);
      if (taken >= 0) shares[taken]! += mass[n]!;
      if (promised !== undefined && promised[n]! > has) missing += mass[n]! * (promised[n]! - has);
    }
    let few = 0;
    for (let k = 0; k < plans; k++) if (shares[k]! > 0) few += Math.max(0, leastShare - shares[k]!);
    return sum - PENALTY * (missing + few * Math.abs(sum));
  };

  const columnOf = ({ included, markup, anchor }: Rung): Column => {
    const utility = new Float64Array(count);
    const margin = new Float64Array(count);
    const base = lookup.cost(included);
    for (let n = 0; n < count; n++) {
      const served = Math.min(highest, Math.max(included, value[n]! / markup));
      if (!(served > 0)) continue;
      const cost = lookup.cost(served);
      const paid = served > included ? markup * (cost - base) : 0;
      utility[n] = (value[n]! * (lookup.surplus(served) + cost)) / served - paid;
      margin[n] = paid - cost;
    }
    return { included, markup, anchor, utility, margin };
  };

  const sizeOf = ({ included, markup }: Rung): number => Math.max(included, value[count - 1]! / markup);
  return {
    columnOf,
    worth,
    ordered: (columns) => [...columns].sort((a, b) => sizeOf(a) - sizeOf(b)),
    result: (columns) => {
      const own = fees(columns);
      const total = worth(columns);
      const plans = columns.map(({ included, markup, anchor }, k) => ({
        included,
        markup,
        fee: own[k]!,
        anchor,
      }));
      // Plans that nobody takes are none.
      return { plans: plans.filter((_, k) => shares[k]! > 0), worth: total };
    },
  };
};
