import {
  asPartOf,
  type Certificate,
  type CertifiedMenu,
  type Condition,
  type FiniteProblem,
  type FiniteSolution,
  finished,
  type Progress,
  participationOf,
  solveFinite,
  type Totals,
  withoutResold,
  withStandIn,
} from '@menusmith/core';
import { once } from '../../once.ts';
import { keptChoices } from '../../plans/kept-plans.ts';
import { onCoarseGrid } from '../../problem/coarse-grid.ts';
import { type SpaceProblem, screeningProblem } from '../../problem/screening-problem.ts';
import type { GridResult, PopulationResult, TypeResult } from '../../result.ts';
import { finiteTolerance } from '../../study/solved-on-grid.ts';
import type { Study } from '../../study/study.ts';
import { surplusWeightOf } from '../../study/terms.ts';
import { certificateResult, type TotalsResult, totalsResult, withCrumbs } from '../assemble.ts';
import { implementFinite } from '../offers/finite-implementation.ts';
import { listedElsewhere } from '../outside/elsewhere.ts';
import { keptTypes } from '../outside/kept-types.ts';
import { promisedMargins } from '../outside/promised-margins.ts';
import type { Solved } from '../solved.ts';
import { listedUse } from '../supply/input-use.ts';
import { profileSupplyOf } from '../supply/profile-supply-of.ts';
import { studySupply } from '../supply/supply-of.ts';
import { listTypes, outsideShare, takenBy, totalsOf } from './finite-listing.ts';
import { sellToPopulation } from './finite-population.ts';
import { problemOf } from './finite-problem-of.ts';
import { quoteAmong, quoteFrom } from './finite-quotes.ts';
import { finiteResult, lotteriesOf, lotteriesOfPopulation } from './finite-result.ts';
import { sellGoodsToPopulation } from './goods-population.ts';
import { menusByScale } from './menus-by-scale.ts';
import { type KnownBuyers, seenScales } from './population-bound.ts';
import { populationConditions } from './population-conditions.ts';
import { solverFor } from './solver-for.ts';

/** What a finite solve answers with; `solveStudy` makes a result of it. */
export interface FiniteAnswer {
  readonly solved: Solved;
  readonly supply: { readonly path: 'closed-form' | 'numeric'; readonly evaluations: () => number };
}

/** Token allocations for finitely many types: any profiles, or values and scales on a grid, certified on all pairs of types. */
export function* solveFiniteBuyers(
  study: Study,
  finite: SpaceProblem,
  known?: KnownBuyers,
): Generator<Progress<FiniteAnswer>, FiniteAnswer, boolean | undefined> {
  const setting = { ...settingOf(study, finite), ...known };
  const isOfPopulation = finite.population !== undefined;
  // To offer a fine grid's unfinished menu to continuous buyers takes longer than to solve a coarse grid, and earns less.
  const solving = solveSetting(setting, !isOfPopulation);
  const solution =
    isOfPopulation && known === undefined && finite.mass.length > WORTH_COARSENING
      ? withStandIn(
          solving,
          once(() => onCoarserGrid(study, setting)),
        )
      : asPartOf(
          solving,
          isOfPopulation ? undefined : (found: FiniteSolution) => finished(answerWith(setting, found)),
        );
  return yield* answerWith(setting, yield* solution);
}

const settingOf = (study: Study, finite: SpaceProblem): Setting => {
  const supply = profileSupplyOf(study, finite.tasks);
  const problem = problemOf(study, finite, supply.supply);
  const solver = solverFor(study, problem);
  const { grid, population } = finite;
  const { keep, outside } = study.terms;
  return {
    study,
    finite,
    supply,
    problem,
    solver,
    // Menus of scales alone promise nobody anything, and know of nothing outside.
    byScale: once(() =>
      grid && keep === undefined && outside === undefined
        ? menusByScale(finite.mass, grid, studySupply(study).supply, surplusWeightOf(study.terms))
        : undefined,
    ),
    seen: once(() => seenScales(study, population!)),
  };
};

const solveSetting = ({ study, problem, solver }: Setting, isComparing: boolean) =>
  solveFinite(problem, solver.solver, finiteTolerance(study), isComparing);

const COARSE = { values: 24, scales: 12 } as const;
/** Types of a grid that take longer than those of the coarse one. */
const WORTH_COARSENING = 600;

/** The answer on a grid that is solved in a moment. */
const onCoarserGrid = (study: Study, { seen }: Setting): FiniteAnswer => {
  const coarse = onCoarseGrid(study, COARSE);
  const setting = { ...settingOf(coarse, screeningProblem(coarse) as SpaceProblem), seen };
  const found = finished(solveSetting(setting, false));
  return finished(answerWith(setting, { ...found, stopReason: 'interrupted' }));
};

