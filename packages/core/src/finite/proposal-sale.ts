import type { Certificate } from '../screening/certificate.ts';
import { TIE } from '../screening/free-choice.ts';
import type { ItemProfiles } from '../types/item-profiles.ts';
import { type TypePairs, worthOf } from '../types/type-space.ts';
import type { EssentialTypes } from './essential-types.ts';
import type { FiniteProblem } from './finite-problem.ts';
import type { OfferedItems } from './offered-items.ts';
import { participationOf } from './participation.ts';
import { payTempted } from './rebate.ts';

/** A menu as it is sold: its items, who takes which, and what she keeps. */
export interface SoldMenu {
  /** The type with the largest violation, and the item that she likes better. */
  readonly worst?: { readonly from: number; readonly to: number };
  /** Items, one an essential type; their transfers and costs. Nobody pays the price of those that are for nobody. */
  readonly items: ItemProfiles;
  readonly transfers: Float64Array;
  readonly costs: Float64Array;
  /** The values as which the items are served, on the same blocks of tasks; NaN where a solver gave the items outright. */
  readonly served: Float64Array;
  /** The share of each model in every item, item after item, where there is a choice of models: an item is a lottery where it has several. */
  readonly shares?: Float64Array;
  /** The item that each type takes, −1 for none; her rent, what she has outside included. */
  readonly choices: Int32Array;
  readonly rents: Float64Array;
  /** What buyers are paid beyond what the solver proposed, so that nobody prefers another's item. */
  readonly rebate: number;
  readonly money: number;
}

/** A proposal's items at the best transfers found for them, with what they attain of the objective. */
export interface Sale extends SoldMenu, Omit<Certificate, 'of' | 'upperBound'> {}

/** The sale of a proposal's items, their transfers made from the rents proposed. */
export const saleOf = (
  whole: FiniteProblem,
  essential: EssentialTypes,
  proposed: Float64Array,
  offered: OfferedItems,
  likely: TypePairs,
): Sale => {
  const { items, costs, served, shares } = offered;
  const { types } = essential.problem;
  const { least } = participationOf(essential.problem);
  const n = types.count;
  const isComplete = proposed.length === n && items.offsets.length === n + 1;
  const transfers = new Float64Array(n);
  let money = 0;
  let stake = 0;
  for (let k = 0; k < n; k++) {
    const worth = isComplete ? worthOf(types, k, items, k) : Number.NaN;
    transfers[k] = worth - Math.max(least[k]!, proposed[k]!);
    money = Math.max(money, Math.abs(transfers[k]!));
    stake = Math.max(stake, Math.abs(worth), Math.abs(transfers[k]!), Math.abs(least[k]!));
  }
  const isNumber =
    money < Number.POSITIVE_INFINITY &&
    transfers.every((transfer, k) => Number.isFinite(transfer - costs[k]!));
  const chosen = (isSharing: boolean) =>
    freeChoice(whole, essential, offered, transfers, likely, stake, isSharing);
  // Types in a cycle share an item; where items differ by more than rounding, letting everybody take what she likes can be better.
  const first = chosen(true);
  const second = first.isAnyShared ? chosen(false) : first;
  const { isAnyShared: _, ...best } = second.attained > first.attained ? second : first;
  return {
    ...best,
    costs,
    served,
    ...(shares ? { shares } : {}),
    money,
    attained: isNumber ? best.attained : Number.NaN,
  };
};

