import { InputError } from '../input-error.ts';
import { root } from '../integration/root.ts';
import { clearPoint, type EfficientSupply, supplyPoint } from '../supply/efficient-supply.ts';
import type { Input } from '../supply/input.ts';
import type { ProductionFunction } from '../supply/production-function.ts';
import type { Plan } from './plan.ts';
import { productionBeyond } from './plan-production.ts';

/** What a buyer makes of a plan when she chooses her inputs freely. Buffers belong to the caller and are overwritten. */
export interface PlanUse {
  /** Of her tasks: the slope of her utility in her type. */
  quality: number;
  /** θ·quality − payment. */
  utility: number;
  /** Fee, and what is spent on usage or committed to. */
  payment: number;
  /** The seller's. */
  cost: number;
  /** Totals over the tasks, in the order of the offer's inputs. */
  readonly inputs: Float64Array;
  solved: boolean;
}

/** One plan with one model: what every type makes of it. */
export interface PlanOffer {
  /** The plan's place in the menu. */
  readonly plan: number;
  readonly inputs: readonly Input[];
  use(type: number, out: PlanUse): void;
  /** The types in (0, upTo) at which use has a kink, ascending. */
  kinks(upTo: number): readonly number[];
}

/** With what a plan's buyers make quality; `costs` of inputs are the seller's. */
export interface PlanTechnology {
  readonly production: ProductionFunction;
  /** Task inputs before shared ones. */
  readonly inputs: readonly Input[];
  readonly model?: string;
}

/** Efficient supply from a production function, with prices for costs. */
export type SupplyAtPrices = (production: ProductionFunction, inputs: readonly Input[]) => EfficientSupply;

export const planUse = (inputs: number): PlanUse => ({
  quality: 0,
  utility: 0,
  payment: 0,
  cost: 0,
  inputs: new Float64Array(inputs),
  solved: true,
});

/**
 * A plan as its buyers see it. Beyond what is included a buyer of type θ takes e to maximise θ v(a + e) − max(commitment, p·e), which is efficient supply at prices p,
 * at the type at which the commitment is just used up or at her own, whichever is higher: below it she uses up what she has paid for anyway.
 *
 * Exact for concave v that increases in every input: what is included is then used up. `highest` is the highest type that may ask.
 */
export const planOffer = (
  plan: Plan,
  place: number,
  { production, inputs, model }: PlanTechnology,
  { scale, highest }: { readonly scale: number; readonly highest: number },
  supplyAt: SupplyAtPrices,
): PlanOffer => {
  const tasks = plan.taskCap === null ? scale : Math.min(scale, plan.taskCap);
  const of = (amounts: Plan['prices'], name: string): number | undefined =>
    (model === undefined ? undefined : own(amounts, `${model}.${name}`)) ?? own(amounts, name);
  const tasksOf = ({ scope }: Input): number => (scope === 'task' ? tasks : 1);
  const free = Float64Array.from(inputs, (input) => {
    const price = of(plan.prices, input.name);
    // What costs nothing is used to the full.
    if (price === 0 && input.max < Number.POSITIVE_INFINITY) return input.max;
    const amount = (of(plan.included, input.name) ?? 0) / tasksOf(input);
    return Math.min(Number.isFinite(amount) ? amount : 0, input.max);
  });
  const bought = inputs.map((input, i) => {
    const price = of(plan.prices, input.name);
    if (price === undefined || !(free[i]! < input.max)) return false;
    if (price > 0) return true;
    throw new InputError(
      'price',
      `at a price of 0 buyers take ${input.name} without end; expected a price above 0, included units without a price, or a max on the input`,
      ['prices', input.name],
    );
  });
  const taskCount = inputs.filter(({ scope }) => scope === 'task').length;
  const [task, shared] = [free.slice(0, taskCount), free.slice(taskCount)];
  const freeQuality = tasks > 0 ? tasks * production.value(task, shared) : 0;
  const freeCost = inputs.reduce((sum, input, i) => sum + input.cost * free[i]! * tasksOf(input), 0);
  const priced = inputs.flatMap((input, i) =>
    bought[i]! ? [{ ...input, cost: of(plan.prices, input.name)!, max: input.max - free[i]! }] : [],
  );
  const places = bought.flatMap((is, i) => (is ? [i] : []));
  const isPlain = places.length === inputs.length && free.every((amount) => amount === 0);
  const beyond = isPlain ? production : productionBeyond(production, { task, shared, bought });
  const supply = tasks > 0 && isUseful(beyond, priced) ? supplyAt(beyond, priced) : undefined;
  const point = supplyPoint(priced.length);
  const idle = supply === undefined ? 0 : idleUpTo(production, { task, shared, bought }, priced, tasks);
  const spent = (type: number): number => {
    if (supply === undefined) return 0;
    if (type <= idle) clearPoint(point, true);
    else supply.supply(type, tasks, point);
    return point.cost;
  };
  const usedUp = supply === undefined ? 0 : typeSpending(spent, plan.commitment, highest);

  return {
    plan: place,
    inputs,
    use(type, out) {
      const as = Math.max(type, usedUp);
      const usage = spent(as);
      let cost = freeCost;
      out.quality = freeQuality + (supply === undefined ? 0 : point.quality);
      inputs.forEach((input, i) => {
        out.inputs[i] = free[i]! * tasksOf(input);
      });
      if (supply !== undefined) {
        places.forEach((i, k) => {
          const amount = point.inputs[k]! * tasksOf(inputs[i]!);
          out.inputs[i]! += amount;
          cost += inputs[i]!.cost * amount;
        });
      }
      out.cost = cost;
      out.payment = plan.fee + Math.max(plan.commitment, usage);
      out.utility = type * out.quality - out.payment;
      out.solved = (supply === undefined || point.solved) && Number.isFinite(out.utility);
    },
    kinks(upTo) {
      if (supply === undefined) return [];
      const kinks = supply.kinks(tasks, upTo).filter((type) => type > usedUp);
      return usedUp > 0 && usedUp < upTo ? [usedUp, ...kinks] : kinks;
    },
  };
};

