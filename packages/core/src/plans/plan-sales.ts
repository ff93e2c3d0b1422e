import { type Distribution, isSingularAt } from '../distributions/distribution.ts';
import { integrateTypes } from '../distributions/type-integral.ts';
import { piecesBetween } from '../integration/quadrature.ts';
import { type ChainParticipation, noParticipation } from '../screening/chain-participation.ts';
import type { FiniteTypes } from '../screening/finite-types.ts';
import {
  bestChoice,
  type ChoiceInterval,
  type ConvexOption,
  convexChoice,
  type OptionsAt,
  UNASKED,
} from './convex-choice.ts';
import { type PlanOffer, planUse } from './plan-offer.ts';

/** What buyers of one plan take, pay and get; sums over all buyers of the population. */
export interface PlanSale {
  /** Of all buyers. */
  readonly share: number;
  /** Along a line, the lowest and the highest type who takes it. */
  readonly range?: readonly [number, number];
  readonly revenue: number;
  readonly cost: number;
  readonly consumerSurplus: number;
  readonly quality: number;
  /** By name. */
  readonly inputs: Readonly<Record<string, number>>;
}

/** Of a plan that nobody takes. */
export const NO_SALE: PlanSale = {
  share: 0,
  revenue: 0,
  cost: 0,
  consumerSurplus: 0,
  quality: 0,
  inputs: {},
};

/** What a menu of plans sells to buyers who choose plan, model and inputs freely, or nothing of it; one sale a plan, in the menu's order. */
export interface PlanSales {
  readonly plans: readonly PlanSale[];
  readonly profit: number;
  /** Mean utility of all buyers, what they have outside included. */
  readonly consumerSurplus: number;
  /** Share of the buyers who take a plan. */
  readonly served: number;
  /** Whether the buyers' own problems were solved. */
  readonly solved: boolean;
  /** The largest relative error of what was integrated over types, as far as the quadrature can tell; 0 for listed types. */
  readonly error: number;
}

type Sums = { -readonly [K in keyof Omit<PlanSale, 'inputs' | 'range'>]: number } & {
  inputs: Record<string, number>;
  range?: readonly [number, number];
};

/** What offers are to a type, and the uses behind it, which the next type overwrites. */
const optionsOf = (offers: readonly PlanOffer[]) => {
  const uses = offers.map(({ inputs }) => planUse(inputs.length));
  const found = { uses, solved: true, optionsAt };
  function optionsAt(type: number, asked?: readonly boolean[]): readonly ConvexOption[] {
    return offers.map((offer, k) => {
      if (asked?.[k] === false) return UNASKED;
      const use = uses[k]!;
      offer.use(type, use);
      found.solved &&= use.solved;
      return { utility: use.utility, slope: use.quality, margin: use.payment - use.cost };
    });
  }
  return found;
};

/** Sums of plans as they add up; shares of all buyers are at most 1, whatever rounding says. */
const planSums = (offers: readonly PlanOffer[], plans: number) => {
  const sums = Array.from({ length: plans }, (): Sums => ({ ...NO_SALE, inputs: {} }));
  for (const { plan, inputs } of offers) for (const { name } of inputs) sums[plan]!.inputs[name] = 0;
  return {
    /** Adds totals of revenue, cost, utility, quality and inputs to the offer's plan. */
    add: (
      k: number,
      [from, to]: readonly [number, number],
      share: number,
      totals: ArrayLike<number>,
    ): void => {
      const { plan, inputs } = offers[k]!;
      const sum = sums[plan]!;
      sum.share = Math.min(1, sum.share + share);
      const [low, high] = sum.range ?? [from, to];
      sum.range = [Math.min(low, from), Math.max(high, to)];
      sum.revenue += totals[0]!;
      sum.cost += totals[1]!;
      sum.consumerSurplus += totals[2]!;
      sum.quality += totals[3]!;
      inputs.forEach(({ name }, i) => {
        sum.inputs[name]! += totals[4 + i]!;
      });
    },
    /** Of all, with what those have outside who take nothing. */
    sales: (outside: number, solved: boolean, error: number): PlanSales => ({
      ...planTotals(sums, outside),
      solved,
      error,
    }),
  };
};

/** Sums over plans, and over those who have `outside` in all and take nothing. */
export const planTotals = (
  plans: readonly PlanSale[],
  outside: number,
): Omit<PlanSales, 'solved' | 'error'> => ({
  plans,
  consumerSurplus: plans.reduce((total, { consumerSurplus }) => total + consumerSurplus, outside),
  profit: plans.reduce((total, { revenue, cost }) => total + revenue - cost, 0),
  served: Math.min(
    1,
    plans.reduce((total, { share }) => total + share, 0),
  ),
});

