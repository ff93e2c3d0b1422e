import {
  type CertifiedMenu,
  chainProblem,
  type EfficientSupply,
  type EssentialTypes,
  type FiniteMenu,
  type FiniteProblem,
  solveFinite,
  supplyPoint,
} from '@menusmith/core';
import { type KeptChoice, keptAlongLine } from '../plans/kept-plans.ts';
import type { ListedChain } from '../problem/screening-problem.ts';
import { finiteTolerance } from '../study/solved-on-grid.ts';
import type { Kept, Study } from '../study/study.ts';
import { surplusWeightOf } from '../study/terms.ts';
import { costFormOf } from './cost-form-of.ts';
import { solverFor } from './finite-solution.ts';
import { keptTypes } from './kept-types.ts';
import type { SolveProgress } from './solved.ts';

/** The menu for types along a line who are promised something, and who of them keeps a plan. */
export interface PromisedChain {
  readonly menu: FiniteMenu;
  readonly certified: CertifiedMenu;
  readonly essential: EssentialTypes;
  readonly kept: readonly boolean[];
}

/**
 * Types along a line who are to have a share of what today's plans give them: U_n ≥ u_n bends the chain anywhere, so that the finite solver takes it as
 * types of one task.
 */
export function* solvePromisedChain(
  study: Study,
  chain: ListedChain,
  supply: EfficientSupply,
  keep: Kept,
): Generator<SolveProgress, PromisedChain, boolean | undefined> {
  const form = costFormOf(study);
  const choices: readonly KeptChoice[] = keptAlongLine(keep, study, chain);
  const problem: FiniteProblem = {
    ...chainProblem(chain.types, supply, chain.scale),
    ...(form ? { cost: form } : {}),
    surplusWeight: surplusWeightOf(study.terms),
    participation: Float64Array.from(choices, ({ utility }) => keep.share * utility),
  };
  const { solver } = solverFor(study, problem);
  const { menu, essential } = yield* solveFinite(problem, solver, finiteTolerance(study));
  return {
    menu: listedMenu(chain, supply, menu),
    certified: menu,
    essential,
    kept: keptTypes(keep, choices, menu),
  };
}

/** The certified items as a chain has them, one a type. There is no φ but the values as which types are served. */
const listedMenu = (
  { types: { value }, scale }: ListedChain,
  supply: EfficientSupply,
  { items, served, costs, transfers, choices, rents, certificate }: CertifiedMenu,
): FiniteMenu => {
  const point = supplyPoint(supply.inputs.length);
  const column = (of: (type: number, item: number) => number): Float64Array =>
    Float64Array.from(value, (_, k) => of(k, choices[k]!));
  const at = (item: number): number => items.offsets[item]!;
  const servedValue = column((_, item) => (item < 0 ? 0 : served[at(item)]!));
  const quality = column((_, item) => (item < 0 ? 0 : scale * items.quality[at(item)]!));
  const model = new Uint8Array(value.length);
  const inputs = Array.from(value, (_, k) => {
    if (!(quality[k]! > 0)) return new Float64Array(supply.inputs.length);
    // Where a linear program gave the item outright, it is a part of the most that there is.
    supply.supply(Number.isNaN(servedValue[k]!) ? Number.MAX_VALUE : servedValue[k]!, scale, point);
    model[k] = point.model;
    const part = point.quality > 0 ? quality[k]! / point.quality : 0;
    return Number.isNaN(servedValue[k]!) ? point.inputs.map((amount) => part * amount) : point.inputs.slice();
  });
  return {
    virtualValue: new Float64Array(value.length).fill(Number.NaN),
    ironedVirtualValue: servedValue,
    quality,
    cost: column((_, item) => (item < 0 ? 0 : costs[item]!)),
    transfer: column((_, item) => (item < 0 ? 0 : transfers[item]!)),
    rent: rents,
    inputs,
    model,
    upperBound: certificate.upperBound,
    solved: Number.isFinite(certificate.upperBound),
  };
};
