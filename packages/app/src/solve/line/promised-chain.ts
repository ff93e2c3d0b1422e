import {
  asPartOf,
  bestProfileSupply,
  type CertifiedMenu,
  chainProblem,
  type EfficientSupply,
  type EssentialTypes,
  type FiniteMenu,
  type FiniteProblem,
  type FiniteSolution,
  largestShares,
  type ModelSupply,
  participationOf,
  solveFinite,
  supplyPoint,
  supplyStart,
  supplyToOneTask,
  withoutResold,
} from '@menusmith/core';
import { keptAlongLine } from '../../plans/kept-plans.ts';
import type { BuyerChoice } from '../../plans/plan-choices.ts';
import type { ListedChain } from '../../problem/screening-problem.ts';
import type { TypeResult } from '../../result.ts';
import { finiteTolerance } from '../../study/solved-on-grid.ts';
import type { Study } from '../../study/study.ts';
import { surplusWeightOf } from '../../study/terms.ts';
import type { MenuBesideOutside } from '../offers/listed-implementation.ts';
import { keptTypes } from '../outside/kept-types.ts';
import { lineBesideOutside } from '../outside/outside-worth.ts';
import { promisedMargins } from '../outside/promised-margins.ts';
import type { SolveProgress, WithoutLotteries } from '../solved.ts';
import { modelsOf, outsideChance } from '../space/finite-listing.ts';
import { lotteriesOf } from '../space/finite-result.ts';
import { solverFor } from '../space/solver-for.ts';
import { costFormOf } from '../supply/cost-form-of.ts';
import { type InputUse, listedUse, namedUse } from '../supply/input-use.ts';
import { modelSupplies } from '../supply/supply-of.ts';

/** The menu for types along a line who are promised something or have something outside; who keeps a plan or goes there. */
export interface PromisedChain {
  readonly menu: FiniteMenu;
  readonly problem: FiniteProblem;
  readonly certified: CertifiedMenu;
  readonly essential: EssentialTypes;
  readonly takes: readonly NonNullable<TypeResult['takes']>[];
  /** The chance with which each type is left to what she has outside, where there is something. */
  readonly outside?: Float64Array;
  /** What each type has there. */
  readonly worth?: Float64Array;
  /** The models of which each type's item is a lottery, where it is one. */
  readonly lottery: readonly TypeResult['lottery'][];
  readonly lotteries?: boolean;
  /** The menu without lotteries, which can be sold at prices of inputs. */
  readonly sellable: MenuBesideOutside;
  withoutLotteries?(): WithoutLotteries;
}

/**
 * Types along a line who are to have a share of what today's plans give them, or have something outside: U_n ≥ u_n bends the chain anywhere, so that the
 * finite solver takes it as types of one task.
 */
export function* solvePromisedChain(
  study: Study,
  chain: ListedChain,
  supply: EfficientSupply,
): Generator<SolveProgress<PromisedChain>, PromisedChain, boolean | undefined> {
  const form = costFormOf(study);
  const { keep, outside } = study.terms;
  const choices: readonly BuyerChoice[] = keep ? keptAlongLine(keep, study, chain) : [];
  const line = chainProblem(chain.types, supply, chain.scale);
  const models = modelSupplies(study);
  const plain: FiniteProblem = {
    ...line,
    // Beside promises cost between models is not convex, and an item may have to be a lottery between them.
    ...(models
      ? {
          supply: bestProfileSupply(
            models.map(({ name, supply: own }) => ({ name, supply: supplyToOneTask(own) })),
          ),
        }
      : {}),
    // A cost outright has one slope at 0, whatever the scale; below it nothing is made.
    ...(study.technology.kind === 'cost'
      ? { supply: { ...line.supply, starts: Float64Array.of(supplyStart(supply)) } }
      : {}),
    ...(form ? { cost: form } : {}),
    surplusWeight: surplusWeightOf(study.terms),
    ...(keep ? { participation: Float64Array.from(choices, ({ utility }) => keep.share * utility) } : {}),
  };
  const problem = lineBesideOutside(study, chain, plain);
  const { solver } = solverFor(study, problem);
  const answer = ({ menu, essential }: FiniteSolution): PromisedChain => {
    const own = withoutResold(problem, menu);
    const { least: worth } = participationOf(problem);
    const useOf = (other: CertifiedMenu): InputUse => {
      const { inputs } = listedMenu(chain, supply, withoutResold(problem, other), models);
      const tasks = supply.inputs.map(({ scope }) => (scope === 'task' ? chain.scale : 1));
      const total = (amounts: Float64Array) => amounts.map((amount, j) => tasks[j]! * amount);
      return listedUse(
        inputs.map((amounts, k) => ({
          mass: chain.types.mass[k]!,
          inputs: namedUse(supply.inputs, total(amounts)),
        })),
      );
    };
    const pure = menu.withoutLotteries ? withoutResold(problem, menu.withoutLotteries) : own;
    return {
      menu: listedMenu(chain, supply, own, models),
      problem,
      certified: menu,
      essential,
      takes: takenOf(keep && keptTypes(keep, choices, menu), outside !== undefined, own),
      ...(outside
        ? {
            outside: Float64Array.from(own.choices, (_, k) => outsideChance(problem, own, k)),
            worth,
          }
        : {}),
      sellable: {
        line,
        outside: {
          worth,
          ...(keep ? { margins: promisedMargins(keep, choices, worth, { supply, scale: chain.scale }) } : {}),
        },
        certified: pure,
        menu: listedMenu(chain, supply, pure, models),
      },
      lottery: drawnModels(problem, own),
      ...lotteriesOf(problem, menu, useOf),
    };
  };
  return answer(yield* asPartOf(solveFinite(problem, solver, finiteTolerance(study)), answer));
}

