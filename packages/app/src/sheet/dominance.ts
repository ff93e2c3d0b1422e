import { alternativesOf, type JudgedItem } from './item-kinds.ts';
import type { Dominance } from './sheet-result.ts';

/** Of a list of thousands each item may have thousands of others below it. */
const MOST_DOMINATING = 10;

/** Among alternatives of each group, those that have a price in common; of those that dominate one item, the first few, outright ones before others. */
export const dominance = (
  items: readonly JudgedItem[],
  tokens: readonly string[],
  groups: readonly (readonly number[])[],
): Dominance[] => {
  const found = new Map<number, readonly Dominance[]>();
  const dominating = dominatingIn(items, tokens);
  for (const group of groups)
    for (const alternatives of alternativesOf(items, group))
      for (const item of alternatives) found.set(item, dominating(item, alternatives));
  return items.flatMap((_, item) => found.get(item)!);
};

const dominatingIn = (
  items: readonly JudgedItem[],
  tokens: readonly string[],
): ((item: number, alternatives: readonly number[]) => readonly Dominance[]) => {
  const count = tokens.length;
  // In one row, as there are as many pairs as the list's length squared.
  const prices = new Float64Array(items.length * count);
  items.forEach((item, k) => {
    tokens.forEach((token, t) => {
      prices[k * count + t] = Object.hasOwn(item.prices, token) ? item.prices[token]! : Number.NaN;
    });
  });
  const fees = Float64Array.from(items, ({ fee }) => fee);
  return (item, alternatives) => {
    const outright: Dominance[] = [];
    const beside: Dominance[] = [];
    const own = item * count;
    for (const by of alternatives) {
      if (outright.length >= MOST_DOMINATING) break;
      if (by === item) continue;
      const other = by * count;
      let isAbove = fees[item]! >= fees[by]!;
      let isOnce = fees[item]! > fees[by]!;
      let isComparable = false;
      let isMore = false;
      for (let t = 0; t < count && isAbove; t++) {
        const [here, there] = [prices[own + t]!, prices[other + t]!];
        if (Number.isNaN(here)) continue;
        if (Number.isNaN(there)) isMore = true;
        else {
          isComparable = true;
          isAbove = here >= there;
          isOnce ||= here > there;
        }
      }
      if (!isAbove || !isOnce || !isComparable) continue;
      if (!isMore) outright.push({ item, by, sellsBeside: [], isDominated: true });
      else if (beside.length < MOST_DOMINATING) {
        const sellsBeside = tokens.filter((_, t) => prices[own + t]! >= 0 && !(prices[other + t]! >= 0));
        beside.push({ item, by, sellsBeside, isDominated: false });
      }
    }
    return [...outright, ...beside].slice(0, MOST_DOMINATING);
  };
};
