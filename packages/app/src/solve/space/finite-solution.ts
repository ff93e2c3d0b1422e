import {
  type Certificate,
  type Condition,
  InputError,
  type Progress,
  participationOf,
  solveFinite,
  type Totals,
  withoutResold,
} from '@menusmith/core';
import { keptChoices } from '../../plans/kept-plans.ts';
import type { SpaceProblem } from '../../problem/screening-problem.ts';
import type { GridResult, PopulationResult, TypeResult } from '../../result.ts';
import { finiteTolerance } from '../../study/solved-on-grid.ts';
import type { Study } from '../../study/study.ts';
import { surplusWeightOf } from '../../study/terms.ts';
import { certificateResult, fullExtraction, type TotalsResult, totalsResult } from '../assemble.ts';
import { implementFinite } from '../offers/finite-implementation.ts';
import { listedElsewhere } from '../outside/elsewhere.ts';
import { keptTypes } from '../outside/kept-types.ts';
import { requireOutside } from '../outside/outside-worth.ts';
import type { Solved } from '../solved.ts';
import { listedUse } from '../supply/input-use.ts';
import { profileSupplyOf } from '../supply/profile-supply-of.ts';
import { studySupply } from '../supply/supply-of.ts';
import { listTypes, outsideShare, takenBy, totalsOf } from './finite-listing.ts';
import { sellToPopulation } from './finite-population.ts';
import { problemOf } from './finite-problem-of.ts';
import { quoteAmong, quoteFrom } from './finite-quotes.ts';
import { finiteResult, lotteriesOf } from './finite-result.ts';
import { menusByScale } from './menus-by-scale.ts';
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
): Generator<Progress, FiniteAnswer, boolean | undefined> {
  const supply = profileSupplyOf(study, finite.tasks);
  const { keep, outside } = study.terms;
  requireTerms(study, finite);
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
  const own = withoutResold(problem, menu);
  const listed = listTypes(study, finite, problem, own);
  const kept = keep && keptTypes(keep, keptChoices(keep, study, finite), menu);
  const totals = {
    ...totalsOf(finite, own, listed),
    ...(kept ? { kept: sumOver(finite.mass, kept) } : {}),
    ...(outside ? { outside: outsideShare(finite, problem, own) } : {}),
  };
  const efficient: Totals = { ...totals, grossValue: essential.firstBest, cost: 0, rent: 0 };
  const profit = totals.grossValue - totals.rent - totals.cost;
  const sellable = outside ? withoutResold(problem, menu.withoutLotteries ?? menu) : menu;
  const worth = outside && participationOf(problem).least;
  const implemented = implementFinite(study, finite, byScale, supply.supply, sellable, totals, worth);
  const types = listed.map(
    (type, n): TypeResult => ({
      ...type,
      ...(implemented ? { tariff: implemented.tariffs[n]! } : {}),
      ...takenBy(study, own.choices[n]!, kept?.[n]),
    }),
  );
  const sold =
    population !== undefined
      ? yield* sellToPopulation(study, population, finite, own, solver, stopReason === 'interrupted')
      : undefined;
  const conditions: readonly Condition[] =
    sold && population
      ? [
          ...(outside ? [] : populationConditions(population, studySupply(study).supply)),
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
      quote:
        sold && population
          ? quoteFrom(study, population, sold.menu, sold.outsideAt)
          : quoteAmong(types, grid),
      ...(sold ? { use: sold.use, gridUse: () => listedUse(types) } : { use: () => listedUse(types) }),
      ...(outside
        ? {
            elsewhere:
              sold?.elsewhere ?? (() => listedElsewhere(finite.mass, participationOf(problem).least)),
          }
        : {}),
      iterations: menu.iterations,
      finite: finiteResult(study, { finite, menu, essential, types }, { name, stopReason }, byScale),
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

/** Where a term of the study makes sense for all buyers but these. */
const requireTerms = (study: Study, { population }: SpaceProblem): void => {
  const { keep, outside } = study.terms;
  if (outside) requireOutside(study, { population });
  if (keep !== undefined && population !== undefined) throw ofGrid();
};

const sumOver = (mass: Float64Array, isCounted: readonly boolean[]): number =>
  mass.reduce((sum, f, n) => (isCounted[n]! ? sum + f : sum), 0);

const ofGrid = (): InputError =>
  new InputError(
    'unsupported',
    'keep is not supported yet where a grid stands for continuous buyers: today’s plans would be promised to its types alone',
    ['keep'],
  );

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
