import { dearestTransfers, withBestTransfers } from '../finite/best-transfers.ts';
import { bestRise, type Menu, profileSale } from '../finite/profile-sales.ts';
import type { SpaceDemands, TaskSet } from './space-demands.ts';
import { type SpaceTariff, type UsageOffer, usageOffer } from './space-tariffs.ts';
import type { UsageTerms } from './usage-terms.ts';

/** What a stride becomes where it earned more, and where it did not. */
const LONGER = 1.5;
const SHORTER = 0.4;

/** What is asked for: menus of at most so many tariffs, for each of `counts`. */
export interface SpaceTariffSearch {
  readonly demands: SpaceDemands;
  readonly mass: Float64Array;
  /** Tariffs to begin with, the most promising first. */
  readonly candidates: readonly SpaceTariff[];
  /** The terms so many times as tight in what is free in them: a markup as much higher, a cap as much lower. */
  varied(terms: UsageTerms, factor: number): UsageTerms;
  /** κ ∈ [0, 1], the weight of consumer surplus. */
  readonly surplusWeight: number;
  /** u_n, what each type has who takes nothing; 0 unless said. */
  readonly outside?: Float64Array;
  /** What the seller earns from each type who has that; 0 unless said. */
  readonly margins?: Float64Array;
  readonly counts: readonly number[];
}

const better = <M extends { readonly profit: number }>(a: M, b: M): M => (b.profit > a.profit ? b : a);

/** Offers at the highest fees at which everybody takes what she is meant to take; what nobody is meant to take keeps its own. */
const keptApart = (
  bundles: readonly UsageOffer[],
  fees: readonly number[],
  takes: Int32Array,
  mass: Float64Array,
): Menu<UsageOffer> => {
  const transfers = dearestTransfers(bundles, takes, mass).map((fee, l) =>
    fee < Number.POSITIVE_INFINITY ? fee : fees[l]!,
  );
  return { bundles, transfers, profit: profileSale(bundles, transfers, mass).profit };
};

/** The menu with one offer more: at its best fee, all else as it is, or for those who take nothing yet, at the highest fees that keep all apart. */
const withAddition = (
  menu: Menu<UsageOffer>,
  choices: Int32Array,
  offer: UsageOffer,
  fee: number,
  mass: Float64Array,
): Menu<UsageOffer> => {
  const size = menu.bundles.length;
  const bundles = [...menu.bundles, offer];
  const { rise } = bestRise(bundles, [...menu.transfers, fee], mass, (k) => k === size);
  const transfers = [...menu.transfers, fee + (Number.isFinite(rise) ? rise : 0)];
  const alone = { bundles, transfers, profit: profileSale(bundles, transfers, mass).profit };
  const takes = choices.map((k, n) => (k < 0 && offer.worth[n]! > 0 ? size : k));
  return better(alone, keptApart(bundles, transfers, takes, mass));
};

const MOST_CANDIDATES = 128;
/** How much tighter than they are candidates are tried as well. */
const TIGHTER = [1, 3, 10];
const MOST_PASSES = 40;
/** Relative to the objective: gains that are worth a change. */
const GAIN = 1e-10;
/** Logarithms by which markups and caps are moved at first and at least. */
const FIRST_STRIDE = 0.25;
const LEAST_STRIDE = 1e-5;
/** While menus are still to grow. */
const GROWING_STRIDE = 0.02;
/** Choices of a type between two offers that a search may take, all told. */
const MOST_CHOICES = 1e8;
/** Choices that a move takes, that better fees do, and that an addition does, for each type and offer. */
const MOVE = 4;
const SWEEPS = 12;
const ADDITION = 4;
/** A weight of 1 is its limit: all of them nearly efficient, and of these the most profitable. */
const MOST_WEIGHT = 1 - 1e-6;

/**
 * Menus of few tariffs for types of any kind, by a heuristic: each begins with the best menu of one less and the candidate that adds most, then markups, or
 * caps, are moved one by one with ever smaller strides, at the highest fees that keep everybody where she is or the one at its best fee, as long as the
 * objective grows; last, fees are made best (`withBestTransfers`).
 * The largest may begin with all candidates instead, where they are no more. In a fixed order, without chance.
 *
 * Of profit and κ times the surplus of buyers (1 − κ) is the profit of the same offers when a type costs the seller κ/(1 − κ) of her surplus before fees less:
 * fees then count (1 − κ), as they should.
 */
