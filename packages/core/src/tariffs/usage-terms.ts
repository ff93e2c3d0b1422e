import { type Demand, type DemandPoint, demandPoint } from './demand.ts';

/** The terms on which inputs are used after a fee: at `markup` times their cost, for at most `spendingCap`, which is ∞ where nothing caps it. */
export interface UsageTerms {
  readonly markup: number;
  readonly spendingCap: number;
}

/** What a type makes of usage terms, before their fee. */
export interface Usage {
  /** For usage. */
  payment: number;
  /** ⟨w, q⟩ less what she pays for usage. */
  worth: number;
  /** C(q) less what she pays for usage: what the seller spends on her. */
  cost: number;
}

const point: DemandPoint = demandPoint();

/**
 * Usage of a type with some demand. Under a cap K on spending at markup m she buys what is worth most to her of all that costs c = K/m, the efficient
 * supply to d·w at the discount d at which that costs c: with S its surplus there, ⟨w, q⟩ = (S + c)/d. That is the least over d, so that an error in d
 * is one of second order; across a jump of quality it is a lottery between both sides.
 */
export const usageUnder = ({ markup, spendingCap }: UsageTerms, demand: Demand, out: Usage): void => {
  const free = 1 / markup;
  demand.at(free, point);
  if (!(markup * point.cost > spendingCap)) {
    out.payment = markup * point.cost;
    out.worth = point.worth - out.payment;
    out.cost = point.cost - out.payment;
    return;
  }
  const cost = spendingCap / markup;
  const discount = Math.min(free, demand.spending(cost));
  if (!(cost > 0) || !(discount > 0)) {
    out.worth = out.cost = out.payment = 0;
    return;
  }
  demand.at(discount, point);
  out.payment = spendingCap;
  out.worth = (point.surplus + cost) / discount - spendingCap;
  out.cost = cost - spendingCap;
};

export const noUsage = (): Usage => ({ payment: 0, worth: 0, cost: 0 });
