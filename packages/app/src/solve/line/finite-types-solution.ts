import {
  asPartOf,
  type Certificate,
  type Condition,
  certifiedMenu,
  chainProblem,
  chainProposal,
  type EfficientSupply,
  essentialTypes,
  type FiniteMenu,
  type FiniteProblem,
  type FiniteTypes,
  finiteItem,
  finiteMenu,
  judged,
  type Totals,
} from '@menusmith/core';
import type { ListedChain } from '../../problem/screening-problem.ts';
import type { Coordinates, TypeResult } from '../../result.ts';
import { degreeOf } from '../../study/degree.ts';
import type { Study } from '../../study/study.ts';
import { surplusWeightOf } from '../../study/terms.ts';
import { withCrumbs } from '../assemble.ts';
import { bindingConstraints, bindingResult } from '../binding-constraints.ts';
import { implementBesideOutside, implementOnTypes } from '../offers/listed-implementation.ts';
import { listedElsewhere } from '../outside/elsewhere.ts';
import { quoteItem } from '../quote.ts';
import type { Solved, SolveProgress } from '../solved.ts';
import { indexThreshold } from '../supply/fine-tuning-threshold.ts';
import { listedUse } from '../supply/input-use.ts';
import type { StudySupply } from '../supply/supply-of.ts';
import { type ChainBesideOutside, efficientBesideOutside } from './efficient-chain.ts';
import { type PromisedChain, solvePromisedChain } from './promised-chain.ts';

/** Steps between listed types need no derivative: what they miss by is rounding. */
const STEP_ROUNDING = 1e-12;

/** Conditions along a chain of types, between neighbours that are served. */
const chainCondition = (
  name: Condition['name'],
  values: Float64Array,
  ironed: Float64Array,
  step: (low: number, high: number) => number,
): Condition => {
  const served = Array.from(values, (_, k) => k)
    .filter((k) => ironed[k]! > 0)
    .sort((a, b) => values[a]! - values[b]!);
  let margin = Number.POSITIVE_INFINITY;
  let at: Condition['at'] = {};
  for (let i = 0; i + 1 < served.length; i++) {
    const [low, high] = [served[i]!, served[i + 1]!];
    if (values[low] === values[high]) continue;
    const size = step(low, high);
    if (size < margin) {
      margin = size;
      at = { value: values[high]! };
    }
  }
  return judged(name, margin, at, STEP_ROUNDING);
};

/** A package in the hands of a buyer with a value profile, who spreads it as x(i) = X (w(i)/θ)^{1/(1−σ)}. */
const spreadOverTasks = (
  quoted: TypeResult,
  theta: number,
  degree: number,
  values: Float64Array,
  weights: Float64Array,
  threshold: { readonly thetaHat?: number | null },
): TypeResult => {
  const shares = values.map((w) => (quoted.excluded ? 0 : Math.exp(Math.log(w / theta) / (1 - degree))));
  const profile = shares.map((share) => quoted.quality * Math.exp(degree * Math.log(share)));
  const { value: _, ...rest } = quoted;
  return {
    ...rest,
    quality: profile.reduce((sum, q, m) => sum + weights[m]! * q, 0),
    profile: Array.from(profile),
    index: { theta, quality: quoted.quality, ...threshold },
    perTask: Object.fromEntries(
      Object.keys(quoted.perTask).map((name) => [
        name,
        Array.from(shares, (share) => share * quoted.inputs[name]!),
      ]),
    ),
  };
};

/** Finitely many types along a line: exact one-dimensional screening, certified on all pairs of types. */
export function* solveFiniteTypes(
  study: Study,
  chain: ListedChain,
  { supply }: StudySupply,
): Generator<SolveProgress<Solved>, Solved, boolean | undefined> {
  const { keep, outside } = study.terms;
  if (study.contract === 'efficient')
    return solvedChain(study, chain, supply, outside && efficientBesideOutside(study, chain, supply));
  if (!(keep || outside)) return solvedChain(study, chain, supply);
  const answer = (promised: PromisedChain): Solved => solvedChain(study, chain, supply, promised, promised);
  return answer(yield* asPartOf(solvePromisedChain(study, chain, supply), answer));
}

