import {
  asPartOf,
  bestPriced,
  type Certificate,
  type CertifiedMenu,
  type Distribution,
  type FallbackAt,
  type FiniteSolution,
  type FiniteSolver,
  keepingBuyers,
  type MadeItem,
  type PopulationMenu,
  type PopulationTotals,
  type Progress,
  populationMenus,
  populationTotals,
  solveFinite,
  type Totals,
  type ValueScalePopulation,
  withoutPromised,
} from '@menusmith/core';
import { finiteOrNull } from '../../finite-or-null.ts';
import { type FiniteBuyers, finiteBuyersOf } from '../../problem/finite-buyers.ts';
import type { PopulationResult } from '../../result.ts';
import { gridRange } from '../../study/grid-range.ts';
import { finiteTolerance } from '../../study/solved-on-grid.ts';
import type { Study, ValueScaleBuyers } from '../../study/study.ts';
import { surplusWeightOf } from '../../study/terms.ts';
import { populationFallbacks, populationSupply } from '../outside/population-fallbacks.ts';
import type { Elsewhere, WithoutLotteries } from '../solved.ts';
import { costFormOf } from '../supply/cost-form-of.ts';
import type { InputUse } from '../supply/input-use.ts';
import { profileSupplyOf } from '../supply/profile-supply-of.ts';
import { studySupply } from '../supply/supply-of.ts';
import { problemOf } from './finite-problem-of.ts';
import { type KnownBuyers, seenBound, tightBound } from './population-bound.ts';
import { usedInputs } from './used-inputs.ts';

/** Items a scale; each takes a solve for supply, and so does every mixture of them that is taken. */
const ITEMS = { 'closed-form': { least: 192, perCell: 12 }, numeric: { least: 48, perCell: 1 } } as const;
const NO_FINER = { least: 1, perCell: 1 } as const;

/** A grid's menu offered to the continuous population that the grid stands for. */
export interface SoldToPopulation {
  readonly menu: PopulationMenu;
  /** Whether items are lotteries between models or with what is outside, where they could be; and what the best menu makes that was found without. */
  readonly hasLotteries: boolean;
  readonly withoutLotteries?: WithoutLotteries;
  readonly totals: Totals;
  readonly efficient: Totals;
  readonly certificate: Certificate;
  readonly population: PopulationResult;
  /** What buyers of a scale have who take none of its items, where they have something, and the mean of it. */
  readonly fallbackAt?: FallbackAt;
  elsewhere?(): Elsewhere;
  use(): InputUse;
}

/** What lotteries add to the objective, as a share of it, from where on it is looked at closely. */
const NOTICED = 1e-5;

interface RoughMenu {
  readonly menu: PopulationMenu;
  readonly objective: number;
}

interface OfferedMenu {
  readonly sold: PopulationMenu;
  readonly totals: PopulationTotals;
  /** The best menu without lotteries, where it is not what is sold, with what it attains. */
  readonly without?: { readonly totals: PopulationTotals; readonly attained: number };
}

/** The best of the menus with and without lotteries; where lotteries add no more than the integrals are known to, they add nothing that is known. */
function* bestOffered(
  progress: Progress,
  candidatesWith: (lotteries: boolean) => readonly PopulationMenu[],
  totalsOf: (menu: PopulationMenu, isRough: boolean) => PopulationTotals,
  objectiveOf: (totals: PopulationTotals) => number,
  isChoice: boolean,
  isPromising: boolean,
): Generator<Progress, OfferedMenu, boolean | undefined> {
  function* bestOf(lotteries: boolean): Generator<Progress, RoughMenu, boolean | undefined> {
    const [first, second] = candidatesWith(lotteries);
    yield progress;
    const [one, other] = [first!, second!].map((each) => objectiveOf(totalsOf(each, true)));
    yield progress;
    const best = other! > one! ? second! : first!;
    if (!isPromising) return { menu: best, objective: Math.max(one!, other!) };
    const menu = bestPriced(best, (each) => objectiveOf(totalsOf(each, true)));
    return { menu, objective: objectiveOf(totalsOf(menu, true)) };
  }
  const pure = yield* bestOf(false);
  const drawn = isChoice ? yield* bestOf(true) : undefined;
  const without = totalsOf(pure.menu, false);
  if (!(drawn && drawn.objective > pure.objective + NOTICED * Math.abs(pure.objective)))
    return { sold: pure.menu, totals: without };
  yield progress;
  const totals = totalsOf(drawn.menu, false);
  const errorOf = (of: PopulationTotals): number => Math.abs(objectiveOf(of)) * of.error;
  const lead = objectiveOf(totals) - objectiveOf(without);
  if (!(totals.lotteries > 0 && lead > errorOf(totals) + errorOf(without)))
    return { sold: pure.menu, totals: without };
  const attained = objectiveOf(without) - errorOf(without);
  return { sold: drawn.menu, totals, without: { totals: without, attained } };
}

