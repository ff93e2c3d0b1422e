import { freeChoice, type Plan, type PlanSearch, type PlanShape, supplyPoint, TIE } from '@menusmith/core';
import { studySupply } from '../solve/supply/supply-of.ts';
import type { Study } from '../study/study.ts';
import type { PlanColumn, PlanLine } from './plan-line.ts';
import type { SurplusPromise } from './promised-surplus.ts';
import type { PlanKind } from './tiers-result.ts';

/** The buyers to whom plans are sold, as they are searched for. */
export interface LineMarket {
  readonly study: Study;
  readonly line: PlanLine;
  column(plan: Plan): PlanColumn;
  /** What each type has without new plans. */
  readonly without: PlanColumn;
  readonly kind: PlanKind;
  readonly search: PlanSearch;
  /** Today's plans that stay on sale. */
  readonly sold: readonly Plan[];
  readonly scale: number | undefined;
}

/** What each type takes of plans that are there anyway, or has outside. */
export const bestOf = (columns: readonly PlanColumn[], { value, outside }: PlanLine): PlanColumn => {
  const best = { utility: outside.slice(), margin: new Float64Array(value.length) };
  value.forEach((_, n) => {
    const taken = taking(columns, outside, n);
    if (taken < 0) return;
    best.utility[n] = columns[taken]!.utility[n]!;
    best.margin[n] = columns[taken]!.margin[n]!;
  });
  return best;
};

/** Which of several plans type n takes, −1 for none, by free choice. */
const taking = (columns: readonly PlanColumn[], outside: Float64Array, n: number): number => {
  const stake = columns.reduce((most, { utility }) => Math.max(most, Math.abs(utility[n]!)), 0);
  return freeChoice(
    columns.map(({ utility }) => utility[n]!),
    columns.map(({ margin }) => margin[n]!),
    TIE * stake,
    outside[n]!,
  );
};

/** What is maximised, of a menu as it is sold, by free choice among it and what is there anyway; broken promises count a thousandfold. */
export const worthOf = (
  plans: readonly Plan[],
  { line, column, without, search }: LineMarket,
  promise: SurplusPromise | undefined,
): number => {
  const columns = plans.map(column);
  const { surplusWeight, leastShare } = search;
  const shares = plans.map(() => 0);
  let sum = 0;
  for (let n = 0; n < line.value.length; n++) {
    const taken = freeChoice(
      columns.map(({ utility }) => utility[n]!),
      columns.map(({ margin }) => margin[n]! - without.margin[n]!),
      TIE * stakeOf(columns, without, n),
      without.utility[n]!,
    );
    const { utility, margin } = columns[taken] ?? without;
    if (taken >= 0) shares[taken]! += line.mass[n]!;
    sum += line.mass[n]! * (margin[n]! + surplusWeight * utility[n]!);
  }
  const few = shares.reduce((total, own) => total + (own > 0 ? Math.max(0, leastShare - own) : 0), 0);
  return sum - BROKEN * (few * Math.abs(sum) + (promise?.brokenBy(plans) ?? 0));
};
const BROKEN = 1e3;

/** Money at stake for type n, beside which differences are rounding. */
const stakeOf = (columns: readonly PlanColumn[], without: PlanColumn, n: number): number =>
  columns.reduce(
    (most, { utility, margin }) => Math.max(most, Math.abs(utility[n]!) + Math.abs(margin[n]!)),
    Math.abs(without.utility[n]!),
  );

/** Plans by their shapes, with fees that leave anchors indifferent, or what they are promised, to the last digit: what was searched for is looked up in a table. */
export const exactPlans = (shapes: readonly PlanShape[], market: LineMarket): readonly Plan[] => {
  const { column, without, kind, search } = market;
  const made: Plan[] = [];
  shapes.forEach((shape, k) => {
    const plan = shapedPlan(shape, k, market);
    if (search.fees !== undefined) {
      made.push(plan);
      return;
    }
    if (kind === 'commitment') {
      made.push(justTaken(plan, made, market));
      return;
    }
    const free = column({ ...plan, fee: 0 });
    const n = shape.anchor;
    const least = Math.max(without.utility[n]!, search.promised?.[n] ?? 0);
    const other = made.reduce((most, own) => Math.max(most, column(own).utility[n]!), least);
    const left = free.utility[n]! - other;
    const fee = left > NOTHING * Math.abs(free.utility[n]!) ? left : 0;
    made.push({ ...plan, fee });
  });
  return made;
};

/** Types whom fees of rounded plans are made for, evenly along the line; of many types fewer. */
const MOST_FEES = 32;
const FEES_OF_MANY = 8;
export const MOST_FEW = 100;

