import type { PricedItem } from './priced-items.ts';

/** An item with what its names say it is. */
export interface JudgedItem extends PricedItem {
  readonly isFineTuned: boolean;
  readonly isBatch: boolean;
  /** How it is served beside: `flex`, `priority`, `above 200k tokens`; empty for the standard. */
  readonly service: string;
  /** The model without words for how it is served: items of one family are made of the same. */
  readonly family: string;
}

/** Fine-tuned: its tier says so, or training has a price. Batch: its tier says so. */
export const judged = (item: PricedItem): JudgedItem => {
  const { model, tier, prices } = item;
  const words = `${model} ${tier}`;
  return {
    ...item,
    isFineTuned: 'training' in prices || /\b(?:fine[\s_-]?tun|tuned|custom)/i.test(words),
    isBatch: /\bbatch/i.test(words),
    service: (tier.toLowerCase().match(/\b(?:flex|priority|long context|above \d+k tokens)\b/g) ?? []).join(
      ' ',
    ),
    family: familyOf(model),
  };
};

const familyOf = (model: string): string =>
  model
    .toLowerCase()
    .replace(/\b(?:fine[\s_-]?tun\w*|tuned|custom|batch(?:es)?|baseline|base|standard)\b/g, ' ')
    .replace(/[\s_,()/-]+/g, ' ')
    .trim() || model;

/** Whether of two items a buyer can take the one or the other: what is served later, or for longer tasks, is something else. */
export const isAlternative = (a: JudgedItem, b: JudgedItem): boolean =>
  a.service === b.service && a.isBatch === b.isBatch;

/** Positions of items that are compared with one another: those of one family, or all of them. */
export const comparedItems = (
  items: readonly JudgedItem[],
  isAcross: boolean,
): readonly (readonly number[])[] => groupsOf([...items.keys()], (k) => (isAcross ? '' : items[k]!.family));

/** Positions of items that are alternatives, of those in a group. */
export const alternativesOf = (
  items: readonly JudgedItem[],
  group: readonly number[],
): readonly (readonly number[])[] =>
  groupsOf(group, (k) => `${items[k]!.isBatch ? 'batch' : ''} ${items[k]!.service}`);

const groupsOf = (
  positions: readonly number[],
  keyOf: (k: number) => string,
): readonly (readonly number[])[] => {
  const groups = new Map<string, number[]>();
  for (const k of positions) {
    const key = keyOf(k);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [k]);
    else group.push(k);
  }
  return [...groups.values()];
};
