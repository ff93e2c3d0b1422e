import { finiteOrNull } from '../finite-or-null.ts';
import { isAlternative, type JudgedItem } from './item-kinds.ts';
import type { Regularity, RegularityCheck } from './sheet-result.ts';

/**
 * The regularities of Section 7.2 that a list of prices can show: its second one, its third and fourth, and its last. That newer and larger models are dearer (its
 * first) needs their age and size.
 */
export const regularities = (
  items: readonly JudgedItem[],
  compared: readonly (readonly number[])[],
  tolerance: number,
): Regularity[] => {
  const fineTuned: RegularityCheck[] = [];
  const cheaper: RegularityCheck[] = [];
  const ordered: RegularityCheck[] = [];
  const families = new Map<string, number[]>();
  items.forEach(({ family }, k) => {
    const members = families.get(family);
    if (members === undefined) families.set(family, [k]);
    else members.push(k);
  });
  items.forEach((item, k) => {
    families.get(item.family)!.forEach((l) => {
      const other = items[l]!;
      if (item.isFineTuned && !other.isFineTuned && isAlternative(item, other)) {
        for (const token of commonTokens(item, other))
          fineTuned.push(check(items, k, l, token, token, 'above'));
      }
      if (
        item.isBatch &&
        !other.isBatch &&
        item.service === other.service &&
        item.isFineTuned === other.isFineTuned
      ) {
        for (const token of commonTokens(item, other))
          cheaper.push(check(items, k, l, token, token, 'below'));
      }
    });
    // What is free, or has a price of 0 for what is not sold, says nothing of how prices compare.
    const { cached = 0, input = 0, output = 0 } = item.prices;
    if (cached > 0 && input > 0) cheaper.push(check(items, k, k, 'cached', 'input', 'below'));
    if (output > 0 && input > 0) ordered.push(check(items, k, k, 'output', 'input', 'above'));
  });
  const isConstant = haveOneRatio(ordered, compared, tolerance);
  const holds = (checks: readonly RegularityCheck[]): boolean | null =>
    checks.length === 0 ? null : checks.every((each) => each.holds);
  return [
    {
      name: 'fine-tuned-dearer',
      statement: 'Tokens of a fine-tuned model are dearer than those of its baseline.',
      holds: holds(fineTuned),
      checks: fineTuned,
    },
    {
      name: 'cached-and-batch-cheaper',
      statement: 'Cached input tokens are cheaper than regular ones, and batches than the standard service.',
      holds: holds(cheaper),
      checks: cheaper,
    },
    {
      name: 'input-below-output-at-constant-ratio',
      statement: `Input tokens are cheaper than output tokens, by one ratio in all items${compared.length > 1 ? ' of a model' : ''}.`,
      holds: ordered.length === 0 ? null : ordered.every((each) => each.holds) && isConstant,
      checks: ordered,
    },
  ];
};

/** Whether output over input is the same in the items of each group. */
const haveOneRatio = (
  ordered: readonly RegularityCheck[],
  compared: readonly (readonly number[])[],
  tolerance: number,
): boolean => {
  const ratios = new Map(ordered.map(({ item, ratio }) => [item, ratio]));
  return compared.every((group) => {
    let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    for (const item of group) {
      const ratio = ratios.get(item);
      if (ratio === undefined) continue;
      if (ratio === null) return false;
      [least, most] = [Math.min(least, ratio), Math.max(most, ratio)];
    }
    return !(most > least) || most / least - 1 <= tolerance;
  });
};

const check = (
  items: readonly JudgedItem[],
  item: number,
  against: number,
  token: string,
  againstToken: string,
  expected: 'above' | 'below',
): RegularityCheck => {
  const [price, againstPrice] = [items[item]!.prices[token]!, items[against]!.prices[againstToken]!];
  return {
    item,
    against,
    token,
    againstToken,
    price,
    againstPrice,
    // Of a price that is next to nothing no ratio is a number.
    ratio: finiteOrNull(againstPrice > 0 ? price / againstPrice : Number.NaN),
    holds: expected === 'above' ? price > againstPrice : price < againstPrice,
  };
};

const commonTokens = (a: JudgedItem, b: JudgedItem): string[] =>
  Object.keys(a.prices).filter((token) => Object.hasOwn(b.prices, token));