/** Fees at which some type is just indifferent between a plan and what else she has; none below 0. */
export const feesOf = (
  free: Plan,
  others: readonly Plan[],
  { column, without, line, search: { promised } }: LineMarket,
): readonly number[] => {
  const { utility } = column(free);
  const beside = others.map(column);
  const count = line.value.length;
  const asked = Math.min(count, count > MOST_FEW ? FEES_OF_MANY : MOST_FEES);
  const places = new Set(
    Array.from({ length: asked }, (_, i) => (asked === 1 ? 0 : Math.round(((count - 1) * i) / (asked - 1)))),
  );
  return [...places]
    .map((n) => {
      const least = Math.max(without.utility[n]!, promised?.[n] ?? 0);
      return utility[n]! - beside.reduce((most, own) => Math.max(most, own.utility[n]!), least);
    })
    .filter((fee) => fee > 0);
};

/**
 * Plans at listed fees, from their shapes. Who was just indifferent where utilities were looked up may leave to the last digit: of each plan prices are lowered, or what it includes
 * raised, by the least that earns most.
 */
export const plansAtFees = (
  shapes: readonly PlanShape[],
  market: LineMarket,
  promise: SurplusPromise | undefined,
): readonly Plan[] => {
  let own = shapes;
  shapes.forEach((shape, k) => {
    const moved = LOWERED.map((share) =>
      own.with(k, { ...shape, markup: shape.markup * (1 - share), included: shape.included * (1 + share) }),
    );
    const worths = moved.map((menu) => worthOf(exactPlans(menu, market), market, promise));
    own = moved[worths.indexOf(Math.max(...worths))]!;
  });
  return exactPlans(own, market);
};

/** Utilities nearer than this share of what a plan is worth were ties where it was looked up. */
const NEAR = 1e-6;
/** Shares by which a commitment is lowered, until nobody who was just indifferent leaves it. */
const LOWERED = [0, 1e-10, 1e-9, 1e-8, 1e-7, 1e-6, 1e-5];

/** A commitment that keeps everybody whom it was to leave just indifferent: to the last digit some would leave it. */
const justTaken = (
  plan: Plan,
  others: readonly Plan[],
  { column, without, search: { promised } }: LineMarket,
): Plan => {
  const first = column(plan).utility;
  const least = without.utility.map((own, n) =>
    others.reduce(
      (most, other) => Math.max(most, column(other).utility[n]!),
      Math.max(own, promised?.[n] ?? 0),
    ),
  );
  const near = Array.from(first, (_, n) => n).filter(
    (n) => Math.abs(first[n]! - least[n]!) <= NEAR * (Math.abs(first[n]!) + plan.commitment),
  );
  for (const share of LOWERED) {
    const lowered = { ...plan, commitment: plan.commitment * (1 - share) };
    const { utility } = column(lowered);
    if (near.every((n) => utility[n]! >= least[n]!)) return lowered;
  }
  return plan;
};

/** A fee below this share of what a plan is worth is rounding. */
const NOTHING = 1e-11;

/** Of the highest value that is served: what is efficient there is less than people count. */
const LEAST_INCLUDED = 4e-3;

/** A shape as a plan of the study's inputs. */
export const shapedPlan = (
  { included: searched, markup, fee }: PlanShape,
  k: number,
  { study, line, kind, sold, search }: LineMarket,
): Plan => {
  // An allowance so small is none.
  const included = kind === 'three-part-tariff' && searched < LEAST_INCLUDED * search.highest ? 0 : searched;
  const { supply } = studySupply(study);
  const point = supplyPoint(supply.inputs.length);
  supply.supply(included, line.scale, point);
  const isCommitment = kind === 'commitment';
  const model = supply.models?.[point.model];
  const amounts: Record<string, number> = {};
  const prices: Record<string, number> = {};
  supply.inputs.forEach((input, i) => {
    if (model !== undefined && input.model !== model) return;
    const amount = point.inputs[i]! * (input.scope === 'task' ? line.scale : 1);
    if (included > 0 && !isCommitment && amount > 0) amounts[input.name] = amount;
    if (markup < Number.POSITIVE_INFINITY) prices[input.name] = markup * input.cost;
  });
  return {
    name: freshName(`Plan ${k + 1}`, sold),
    fee: isCommitment ? 0 : fee,
    included: amounts,
    prices,
    commitment: isCommitment ? markup * point.cost : 0,
    taskCap: null,
    ...(model === undefined ? {} : { models: [model] }),
  };
};

const freshName = (name: string, sold: readonly Plan[]): string =>
  sold.some((plan) => plan.name === name) ? freshName(`New ${name.toLowerCase()}`, sold) : name;
