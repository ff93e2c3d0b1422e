import {
  InputError,
  type Plan,
  type PlanUtility,
  planUtility,
  pointWithInputs,
  profileIndex,
} from '@menusmith/core';
import type { FiniteBuyers } from '../problem/finite-buyers.ts';
import type { ContinuousChain, ListedChain } from '../problem/screening-problem.ts';
import { profileSupplyOf } from '../solve/supply/profile-supply-of.ts';
import { degreeOf } from '../study/degree.ts';
import type { Kept, Study } from '../study/study.ts';
import { type PlanBuyers, planOffers } from './plan-offers.ts';

/** What a listed type makes of today's plans; all of it 0 where she takes none. */
export interface KeptChoice {
  /** The plan's place in the menu; −1 for none. */
  readonly plan: number;
  /** Her surplus, in full: `share` of it is what she is to have at least. */
  readonly utility: number;
  readonly payment: number;
  /** The seller's, of what she uses under the plan. */
  readonly cost: number;
  /** ∫ q over her tasks. */
  readonly quality: number;
}

/** u(θ) of today's plans along a line: in full, of which types are to have `share`. */
export const keptUtility = (
  { plans }: Kept,
  study: Study,
  { types, scale, isScaleFixed }: Pick<ContinuousChain, 'types' | 'scale' | 'isScaleFixed'>,
): PlanUtility => {
  const offers = keeping(() => planOffers(plans, study, { scale, isScaleFixed, highest: types.max }));
  return planUtility(offers, types);
};

/** What every type along a line takes of today's plans, by free choice of plan, model and inputs. */
export const keptAlongLine = ({ plans }: Kept, study: Study, chain: ListedChain): readonly KeptChoice[] => {
  const { value } = chain.types;
  return alongLine(plans, study, { ...chain, highest: largest(value) }, value);
};

/**
 * What every type of a list takes of today's plans. Types with values on tasks choose as her index does where the
 * production function has one (Lemma 2), and all tasks at once under plain prices where it has none; types of a value and a scale choose by their value.
 */
export const keptChoices = ({ plans }: Kept, study: Study, buyers: FiniteBuyers): readonly KeptChoice[] => {
  const known = chosen.get(buyers);
  if (known?.study === study) return known.choices;
  const choices = freeChoices(plans, study, buyers);
  chosen.set(buyers, { study, choices });
  return choices;
};
/** The choices of the study that asked last: its solve and its result both ask. */
const chosen = new WeakMap<
  FiniteBuyers,
  { readonly study: Study; readonly choices: readonly KeptChoice[] }
>();

const freeChoices = (plans: readonly Plan[], study: Study, buyers: FiniteBuyers): readonly KeptChoice[] => {
  if (buyers.grid) return atScales(plans, study, buyers, buyers.grid);
  const { tasks, listed } = buyers;
  const degree = degreeOf(study.technology);
  const profiles = listed.map(({ values }) => values!);
  if (degree === undefined) return profiles.map(atPrices(plans, study, buyers));
  const index = Float64Array.from(profiles, (values) => profileIndex(values, tasks.weights, degree));
  return alongLine(plans, study, { scale: 1, isScaleFixed: false, highest: largest(index) }, index);
};

const largest = (values: Float64Array): number => values.reduce((a, b) => Math.max(a, b), 0);

const alongLine = (
  plans: readonly Plan[],
  study: Study,
  buyers: PlanBuyers,
  types: ArrayLike<number>,
): KeptChoice[] => {
  const offers = keeping(() => planOffers(plans, study, buyers));
  const { choice } = planUtility(offers, { min: 0, max: 0 });
  return Array.from(types, (type) => {
    const { offer, utility, payment, cost, quality } = choice(type);
    return {
      plan: offer < 0 ? -1 : offers[offer]!.plan,
      utility: Math.max(0, utility),
      payment,
      cost,
      quality,
    };
  });
};

/** Types (w, s), scale by scale: a plan can cap their tasks. */
const atScales = (
  plans: readonly Plan[],
  study: Study,
  { types, listed }: FiniteBuyers,
  grid: NonNullable<FiniteBuyers['grid']>,
): KeptChoice[] => {
  const choices = new Array<KeptChoice>(types.count);
  const members = new Map<number, number[]>();
  listed.forEach(({ scale = 0 }, n) => {
    members.set(scale, [...(members.get(scale) ?? []), n]);
  });
  for (const [scale, own] of members) {
    const values = own.map((n) => grid.types.values[n]!);
    const buyers = { scale, isScaleFixed: true, highest: Math.max(0, ...values) };
    alongLine(plans, study, buyers, values).forEach((choice, i) => {
      choices[own[i]!] = choice;
    });
  }
  return choices;
};

/** Profiles without an index, who buy at a plan's prices what is best on all tasks at once: a fee and a price of every input is all that a plan can have. */
const atPrices = (
  plans: readonly Plan[],
  study: Study,
  { tasks }: FiniteBuyers,
): ((values: Float64Array) => KeptChoice) => {
  const { weights } = tasks;
  const offers = plans.map((plan, k) => {
    const priced = keeping(() => pricedTechnology(plan, k, study));
    const { supply } = profileSupplyOf({ ...study, technology: priced.technology }, tasks);
    return { plan, k, supply, costs: priced.costs, point: pointWithInputs(supply) };
  });
  return (values) => {
    let best: KeptChoice = { plan: -1, utility: 0, payment: 0, cost: 0, quality: 0 };
    for (const { plan, k, supply, costs, point } of offers) {
      supply.supply(values, weights, weights.length, point);
      const utility = point.surplus - plan.fee;
      if (!(utility > best.utility)) continue;
      const { task, shared } = point.inputs;
      let [shared_, task_] = [0, 0];
      const taskCount = task.length / weights.length;
      const used = supply.inputs.map(({ scope }) => {
        if (scope === 'shared') return shared[shared_++]!;
        const j = task_++;
        return weights.reduce((sum, weight, m) => sum + weight * task[m * taskCount + j]!, 0);
      });
      best = {
        plan: k,
        utility,
        payment: plan.fee + point.cost,
        cost: used.reduce((sum, amount, i) => sum + amount * costs[i]!, 0),
        quality: weights.reduce((sum, weight, m) => sum + weight * point.quality[m]!, 0),
      };
    }
    return best;
  };
};

/** The technology with a plan's prices for costs; and the costs. */
const pricedTechnology = (plan: Plan, k: number, { technology }: Study) => {
  if (technology.kind !== 'production')
    throw new InputError(
      'unsupported',
      'with values on tasks today’s plans are of one production function; expected production and inputs in place of models',
      ['plans', k],
    );
  const isPlain = Object.keys(plan.included).length === 0 && plan.commitment === 0 && plan.taskCap === null;
  const missing = technology.inputs.find(({ name }) => !((plan.prices[name] ?? 0) > 0));
  if (!isPlain || missing !== undefined)
    throw new InputError(
      'unsupported',
      'with profiles and a production function that is not homogeneous a plan is a fee and a price above 0 of every input; expected no included units, commitment or task cap',
      ['plans', k],
    );
  return {
    costs: technology.inputs.map(({ cost }) => cost),
    technology: {
      ...technology,
      inputs: technology.inputs.map((input) => ({ ...input, cost: plan.prices[input.name]! })),
    },
  };
};

/** What is wrong with a plan is said of the field that names today's menu. */
const keeping = <T>(work: () => T): T => {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    const field = error.field.length > 0 ? `${error.field.join('.')}: ` : '';
    throw new InputError(error.code, `today’s plans: ${field}${error.message}`, ['keep', 'menu']);
  }
};
