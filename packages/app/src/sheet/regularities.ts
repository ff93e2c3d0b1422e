import type { PricedItem } from './priced-items.ts';
import type { Regularity, RegularityCheck } from './sheet-result.ts';

/** An item with what its tier says it is. */
export interface JudgedItem extends PricedItem {
  readonly isFineTuned: boolean;
  readonly isBatch: boolean;
}

/**
 * The regularities of Section 7.2 that a list of prices can show: its second one, its third and fourth, and its last. That newer and larger models are dearer (its
 * first) needs their age and size.
 */
export const regularities = (items: readonly JudgedItem[], tolerance: number): Regularity[] => {
  const fineTuned: RegularityCheck[] = [];
  const cheaper: RegularityCheck[] = [];
  const ordered: RegularityCheck[] = [];
  const families = new Map<string, number[]>();
  items.forEach(({ model }, k) => {
    const name = baseName(model);
    const family = families.get(name);
    if (family === undefined) families.set(name, [k]);
    else family.push(k);
  });
  items.forEach((item, k) => {
    families.get(baseName(item.model))!.forEach((l) => {
      const other = items[l]!;
      if (item.isFineTuned && !other.isFineTuned && item.isBatch === other.isBatch) {
        for (const token of commonTokens(item, other))
          fineTuned.push(check(items, k, l, token, token, 'above'));
      }
      if (item.isBatch && !other.isBatch && item.isFineTuned === other.isFineTuned) {
        for (const token of commonTokens(item, other))
          cheaper.push(check(items, k, l, token, token, 'below'));
      }
    });
    const { prices } = item;
    if ('cached' in prices && 'input' in prices) cheaper.push(check(items, k, k, 'cached', 'input', 'below'));
    if ('output' in prices && 'input' in prices) ordered.push(check(items, k, k, 'output', 'input', 'above'));
  });
  const ratios = ordered.flatMap(({ ratio }) => (ratio === null ? [] : [ratio]));
  const [least, most] = [Math.min(...ratios), Math.max(...ratios)];
  const isConstant = ratios.length === ordered.length && most / least - 1 <= tolerance;
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
      statement: 'Input tokens are cheaper than output tokens, by one ratio in all items.',
      holds: ordered.length === 0 ? null : ordered.every((each) => each.holds) && isConstant,
      checks: ordered,
    },
  ];
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
    ratio: againstPrice > 0 ? price / againstPrice : null,
    holds: expected === 'above' ? price > againstPrice : price < againstPrice,
  };
};

const commonTokens = (a: JudgedItem, b: JudgedItem): string[] =>
  Object.keys(a.prices).filter((token) => Object.hasOwn(b.prices, token));

/** The model without words for how it is served. */
const baseName = (model: string): string =>
  model
    .toLowerCase()
    .replace(/\b(?:fine[\s_-]?tun\w*|tuned|custom|batch(?:es)?|baseline|base|standard)\b/g, ' ')
    .replace(/[\s_,()/-]+/g, ' ')
    .trim();
