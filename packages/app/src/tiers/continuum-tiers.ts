import {
  asPartOf,
  type FiniteProblem,
  type FiniteSolution,
  type FiniteSolver,
  type ProfileMenu,
  type Progress,
} from '@menusmith/core';
import type { SpaceProblem } from '../problem/screening-problem.ts';
import type { ContinuumMarket } from '../solve/space/continuum-market.ts';
import { isFineTuned } from '../solve/space/finite-listing.ts';
import { sellToPopulation } from '../solve/space/finite-population.ts';
import { sellGoodsToPopulation } from '../solve/space/goods-population.ts';
import { seenScales } from '../solve/space/population-bound.ts';
import { itemInputs } from '../solve/supply/item-inputs.ts';
import type { Study } from '../study/study.ts';
import { surplusWeightOf } from '../study/terms.ts';
import type { TierResult } from './tiers-result.ts';

/** What the full menu makes of the continuous buyers for whom a grid stands, with the objective not yet in the study's weights. */
export interface ContinuumFull {
  readonly profit: number;
  readonly objective: number;
  readonly upperBound: number;
  readonly served: number;
}

/** The menu of a solved grid sold to the continuous buyers, and the bound on every menu for these: what `solve` answers with. */
export function* fullOfContinuum(
  study: Study,
  finite: SpaceProblem,
  problem: FiniteProblem,
  solver: FiniteSolver,
  solution: Pick<FiniteSolution, 'menu' | 'essential'>,
): Generator<Progress, ContinuumFull, boolean | undefined> {
  const { goods, population } = finite;
  const sold = goods
    ? sellGoodsToPopulation(study, goods, finite, problem, solution, solver)
    : yield* asPartOf(
        sellToPopulation(
          study,
          population!,
          finite,
          solution,
          solver,
          { seen: () => seenScales(study, population!) },
          false,
        ),
      );
  const { grossValue, rent, cost, excluded } = sold.totals;
  const profit = grossValue - rent - cost;
  return {
    profit,
    objective: profit + surplusWeightOf(study.terms) * rent,
    upperBound: sold.certificate.upperBound,
    served: 1 - excluded,
  };
}

/** A menu of few as continuous buyers take it. */
export interface ContinuumTiers {
  readonly profit: number;
  readonly objective: number;
  readonly error: number;
  readonly tiers: readonly TierResult[];
}

/** A share that is rounding. */
const NOBODY = 1e-9;

/** A grid's menu of few items offered to the continuous buyers; with `isPriced` at prices that are looked for anew. */
export const tiersOfContinuum = (
  study: Study,
  { tasks }: SpaceProblem,
  market: ContinuumMarket,
  { bundles, transfers, choices }: Pick<ProfileMenu, 'bundles' | 'transfers' | 'choices'>,
  isPriced: boolean,
): ContinuumTiers => {
  const inputsOf = itemInputs(study, tasks);
  const { technology } = study;
  const models = technology.kind === 'models' ? technology.models : undefined;
  const isTaken = new Set(choices);
  const made = bundles.flatMap((bundle, k) => {
    if (!isTaken.has(k)) return [];
    const { served, quality, making: cost, model } = bundle;
    const inputs = inputsOf(served, quality, model);
    const name = models && model !== undefined ? { model: models[model]!.name } : {};
    return [{ quality, transfer: transfers[k]!, cost, isFineTuned: isFineTuned(inputs), inputs, name }];
  });
  const items = isPriced ? market.priced(made) : made;
  const { profit, objective, error, shares } = market.sale(items);
  const ranges = market.ranges(items);
  const { weights } = tasks;
  const tiers = items.flatMap(({ quality, transfer, cost, inputs, name }, k): TierResult[] => {
    const share = shares[k]!;
    if (!(share > NOBODY)) return [];
    return [
      {
        share,
        from: null,
        to: null,
        ...(ranges[k] ? { buyers: { range: ranges[k] } } : {}),
        quality: quality.reduce((sum, q, m) => sum + weights[m]! * q, 0),
        transfer,
        cost,
        margin: transfer - cost,
        ...inputs,
        ...name,
        profile: Array.from(quality),
      },
    ];
  });
  return { profit, objective, error, tiers: tiers.sort((a, b) => a.transfer - b.transfer) };
};
