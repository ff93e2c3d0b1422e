import { isAlternative, type JudgedItem } from './item-kinds.ts';
import type { Dominance } from './sheet-result.ts';

/** Of a list of thousands each item may have thousands of others below it. */
const MOST_DOMINATING = 10;

/** Among items of each group, those that have a price in common; of those that dominate one item, the first few, outright ones before others. */
export const dominance = (
  items: readonly JudgedItem[],
  tokens: readonly string[],
  groups: readonly (readonly number[])[],
): Dominance[] => {
  // Without objects in the inner loop, as there are as many pairs as the list's length squared.
  const prices = items.map((item) => Float64Array.from(tokens, (token) => item.prices[token] ?? Number.NaN));
  const groupOf = new Map(groups.flatMap((group) => group.map((item) => [item, group] as const)));
  return items.flatMap((own, item) => {
    const group = groupOf.get(item)!;
    const outright: Dominance[] = [];
    const beside: Dominance[] = [];
    for (const by of group) {
      if (outright.length >= MOST_DOMINATING) break;
      if (by === item || !isAlternative(own, items[by]!)) continue;
      const fees = own.fee - items[by]!.fee;
      let isAbove = fees >= 0;
      let isOnce = fees > 0;
      let isComparable = false;
      let isMore = false;
      for (let t = 0; t < tokens.length && isAbove; t++) {
        const [here, there] = [prices[item]![t]!, prices[by]![t]!];
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
        const sellsBeside = tokens.filter((_, t) => prices[item]![t]! >= 0 && !(prices[by]![t]! >= 0));
        beside.push({ item, by, sellsBeside, isDominated: false });
      }
    }
    return [...outright, ...beside].slice(0, MOST_DOMINATING);
  });
};
