import {
  choicesAmongTypes,
  freeChoice,
  InputError,
  type Plan,
  planUse,
  pointWithInputs,
  profileIndex,
  representativeType,
  TIE,
} from '@menusmith/core';
import type { ListedBuyer } from '../problem/finite-buyers.ts';
import { profileSupplyOf } from '../solve/supply/profile-supply-of.ts';
import { degreeOf } from '../study/degree.ts';
import type { ProductionTechnology, ProfileTasks, Study } from '../study/study.ts';
import { NO_INPUTS, type PlanLine, planOffers } from './plan-offers.ts';

/** What a buyer makes of a menu of plans, choosing plan, model and inputs freely; all of it 0 where she takes none, but what she has outside. */
export interface BuyerChoice {
  /** The plan's place in the menu; −1 for none. */
  readonly plan: number;
  /** Her surplus, or what she has outside. */
  readonly utility: number;
  /** Her number along a line, or her index; null where she has none. */
  readonly type: number | null;
  /** ∫ q over her tasks, or what her index makes of her tokens. */
  readonly quality: number;
  /** What her tokens are worth to her, before she pays. */
  readonly worth: number;
  readonly payment: number;
  /** The seller's, of what she uses under the plan. */
  readonly cost: number;
  /** Totals over her tasks, of the inputs named. */
  readonly inputs: Float64Array;
  readonly names: readonly string[];
  /** Whether her own problem was solved. */
  readonly solved: boolean;
}

/** A buyer by what is known of her: her value and scale, her values on tasks, or her one number θ as `value`. */
export type PlanBuyer = Pick<ListedBuyer, 'value' | 'scale' | 'values'>;

const NOTHING: BuyerChoice = {
  plan: -1,
  type: null,
  quality: 0,
  utility: 0,
  worth: 0,
  payment: 0,
  cost: 0,
  inputs: new Float64Array(0),
  names: [],
  solved: true,
};

/**
 * What each of several buyers takes of a menu of plans. Plans meter totals, so that a buyer chooses as her index θ does where the production function has one (Lemma 2). Where it has
 * none, or a plan caps tasks, values and scales choose scale by scale, and values on tasks all tasks at once under plain prices.
 * Throws InputError, its field within the menu, where a plan has no answer.
 */
export const planChoices = (
  plans: readonly Plan[],
  study: Study,
  buyers: readonly PlanBuyer[],
  tasks?: ProfileTasks,
  outside?: Float64Array,
): readonly BuyerChoice[] => {
  const degree = degreeOf(study.technology);
  const isByScale = buyers.some(({ scale }) => scale !== undefined);
  if (isByScale && (degree === undefined || plans.some(({ taskCap }) => taskCap !== null)))
    return atScales(plans, study, buyers, outside);
  const profiles = buyers.flatMap(({ values }) => (values === undefined ? [] : [values]));
  if (profiles.length > 0 && degree === undefined) {
    const choose = atPrices(plans, study, tasks!);
    return profiles.map((values, n) => choose(values, outside?.[n]));
  }
  const indexOf = ({ value = 0, scale, values }: PlanBuyer): number => {
    if (values !== undefined) return profileIndex(values, tasks!.weights, degree!);
    return scale === undefined ? value : representativeType(value, scale, degree!);
  };
  const index = Float64Array.from(buyers, indexOf);
  return choicesAlongLine(plans, study, { scale: 1, isScaleFixed: false }, index, outside);
};

/** What types along a line take: each stands for `scale` tasks of its value, or is an index, and has its own `outside`. */
export const choicesAlongLine = (
  plans: readonly Plan[],
  study: Study,
  line: Omit<PlanLine, 'highest'>,
  types: Float64Array,
  outside?: Float64Array,
): readonly BuyerChoice[] => {
  const highest = types.reduce((a, b) => Math.max(a, b), 0);
  const offers = planOffers(plans, study, { ...line, highest });
  const names = offers.map(({ inputs }) => inputs.map(({ name }) => name));
  const uses = offers.map(({ inputs }) => planUse(inputs.length));
  const best = choicesAmongTypes(offers, types);
  return Array.from(types, (type, n): BuyerChoice => {
    const nothing = outside?.[n] ?? 0;
    const own = offers[best[n]!];
    const use = uses[best[n]!];
    if (own === undefined || use === undefined) return nothingOf(nothing, true);
    own.use(type, use);
    const { utility, payment, cost, quality, inputs, solved } = use;
    const taken = freeChoice([utility], [payment - cost], TIE * Math.max(0, type * quality), nothing);
    if (taken < 0) return nothingOf(nothing, solved);
    return {
      plan: own.plan,
      type,
      quality,
      utility: Math.max(nothing, utility),
      worth: type * quality,
      payment,
      cost,
      inputs: inputs.slice(),
      names: names[best[n]!]!,
      solved,
    };
  });
};