export const bestSpaceTariffs = (search: SpaceTariffSearch): readonly Menu<UsageOffer>[] => {
  const { demands, mass, candidates, varied, counts } = search;
  const κ = Math.min(search.surplusWeight, MOST_WEIGHT);
  const offered = (terms: UsageTerms, tasks: TaskSet): UsageOffer => {
    const offer = usageOffer(demands, terms, tasks);
    const { outside, margins } = search;
    const worth = outside ? offer.worth.map((own, n) => own - outside[n]!) : offer.worth;
    // To sell to a type costs what she would bring anyway.
    const lost = margins ? offer.cost.map((own, n) => own + margins[n]!) : offer.cost;
    if (!(κ > 0)) return { ...offer, worth, cost: lost };
    const cost = lost.map((own, n) => own - (κ / (1 - κ)) * (worth[n]! - own));
    return { ...offer, worth, cost };
  };
  const begun = candidates.slice(0, MOST_CANDIDATES);
  const promising = TIGHTER.flatMap((factor) =>
    begun.map(({ markup, spendingCap, tasks, fee }) => ({
      offer: offered(varied({ markup, spendingCap }, factor), tasks),
      fee,
    })),
  );
  let choices = 0;
  /** The menu with another offer in the k-th place: at the highest fees that keep everybody where she is, or at its own best fee. */
  const moved = (
    menu: Menu<UsageOffer>,
    takes: Int32Array,
    k: number,
    offer: UsageOffer,
  ): Menu<UsageOffer> => {
    const bundles = menu.bundles.map((own, l) => (l === k ? offer : own));
    choices += MOVE * mass.length * bundles.length;
    const apart = keptApart(bundles, menu.transfers, takes, mass);
    if (apart.profit > menu.profit + GAIN * Math.abs(menu.profit)) return apart;
    const { rise } = bestRise(bundles, menu.transfers, mass, (l) => l === k);
    const transfers = menu.transfers.map((fee, l) => (l === k && Number.isFinite(rise) ? fee + rise : fee));
    return { bundles, transfers, profit: profileSale(bundles, transfers, mass).profit };
  };
  const climbed = (start: Menu<UsageOffer>, leastStride: number): Menu<UsageOffer> => {
    let menu = withBestTransfers(start, mass);
    const strides = menu.bundles.map(() => FIRST_STRIDE);
    for (let pass = 0; pass < MOST_PASSES && choices < MOST_CHOICES; pass++) {
      for (let k = 0; k < strides.length; k++) {
        if (!(strides[k]! > leastStride)) continue;
        const { terms, tasks } = menu.bundles[k]!;
        const takes = profileSale(menu.bundles, menu.transfers, mass).choices;
        const found = [1, -1]
          .map((sign) => offered(varied(terms, Math.exp(sign * strides[k]!)), tasks))
          .map((offer) => moved(menu, takes, k, offer))
          .reduce(better);
        const isMoved = found.profit > menu.profit + GAIN * Math.abs(menu.profit);
        if (isMoved) menu = found;
        strides[k]! *= isMoved ? LONGER : SHORTER;
      }
      if (strides.every((stride) => !(stride > leastStride))) break;
    }
    choices += SWEEPS * mass.length * strides.length ** 2;
    return withBestTransfers(menu, mass);
  };
  const grown: Menu<UsageOffer>[] = [];
  let menu: Menu<UsageOffer> = { bundles: [], transfers: [], profit: 0 };
  const most = Math.max(...counts);
  for (let size = 1; size <= most; size++) {
    const isGrowing = menu.bundles.length === size - 1 && promising.length > 0 && choices < MOST_CHOICES;
    if (isGrowing) {
      const takes = profileSale(menu.bundles, menu.transfers, mass).choices;
      const starts = promising.map(({ offer, fee }) => withAddition(menu, takes, offer, fee, mass));
      choices += ADDITION * mass.length * size * starts.length;
      menu = better(menu, climbed(starts.reduce(better), GROWING_STRIDE));
    }
    grown.push(menu);
  }
  return counts.map((count) => {
    const menu = grown[count - 1]!;
    if (menu.bundles.length === 0) return menu;
    const found = better(menu, climbed(menu, LEAST_STRIDE));
    if (begun.length > count) return found;
    const whole = promising.slice(0, begun.length);
    const bundles = whole.map(({ offer }) => offer);
    const transfers = whole.map(({ fee }) => fee);
    const { profit } = profileSale(bundles, transfers, mass);
    return better(found, climbed({ bundles, transfers, profit }, LEAST_STRIDE));
  });
};
