import {
  type EfficientSupply,
  type ProfileBundle,
  profileSale,
  taskSupplies,
  worthToTypes,
} from '@menusmith/core';
import type { FiniteBuyers } from '../problem/finite-buyers.ts';
import type { ProductionTechnology, Study, Technology } from '../study/study.ts';
import type { TierResult } from '../tiers/tiers-result.ts';
import { costOf, type FixedSale } from './fixed-menu.ts';

/**
 * What bundles for types of any kind earn in a study that they were not made for: their tokens, task by task, make what v now makes of them, and cost what they now
 * cost. Where cost is given outright, they are their qualities. All values are `factor` times as high.
 *
 * Tasks that are others than before get what the old ones at their places had.
 */
export const fixedProfileSale = (
  tiers: readonly TierResult[],
  madeFor: FiniteBuyers,
  { technology }: Study,
  now: FiniteBuyers,
  factor: number,
): FixedSale => {
  const places = samePlaces(madeFor.tasks.weights, now.tasks.weights);
  const bundles = tiers.map((tier): ProfileBundle => {
    const made =
      technology.kind === 'cost'
        ? sameQualities(tier.profile!, places, now.tasks, technology.supply)
        : sameTokens(tier, places, now, producerOf(technology, tier));
    const worth = worthToTypes(now.types, made.quality).map((x) => factor * x);
    return { served: new Float64Array(0), ...made, making: made.cost, worth };
  });
  const { profit, choices } = profileSale(
    bundles,
    tiers.map(({ transfer }) => transfer),
    now.mass,
  );
  let served = 0;
  choices.forEach((k, n) => {
    if (k >= 0) served += now.mass[n]!;
  });
  return { profit, served };
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

type Made = Pick<ProfileBundle, 'quality'> & { readonly cost: number };

const sameTokens = (
  tier: TierResult,
  places: Int32Array,
  { tasks }: FiniteBuyers,
  { production, inputs, names }: ProductionTechnology,
): Made => {
  const shared = inputs.filter(({ scope }) => scope === 'shared');
  const z = Float64Array.from(names.shared, (name) =>
    Math.min(tier.inputs[name]!, inputs.find((input) => input.name === name)!.max),
  );
  let cost = shared.reduce((sum, { name, cost: price }) => sum + price * z[names.shared.indexOf(name)]!, 0);
  const prices = names.task.map((name) => inputs.find((input) => input.name === name)!.cost);
  const quality = Float64Array.from(places, (place, m) => {
    if (place < 0) return 0;
    const x = Float64Array.from(names.task, (name) => tier.perTask![name]![place]!);
    cost += tasks.weights[m]! * x.reduce((sum, amount, j) => sum + prices[j]! * amount, 0);
    return (production.atTask?.(tasks.positions[m]!) ?? production).value(x, z);
  });
  return { quality, cost };
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
    const made = costOf(own, weight, weight * share * profile[place]!);
    total += made.cost;
    return made.quality / weight;
  });
  return { quality, cost: total };
};
