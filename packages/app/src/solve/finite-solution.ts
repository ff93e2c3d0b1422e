import {
  type Certificate,
  type CertifiedMenu,
  type Condition,
  type EssentialTypes,
  type FiniteProblem,
  type FiniteSolver,
  hasLotteries,
  InputError,
  type ItemProfiles,
  isLinear,
  largestShares,
  type Progress,
  solveFinite,
  type Totals,
  writeProfile,
} from '@menusmith/core';
import { finiteOrNull } from '../finite-or-null.ts';
import { keptChoices } from '../plans/kept-plans.ts';
import type { FiniteBuyers } from '../problem/finite-buyers.ts';
import type { SpaceProblem } from '../problem/screening-problem.ts';
import type { FiniteResult, GridResult, PopulationResult, TypeResult } from '../result.ts';
import { finiteTolerance } from '../study/solved-on-grid.ts';
import type { Study } from '../study/study.ts';
import { surplusWeightOf } from '../study/terms.ts';
import { certificateResult, fullExtraction, type TotalsResult, totalsResult } from './assemble.ts';
import { bindingConstraints, bindingResult } from './binding-constraints.ts';
import { costFormOf } from './cost-form-of.ts';
import { implementFinite } from './finite-implementation.ts';
import { sellToPopulation } from './finite-population.ts';
import { problemOf } from './finite-problem-of.ts';
import { quoteAmong, quoteFrom } from './finite-quotes.ts';
import { listedUse } from './input-use.ts';
import { itemInputs } from './item-inputs.ts';
import { keptTypes } from './kept-types.ts';
import { menusByScale } from './menus-by-scale.ts';
import { requireOutside } from './outside-worth.ts';
import { populationConditions } from './population-conditions.ts';
import { profileSupplyOf } from './profile-supply-of.ts';
import type { Solved } from './solved.ts';
import { studySupply } from './supply-of.ts';

/** A model with this share of an item makes it. */
const ALMOST_SURE = 1 - 1e-6;
/** Beyond so many numbers virtual profiles are left out of a result. */
const MOST_VIRTUAL = 50_000;
/** Spreads of quality within a type's own tasks, relative to the menu's largest quality, that the tolerance allows. */
const UNIFORM = 1e-5;

/** What a finite solve answers with; `solveStudy` makes a result of it. */
export interface FiniteAnswer {
  readonly solved: Solved;
  readonly supply: { readonly path: 'closed-form' | 'numeric'; readonly evaluations: () => number };
}