const own = (amounts: Readonly<Record<string, number>>, name: string): number | undefined =>
  Object.hasOwn(amounts, name) ? amounts[name] : undefined;

/** Whether inputs that can be bought make anything: an input that is needed and not to be had makes all others useless. */
const isUseful = (production: ProductionFunction, priced: readonly Input[]): boolean => {
  if (priced.length === 0) return false;
  const amountsOf = (scope: Input['scope']): Float64Array =>
    Float64Array.from(
      priced.filter((input) => input.scope === scope),
      ({ max }) => Math.min(1, max),
    );
  return production.value(amountsOf('task'), amountsOf('shared')) !== 0;
};

/**
 * The highest type whom no input is worth its price beyond what is included, a: of concave v nothing is gained where θ ∂v/∂x(a) ≤ p of every input, as v(a + e) − v(a) ≤ ∇v(a)·e. 0 where v is not
 * known to be concave, or v(a) is 0 and may have no gradient.
 */
const idleUpTo = (
  production: ProductionFunction,
  { task, shared, bought }: Parameters<typeof productionBeyond>[1],
  priced: readonly Input[],
  tasks: number,
): number => {
  if (production.closedForm === undefined || production.gradient === undefined) return 0;
  if (!(production.value(task, shared) > 0)) return 0;
  const marginal = new Float64Array(task.length + shared.length);
  production.gradient(task, shared, marginal);
  const own = marginal.filter((_, i) => bought[i]);
  return priced.reduce((least, { cost, scope }, k) => {
    const upTo = cost / (own[k]! * (scope === 'shared' ? tasks : 1));
    return upTo >= 0 ? Math.min(least, upTo) : 0;
  }, Number.POSITIVE_INFINITY);
};

const MOST_DOUBLINGS = 200;

/** The lowest type that spends so much, 0 for nothing; where no type does, one from which on spending rises no more. */
const typeSpending = (spent: (type: number) => number, commitment: number, highest: number): number => {
  if (!(commitment > 0)) return 0;
  let high = highest > 0 && Number.isFinite(highest) ? highest : 1;
  let before = -1;
  for (let step = 0; step < MOST_DOUBLINGS; step++) {
    const now = spent(high);
    if (now >= commitment) return root((type) => spent(type) - commitment, 0, high);
    if (!(now > before) && now > 0) break;
    before = now;
    high *= 2;
  }
  return high;
};
