import {
  asPartOf,
  type Certificate,
  type CertifiedMenu,
  type ChainProblem,
  type CountedAmounts,
  type Distribution,
  type EfficientSupply,
  type FallbackAt,
  type FiniteSolver,
  keepingBuyers,
  type MadeItem,
  observableScale,
  type PopulationMenu,
  type PopulationTotals,
  type ProfileSupply,
  type Progress,
  populationMenus,
  populationTotals,
  solveFinite,
  type Totals,
  type ValueScalePopulation,
  wholeShares,
  withoutPromised,
} from '@menusmith/core';
import { finiteOrNull } from '../../finite-or-null.ts';
import { type FiniteBuyers, finiteBuyersOf } from '../../problem/finite-buyers.ts';
import type { PopulationResult } from '../../result.ts';
import { gridRange } from '../../study/grid-range.ts';
import { finiteTolerance } from '../../study/solved-on-grid.ts';
import type { Study, ValueScaleBuyers } from '../../study/study.ts';
import { surplusWeightOf } from '../../study/terms.ts';
import { promising } from '../outside/outside-along.ts';
import { populationFallbacks } from '../outside/population-fallbacks.ts';
import type { Elsewhere } from '../solved.ts';
import { costFormOf } from '../supply/cost-form-of.ts';
import type { InputUse } from '../supply/input-use.ts';
import { profileSupplyOf } from '../supply/profile-supply-of.ts';
import { studySupply } from '../supply/supply-of.ts';
import { ALMOST_SURE } from './finite-listing.ts';
import { problemOf } from './finite-problem-of.ts';
import { madeInputs } from './made-inputs.ts';

/** Items a scale; each takes a solve for supply, and so does every mixture of them that is taken. */
const ITEMS = { 'closed-form': 192, numeric: 48 } as const;

/** A grid's menu offered to the continuous population that the grid stands for. */
export interface SoldToPopulation {
  readonly menu: PopulationMenu;
  readonly totals: Totals;
  readonly efficient: Totals;
  readonly certificate: Certificate;
  readonly population: PopulationResult;
  /** What buyers of a scale have who take none of its items, where they have something, and the mean of it. */
  readonly fallbackAt?: FallbackAt;
  elsewhere?(): Elsewhere;
  use(): InputUse;
}

/**
 * Sells a grid's menu, made finer between its types, to the continuous population. All numbers are of one pass of free choice; the bound is what seen
 * scales would earn, in the continuum. `isShort` makes the menu no finer than the grid, and leaves out what takes another solve.
 */
export function* sellToPopulation(
  study: Study,
  buyers: ValueScaleBuyers,
  finite: FiniteBuyers,
  menu: CertifiedMenu,
  solver: FiniteSolver,
  boundOf: () => PopulationBound,
  isShort: boolean,
): Generator<Progress, SoldToPopulation, boolean | undefined> {
  const { types, scales } = finite.grid!;
  const surplusWeight = surplusWeightOf(study.terms);
  const objectiveOf = ({ profit, rent }: PopulationTotals): number => profit + surplusWeight * rent;
  // Items have the grid's tasks, and those beyond the middles of the outermost scales.
  const tasks = scales.length + 2;
  const { supply, path } = profileSupplyOf(study, {
    weights: new Float64Array(tasks),
    positions: new Float64Array(tasks),
  });
  const population = { values: buyers.value, scales: buyers.scale, copula: buyers.dependence };
  const range = { values: gridRange(buyers.value), scales: gridRange(buyers.scale) };
  const fallbackAt = populationFallbacks(study, buyers, studySupply(study).supply);
  const form = costFormOf(study);
  const made = populationMenus(
    { types, scales, menu: withoutOutside(study, menu, finite.types.weights.length) },
    { supply, ...(form ? { cost: form } : {}) },
    range,
    isShort ? 1 : ITEMS[path],
    fallbackAt,
  );
  const candidates = fallbackAt
    ? made.map((each) => besideFallbacks(study, each, buyers.value, fallbackAt))
    : made;
  yield { iterations: menu.iterations, expectedGap: Number.NaN };
  const rough = candidates.map((each) =>
    objectiveOf(populationTotals(population, each, supply, true, undefined, fallbackAt)),
  );
  const sold = candidates[rough[1]! > rough[0]! ? 1 : 0]!;
  yield { iterations: menu.iterations, expectedGap: Number.NaN };
  const totals = populationTotals(population, sold, supply, false, servedByModels(supply), fallbackAt);
  yield { iterations: menu.iterations, expectedGap: Number.NaN };
  const bound = boundOf();
  const isSolved = totals.solved && bound.solved;
  const attainedTotal = objectiveOf(totals);
  const certificate: Certificate = {
    of: 'population',
    attained: totals.solved ? attainedTotal - Math.abs(attainedTotal) * totals.error : Number.NaN,
    upperBound: bound.solved ? bound.profit : Number.NaN,
    // Buyers take what they like best: nobody is asked to report.
    maxIncentiveViolation: 0,
    maxParticipationViolation: 0,
  };
  const values = new Set(types.values).size;
  // What is extrapolated is profit.
  const half =
    isShort || surplusWeight > 0
      ? undefined
      : yield* halfGridProfit(study, buyers, values, scales.length, solver);
  const { attained, upperBound } = certificate;
  const extrapolated = half === undefined ? Number.NaN : (4 * menu.certificate.attained - half) / 3;
  const isPossible = extrapolated >= attained && extrapolated <= upperBound;
  return {
    menu: sold,
    totals: {
      ...totals,
      servedSurplus: upperBound,
      solved: isSolved,
      ...(supply.models ? { models: Array.from(totals.inputs) } : {}),
    },
    efficient: {
      ...totals,
      grossValue: bound.solved ? bound.efficientWelfare : Number.NaN,
      cost: 0,
      rent: 0,
      servedSurplus: upperBound,
    },
    certificate,
    use: () => populationUse(study, population, sold, supply, fallbackAt),
    ...(fallbackAt ? { fallbackAt, elsewhere: () => elsewhereOf(population, sold, supply, fallbackAt) } : {}),
    population: {
      attainedProfit: finiteOrNull(attained - surplusWeight * totals.rent),
      upperBound: finiteOrNull(upperBound),
      grid: { values, scales: scales.length },
      extrapolatedProfit: isPossible ? extrapolated : null,
    },
  };
}