const drawnModels = (
  { supply: { models = [] } }: FiniteProblem,
  { choices, shares }: CertifiedMenu,
): PromisedChain['lottery'] => {
  const names = models.map(({ name }) => name);
  return Array.from(choices, (k) =>
    k < 0 || shares === undefined
      ? undefined
      : modelsOf(names, shares.subarray(k * names.length, (k + 1) * names.length)).lottery,
  );
};

const takenOf = (
  kept: readonly boolean[] | undefined,
  hasOutside: boolean,
  { choices }: CertifiedMenu,
): PromisedChain['takes'] =>
  Array.from(choices, (choice, k) => (kept?.[k] ? 'kept' : hasOutside && choice < 0 ? 'outside' : 'menu'));

/** What all models use for an item, model by model: each its share of what it uses for the value as which a type is served. */
const inputsOfModels = (
  models: readonly ModelSupply[],
  shares: Float64Array,
  served: number,
  scale: number,
): Float64Array =>
  Float64Array.from(
    models.flatMap(({ supply }, l) => {
      const point = supplyPoint(supply.inputs.length);
      supply.supply(served, scale, point);
      return Array.from(point.inputs, (amount) => shares[l]! * amount);
    }),
  );

/** The certified items as a chain has them, one a type. There is no φ but the values as which types are served. */
const listedMenu = (
  { types: { value }, scale }: ListedChain,
  supply: EfficientSupply,
  { items, shares, served, costs, transfers, choices, rents, certificate }: CertifiedMenu,
  models: readonly ModelSupply[] | undefined,
): FiniteMenu => {
  const point = supplyPoint(supply.inputs.length);
  const column = (of: (type: number, item: number) => number): Float64Array =>
    Float64Array.from(value, (_, k) => of(k, choices[k]!));
  const at = (item: number): number => items.offsets[item]!;
  const servedValue = column((_, item) => (item < 0 ? 0 : served[at(item)]!));
  const quality = column((_, item) => (item < 0 ? 0 : scale * items.quality[at(item)]!));
  const model = new Uint8Array(value.length);
  const drawn = shares === undefined ? 0 : shares.length / costs.length;
  const inputs = Array.from(value, (_, k) => {
    if (!(quality[k]! > 0)) return new Float64Array(supply.inputs.length);
    if (models && shares) {
      const own = shares.subarray(choices[k]! * drawn, (choices[k]! + 1) * drawn);
      [model[k] = 0] = largestShares(own.subarray(0, models.length), models.length);
      return inputsOfModels(models, own, servedValue[k]!, scale);
    }
    // Where a linear program gave the item outright, it is a part of the most that there is; and of a lottery the seller makes a part.
    supply.supply(Number.isNaN(servedValue[k]!) ? Number.MAX_VALUE : servedValue[k]!, scale, point);
    model[k] = point.model;
    const part = point.quality > 0 ? quality[k]! / point.quality : 0;
    return point.inputs.map((amount) => part * amount);
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
