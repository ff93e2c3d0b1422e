import { isMade, type PopulationMenu } from './population-menu.ts';

/** Payments move by this share of the largest one at first, and by twice as much as long as that pays. */
const FIRST = 0.005;
const MOST_DOUBLINGS = 6;

/**
 * A menu whose items cost so much more, or less, that the objective is largest: all of a scale alike, by a + b·s. Rents that are raised until nobody lacks what she is promised pay everybody whom
 * the few that lack most could be taken for; it can be better to leave these to what they are promised. What is searched are a and b, each by doubled steps and one between.
 */
export const bestPriced = (
  menu: PopulationMenu,
  objectiveOf: (menu: PopulationMenu) => number,
): PopulationMenu => {
  const { scales, perScale, transfers } = menu;
  const money = transfers.reduce((most, transfer) => Math.max(most, Math.abs(transfer)), 0);
  const highest = scales.at(-1)!;
  const priced = ({ transfers: from }: PopulationMenu, by: number, power: number): PopulationMenu => ({
    ...menu,
    transfers: from.map((transfer, k) =>
      isMade(menu, k)
        ? transfer + by * money * (scales[Math.floor(k / perScale)]! / highest) ** power
        : transfer,
    ),
  });
  let best = { menu, objective: objectiveOf(menu) };
  const improve = (power: number, sign: number): boolean => {
    const start = best.menu;
    const known = best.objective;
    let reached = 0;
    const isBetter = (by: number): boolean => {
      const tried = priced(start, sign * by, power);
      const objective = objectiveOf(tried);
      if (!(objective > best.objective)) return false;
      best = { menu: tried, objective };
      reached = by;
      return true;
    };
    for (let n = 0, by = FIRST; n < MOST_DOUBLINGS && isBetter(by); n++) by *= 2;
    if (reached > 0 && !isBetter(1.5 * reached)) isBetter(0.75 * reached);
    return best.objective > known;
  };
  for (const power of [0, 1]) if (!improve(power, 1)) improve(power, -1);
  return best.menu;
};
