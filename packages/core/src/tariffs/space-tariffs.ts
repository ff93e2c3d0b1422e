import { type Offer, profileSale } from '../finite/profile-sales.ts';
import type { Demand } from './demand.ts';
import type { SpaceDemands, TaskSet } from './space-demands.ts';
import { noUsage, type Usage, type UsageTerms, usageUnder } from './usage-terms.ts';

/** What is sold to types of any kind: a fee, then inputs on some tasks under usage terms. */
export interface SpaceTariff extends UsageTerms {
  readonly fee: number;
  readonly tasks: TaskSet;
}

/** A tariff without its fee, as all types see it by tables of their demand. */
export interface UsageOffer extends Offer {
  readonly terms: UsageTerms;
  readonly tasks: TaskSet;
  readonly cost: Float64Array;
}

export const usageOffer = (demands: SpaceDemands, terms: UsageTerms, tasks: TaskSet): UsageOffer => {
  const all = demands.tabled(tasks);
  const worth = new Float64Array(all.length);
  const cost = new Float64Array(all.length);
  all.forEach((demand, n) => {
    usageUnder(terms, demand, usage);
    worth[n] = usage.worth;
    cost[n] = usage.cost;
  });
  return { terms, tasks, worth, cost };
};
const usage: Usage = noUsage();

/** Usage terms on an item's tasks with the fee at which a type of some demand pays `transfer` in all. */
export const tariffAt = (
  terms: UsageTerms,
  tasks: TaskSet,
  demand: Demand,
  transfer: number,
): SpaceTariff => {
  usageUnder(terms, demand, usage);
  return { ...terms, tasks, fee: transfer - usage.payment };
};

/** What happens when types choose freely among tariffs, or none. Money is a mean over all types. */
export interface SpaceTariffSale {
  readonly profit: number;
  readonly consumerSurplus: number;
  /** Of the tariffs meant for types: the most that one gains by another, and the mass of those who take another. */
  readonly maxDeviationGain: number;
  readonly deviatingShare: number;
  readonly worst?: { readonly type: number; readonly gain: number; readonly takes?: SpaceTariff };
  /** The tariff that each type takes; undefined for none. */
  readonly taken: readonly (SpaceTariff | undefined)[];
}

/** Tables of demand tell tariffs apart whose utilities differ by more than this, relative to the most that one is worth. */
const TABLED = 1e-6;

/**
 * Free choice of all types among the tariffs meant for them, or what they have `outside`, u_n, of which the seller earns `margins`, both 0 unless said. Tables of demand find the tariffs that come near to a type's best, which are then computed
 * anew. Gains within `tie` are the seller's: she takes what was meant for her; where she does not, of equal ones the best for the seller.
 */
export const sellTariffs = (
  demands: SpaceDemands,
  intended: readonly (SpaceTariff | undefined)[],
  mass: Float64Array,
  tie: number,
  outside: Float64Array = new Float64Array(mass.length),
  margins: Float64Array = new Float64Array(mass.length),
): SpaceTariffSale => {
  const tariffs = undominated(distinct(intended));
  const n = mass.length;
  const best = new Float64Array(n);
  let money = 0;
  const visit = (each: (tariff: SpaceTariff, t: number, utility: number) => void): void => {
    for (const tariff of tariffs) {
      const all = demands.tabled(tariff.tasks);
      for (let t = 0; t < n; t++) {
        if (!(mass[t]! > 0)) continue;
        usageUnder(tariff, all[t]!, usage);
        money = Math.max(money, usage.worth);
        each(tariff, t, usage.worth - outside[t]! - tariff.fee);
      }
    }
  };
  visit((_, t, utility) => {
    if (utility > best[t]!) best[t] = utility;
  });
  const near: SpaceTariff[][] = Array.from({ length: n }, () => []);
  visit((tariff, t, utility) => {
    if (utility >= best[t]! - TABLED * money) near[t]!.push(tariff);
  });
  let [profit, consumerSurplus, maxDeviationGain, deviatingShare] = [0, 0, 0, 0];
  let worst: SpaceTariffSale['worst'];
  const taken = new Array<SpaceTariff | undefined>(n).fill(undefined);
  for (let t = 0; t < n; t++) {
    if (!(mass[t]! > 0)) continue;
    const meant = intended[t];
    const offers = [...(meant ? [meant] : []), ...near[t]!.filter((other) => !isSame(other, meant))];
    const computed = offers.map((tariff): Offer & { readonly tariff: SpaceTariff } => {
      usageUnder(tariff, demands.exact(t, tariff.tasks), usage);
      return { tariff, worth: Float64Array.of(usage.worth - outside[t]!), cost: usage.cost + margins[t]! };
    });
    const utilities = computed.map(({ tariff, worth }) => worth[0]! - tariff.fee);
    const own = meant ? utilities[0]! : 0;
    const gain = Math.max(0, ...utilities) - own;
    const isMeant = gain <= tie;
    const { choices } = profileSale(
      computed,
      offers.map(({ fee }) => fee),
      Float64Array.of(1),
    );
    const choice = isMeant ? (meant ? 0 : -1) : choices[0]!;
    consumerSurplus += mass[t]! * outside[t]!;
    profit += mass[t]! * margins[t]!;
    if (choice >= 0) {
      taken[t] = offers[choice]!;
      profit += mass[t]! * (offers[choice]!.fee - (computed[choice]!.cost as number));
      consumerSurplus += mass[t]! * utilities[choice]!;
    }
    if (!isMeant) deviatingShare += mass[t]!;
    if (gain > maxDeviationGain) {
      maxDeviationGain = gain;
      const takes = offers[choices[0]!];
      if (!isMeant) worst = { type: t, gain, ...(takes ? { takes } : {}) };
    }
  }
  return {
    profit,
    consumerSurplus,
    maxDeviationGain,
    deviatingShare,
    taken,
    ...(worst === undefined ? {} : { worst }),
  };
};

const isSame = (a: SpaceTariff, b: SpaceTariff | undefined): boolean =>
  b !== undefined &&
  a.markup === b.markup &&
  a.spendingCap === b.spendingCap &&
  a.fee === b.fee &&
  a.tasks.key === b.tasks.key;

const distinct = (tariffs: readonly (SpaceTariff | undefined)[]): SpaceTariff[] => {
  const found = new Map<string, SpaceTariff>();
  for (const tariff of tariffs) {
    if (tariff === undefined) continue;
    const { fee, markup, spendingCap, tasks } = tariff;
    found.set(`${fee} ${markup} ${spendingCap} ${tasks.key}`, tariff);
  }
  return [...found.values()];
};

/** Tariffs than which no other on the same tasks is as cheap in fee, markup and cap: no type likes another better than all of them. */
const undominated = (tariffs: readonly SpaceTariff[]): SpaceTariff[] => {
  const kept: SpaceTariff[] = [];
  const byTerms = [...tariffs].sort(
    (a, b) => a.fee - b.fee || a.markup - b.markup || b.spendingCap - a.spendingCap,
  );
  for (const tariff of byTerms) {
    const isBeaten = kept.some(
      ({ markup, spendingCap, tasks }) =>
        markup <= tariff.markup && spendingCap >= tariff.spendingCap && tasks.key === tariff.tasks.key,
    );
    if (!isBeaten) kept.push(tariff);
  }
  return kept;
};
