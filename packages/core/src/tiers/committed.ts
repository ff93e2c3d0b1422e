import type { Menu, PlanSearch } from './plan-columns.ts';

/** Of an interval, until nothing of it is left in double precision. */
const HALVINGS = 60;

/**
 * The most that a commitment can include at a markup, so that type n is no worse off with it than with the others, what she has anyway and what she is promised; undefined where
 * none is.
 */
export const mostCommitted = (
  { value, lookup, highest, utility, promised }: PlanSearch,
  others: Menu,
  markup: number,
  n: number,
): number | undefined => {
  const type = value[n]!;
  // A commitment is spent in full by whoever would spend less at its prices.
  const left = (included: number): number => {
    const cost = lookup.cost(included);
    return (type * (lookup.surplus(included) + cost)) / included - markup * cost;
  };
  const least = others.reduce(
    (most, own) => Math.max(most, own.utility[n]! - own.markup * lookup.cost(own.included)),
    Math.max(utility[n]!, promised?.[n] ?? 0),
  );
  let [low, high] = [type / markup, highest];
  if (!(low > 0 && low < high && left(low) >= least)) return undefined;
  if (left(high) >= least) return high;
  for (let step = 0; step < HALVINGS; step++) {
    const middle = (low + high) / 2;
    if (left(middle) >= least) low = middle;
    else high = middle;
  }
  return low;
};
