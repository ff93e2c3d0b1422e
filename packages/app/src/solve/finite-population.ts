import {
  type CertifiedMenu,
  completedMenu,
  type FiniteSolver,
  observableScale,
  type PopulationMenu,
  type Progress,
  populationProfit,
  refinementOf,
  solveFinite,
} from '@menusmith/core';
import type { PopulationResult } from '../result.ts';
import type { Study, ValueScaleBuyers } from '../study/study.ts';
import { type FiniteBuyers, finiteBuyersOf } from './finite-buyers.ts';
import { finiteSupply, problemOf } from './finite-supply.ts';
import { studySupply } from './supply-of.ts';

/** The grid's menu completed between its scales, and what the continuous population makes of it. */
export function* studyPopulation(
  study: Study,
  buyers: ValueScaleBuyers,
  { grid }: FiniteBuyers,
  menu: CertifiedMenu,
  representative: Int32Array,
  solver: FiniteSolver,
): Generator<Progress, { result: PopulationResult; menu: PopulationMenu }, boolean | undefined> {
  const { types, scales } = grid!;
  const fine = refinementOf(scales.length) * scales.length;
  const { supply } = finiteSupply(study, {
    weights: new Float64Array(fine),
    positions: new Float64Array(fine),
  });
  const { completed, own } = completedMenu(types, scales, menu, representative, buyers.scale, supply);
  const population = { values: buyers.value, scales: buyers.scale, copula: buyers.dependence };
  const profits = [completed, own].map((each) => populationProfit(population, each));
  const isCompleted = profits[0]! >= profits[1]!;
  const attained = Math.max(...profits);
  yield { iterations: menu.iterations, expectedGap: Number.NaN };
  const bound = observableScale(population, studySupply(study).supply);
  const values = new Set(types.values).size;
  const half = yield* halfGridProfit(study, buyers, values, scales.length, solver);
  const finite = (x: number): number | null => (Number.isFinite(x) ? x : null);
  return {
    menu: isCompleted ? completed : own,
    result: {
      attainedProfit: finite(attained),
      upperBound: bound.solved ? finite(bound.profit) : null,
      grid: { values, scales: scales.length },
      extrapolatedProfit:
        half === undefined ? null : finite((4 * menu.certificate.attainedProfit - half) / 3),
    },
  };
}

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
  const problem = problemOf(study, coarse, finiteSupply(study, coarse.tasks).supply);
  const { menu } = yield* solveFinite(problem, solver, study.solver.tolerance);
  return menu.certificate.attainedProfit;
}
