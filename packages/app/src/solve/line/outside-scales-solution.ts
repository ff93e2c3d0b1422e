import {
  type ChainMenu,
  increasingVirtualValue,
  iron,
  type PromisedScales,
  promisedScales,
  representativeType,
} from '@menusmith/core';
import { once } from '../../once.ts';
import type { ContinuousChain, ScaleChains } from '../../problem/screening-problem.ts';
import type { Coordinates, TypeResult } from '../../result.ts';
import type { ContinuousMenu } from '../../solution.ts';
import { degreeOf } from '../../study/degree.ts';
import type { Study } from '../../study/study.ts';
import { surplusWeightOf } from '../../study/terms.ts';
import { efficientAnswer } from '../assemble.ts';
import { implementOnScales, type MenuToImplement, ownSchedule } from '../offers/continuous-implementation.ts';
import { elsewhereAlong } from '../outside/elsewhere.ts';
import type { KeptAlong } from '../outside/kept-along.ts';
import { type PromisedChain, promising, requireOffered } from '../outside/outside-along.ts';
import { nothing, quoteItem } from '../quote.ts';
import type { Solved } from '../solved.ts';
import { indexThreshold } from '../supply/fine-tuning-threshold.ts';
import { namedUse } from '../supply/input-use.ts';
import type { StudySupply } from '../supply/supply-of.ts';
import { drawnMenu, lotteryOf, paid, takenBy } from './outside-chain-solution.ts';

/** Lotteries of fewer buyers are rounding. */
const ROUNDING = 1e-12;

/** The buyers of one scale, with what they have outside or are promised there, and the menu that is best for them. */
interface SoldScale extends PromisedChain {
  readonly chain: ContinuousChain;
  keptTypes(menu: ChainMenu): KeptAlong | undefined;
}

/** The chain of each scale, made once. */
const chainsOf = (
  study: Study,
  { values, scales }: ScaleChains,
  { supply }: StudySupply,
): ((scale: number) => SoldScale) => {
  const line = { kind: 'continuous-chain', coordinate: 'value', isScaleFixed: true, types: values } as const;
  const promised = promising(study, { ...line, scale: scales.max }, 'any');
  const known = new Map<number, SoldScale>();
  return (scale) => {
    let own = known.get(scale);
    if (own === undefined) {
      const chain: ContinuousChain = { ...line, scale };
      const made = promised(chain, supply);
      let kept: KeptAlong | undefined;
      own = {
        chain,
        ...made,
        keptTypes: (menu) => {
          kept ??= made.kept?.(menu);
          return kept;
        },
      };
      known.set(scale, own);
    }
    return own;
  };
};

/**
 * Independent values and scales of which everybody has something outside, or is promised a share of what today's plans give her: U(w, s) ≥ u(w, s). Scale by
 * scale, as without promises (Prop. 4); whether somebody gains by another scale's item is audited, and the status follows from that.
 */
export const solveScalesBesideOutside = (
  study: Study,
  buyers: ScaleChains,
  supplied: StudySupply,
): Solved => {
  const { values, scales } = buyers;
  const { supply } = supplied;
  const isEfficient = study.contract === 'efficient';
  const surplusWeight = isEfficient ? 1 : surplusWeightOf(study.terms);
  const soldAt = chainsOf(study, buyers, supplied);
  const sold = (weight: number, outside?: 'own', isSeen = false) =>
    promisedScales({
      scales,
      isSeen,
      tolerance: study.solver.tolerance,
      chainAt: (scale) => ({
        ...soldAt(scale).problem,
        scale,
        surplusWeight: weight,
        ...(outside ? { outside } : {}),
      }),
    });
  const menus = sold(surplusWeight, undefined, isEfficient);
  const own = menus.totals();
  if (!isEfficient)
    requireOffered(study, soldAt(scales.max).problem.participation.isConvex, menus.certificate());
  const keepers = (menu: ChainMenu, scale: number): number => soldAt(scale).keptTypes(menu)?.share ?? 0;
  const isKeeping = study.terms.keep !== undefined && !isEfficient;
  const totals = { ...own, ...(isKeeping ? { kept: menus.mean(keepers) } : {}) };
  const efficient = once(() => (surplusWeight === 1 ? own : sold(1, undefined, true).totals()));
  const quote = quoting(study, buyers, supplied, soldAt, menus.menuAt);
  const common = {
    totals,
    efficient,
    quote,
    types: [],
    use: () => namedUse(supply.inputs, own.inputs),
    ...(study.terms.outside
      ? {
          elsewhere: () => ({
            mean: menus.mean((_, scale) => {
              const { chain, problem } = soldAt(scale);
              return elsewhereAlong(study, chain, problem.participation).mean;
            }),
            types: new Float64Array(0),
            at: ({ value, scale = scales.max }: Coordinates) =>
              soldAt(scale).problem.participation.utility(value),
          }),
        }
      : {}),
    // What others make is on no curve of this seller's supply.
    ...(study.terms.outside === undefined ? { continuous: drawn(buyers, soldAt, menus.menuAt) } : {}),
  };
  if (isEfficient) return { ...common, ...efficientAnswer(totals) };

  const isResold = study.terms.outside !== undefined;
  const hasLotteries = isResold && totals.lotteries > ROUNDING;
  const plain = once(() => sold(surplusWeight, 'own'));
  return {
    ...common,
    method: 'scale-by-scale',
    certificate: menus.certificate(),
    money: Math.max(Math.abs(menus.menuAt(scales.max).item(values.max).transfer), totals.rent),
    conditions: [increasingVirtualValue(iron(values, surplusWeight)), menus.boundedRent()],
    pools: [],
    ...(isResold ? { lotteries: hasLotteries } : {}),
    ...(hasLotteries
      ? {
          withoutLotteries: () => {
            const left = plain().totals();
            return {
              profit: left.grossValue - left.rent - left.cost,
              attained: plain().certificate().attained,
              use: namedUse(supply.inputs, left.inputs),
            };
          },
        }
      : {}),
    ...implementationOf(
      study,
      buyers,
      supplied,
      soldAt,
      hasLotteries ? plain : () => menus,
      menus.certificate().upperBound,
    ),
  };
};

