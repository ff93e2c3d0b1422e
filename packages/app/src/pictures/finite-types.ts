import { profilePoint, supplyPoint } from '@menusmith/core';
import { screeningProblem } from '../problem/screening-problem.ts';
import { formatNumber } from '../report/numbers.ts';
import type { Result, TypeResult } from '../result.ts';
import { profileSupplyOf } from '../solve/supply/profile-supply-of.ts';
import type { Study } from '../study/study.ts';
import { drawnSupply } from './drawn-supply.ts';

/** A type as pictures name it. */
export const typeName = ({ name, value, scale, index }: TypeResult, position: number): string => {
  if (name !== undefined) return name.length > 24 ? `${name.slice(0, 23)}…` : name;
  if (value !== undefined && scale !== undefined) return `(${short(value)}, ${short(scale)})`;
  if (value !== undefined) return short(value);
  return index === undefined ? `type ${position + 1}` : `θ = ${short(index.theta)}`;
};

export const short = (x: number): string => formatNumber(x, 3);

/** θ of a type where one number stands for her. */
export const thetaOf = ({ index, value, scale }: TypeResult): number | undefined =>
  index?.theta ?? (scale === undefined ? value : undefined);

/** A flow λ between types, by their positions: `from` would take the item of `to`. */
export interface Flow {
  readonly from: number;
  readonly to: number;
  readonly amount: number;
}

/** The multipliers of the incentive constraints that bind. */
export const bindingFlows = ({ finite, binding = finite?.binding }: Result): readonly Flow[] =>
  (binding?.largest ?? []).map(({ from, to, flow }) => ({ from, to, amount: flow }));

/** What a type would be given if the seller saw her type; profile where types have values task by task. */
export interface FirstBest {
  readonly quality: number;
  readonly profile?: readonly number[];
}

/** The first best of every listed type, in the measure in which `servedQuality` tells the menu's. */
export const firstBestOf = (study: Study, types: readonly TypeResult[]): FirstBest[] => {
  const problem = screeningProblem(study);
  if (problem.kind === 'space' && problem.profiles !== undefined) {
    const { supply } = profileSupplyOf(study, problem.tasks);
    const { weights } = problem.tasks;
    const point = profilePoint(supply);
    return problem.profiles.types.map(({ values }) => {
      supply.supply(values, weights, weights.length, point);
      const profile = Array.from(point.quality);
      return { profile, quality: profile.reduce((sum, q, m) => sum + weights[m]! * q, 0) };
    });
  }
  const { supply } = drawnSupply(study);
  const point = supplyPoint(supply.inputs.length);
  return types.map((type) => {
    const isByIndex = study.contract === 'packages' || type.scale === undefined;
    const value = isByIndex ? (thetaOf(type) ?? 0) : type.value!;
    const scale = problem.kind === 'listed-chain' ? problem.scale : type.scale!;
    if (value > 0 && scale > 0) supply.supply(value, scale, point);
    else point.quality = 0;
    return { quality: point.quality };
  });
};

/** Quality as delivered; with packages the index Q(θ), which is the same for all buyers of one package. */
export const servedQuality = ({ contract }: Study, { index, quality }: TypeResult): number =>
  contract === 'packages' ? (index?.quality ?? quality) : quality;