/** Token allocations for finitely many types: any profiles, or values and scales on a grid, certified on all pairs of types. */
export function* solveFiniteBuyers(
  study: Study,
  finite: SpaceProblem,
): Generator<Progress, FiniteAnswer, boolean | undefined> {
  const supply = profileSupplyOf(study, finite.tasks);
  const { keep, outside } = study.terms;
  const form = costFormOf(study);
  if (outside) requireOutside(study, finite, form !== undefined && isLinear(form));
  if (keep !== undefined && finite.population !== undefined) throw ofGrid();
  const problem = problemOf(study, finite, supply.supply);
  const { name, solver } = solverFor(study, problem);
  const { grid, population } = finite;
  const surplusWeight = surplusWeightOf(study.terms);
  // Menus of scales alone promise nobody anything, and know of nothing outside.
  const byScale =
    grid && keep === undefined && outside === undefined
      ? menusByScale(finite.mass, grid, studySupply(study).supply, surplusWeight)
      : undefined;
  const { menu, essential, stopReason } = yield* solveFinite(
    problem,
    solver,
    finiteTolerance(study),
    population === undefined,
  );
  const listed = listTypes(study, finite, problem, menu);
  const kept = keep && keptTypes(keep, keptChoices(keep, study, finite), menu);
  const totals = {
    ...totalsOf(finite, menu, listed),
    ...(kept ? { kept: sumOver(finite.mass, kept) } : {}),
    ...(outside ? { outside: outsideShare(finite, problem, menu) } : {}),
  };
  const efficient: Totals = { ...totals, grossValue: essential.firstBest, cost: 0, rent: 0 };
  const profit = totals.grossValue - totals.rent - totals.cost;
  const implemented = implementFinite(study, finite, byScale, supply.supply, menu, totals);
  const types = listed.map(
    (type, n): TypeResult => ({
      ...type,
      ...(implemented ? { tariff: implemented.tariffs[n]! } : {}),
      ...(outside ? { takes: menu.choices[n]! < 0 ? 'outside' : 'menu' } : {}),
      ...(kept?.[n] ? { takes: 'kept' } : kept && !outside ? { takes: 'menu' } : {}),
    }),
  );
  const sold =
    population !== undefined
      ? yield* sellToPopulation(study, population, finite, menu, solver, stopReason === 'interrupted')
      : undefined;
  const conditions: readonly Condition[] =
    sold && population
      ? [
          ...populationConditions(population, studySupply(study).supply),
          fullExtraction(
            sold.totals.grossValue - sold.totals.rent - sold.totals.cost,
            sold.efficient.grossValue,
          ),
        ]
      : [fullExtraction(profit, essential.firstBest)];
  return {
    supply,
    solved: {
      method: 'finite',
      // The population is offered no lotteries, whatever the grid has.
      ...(sold ? {} : lotteriesOf(problem, menu)),
      totals: sold?.totals ?? totals,
      efficient: sold?.efficient ?? efficient,
      certificate: sold?.certificate ?? menu.certificate,
      money: menu.money,
      conditions,
      pools: [],
      types: population === undefined ? types : [],
      quote: sold && population ? quoteFrom(study, population, sold.menu) : quoteAmong(types, grid),
      ...(sold ? { use: sold.use, gridUse: () => listedUse(types) } : { use: () => listedUse(types) }),
      iterations: menu.iterations,
      finite: {
        solver: name,
        stopped: stopReason,
        types: finite.types.count,
        tasks: finite.tasks.weights.length,
        rebate: finiteOrNull(menu.rebate),
        binding: bindingOf(finite, menu, essential, types),
        ...uniformityOf(finite, menu),
        // Three profits side by side, where profit is what all three maximise.
        ...(byScale && surplusWeight === 0 ? { comparison: comparisonOf(byScale, menu) } : {}),
      },
      ...(implemented ? { implementation: implemented.implementation } : {}),
      ...(sold
        ? {
            population: sold.population,
            grid: gridResult(
              study,
              sold.population,
              menu.certificate,
              totalsResult(totals, efficient, false),
            ),
          }
        : {}),
    },
  };
}

/** The share of those who take what they have outside; of a lottery, as likely as it is. */
const outsideShare = (
  { mass }: FiniteBuyers,
  { supply }: FiniteProblem,
  { choices, shares }: CertifiedMenu,
): number => {
  const models = supply.models!.length;
  return mass.reduce((sum, f, n) => {
    const k = choices[n]!;
    return sum + f * (k < 0 ? 1 : (shares?.[(k + 1) * models - 1] ?? 0));
  }, 0);
};

const comparisonOf = (
  { observableScale, offered }: ReturnType<typeof menusByScale>,
  { certificate }: CertifiedMenu,
): NonNullable<FiniteResult['comparison']> => ({
  observableScale,
  optimum: certificate.attained,
  scaleByScale: offered,
});

const sumOver = (mass: Float64Array, isCounted: readonly boolean[]): number =>
  mass.reduce((sum, f, n) => (isCounted[n]! ? sum + f : sum), 0);

const ofGrid = (): InputError =>
  new InputError(
    'unsupported',
    'keep is not supported yet where a grid stands for continuous buyers: today’s plans would be promised to its types alone',
    ['keep'],
  );

/** The model that serves an item, the likeliest of a lottery; and the chances of all, where it is one. */
const modelsOf = (models: readonly string[], shares: Float64Array): Pick<TypeResult, 'model' | 'lottery'> => {
  const [likeliest = 0] = largestShares(shares, models.length);
  const drawn = models.flatMap((model, l) => (shares[l]! > 0 ? [{ model, share: shares[l]! }] : []));
  return { model: models[likeliest]!, ...(shares[likeliest]! < ALMOST_SURE ? { lottery: drawn } : {}) };
};