/** Who falls back on a promise has her item from the seller; who goes elsewhere is lost to him. */
const besideFallbacks = (
  { terms: { outside, keep } }: Study,
  menu: PopulationMenu,
  values: Distribution,
  fallbackAt: FallbackAt,
): PopulationMenu => {
  const own = keep ? withoutPromised(menu, values, fallbackAt) : menu;
  return outside ? keepingBuyers(own, values, fallbackAt) : own;
};

export type PopulationBound = ReturnType<typeof observableScale>;

/** What continuous buyers would bring if their scales were seen. */
export const populationBound = (study: Study, buyers: ValueScaleBuyers): PopulationBound => {
  const { supply } = studySupply(study);
  return observableScale(
    { values: buyers.value, scales: buyers.scale, copula: buyers.dependence },
    supply,
    surplusWeightOf(study.terms),
    promisesTo(study, buyers, supply),
  );
};

/** The chain of each scale's values, with what they have outside or are promised; undefined where that is nothing. */
const promisesTo = (study: Study, { value, scale: scales }: ValueScaleBuyers, supply: EfficientSupply) => {
  const { outside, keep } = study.terms;
  if (outside === undefined && keep === undefined) return undefined;
  const line = { kind: 'continuous-chain', coordinate: 'value', isScaleFixed: true } as const;
  const promised = promising(study, { ...line, types: value, scale: scales.max });
  return (types: Distribution, scale: number): ChainProblem =>
    promised({ ...line, types, scale }, supply).problem;
};

/** What everybody has where nothing is sold. */
const elsewhereOf = (
  population: ValueScalePopulation,
  menu: PopulationMenu,
  supply: ProfileSupply,
  fallbackAt: FallbackAt,
): Elsewhere => {
  const none = new Float64Array(0);
  const nothing: PopulationMenu = { ...menu, perScale: 0, quality: none, transfers: none };
  return {
    mean: populationTotals(population, nothing, supply, false, undefined, fallbackAt).rent,
    types: none,
    at: ({ value, scale = population.scales.max }) => fallbackAt(scale).utility(value),
  };
};

/**
 * A menu without the task beyond the seller's, on which what is outside stands. The population is offered no lotteries: beside promises, who would have one between an item
 * and what she has outside is left to her promise.
 */
const withoutOutside = (
  { terms: { outside, keep } }: Study,
  menu: CertifiedMenu,
  tasks: number,
): CertifiedMenu => {
  const { shares, items } = menu;
  const { ends, offsets } = items;
  const quality = items.quality.map((q, b) => (ends[b]! > tasks ? 0 : q));
  if (outside && keep && shares) {
    const models = shares.length / (offsets.length - 1);
    for (let k = 0; k + 1 < offsets.length; k++)
      if (shares[(k + 1) * models - 1]! > 1 - ALMOST_SURE) quality.fill(0, offsets[k], offsets[k + 1]);
  }
  return { ...menu, items: { ...items, quality } };
};

/** Counts whom each model serves. */
const servedByModels = ({ models = [] }: ProfileSupply): CountedAmounts => ({
  count: models.length,
  of: ({ model }) => wholeShares([model], models.length),
});

/** What the population uses of each input, of the items that it takes. */
const populationUse = (
  study: Study,
  population: ValueScalePopulation,
  menu: PopulationMenu,
  supply: ProfileSupply,
  fallbackAt: FallbackAt | undefined,
): InputUse => {
  const { technology } = study;
  if (technology.kind === 'cost') return {};
  const inputs =
    technology.kind === 'models' ? technology.models.flatMap((model) => model.inputs) : technology.inputs;
  const names = [...new Set(inputs.map(({ name }) => name))];
  const inputsOf = madeInputs(study);
  const of = (item: MadeItem): Float64Array => {
    const { inputs: made } = inputsOf(item);
    return Float64Array.from(names, (name) => made[name] ?? 0);
  };
  const { inputs: amounts } = populationTotals(
    population,
    menu,
    supply,
    false,
    { count: names.length, of },
    fallbackAt,
  );
  return Object.fromEntries(names.map((name, i) => [name, amounts[i]!]));
};

/** The optimum on half as many values and scales; nothing where they do not halve. */
function* halfGridProfit(
  study: Study,
  buyers: ValueScaleBuyers,
  values: number,
  scales: number,
  solver: FiniteSolver,
): Generator<Progress, number | undefined, boolean | undefined> {
  if (values % 2 !== 0 || scales % 2 !== 0 || values < 8 || scales < 8) return undefined;
  const coarse = finiteBuyersOf({ ...buyers, grid: { values: values / 2, scales: scales / 2 } });
  const problem = problemOf(study, coarse, profileSupplyOf(study, coarse.tasks).supply);
  const { menu } = yield* asPartOf(solveFinite(problem, solver, finiteTolerance(study), false));
  return menu.certificate.attained;
}
