import {
  type Bundle,
  type Distribution,
  type EfficientSupply,
  integrateTypes,
  type Plan,
  piecesBetween,
  salesToPopulation,
  salesToTypes,
  supplyPoint,
  type TwoPartTariff,
  tariffSalesToPopulation,
  tariffSalesToTypes,
} from '@menusmith/core';
import { evaluatePlans } from '../plans/evaluate-plans.ts';
import type { OneNumberProblem } from '../problem/sold-problem.ts';
import { studySupply } from '../solve/supply/supply-of.ts';
import type { ProductionTechnology, Study, Technology } from '../study/study.ts';
import type { TierKind, TierResult } from '../tiers/tiers-result.ts';

/** What is sold: tiers as they were found or given, or plans with fees and prices of their own. */
export type SoldMenu =
  | { readonly kind: TierKind; readonly tiers: readonly TierResult[] }
  | { readonly kind: 'plans'; readonly plans: readonly Plan[] };

/** A menu that was chosen for one study, to be sold in another. */
export type FixedMenu = SoldMenu & MadeFor;

interface MadeFor {
  /** The study it was chosen for: its costs are what tariffs' prices were made of. */
  readonly study: Study;
  /** Of its buyers: tokens of tiers are totals over so many tasks. */
  readonly scale: number;
}

type FixedTiers = Extract<SoldMenu, { kind: TierKind }> & MadeFor;

export interface FixedSale {
  readonly profit: number;
  readonly served: number;
  /** False where a buyer's own problem was not solved for surely. */
  readonly solved?: boolean;
}

/**
 * What a menu earns in a study that it was not made for. A bundle is its tokens at its price: they make what v now makes of them, and cost what they now cost. A
 * tariff is its fee and its prices, and so is a plan: buyers take the tokens that are now best for them at these prices. All choose freely, and may take nothing.
 */
export const fixedMenuSale = (menu: FixedMenu, study: Study, buyers: OneNumberProblem): FixedSale =>
  menu.kind === 'plans'
    ? evaluatePlans(menu.plans, study, buyers)
    : menu.kind === 'bundle'
      ? bundleSale(menu, study, buyers)
      : tariffSale(menu, study, buyers);

const servedOf = (sales: readonly { readonly share: number }[]): number =>
  sales.reduce((sum, { share }) => sum + share, 0);

const bundleSale = (menu: FixedTiers, { technology }: Study, buyers: OneNumberProblem): FixedSale => {
  const bundles = menu.tiers.map((tier): Bundle => {
    const { quality, cost } =
      technology.kind === 'cost'
        ? sameQuality(tier.quality, technology.supply, buyers)
        : sameTokens(tier, modelOf(technology, tier.model), menu.scale, buyers.scale);
    return {
      quality,
      cost,
      transfer: tier.transfer,
      servedValue: Number.NaN,
      inputs: new Float64Array(0),
      model: 0,
    };
  });
  // What is worth nothing to anybody is not bought.
  const sold = bundles.filter(({ quality }) => quality > 0);
  const { profit, sales } =
    buyers.kind === 'continuous-chain'
      ? salesToPopulation(sold, buyers.types)
      : salesToTypes(sold, buyers.types);
  return { profit, served: servedOf(sales) };
};

const modelOf = (
  technology: Exclude<Technology, { kind: 'cost' }>,
  model: string | undefined,
): ProductionTechnology =>
  technology.kind === 'production' ? technology : technology.models.find(({ name }) => name === model)!;

/** Quality and cost of a tier's tokens; of a shared input no more is used than a buyer can. */
const sameTokens = (
  { inputs: totals }: TierResult,
  { production, inputs, names }: ProductionTechnology,
  madeFor: number,
  tasks: number,
): { quality: number; cost: number } => {
  const amounts = new Map<string, number>();
  let cost = 0;
  for (const { name, scope, cost: price, max } of inputs) {
    const total = totals[name] ?? 0;
    const used = scope === 'task' ? total : Math.min(total, max);
    amounts.set(name, scope === 'task' ? total / madeFor : used);
    cost += price * used;
  }
  const x = Float64Array.from(names.task, (name) => amounts.get(name)!);
  const z = Float64Array.from(names.shared, (name) => amounts.get(name)!);
  return { quality: tasks * production.value(x, z), cost };
};

/** Where cost is given outright a tier is its quality, as far as it can still be made. */
const sameQuality = (
  quality: number,
  supply: EfficientSupply,
  { scale }: OneNumberProblem,
): { quality: number; cost: number } => costOf(supply, scale, quality);

/**
 * C(q, s) from supply alone, as the convex conjugate max over φ of φq − S(φ): at the φ from which on at least q is supplied, by bisection. Where no φ
 * supplies q, the most that is.
 */
