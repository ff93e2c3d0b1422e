import { profilePoint, supplyPoint } from '@menusmith/core';
import { largestIndexOf } from '../problem/finite-buyers.ts';
import { screeningProblem } from '../problem/screening-problem.ts';
import { formatNumber } from '../report/numbers.ts';
import type { Result, TypeResult } from '../result.ts';
import { withConvexCost } from '../solve/finite-problem-of.ts';
import { profileSupplyOf } from '../solve/profile-supply-of.ts';
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

/** The multipliers of the incentive constraints that bind: as the finite solver or Prop. 2 found them, or those of the chain. */
export const bindingFlows = ({ finite, twoTypes, method, types }: Result): readonly Flow[] => {
  if (finite !== undefined)
    return finite.binding.largest.map(({ from, to, flow }) => ({ from, to, amount: flow }));
  if (twoTypes !== undefined) {
    const { high, lambda } = twoTypes;
    const low = high === 0 ? 1 : 0;
    return lambda > 0 ? [{ from: high, to: low, amount: lambda * types[low]!.mass! }] : [];
  }
  return method === 'one-dimensional' ? chainFlows(types) : [];
};

/**
 * Flows of a chain of types. Through the cut between neighbours k and k + 1 the net flow down is N_k, the mass above it; where types are pooled,
 * flow goes up as well, and f_k (θ_k − φ̄_k) = Δ_k λ_k − Δ_{k−1} μ_{k−1} tells both, with Δ_k = θ_{k+1} − θ_k.
 */
const chainFlows = (types: readonly TypeResult[]): Flow[] => {
  const chain = chainOf(types);
  const above = chain.map(() => 0);
  for (let k = chain.length - 2; k >= 0; k--) above[k] = above[k + 1]! + chain[k + 1]!.mass;
  const flows: Flow[] = [];
  let up = 0;
  for (let k = 0; k + 1 < chain.length; k++) {
    const [low, high] = [chain[k]!, chain[k + 1]!];
    const before = k > 0 ? low.theta - chain[k - 1]!.theta : 0;
    const down = (low.mass * (low.theta - low.served) + before * up) / (high.theta - low.theta);
    up = down > (1 + 1e-9) * above[k]! ? down - above[k]! : 0;
    flows.push({ from: high.position, to: low.position, amount: above[k]! + up });
    if (up > 0) flows.push({ from: low.position, to: high.position, amount: up });
  }
  return flows;
};

interface Link {
  readonly position: number;
  readonly theta: number;
  readonly served: number;
  mass: number;
}

/** The types served, ascending; those of one θ are one, at the position of the first. */
const chainOf = (types: readonly TypeResult[]): Link[] => {
  const links = new Map<number, Link>();
  types.forEach((type, position) => {
    const theta = thetaOf(type);
    const mass = type.mass ?? 0;
    if (type.excluded || theta === undefined || !(mass > 0)) return;
    const known = links.get(theta);
    if (known !== undefined) known.mass += mass;
    else links.set(theta, { position, theta, served: type.ironedVirtualValue ?? theta, mass });
  });
  return [...links.values()].sort((a, b) => a.theta - b.theta);
};

/** What a type would be given if the seller saw her type; profile where types have values task by task. */
export interface FirstBest {
  readonly quality: number;
  readonly profile?: readonly number[];
}

/** The first best of every listed type, in the measure in which `servedQuality` tells the menu's. */
export const firstBestOf = (study: Study, types: readonly TypeResult[]): FirstBest[] => {
  const problem = screeningProblem(study);
  if (problem.kind === 'space' && problem.profiles !== undefined) {
    const convex = withConvexCost(study, largestIndexOf(study, problem));
    const { supply } = profileSupplyOf(convex, problem.tasks);
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