/**
 * Sells a grid's menu, made finer between its types, to the continuous population. All numbers are of one pass of free choice; the bound is the grid's own
 * flow's in the continuum, or what seen scales would earn where that is less. `isShort` makes the menu no finer than the grid, and leaves out what takes another solve.
 */
export function* sellToPopulation(
  study: Study,
  buyers: ValueScaleBuyers,
  finite: FiniteBuyers,
  { menu, essential }: Pick<FiniteSolution, 'menu' | 'essential'>,
  solver: FiniteSolver,
  { seen: seenScales, coarserProfit }: KnownBuyers,
  isShort: boolean,
): Generator<Progress, SoldToPopulation, boolean | undefined> {
  const { types, scales } = finite.grid!;
  const surplusWeight = surplusWeightOf(study.terms);
  const objectiveOf = ({ profit, rent }: PopulationTotals): number => profit + surplusWeight * rent;
  const population = { values: buyers.value, scales: buyers.scale, copula: buyers.dependence };
  // Items have the grid's tasks, and those beyond the middles of the outermost scales.
  const { supply, path } = populationSupply(study, buyers, scales.length + 2);
  const models = supply.models?.length ?? 1;
  const fallbackAt = populationFallbacks(study, buyers, studySupply(study).supply, models);
  const form = costFormOf(study);
  const soldGrid = withoutOutside(study, menu, finite.types.weights.length);
  const { representative } = essential;
  const flows = { flows: menu.flows, representative, mass: finite.mass, surplusWeight };
  const used = usedInputs(study, supply);
  const counted = {
    count: models + used.names.length,
    of: (item: MadeItem): Float64Array => Float64Array.of(...item.shares, ...used.of(item)),
  };
  const useOf = ({ inputs }: PopulationTotals): InputUse =>
    Object.fromEntries(used.names.map((name, i) => [name, inputs[models + i]!]));
  const candidatesWith = (lotteries: boolean): readonly PopulationMenu[] => {
    const made = populationMenus(
      { types, scales, menu: soldGrid, flows, isOutsideLast: study.terms.outside !== undefined },
      { supply, ...(form ? { cost: form } : {}), lotteries },
      { values: gridRange(buyers.value), scales: gridRange(buyers.scale) },
      isShort ? NO_FINER : ITEMS[path],
      fallbackAt,
    );
    return fallbackAt ? made.map((each) => besideFallbacks(study, each, buyers.value, fallbackAt)) : made;
  };
  const offered = yield* bestOffered(
    { iterations: menu.iterations, expectedGap: Number.NaN },
    candidatesWith,
    (each, isRough) => populationTotals(population, each, isRough, isRough ? undefined : counted, fallbackAt),
    objectiveOf,
    models > 1,
    study.terms.keep !== undefined,
  );
  const { sold, totals, without } = offered;
  yield { iterations: menu.iterations, expectedGap: Number.NaN };
  const seen = seenScales();
  const attainedTotal = objectiveOf(totals);
  const attainedAtLeast = attainedTotal - Math.abs(attainedTotal) * totals.error;
  const bound = isShort
    ? seenBound(seen)
    : yield* tightBound(study, buyers, finite, { menu, essential }, seen, attainedAtLeast);
  const certificate: Certificate = {
    of: 'population',
    attained: totals.solved ? attainedAtLeast : Number.NaN,
    upperBound: bound.profit,
    // Buyers take what they like best: nobody is asked to report.
    maxIncentiveViolation: 0,
    maxParticipationViolation: 0,
  };
  const values = new Set(types.values).size;
  // What is extrapolated is profit.
  const half =
    isShort || surplusWeight > 0
      ? undefined
      : (coarserProfit ?? (yield* halfGridProfit(study, buyers, finite.grid!, solver)));
  const { attained, upperBound } = certificate;
  const extrapolated = half === undefined ? Number.NaN : (4 * menu.certificate.attained - half) / 3;
  const isPossible = extrapolated >= attained && extrapolated <= upperBound;
  return {
    menu: sold,
    ...withoutLotteriesOf(without, useOf),
    totals: {
      ...totals,
      servedSurplus: upperBound,
      solved: totals.solved && seen.solved,
      ...(supply.models ? { models: Array.from(totals.inputs.subarray(0, models)) } : {}),
    },
    efficient: {
      ...totals,
      grossValue: seen.solved ? seen.efficientWelfare : Number.NaN,
      cost: 0,
      rent: 0,
      servedSurplus: upperBound,
    },
    certificate,
    use: () => useOf(totals),
    ...(fallbackAt ? { fallbackAt, elsewhere: () => elsewhereOf(population, sold, fallbackAt) } : {}),
    population: {
      attainedProfit: finiteOrNull(attained - surplusWeight * totals.rent),
      upperBound: finiteOrNull(upperBound),
      boundBy: bound.by,
      observableScale: finiteOrNull(seen.solved ? seen.profit : Number.NaN),
      grid: { values, scales: scales.length },
      extrapolatedProfit: isPossible ? extrapolated : null,
    },
  };
}