/** What comes of a menu when rents have been raised to where nobody is tempted, and everybody takes the item that she likes best. */
const freeChoice = (
  whole: FiniteProblem,
  { problem, representative, participation: { nothing, least } }: EssentialTypes,
  offered: Pick<OfferedItems, 'items' | 'costs' | 'shares'>,
  proposed: Float64Array,
  likely: TypePairs,
  stake: number,
  isSharing: boolean,
) => {
  const { types } = problem;
  const { costs } = offered;
  const tie = TIE * stake;
  const meant = Int32Array.from({ length: types.count }, (_, k) => k);
  const transfers = proposed.slice();
  const sharing = isSharing ? { meant, costs } : undefined;
  const rebate = payTempted(problem, offered.items, transfers, likely, tie, sharing);
  const isAnyShared = meant.some((item, k) => item !== k);
  const items = withoutEmptyItems(problem, offered, transfers, 2 * stake, meant);
  const choices = new Int32Array(whole.types.count);
  const rents = new Float64Array(whole.types.count);
  whole.types.bestChoices(items, transfers, rents, choices);
  let attained = 0;
  let maxIncentiveViolation = 0;
  let maxParticipationViolation = 0;
  let worst: SoldMenu['worst'];
  for (let t = 0; t < whole.types.count; t++) {
    const own = representative[t]!;
    const none = nothing[t]!;
    const favourite = { item: choices[t]!, rent: rents[t]! };
    const best = Math.max(favourite.rent, none);
    const item = own >= 0 ? meant[own]! : -1;
    const truthful = item >= 0 ? worthOf(types, own, items, item) - transfers[item]! : none;
    if (truthful >= best - tie) {
      choices[t] = item;
      rents[t] = truthful;
    } else if (!(favourite.rent > none) && !Number.isNaN(favourite.rent)) {
      choices[t] = -1;
      rents[t] = none;
    }
    const gain = best - rents[t]!;
    if (!(gain <= maxIncentiveViolation)) {
      maxIncentiveViolation = gain;
      worst = { from: t, to: favourite.item };
    }
    if (whole.mass[t] === 0) continue;
    const lacking = least[t]! - rents[t]!;
    if (!(lacking <= maxParticipationViolation + tie)) maxParticipationViolation = lacking;
    const taken = choices[t]!;
    attained += whole.mass[t]! * (taken >= 0 ? transfers[taken]! - costs[taken]! : 0);
    if (whole.surplusWeight) attained += whole.mass[t]! * whole.surplusWeight * rents[t]!;
  }
  return {
    items,
    transfers,
    choices,
    rents,
    rebate,
    attained,
    maxIncentiveViolation,
    maxParticipationViolation,
    ...(worst === undefined ? {} : { worst }),
    isAnyShared,
  };
};

/** An item of which a rival makes this share is his. */
const ALL_RESOLD = 1 - 1e-6;

/**
 * Without quality there is nothing to pay for: whoever was meant to have such an item, or only what she has outside anyway, or buys from a rival, takes
 * another item or none. A proposal may pay for taking them, by as much as its gap. They stay, for nobody, at a price that nobody pays. Where somebody is promised more than
 * nothing all stay as they are: she may be paid for taking none, and others then want the same. So they do where nothing is worse than such an item.
 */
const withoutEmptyItems = (
  problem: FiniteProblem,
  { items, shares }: Pick<OfferedItems, 'items' | 'shares'>,
  transfers: Float64Array,
  price: number,
  meant: Int32Array,
): ItemProfiles => {
  const { offsets, ends, quality } = items;
  const models = problem.supply.models?.length ?? 0;
  const isResold = (k: number): boolean =>
    problem.elsewhere !== undefined && shares !== undefined && shares[(k + 1) * models - 1]! > ALL_RESOLD;
  const { nothing, least } = participationOf(problem);
  if (least.some((promised, n) => promised > nothing[n]! || promised < 0)) return items;
  const isOutside = (b: number, first: number): boolean =>
    ends[b] === (problem.outsideTask ?? -1) + 1 && (b === first || ends[b - 1] === problem.outsideTask);
  const isEmpty = Array.from(transfers, (_, k) => {
    if (isResold(k)) return true;
    for (let b = offsets[k]!; b < offsets[k + 1]!; b++)
      if (quality[b] !== 0 && !isOutside(b, offsets[k]!)) return false;
    return true;
  });
  for (let n = 0; n < meant.length; n++) if (isEmpty[meant[n]!]) meant[n] = -1;
  const left = quality.slice();
  for (let k = 0; k < transfers.length; k++) {
    if (!isEmpty[k]) continue;
    transfers[k] = price;
    left.fill(0, offsets[k]!, offsets[k + 1]!);
  }
  return { offsets, ends, quality: left };
};