/** Quantiles from which on the search for who takes what begins, beside the ends of the support. */
const STARTS = [0.001, 0.01, 0.1, 0.25, 0.5, 0.75, 0.9, 0.99, 0.999];

/** Who takes which of several offers of a continuous population, or none as u outside is better: intervals of types, ascending. */
export const planIntervals = (
  offers: readonly PlanOffer[],
  types: Distribution,
  outside: ChainParticipation = noParticipation,
  optionsAt: OptionsAt = optionsOf(offers).optionsAt,
): readonly ChoiceInterval[] => {
  const { min, max } = types;
  const starts = [
    ...STARTS.map((u) => types.quantile(u)),
    ...offers.flatMap((offer) => offer.kinks(max)),
    ...types.breakpoints,
    ...outside.breakpoints,
  ];
  const ends = [min, ...starts.filter((x) => x > min && x < max).sort((a, b) => a - b), max];
  return convexChoice(optionsAt, ends, (type) => ({
    utility: outside.utility(type),
    slope: outside.slope(type),
  }));
};

/** The share of a population between two of its types. */
export const shareBetween = (types: Distribution, from: number, to: number): number =>
  (from > types.min ? types.survival(from) : 1) - (to < types.max ? types.survival(to) : 0);

/** Free choice of a continuous population, who have u outside; every plan's buyers are integrated over in full. */
export const planSalesToPopulation = (
  offers: readonly PlanOffer[],
  plans: number,
  types: Distribution,
  outside: ChainParticipation = noParticipation,
): PlanSales => {
  const found = optionsOf(offers);
  const { add, sales } = planSums(offers, plans);
  const { min, max } = types;
  const isSingular = (end: number): boolean =>
    (end === max || end === min || types.breakpoints.includes(end)) && isSingularAt(types, end);
  const piecesOf = (from: number, to: number, kinks: readonly number[]) =>
    piecesBetween(
      [from, ...[...kinks, ...types.breakpoints].filter((x) => x > from && x < to).sort((a, b) => a - b), to],
      isSingular,
    );
  let [elsewhere, error] = [0, 0];
  for (const { from, to, option } of planIntervals(offers, types, outside, found.optionsAt)) {
    const share = shareBetween(types, from, to);
    if (!(share > 0)) continue;
    if (option < 0) {
      if (outside === noParticipation) continue;
      const integral = integrateTypes(
        types,
        (x, mass, _length, out) => {
          out[0] = outside.utility(x) * mass;
        },
        1,
        piecesOf(from, to, outside.breakpoints),
      );
      elsewhere += integral.values[0]!;
      error = Math.max(error, integral.error);
      continue;
    }
    const use = found.uses[option]!;
    const integral = integrateTypes(
      types,
      (x, mass, _length, out) => {
        offers[option]!.use(x, use);
        out[0] = use.payment * mass;
        out[1] = use.cost * mass;
        out[2] = use.utility * mass;
        out[3] = use.quality * mass;
        for (let i = 0; i < use.inputs.length; i++) out[4 + i] = use.inputs[i]! * mass;
      },
      4 + use.inputs.length,
      piecesOf(from, to, offers[option]!.kinks(max)),
    );
    error = Math.max(error, integral.error);
    add(option, [from, to], share, integral.values);
  }
  return sales(elsewhere, found.solved, error);
};

/** Free choice of finitely many types, who have `outside` each, one a type. */
export const planSalesToTypes = (
  offers: readonly PlanOffer[],
  plans: number,
  { value, mass }: FiniteTypes,
  outside: Float64Array = new Float64Array(value.length),
): PlanSales => {
  const found = optionsOf(offers);
  const { add, sales } = planSums(offers, plans);
  let elsewhere = 0;
  for (let n = 0; n < value.length; n++) {
    if (!(mass[n]! > 0)) continue;
    const option = bestChoice(value[n]!, found.optionsAt(value[n]!), outside[n]!);
    if (option < 0) {
      elsewhere += mass[n]! * outside[n]!;
      continue;
    }
    const { payment, cost, utility, quality, inputs } = found.uses[option]!;
    add(
      option,
      [value[n]!, value[n]!],
      mass[n]!,
      [payment, cost, utility, quality, ...inputs].map((amount) => mass[n]! * amount),
    );
  }
  return sales(elsewhere, found.solved, 0);
};