/** Whether there are lotteries between models, and what the best menu makes that was found without them. */
const lotteriesOf = (
  problem: FiniteProblem,
  menu: CertifiedMenu,
): Pick<Solved, 'lotteries' | 'withoutLotteries'> => {
  if (problem.supply.models === undefined) return {};
  if (!hasLotteries(menu, problem)) return { lotteries: false };
  const { withoutLotteries: other } = menu;
  if (other === undefined) return { lotteries: true };
  const profit = problem.mass.reduce((sum, f, n) => {
    const k = other.choices[n]!;
    return k < 0 || !(f > 0) ? sum : sum + f * (other.transfers[k]! - other.costs[k]!);
  }, 0);
  return { lotteries: true, withoutLotteries: { profit, attained: other.certificate.attained } };
};

/** What the grid has, beside the continuous buyers for whom it stands. */
const gridResult = (
  { terms }: Study,
  { grid, extrapolatedProfit }: PopulationResult,
  certificate: Certificate,
  totals: TotalsResult,
): GridResult => {
  const {
    attainedProfit: _,
    attainedObjective: __,
    of: ___,
    ...found
  } = certificateResult(certificate, terms.objective);
  return { ...grid, ...totals, ...found, extrapolatedProfit };
};

/** The solver that the study names, or the first that takes the problem. */
export const solverFor = (
  { solver }: Study,
  problem: FiniteProblem,
): { readonly name: string; readonly solver: FiniteSolver } => {
  const refusals: string[] = [];
  for (const candidate of solver.finite) {
    const reason = candidate.solver.refuses(problem);
    if (reason === undefined) return candidate;
    refusals.push(`"${candidate.name}" does not take ${reason}`);
  }
  throw new InputError(
    'no-solver',
    `no solver for this study: ${refusals.join('; ') || 'none is registered'}`,
    ['solver', 'use'],
  );
};

/** Every type given, in the study's order, with what she takes. */
const listTypes = (
  study: Study,
  finite: FiniteBuyers,
  { supply, outsideTask }: FiniteProblem,
  menu: CertifiedMenu,
): TypeResult[] => {
  const { grid, listed, tasks } = finite;
  const inputsOf = itemInputs(study, tasks);
  const size = tasks.weights.length;
  const { items, served: servedValues, shares, choices, transfers, rents } = menu;
  const { technology } = study;
  const models = supply.models?.map(({ name }) => name) ?? [];
  const virtual: ItemProfiles = { ...items, quality: servedValues };
  const made = new Map<
    number,
    ReturnType<typeof inputsOf> &
      Pick<TypeResult, 'model' | 'lottery'> & { quality: number; profile: number[]; virtual: Float64Array }
  >();
  const itemOf = (k: number) => {
    let item = made.get(k);
    if (item !== undefined) return item;
    const profile = new Float64Array(size);
    const served = new Float64Array(size);
    if (k >= 0) {
      writeProfile(items, k, profile);
      writeProfile(virtual, k, served);
    }
    let quality = 0;
    for (let m = 0; m < size; m++) quality += tasks.weights[m]! * profile[m]!;
    const list = new Array<number>(size);
    for (let m = 0; m < size; m++) list[m] = profile[m]!;
    const own = k >= 0 ? shares?.subarray(k * models.length, (k + 1) * models.length) : undefined;
    item = {
      ...inputsOf(served, profile, outsideTask === undefined ? own : own?.subarray(0, -1)),
      ...(own && quality > 0 ? modelsOf(models, own) : {}),
      quality,
      profile: list,
      virtual: served,
    };
    made.set(k, item);
    return item;
  };
  const isVirtualShown = grid === undefined && listed.length * size <= MOST_VIRTUAL;
  return listed.map((type, n): TypeResult => {
    const k = choices[n]!;
    const item = itemOf(k);
    const excluded = !(item.quality > 0);
    const result: Writable<TypeResult> = {
      mass: type.mass,
      excluded,
      quality: item.quality,
      profile: item.profile,
      transfer: k < 0 ? 0 : transfers[k]!,
      rent: rents[n]!,
      virtualValue: null,
      ironedVirtualValue: null,
      inputs: item.inputs,
      perTask: item.perTask,
      tariff: null,
    };
    if (item.model !== undefined && technology.kind === 'models') result.model = item.model;
    if (item.lottery !== undefined) result.lottery = item.lottery;
    if (type.name !== undefined) result.name = type.name;
    if (type.value !== undefined) result.value = type.value;
    if (type.scale !== undefined) result.scale = type.scale;
    if (isVirtualShown) result.virtualProfile = Array.from(item.virtual);
    return result;
  });
};

