import {
  chainProblem,
  type EfficientSupply,
  type FiniteMenu,
  finiteMenu,
  participationOf,
} from '@menusmith/core';
import type { ListedChain } from '../../problem/screening-problem.ts';
import type { Study } from '../../study/study.ts';
import { lineBesideOutside } from '../outside/outside-worth.ts';
import type { PromisedChain } from './promised-chain.ts';

/** What types along a line have, item by item, where some are left to what they have outside. */
export type ChainBesideOutside = Pick<PromisedChain, 'menu' | 'takes' | 'outside' | 'worth' | 'lottery'>;

/**
 * The efficient allocation to types who have u_n outside: type n is served where S(w_n) ≥ u_n. Nothing is hidden, so that nobody has more than u_n and no
 * lottery is worth more than its better part. The bound is Σ f max{S(w), u}.
 */
export const efficientBesideOutside = (
  study: Study,
  chain: ListedChain,
  supply: EfficientSupply,
): ChainBesideOutside => {
  const { types, scale } = chain;
  const { value, mass } = types;
  const own = finiteMenu(types, supply, { isEfficient: true, scale });
  const worth = participationOf(lineBesideOutside(study, chain, chainProblem(types, supply, scale))).least;
  const surplus = value.map((w, n) => w * own.quality[n]! - own.cost[n]!);
  const isServed = (n: number): boolean => surplus[n]! >= worth[n]!;
  const served = (of: Float64Array): Float64Array => of.map((each, n) => (isServed(n) ? each : 0));
  const none = new Float64Array(supply.inputs.length);
  const menu: FiniteMenu = {
    ...own,
    quality: served(own.quality),
    cost: served(own.cost),
    inputs: own.inputs.map((inputs, n) => (isServed(n) ? inputs : none)),
    transfer: served(value.map((w, n) => w * own.quality[n]! - worth[n]!)),
    rent: worth,
    upperBound: mass.reduce((sum, f, n) => (f > 0 ? sum + f * Math.max(surplus[n]!, worth[n]!) : sum), 0),
  };
  return {
    menu,
    takes: Array.from(value, (_, n) => (isServed(n) ? 'menu' : 'outside')),
    outside: Float64Array.from(value, (_, n) => (isServed(n) ? 0 : 1)),
    worth,
    lottery: Array.from(value, () => undefined),
  };
};
