import type { CertifiedMenu, EssentialTypes } from '@menusmith/core';
import type { BindingResult } from '../result.ts';

/** Multipliers below this share of a type's mass do not count as binding. */
const BINDING = 1e-6;
const MOST_LISTED = 200;

/**
 * Temptations that the menu just does not give in to, by the positions of the types given. Where the other type gets nothing, it is participation that
 * binds.
 */
export const bindingConstraints = (
  mass: Float64Array,
  { flows }: Pick<CertifiedMenu, 'flows'>,
  { representative }: Pick<EssentialTypes, 'representative'>,
  isExcluded: (type: number) => boolean,
): BindingResult['largest'] => {
  // The first type given that stands for each type solved for.
  const given = new Map<number, number>();
  for (let n = mass.length - 1; n >= 0; n--) given.set(representative[n]!, n);
  const binding: { from: number; to: number; flow: number }[] = [];
  for (let e = 0; e < flows.amount.length; e++) {
    const [from, to] = [given.get(flows.from[e]!)!, given.get(flows.to[e]!)!];
    const flow = flows.amount[e]!;
    if (!(flow > BINDING * Math.min(mass[from]!, mass[to]!)) || isExcluded(to)) continue;
    binding.push({ from, to, flow });
  }
  return binding.sort((a, b) => b.flow - a.flow);
};

export const bindingResult = (binding: BindingResult['largest']): BindingResult => ({
  count: binding.length,
  largest: binding.slice(0, MOST_LISTED),
});