/** What tariffs make of the menus of all scales without lotteries, which have no prices. */
const implementationOf = (
  { implementation, terms }: Study,
  buyers: ScaleChains,
  { supply }: StudySupply,
  soldAt: (scale: number) => SoldScale,
  menusOf: () => PromisedScales,
  upperBound: number,
): Pick<Solved, 'implementation'> => {
  if (implementation === 'direct') return {};
  const menus = menusOf();
  const { grossValue, rent, cost } = menus.totals();
  const direct = {
    profit: grossValue - rent - cost,
    consumerSurplus: rent,
    objective: terms.objective,
    upperBound,
  };
  const menuAt = (scale: number): MenuToImplement => {
    const { problem, margin } = soldAt(scale);
    return {
      schedule: ownSchedule(menus.menuAt(scale)),
      outside: problem.participation.utility,
      ...(margin ? { margin } : {}),
    };
  };
  return { implementation: implementOnScales(implementation, direct, buyers, supply, menuAt) };
};

const quoting = (
  study: Study,
  { values, scales }: ScaleChains,
  { supply }: StudySupply,
  soldAt: (scale: number) => SoldScale,
  menuAt: (scale: number) => ChainMenu,
): Solved['quote'] => {
  const { contract, implementation } = study;
  const isEfficient = contract === 'efficient';
  const degree = isEfficient ? degreeOf(study.technology) : undefined;
  const threshold = indexThreshold(study);
  return ({ value, scale = scales.max }: Coordinates): TypeResult => {
    const delivery = {
      value,
      scale,
      contract,
      implementation,
      highest: values.max,
      ...(degree === undefined
        ? {}
        : { index: { theta: representativeType(value, scale, degree), degree, ...threshold() } }),
    };
    const { participation } = soldAt(scale).problem;
    if (!(scale > 0)) {
      // Without tasks she has what she has elsewhere, and nobody can sell her anything.
      const none = quoteItem(nothing(value, values.min, supply), supply, {
        ...delivery,
        virtualValue: values.min,
      });
      const takes = study.terms.outside === undefined ? 'menu' : 'outside';
      return { ...none, ...(isEfficient ? {} : { rent: participation.utility(value) }), takes };
    }
    const menu = menuAt(scale);
    const item = menu.item(value);
    const quoted = quoteItem(item, supply, { ...delivery, virtualValue: item.servedValue });
    const kept = isEfficient ? undefined : soldAt(scale).keptTypes(menu);
    return {
      ...quoted,
      ...paid(item, isEfficient),
      ...lotteryOf(item, supply),
      takes: takenBy(item, value, kept),
    };
  };
};

/** The menus of all scales, as pictures sweep along them. */
const drawn = (
  { scales }: ScaleChains,
  soldAt: (scale: number) => SoldScale,
  menuAt: (scale: number) => ChainMenu,
): ContinuousMenu => {
  const at = (scale: number): ContinuousMenu => drawnMenu(soldAt(scale).problem, menuAt(scale));
  return { ...at(scales.max), axis: 'value', menuAt: (scale) => at(scale).menuAt(1) };
};