const nothingOf = (utility: number, solved: boolean): BuyerChoice =>
  solved && utility === 0 ? NOTHING : { ...NOTHING, utility, solved };

const atScales = (
  plans: readonly Plan[],
  study: Study,
  buyers: readonly PlanBuyer[],
  outside?: Float64Array,
): BuyerChoice[] => {
  const choices = new Array<BuyerChoice>(buyers.length);
  const members = new Map<number, number[]>();
  buyers.forEach(({ scale = 0 }, n) => {
    const own = members.get(scale);
    if (own === undefined) members.set(scale, [n]);
    else own.push(n);
  });
  for (const [scale, own] of members) {
    const values = Float64Array.from(own, (n) => buyers[n]!.value ?? 0);
    const worth = outside && Float64Array.from(own, (n) => outside[n]!);
    choicesAlongLine(plans, study, { scale, isScaleFixed: true }, values, worth).forEach((choice, i) => {
      choices[own[i]!] = choice;
    });
  }
  return choices;
};

/** Profiles without an index, who buy at a plan's prices what is best on all tasks at once: a fee and a price of every input is all that a plan can have. */
const atPrices = (
  plans: readonly Plan[],
  study: Study,
  tasks: ProfileTasks,
): ((values: Float64Array, nothing?: number) => BuyerChoice) => {
  const { weights } = tasks;
  const offers = plans.flatMap((plan, k) =>
    pricedTechnologies(plan, k, study).map(({ technology, costs, names }) => {
      const { supply } = profileSupplyOf({ ...study, technology }, tasks);
      return { plan, k, supply, names, costs, point: pointWithInputs(supply) };
    }),
  );
  return (values, nothing = 0) => {
    const made = offers.map(({ plan, k, supply, names, costs, point }): BuyerChoice => {
      supply.supply(values, weights, weights.length, point);
      const { task, shared } = point.inputs;
      let [shared_, task_] = [0, 0];
      const taskCount = task.length / weights.length;
      const used = supply.inputs.map(({ scope }) => {
        if (scope === 'shared') return shared[shared_++]!;
        const j = task_++;
        return weights.reduce((sum, weight, m) => sum + weight * task[m * taskCount + j]!, 0);
      });
      return {
        plan: k,
        type: null,
        quality: weights.reduce((sum, weight, m) => sum + weight * point.quality[m]!, 0),
        utility: point.surplus - plan.fee,
        worth: point.surplus + point.cost,
        payment: plan.fee + point.cost,
        cost: used.reduce((sum, amount, i) => sum + amount * costs[i]!, 0),
        inputs: Float64Array.from(used),
        names,
        solved: point.solved,
      };
    });
    const worth = made.reduce((most, own) => Math.max(most, own.worth), 0);
    const taken = freeChoice(
      made.map(({ utility }) => utility),
      made.map(({ payment, cost }) => payment - cost),
      TIE * worth,
      nothing,
    );
    return made[taken] ?? { ...NOTHING, utility: nothing };
  };
};

/** The technology with a plan's prices for costs, of every model to which it gives access; the costs, and the inputs' names. */
const pricedTechnologies = (plan: Plan, k: number, { technology }: Study) => {
  if (technology.kind === 'cost') throw new InputError('cost', NO_INPUTS, ['plans', k]);
  const isOpen = ({ name }: { readonly name: string }): boolean => plan.models?.includes(name) ?? true;
  const isPlain = Object.keys(plan.included).length === 0 && plan.commitment === 0 && plan.taskCap === null;
  const pricedOf = (made: ProductionTechnology, model?: string) => {
    const price = (name: string): number =>
      (model === undefined ? undefined : plan.prices[`${model}.${name}`]) ?? plan.prices[name] ?? 0;
    if (!isPlain || made.inputs.some(({ name }) => !(price(name) > 0)))
      throw new InputError(
        'unsupported',
        'with profiles and a production function that is not homogeneous a plan is a fee and a price above 0 of every input; expected no included units, commitment or task cap',
        ['plans', k],
      );
    const inputs = made.inputs.map((input) => ({ ...input, cost: price(input.name) }));
    const priced: ProductionTechnology = { ...made, kind: 'production', inputs };
    return {
      technology: priced,
      costs: made.inputs.map(({ cost }) => cost),
      names: made.inputs.map(({ name }) => name),
    };
  };
  return technology.kind === 'production'
    ? [pricedOf(technology)]
    : technology.models.filter(isOpen).map((made) => pricedOf(made, made.name));
};
