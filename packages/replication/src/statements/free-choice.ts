import type { Distribution, EfficientSupply, ScaleMenu } from '@menusmith/core';
import { printedTariff } from './printed-tariff.ts';
import { supplied } from './technology.ts';

/** What the tariffs of Lemma 3 lead to when buyers choose freely among all of them. */
export interface FreeChoice {
  readonly profitChange: number;
  readonly deviatingShare: number;
}

interface Choice {
  /** Utility beyond that of the own item. */
  readonly gain: number;
  /** Profit beyond that of the own item, times the density of types. */
  readonly change: number;
  readonly density: number;
}

/**
 * Free choice in the continuum, where m falls but for one interval [low, high] in which it rises.
 *
 * Type θ's utility from the tariff of r changes in r as m′(r)[C(q(r)) − C(q_θ)] with q_θ what she would buy, which has the sign of −m′(r) for
 * r < θ and of m′(r) for r > θ. So her best tariff is her own, that of `low` < θ or that of `high` > θ. Trapezoids between `count` types, cut
 * where the best one changes: order 2.
 */
export const freeChoice = (
  types: Distribution,
  menu: ScaleMenu,
  supply: EfficientSupply,
  [low, high]: readonly [number, number],
  count: number,
): FreeChoice => {
  const { min, max } = types;
  const at = Float64Array.from({ length: count + 1 }, (_, i) => min + ((max - min) * i) / count);
  const own = menu.schedule(at);
  const offers = [low, high].map((report) => printedTariff(menu.item(report)));
  const choices = offers.map(({ markup, fee }, k) =>
    Array.from(at, (θ, i): Choice => {
      const isOffered = k === 0 ? θ > low : θ < high;
      const { surplus, cost } = supplied(supply, θ / markup);
      const density = types.density(θ);
      const ownProfit = θ * own.quality[i]! - own.rent[i]! - own.cost[i]!;
      return {
        gain: (isOffered ? markup * surplus - fee : 0) - own.rent[i]!,
        change: (fee + (markup - 1) * cost - ownProfit) * density,
        density,
      };
    }),
  );
  let [profitChange, deviatingShare] = [0, 0];
  /** ∫ over the part of cell i in which choice k is taken: where its gain and its lead over the other are positive. */
  const add = (k: 0 | 1, i: number): void => {
    const [from, to] = [choices[k]![i]!, choices[k]![i + 1]!];
    const other = choices[1 - k]!;
    let [start, end] = [0, 1];
    for (const [a, b] of [
      [from.gain, to.gain],
      [from.gain - other[i]!.gain, to.gain - other[i + 1]!.gain],
    ] as const) {
      if (!(a > 0 || b > 0)) return;
      if (!(a > 0)) start = Math.max(start, a / (a - b));
      if (!(b > 0)) end = Math.min(end, a / (a - b));
    }
    if (!(end > start)) return;
    const middle = (start + end) / 2;
    const width = ((max - min) / count) * (end - start);
    profitChange += width * (from.change + (to.change - from.change) * middle);
    deviatingShare += width * (from.density + (to.density - from.density) * middle);
  };
  for (let i = 0; i < count; i++) for (const k of [0, 1] as const) add(k, i);
  return { profitChange, deviatingShare };
};