interface Setting extends KnownBuyers {
  readonly study: Study;
  readonly finite: SpaceProblem;
  readonly supply: ReturnType<typeof profileSupplyOf>;
  readonly problem: FiniteProblem;
  readonly solver: ReturnType<typeof solverFor>;
  readonly byScale: () => ReturnType<typeof menusByScale> | undefined;
}

/** What a certified menu makes of the study. */
function* answerWith(
  { study, finite, supply, problem, solver: { name, solver }, ...setting }: Setting,
  { menu, essential, stopReason }: FiniteSolution,
): Generator<Progress, FiniteAnswer, boolean | undefined> {
  const { grid, population } = finite;
  const { keep, outside } = study.terms;
  const isShort = stopReason === 'interrupted';
  const byScale = isShort && study.implementation === 'direct' ? undefined : setting.byScale();
  const own = withoutResold(problem, menu);
  const listed = listTypes(study, finite, problem, own);
  const useOf = (other: CertifiedMenu) =>
    listedUse(listTypes(study, finite, problem, withoutResold(problem, other)));
  const plans = keep && keptChoices(keep, study, finite);
  const kept = keep && keptTypes(keep, plans!, menu);
  const totals = {
    ...withCrumbs(totalsOf(finite, own, listed), menu.certificate, surplusWeightOf(study.terms)),
    ...(kept ? { kept: sumOver(finite.mass, kept) } : {}),
    ...(outside ? { outside: outsideShare(finite, problem, own) } : {}),
  };
  const efficient: Totals = { ...totals, grossValue: essential.firstBest, cost: 0, rent: 0 };
  const sellable = outside || keep ? withoutResold(problem, menu.withoutLotteries ?? menu) : menu;
  const { least: worth } = participationOf(problem);
  const margins = keep && promisedMargins(keep, plans!, worth);
  const has = outside || keep ? { worth, ...(margins ? { margins } : {}) } : undefined;
  const implemented = implementFinite(study, finite, byScale, supply.supply, sellable, totals, has);
  const types = listed.map(
    (type, n): TypeResult => ({
      ...type,
      ...(implemented ? { tariff: implemented.tariffs[n]! } : {}),
      ...takenBy(study, own.choices[n]!, kept?.[n]),
    }),
  );
  const sold =
    population !== undefined
      ? yield* sellToPopulation(study, population, finite, { menu, essential }, solver, setting, isShort)
      : undefined;
  const beyond =
    finite.goods && sellGoodsToPopulation(study, finite.goods, finite, problem, { menu, essential }, solver);
  const whole = sold ?? beyond;
  const conditions: readonly Condition[] =
    population && !(outside || keep) ? populationConditions(population, studySupply(study).supply) : [];
  return {
    supply,
    solved: {
      method: 'finite',
      ...(whole ? lotteriesOfPopulation(problem, whole) : lotteriesOf(problem, menu, useOf)),
      totals: whole?.totals ?? totals,
      efficient: () => whole?.efficient ?? efficient,
      certificate: whole?.certificate ?? menu.certificate,
      money: menu.money,
      conditions,
      pools: [],
      types: population === undefined ? (beyond?.types ?? types) : [],
      ...(beyond ? { items: beyond.items } : {}),
      quote: sold && population ? quoteFrom(study, population, sold) : quoteAmong(types, grid),
      ...(whole ? { use: whole.use, gridUse: () => listedUse(types) } : { use: () => listedUse(types) }),
      ...(outside
        ? {
            elsewhere:
              sold?.elsewhere ?? (() => listedElsewhere(finite.mass, participationOf(problem).least)),
          }
        : {}),
      iterations: menu.iterations,
      finite: finiteResult(study, { finite, menu, essential, types }, { name, stopReason }, byScale),
      ...(implemented ? { implementation: implemented.implementation } : {}),
      ...(whole
        ? {
            population: whole.population,
            grid: gridResult(
              study,
              { ...(finite.goods ? { cells: finite.goods.cells } : {}), ...whole.population },
              menu.certificate,
              totalsResult(totals, efficient, false),
            ),
          }
        : { proved: { study, problem, essential, menu, tasks: finite.tasks } }),
    },
  };
}

const sumOver = (mass: Float64Array, isCounted: readonly boolean[]): number =>
  mass.reduce((sum, f, n) => (isCounted[n]! ? sum + f : sum), 0);

/** What the grid has, beside the continuous buyers for whom it stands. */
const gridResult = (
  { terms }: Study,
  { cells, grid, extrapolatedProfit }: PopulationResult & Pick<GridResult, 'cells'>,
  certificate: Certificate,
  totals: TotalsResult,
): GridResult => {
  const {
    attainedProfit: _,
    attainedObjective: __,
    of: ___,
    ...found
  } = certificateResult(certificate, terms.objective);
  return { ...grid, ...(cells ? { cells } : {}), ...totals, ...found, extrapolatedProfit };
};
