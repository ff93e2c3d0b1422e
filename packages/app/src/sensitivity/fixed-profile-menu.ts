import {
  countedOffer,
  type EfficientSupply,
  type Offer,
  profileSale,
  taskSupplies,
  worthToTypes,
} from '@menusmith/core';
import type { FiniteBuyers } from '../problem/finite-buyers.ts';
import type { SpaceProblem } from '../problem/screening-problem.ts';
import { continuumMarket } from '../solve/space/continuum-market.ts';
import { costOfQuality } from '../solve/supply/cost-of-quality.ts';
import type { InputUse } from '../solve/supply/input-use.ts';
import type { ProductionTechnology, Study, Technology } from '../study/study.ts';
import { outsideOf } from '../tiers/profile-tiers.ts';
import type { TierResult } from '../tiers/tiers-result.ts';
import type { FixedSale } from './fixed-menu.ts';

/**
 * What bundles for types of any kind earn in a study that they were not made for: their tokens, task by task, make what v now makes of them, and cost what they now
 * cost. Where cost is given outright, they are their qualities. All choose freely, and may take what they now have outside: the
 * continuous buyers, where the types are a grid that stands for some.
 *
 * Tasks that are others than before get what the old ones at their places had.
 */
export const fixedProfileSale = (
  tiers: readonly TierResult[],
  madeFor: FiniteBuyers,
  study: Study,
  now: SpaceProblem,
): FixedSale => {
  const { technology } = study;
  const places = samePlaces(madeFor.tasks.weights, now.tasks.weights);
  const made = tiers.map((tier) =>
    technology.kind === 'cost'
      ? sameQualities(tier.profile!, places, now.tasks, technology.supply)
      : sameTokens(tier, places, now, producerOf(technology, tier)),
  );
  const market = continuumMarket(study, now);
  if (market) {
    const items = made.map((item, k) => ({ ...item, transfer: tiers[k]!.transfer }));
    const { profit, consumerSurplus, shares } = market.sale(items);
    const served = shares.reduce((sum, share) => sum + share, 0);
    return { profit, served, consumerSurplus, use: usedBy(made, shares) };
  }
  const outside = outsideOf(study, now);
  const offers = made.map(
    ({ quality, cost }): Offer =>
      countedOffer(worthToTypes(now.types, quality), cost, {
        surplusWeight: 0,
        ...(outside ? { outside } : {}),
      }),
  );
  const transfers = tiers.map(({ transfer }) => transfer);
  const { profit, choices } = profileSale(offers, transfers, now.mass);
  let [served, consumerSurplus] = [0, 0];
  const shares = new Float64Array(made.length);
  choices.forEach((k, n) => {
    const mass = now.mass[n]!;
    if (outside) consumerSurplus += mass * outside[n]!;
    if (k < 0) return;
    served += mass;
    consumerSurplus += mass * (offers[k]!.worth[n]! - transfers[k]!);
    shares[k]! += mass;
  });
  return { profit, served, consumerSurplus, use: usedBy(made, shares) };
};

/** Mean amounts over all buyers. */
const usedBy = (made: readonly Made[], shares: Float64Array): InputUse => {
  const use: Record<string, number> = {};
  made.forEach(({ inputs }, k) => {
    for (const [name, amount] of Object.entries(inputs)) use[name] = (use[name] ?? 0) + shares[k]! * amount;
  });
  return use;
};

/** The model that makes the tier, where there are several. */
const producerOf = (technology: Technology, { model }: TierResult): ProductionTechnology =>
  technology.kind === 'models'
    ? technology.models.find(({ name }) => name === model)!
    : (technology as ProductionTechnology);

/** For every new task the old one in which its middle lies; −1 beyond the last. */
const samePlaces = (before: Float64Array, now: Float64Array): Int32Array => {
  const ends: number[] = [];
  before.reduce((sum, weight) => {
    ends.push(sum + weight);
    return sum + weight;
  }, 0);
  let from = 0;
  return Int32Array.from(now, (weight) => {
    const middle = from + weight / 2;
    from += weight;
    return ends.findIndex((end) => middle < end);
  });
};

interface Made {
  readonly quality: Float64Array;
  readonly cost: number;
  readonly inputs: InputUse;
}

const sameTokens = (
  tier: TierResult,
  places: Int32Array,
  { tasks }: FiniteBuyers,
  { production, inputs, names }: ProductionTechnology,
): Made => {
  const used: Record<string, number> = {};
  const maxOf = new Map(inputs.map(({ name, max }) => [name, max]));
  const z = Float64Array.from(names.shared, (name) => {
    used[name] = Math.min(tier.inputs[name]!, maxOf.get(name)!);
    return used[name];
  });
  for (const name of names.task) used[name] = 0;
  const quality = Float64Array.from(places, (place, m) => {
    if (place < 0) return 0;
    const x = Float64Array.from(names.task, (name) => tier.perTask![name]![place]!);
    names.task.forEach((name, j) => {
      used[name]! += tasks.weights[m]! * x[j]!;
    });
    return (production.atTask?.(tasks.positions[m]!) ?? production).value(x, z);
  });
  const cost = inputs.reduce((sum, { name, cost: price }) => sum + price * used[name]!, 0);
  return { quality, cost, inputs: used };
};

const sameQualities = (
  profile: readonly number[],
  places: Int32Array,
  { weights, positions }: FiniteBuyers['tasks'],
  supply: EfficientSupply,
): Made => {
  const supplies = taskSupplies(supply, positions);
  const wanted = places.reduce((sum, place) => sum + (place < 0 ? 0 : profile[place]!), 0);
  // Of a total that has become less, all tasks have less.
  const share = Math.min(1, (supply.byTask?.total ?? Number.POSITIVE_INFINITY) / wanted);
  let total = 0;
  const quality = Float64Array.from(places, (place, m) => {
    const weight = weights[m]!;
    if (place < 0 || !(profile[place]! > 0) || !(weight > 0)) return 0;
    const own = supplies[supplies.length === 1 ? 0 : m]!;
    const made = costOfQuality(own, weight, weight * share * profile[place]!);
    total += made.cost;
    return made.quality / weight;
  });
  return { quality, cost: total, inputs: {} };
};