const withoutLotteriesOf = (
  without: OfferedMenu['without'],
  useOf: (totals: PopulationTotals) => InputUse,
): Pick<SoldToPopulation, 'hasLotteries' | 'withoutLotteries'> => {
  if (without === undefined) return { hasLotteries: false };
  const { totals, attained } = without;
  return { hasLotteries: true, withoutLotteries: { profit: totals.profit, attained, use: useOf(totals) } };
};

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

/** What everybody has where nothing is sold. */
const elsewhereOf = (
  population: ValueScalePopulation,
  menu: PopulationMenu,
  fallbackAt: FallbackAt,
): Elsewhere => {
  const none = new Float64Array(0);
  const nothing: PopulationMenu = { ...menu, perScale: 0, quality: none, transfers: none };
  return {
    mean: populationTotals(population, nothing, false, undefined, fallbackAt).rent,
    types: none,
    at: ({ value, scale = population.scales.max }) => fallbackAt(scale).utility(value),
  };
};

/** A menu without the task beyond the seller's, on which what is outside stands. */
const withoutOutside = ({ terms: { outside } }: Study, menu: CertifiedMenu, tasks: number): CertifiedMenu => {
  if (outside === undefined) return menu;
  const { items } = menu;
  return {
    ...menu,
    items: { ...items, quality: items.quality.map((q, b) => (items.ends[b]! > tasks ? 0 : q)) },
  };
};

/** The optimum on half as many values and scales; nothing where they do not halve. */
function* halfGridProfit(
  study: Study,
  buyers: ValueScaleBuyers,
  { types, scaleEdges }: NonNullable<FiniteBuyers['grid']>,
  solver: FiniteSolver,
): Generator<Progress, number | undefined, boolean | undefined> {
  const scales = scaleEdges!.length - 1;
  const values = types.count / scales;
  if (values % 2 !== 0 || scales % 2 !== 0 || values < 8 || scales < 8) return undefined;
  const half = scaleEdges!.filter((_, j) => j % 2 === 0);
  const grid = { values: values / 2, scales: scales / 2, scaleEdges: half };
  const coarse = finiteBuyersOf({ ...buyers, grid });
  const problem = problemOf(study, coarse, profileSupplyOf(study, coarse.tasks).supply);
  const { menu } = yield* asPartOf(solveFinite(problem, solver, finiteTolerance(study), false));
  return menu.certificate.attained;
}