/** There can be very many of these: they are filled in one by one, as spreading is slow. */
type Writable<T> = { -readonly [K in keyof T]: T[K] };

const totalsOf = ({ mass }: FiniteBuyers, menu: CertifiedMenu, types: readonly TypeResult[]): Totals => {
  let [cost, grossValue, rent, excluded, fineTuned] = [0, 0, 0, 0, 0];
  types.forEach((type, n) => {
    const f = mass[n]!;
    if (!(f > 0)) return;
    const k = menu.choices[n]!;
    if (type.excluded) excluded += f;
    else if (isFineTuned(type)) fineTuned += f;
    // Who takes nothing has what there is outside, if anything.
    rent += f * menu.rents[n]!;
    grossValue += f * menu.rents[n]!;
    if (k < 0) return;
    cost += f * menu.costs[k]!;
    grossValue += f * menu.transfers[k]!;
  });
  return {
    servedSurplus: menu.certificate.upperBound,
    cost,
    grossValue,
    rent,
    excluded,
    fineTuned,
    error: 0,
    solved: true,
  };
};

/** Inputs without an amount on tasks are shared. */
const isFineTuned = ({ inputs, perTask }: TypeResult): boolean =>
  Object.keys(inputs).some((name) => !(name in perTask) && inputs[name]! > 0);

/** What binds; of values and scales, also by the kind of the step. */
const bindingOf = (
  { grid, mass }: FiniteBuyers,
  menu: CertifiedMenu,
  essential: EssentialTypes,
  listed: readonly TypeResult[],
): FiniteResult['binding'] => {
  const binding = bindingConstraints(mass, menu, essential, (n) => listed[n]!.excluded);
  if (grid === undefined) return bindingResult(binding);
  const across = binding.filter(({ from, to }) => grid.types.reach[from] !== grid.types.reach[to]);
  const { count, largest } = bindingResult(binding);
  return {
    count,
    withinScale: count - across.length,
    acrossScales: across.length,
    flowAcrossScales: across.reduce((sum, { flow }) => sum + flow, 0),
    largest,
  };
};

/** The largest spread of quality within the tasks that a type has alike; nothing to say where types are profiles. */
const uniformityOf = (
  { grid, mass }: FiniteBuyers,
  { items, choices }: CertifiedMenu,
): Pick<FiniteResult, 'uniformity'> => {
  if (grid === undefined) return {};
  let spread = 0;
  let type: number | null = null;
  const largest = items.quality.reduce((most, q) => Math.max(most, q), 0);
  choices.forEach((k, n) => {
    if (k < 0 || !(mass[n]! > 0)) return;
    let [least, most] = [Number.POSITIVE_INFINITY, 0];
    let start = 0;
    for (let b = items.offsets[k]!; b < items.offsets[k + 1]! && start < grid.types.reach[n]!; b++) {
      // A block of tasks without weight is nobody's.
      if (items.ends[b]! > start) {
        least = Math.min(least, items.quality[b]!);
        most = Math.max(most, items.quality[b]!);
      }
      start = items.ends[b]!;
    }
    if (!(most - least > spread)) return;
    spread = most - least;
    type = n;
  });
  return { uniformity: { isUniform: spread <= UNIFORM * largest, spread, type } };
};