export const costOf = (
  supply: EfficientSupply,
  scale: number,
  quality: number,
): { quality: number; cost: number } => {
  const point = supplyPoint(supply.inputs.length);
  let [low, high] = [0, 1];
  for (let doublings = 0; doublings < 200; doublings++) {
    supply.supply(high, scale, point);
    if (point.quality >= quality) break;
    low = high;
    high *= 2;
  }
  if (!(point.quality >= quality)) return { quality: point.quality, cost: point.cost };
  for (let step = 0; step < 100 && high - low > 1e-15 * high; step++) {
    const middle = (low + high) / 2;
    supply.supply(middle, scale, point);
    if (point.quality >= quality) high = middle;
    else low = middle;
  }
  supply.supply(high, scale, point);
  return { quality, cost: high * quality - point.surplus };
};

const tariffSale = (menu: FixedTiers, study: Study, buyers: OneNumberProblem): FixedSale => {
  const tariffs = menu.tiers.map(
    ({ tariff }): TwoPartTariff => ({ markup: tariff!.markup, fee: tariff!.upfront }),
  );
  // Buyers face v as it now is, at prices that were made of the costs of before.
  const priced = { ...study, technology: atCostsOf(menu.study.technology, study.technology) };
  const { supply } = studySupply(priced);
  const { sales } =
    buyers.kind === 'continuous-chain'
      ? tariffSalesToPopulation(tariffs, buyers.types, supply, buyers.scale)
      : tariffSalesToTypes(tariffs, buyers.types, supply, buyers.scale);
  const { technology } = study;
  let profit = 0;
  for (const { tariff, from, to, share, mean } of sales) {
    const cost =
      technology.kind === 'cost'
        ? meanCost(tariff, from, to, share, supply, technology.supply, buyers)
        : tokenCost(mean.inputs, supply, technology, buyers.scale);
    profit += share * (mean.payment - cost);
  }
  return { profit, served: servedOf(sales) };
};

/** The technology with the inputs' costs of another; given outright, cost itself is what prices were made of. */
const atCostsOf = (before: Technology, now: Technology): Technology => {
  const withCosts = (to: ProductionTechnology, from: ProductionTechnology): ProductionTechnology => ({
    ...to,
    inputs: to.inputs.map((input) => ({
      ...input,
      cost: from.inputs.find(({ name }) => name === input.name)!.cost,
    })),
  });
  if (now.kind === 'cost' || before.kind === 'cost') return before;
  if (now.kind === 'production') return withCosts(now, before as ProductionTechnology);
  const old = before as Extract<Technology, { kind: 'models' }>;
  return {
    ...now,
    models: now.models.map((model, k) => ({ ...withCosts(model, old.models[k]!), name: model.name })),
  };
};

/** What tokens now cost; amounts of task inputs are per task. */
const tokenCost = (
  amounts: Float64Array,
  { inputs }: EfficientSupply,
  technology: Exclude<Technology, { kind: 'cost' }>,
  scale: number,
): number =>
  inputs.reduce((sum, { name, scope, model }, i) => {
    const made = modelOf(technology, model);
    const { cost } = made.inputs.find((input) => input.name === name)!;
    return sum + cost * amounts[i]! * (scope === 'task' ? scale : 1);
  }, 0);

/** E[C(q)] over a tariff's buyers of what they take, where cost is given outright and is not what it was. */
const meanCost = (
  { markup }: TwoPartTariff,
  from: number,
  to: number,
  share: number,
  chosen: EfficientSupply,
  now: EfficientSupply,
  buyers: OneNumberProblem,
): number => {
  const { scale } = buyers;
  const point = supplyPoint(chosen.inputs.length);
  const costAt = (x: number): number => {
    chosen.supply(x / markup, scale, point);
    return costOf(now, scale, point.quality).cost;
  };
  if (buyers.kind === 'listed-chain') {
    const { value, mass } = buyers.types;
    let sum = 0;
    for (let n = 0; n < value.length; n++)
      if (mass[n]! > 0 && value[n]! >= from && value[n]! <= to) sum += mass[n]! * costAt(value[n]!);
    return sum / share;
  }
  const types: Distribution = buyers.types;
  const kinks = chosen.kinks(scale, to / markup).map((value) => value * markup);
  const inner = [...kinks, ...types.breakpoints].filter((x) => x > from && x < to).sort((a, b) => a - b);
  const { values } = integrateTypes(
    types,
    (x, mass, _length, out) => {
      out[0] = costAt(x) * mass;
    },
    1,
    piecesBetween([from, ...inner, to], () => false),
  );
  return values[0]! / share;
};