const solvedChain = (
  study: Study,
  listedChain: ListedChain,
  supply: EfficientSupply,
  beside?: ChainBesideOutside,
  promised?: PromisedChain,
): Solved => {
  const { coordinate, scale: tasksServed, types: chain, listed, tasks } = listedChain;
  const isEfficient = study.contract === 'efficient';
  const degree = degreeOf(study.technology);
  const { value, mass } = chain;
  const surplusWeight = surplusWeightOf(study.terms);
  const menu = beside?.menu ?? finiteMenu(chain, supply, { isEfficient, scale: tasksServed, surplusWeight });
  const isFineTuned = (inputs: Float64Array): boolean =>
    supply.inputs.some(({ scope }, i) => scope === 'shared' && inputs[i]! > 0);

  const sum = (term: (k: number) => number): number =>
    mass.reduce((total, m, k) => (m > 0 ? total + m * term(k) : total), 0);
  const totals: Totals = {
    servedSurplus: menu.upperBound,
    cost: sum((k) => menu.cost[k]!),
    // What she has outside is worth something as well.
    grossValue: sum((k) => (beside ? menu.transfer[k]! + menu.rent[k]! : value[k]! * menu.quality[k]!)),
    rent: sum((k) => menu.rent[k]!),
    excluded: sum((k) => (menu.quality[k]! > 0 ? (beside?.outside?.[k] ?? 0) : 1)),
    fineTuned: sum((k) => (isFineTuned(menu.inputs[k]!) ? 1 - (beside?.outside?.[k] ?? 0) : 0)),
    error: 0,
    ...(promised ? { kept: sum((k) => (promised.takes[k] === 'kept' ? 1 : 0)) } : {}),
    ...(beside?.outside ? { outside: sum((k) => beside.outside![k]!) } : {}),
    solved: menu.solved,
  };
  const threshold = indexThreshold(study);
  const typeOf = (k: number): TypeResult => {
    const type = listed[k]!;
    const { name, scale, values } = type;
    const theta = value[k]!;
    const hasIndex = (coordinate === 'theta' && scale !== undefined) || (isEfficient && degree !== undefined);
    const quoted = quoteItem(finiteItem(menu, value, k, tasksServed), supply, {
      value: type.value ?? theta,
      contract: study.contract,
      implementation: study.implementation,
      virtualValue: menu.virtualValue[k]!,
      ...(scale === undefined ? {} : { scale }),
      ...(hasIndex ? { index: { theta, degree: degree!, ...threshold() } } : {}),
    });
    const named = {
      ...(name === undefined ? {} : { name }),
      mass: mass[k]!,
    };
    const had = beside ? takenFrom(beside, k, isEfficient) : {};
    return tasks === undefined
      ? { ...named, ...quoted, ...had, profile: [quoted.quality / tasksServed] }
      : { ...named, ...spreadOverTasks(quoted, theta, degree!, values!, tasks.weights, threshold()), ...had };
  };
  const types = listed.map((_, k) => typeOf(k));
  const quote = (buyer: Coordinates): TypeResult =>
    types.find((type) => type.value === buyer.value && type.scale === buyer.scale)!;

  const elsewhere = elsewhereOf(mass, beside?.worth);
  const common = { pools: [], types, quote, use: () => listedUse(types), ...elsewhere };
  if (isEfficient) return { ...common, ...efficientChain(totals) };
  const chained = promised ?? certifiedChain(chain, menu, supply, tasksServed, surplusWeight);
  const { certified, essential, problem } = chained;
  const efficient = (): Totals => ({ ...totals, grossValue: essential.firstBest, cost: 0, rent: 0 });
  const profit = totals.grossValue - totals.rent - totals.cost;
  const conditions: Condition[] = [...(promised ? [] : chainConditions(value, menu))];
  const { objective } = study.terms;
  const implementation =
    study.implementation === 'direct'
      ? undefined
      : promised
        ? implementBesideOutside(study.implementation, { objective }, promised.sellable, listedChain, supply)
        : implementOnTypes(
            study.implementation,
            { profit, consumerSurplus: totals.rent, objective },
            menu,
            listedChain,
            supply,
          );
  return {
    ...common,
    method: 'one-dimensional',
    totals: withCrumbs(totals, certified.certificate, surplusWeight),
    efficient,
    certificate: certified.certificate,
    money: certified.money,
    conditions,
    binding: bindingResult(bindingConstraints(mass, certified, essential, (k) => !(menu.quality[k]! > 0))),
    ...(implementation ? { implementation } : {}),
    proved: { study, problem, essential, menu: certified, ...(tasks ? { tasks } : {}) },
    ...(promised?.lotteries === undefined ? {} : { lotteries: promised.lotteries }),
    ...(promised?.withoutLotteries ? { withoutLotteries: promised.withoutLotteries } : {}),
  };
};

const elsewhereOf = (mass: Float64Array, worth: Float64Array | undefined): Pick<Solved, 'elsewhere'> =>
  worth === undefined ? {} : { elsewhere: () => listedElsewhere(mass, worth) };

/** What type k has where something is promised to her. */
const takenFrom = (
  { menu, takes, lottery }: ChainBesideOutside,
  k: number,
  isEfficient: boolean,
): Pick<TypeResult, 'transfer' | 'rent' | 'takes' | 'lottery'> & Partial<Pick<TypeResult, 'tariff'>> => ({
  transfer: isEfficient ? null : menu.transfer[k]!,
  rent: isEfficient ? null : menu.rent[k]!,
  takes: takes[k]!,
  // A lottery has no prices.
  ...(lottery[k] ? { lottery: lottery[k], tariff: null } : {}),
});

/** Nothing is sold: welfare is certified in place of profit. */
const efficientChain = (totals: Totals) => {
  const welfare = totals.grossValue - totals.cost;
  const certificate: Certificate = {
    of: 'grid',
    attained: welfare,
    upperBound: totals.solved ? totals.servedSurplus : Number.NaN,
    maxIncentiveViolation: 0,
    maxParticipationViolation: 0,
  };
  return {
    method: 'efficient' as const,
    totals,
    efficient: () => totals,
    certificate,
    money: welfare,
    conditions: [],
  };
};

/** The chain's menu, certified on all pairs of types. */
const certifiedChain = (
  chain: FiniteTypes,
  menu: FiniteMenu,
  supply: EfficientSupply,
  scale: number,
  surplusWeight: number,
): Pick<PromisedChain, 'certified' | 'essential'> & { readonly problem: FiniteProblem } => {
  const problem = { ...chainProblem(chain, supply, scale), surplusWeight };
  const essential = essentialTypes(problem, 0);
  return {
    problem,
    essential,
    certified: certifiedMenu(problem, essential, chainProposal(essential, chain, menu)),
  };
};

const chainConditions = (
  value: Float64Array,
  { virtualValue, ironedVirtualValue: ironed }: FiniteMenu,
): Condition[] => [
  chainCondition(
    'increasing-virtual-value',
    value,
    ironed,
    (low, high) => virtualValue[high]! - virtualValue[low]!,
  ),
  chainCondition(
    'nonincreasing-markup',
    value,
    ironed,
    (low, high) => Math.log(value[low]! / ironed[low]!) - Math.log(value[high]! / ironed[high]!),
  ),
];
