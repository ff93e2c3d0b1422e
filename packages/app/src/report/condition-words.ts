import type { ConditionResult, PoolResult, Result } from '../result.ts';
import { capitalised } from './capitalised.ts';
import { formatNumber, formatPercent } from './numbers.ts';

/** What of a result decides of whom its conditions speak. */
export type Conditioned = Pick<Result, 'method' | 'certificate' | 'pools'>;

const names: Readonly<Record<ConditionResult['name'], string>> = {
  'increasing-virtual-value': 'increasing virtual value',
  'bounded-rent': 'bounded rent',
  'bounded-rent-tariff': 'bounded rent of tariffs',
  'nonincreasing-markup': 'nonincreasing markup',
  'full-extraction': 'full extraction',
};

/** What is told of a condition, as tables and pages head it. */
export const conditionHeads = { name: 'condition', margin: 'margin', place: 'tightest at' } as const;

/** Whether it holds: its sign, and in words. */
export const holdsWords = (holds: boolean): { readonly sign: string; readonly words: string } =>
  holds ? { sign: '✓', words: 'holds' } : { sign: '✗', words: 'does not hold' };

/** That buyers keep rents is how it is, and no failure. */
export const isRent = ({ name }: Pick<ConditionResult, 'name'>): boolean => name === 'full-extraction';

export const conditionName = (name: ConditionResult['name']): string => names[name];

/** What it means that a condition holds or fails, and of which buyers that is said. */
export const conditionWords = ({ name, holds, margin }: ConditionResult, of: Conditioned): string => {
  const isEmpty = margin === null && holds;
  switch (name) {
    case 'increasing-virtual-value':
      return ofEachScale(isEmpty ? nothingToCompare : virtualValueWords(holds, of), of);
    case 'nonincreasing-markup':
      return ofEachScale(isEmpty ? nothingToCompare : markupWords(holds, of), of);
    case 'bounded-rent':
      return rentWords(holds, of);
    case 'bounded-rent-tariff':
      return holds
        ? 'The paper’s condition for two-part tariffs that depend on the scale (Assumption 2) holds; where the markup does not rise, such tariffs do all that the menu does.'
        : 'The paper’s condition for two-part tariffs that depend on the scale (Assumption 2) fails; its propositions on them do not apply.';
    case 'full-extraction':
      return holds
        ? 'Every type pays all that her efficient item is worth to her: hidden types cost the seller nothing.'
        : 'The seller does not get all of the efficient surplus: part of it is left to buyers, or is not made.';
  }
};

/** Buyers who differ in more than one number have virtual values within a scale only. */
const ofEachScale = (words: string, { method }: Conditioned): string =>
  method === 'finite' ? `Within every scale: ${words}` : capitalised(words);

const nothingToCompare = 'there are no two types with a positive ironed virtual value φ̄ to compare.';

const isPositive = ({ ironedVirtualValue }: PoolResult): boolean => ironedVirtualValue > 0;

const virtualValueWords = (holds: boolean, { pools }: Conditioned): string => {
  if (holds)
    return `the virtual value rises with the type among those whose ironed one is positive (φ̄ > 0), who alone can be served: none of them has to be pooled.${belowWords(pools)}`;
  const above = pools.filter(isPositive);
  const isServed = above.length === 0 || above.some(({ item }) => !item.excluded);
  return (
    'the virtual value falls somewhere among the types whose ironed one is positive (φ̄ > 0): types ' +
    `${above.length === 0 ? 'around there' : spans(above)} are pooled, and ` +
    `${isServed ? 'get one item' : 'get nothing, as their φ̄ does not pay for an item'}.${belowWords(pools)}`
  );
};

/** Of pools to which no condition refers. */
const belowWords = (pools: readonly PoolResult[]): string => {
  const below = pools.filter((pool) => !isPositive(pool));
  return below.length === 0 ? '' : ` The types pooled ${spans(below)} have φ̄ ≤ 0 and are not served.`;
};

const spans = (pools: readonly PoolResult[]): string =>
  pools.map(({ from, to }) => `from ${formatNumber(from, 4)} to ${formatNumber(to, 4)}`).join(' and ');

const markupWords = (holds: boolean, { certificate, method }: Conditioned): string => {
  if (!holds)
    return 'the markup rises with the type somewhere among those with φ̄ > 0: buyers there would rather have a neighbour’s tariff, and two-part tariffs cannot do what the menu does.';
  const does = 'the markup does not rise with the type among those with φ̄ > 0';
  return certificate.of === 'grid' || method === 'finite'
    ? `${does}. Between continuous types two-part tariffs could then do all that the menu does; of a list, a buyer may still gain under the tariff of the next lower type.`
    : `${does}: two-part tariffs can do all that the menu does.`;
};

const rentWords = (holds: boolean, { method }: Conditioned): string => {
  const menu = 'the menu that is best scale by scale';
  if (holds)
    return `Rents do not grow too fast with the scale (Assumption 1): under ${menu} nobody gains by taking an item made for another scale, so that it can be offered to all.`;
  return (
    `Rents grow too fast with the scale${method === 'finite' ? ', or fall as it grows' : ''} (Assumption 1 fails): under ${menu} somebody gains by taking an item made for another scale. ` +
    (method === 'finite' ? 'The best menu is another one.' : 'That menu does not work as it stands.')
  );
};

/** Its margin: by how much it holds or fails. */
export const marginWords = ({ name, margin }: ConditionResult): string => {
  if (margin === null) return 'no types to compare';
  return isRent({ name })
    ? `${formatPercent(Math.max(0, -margin))} of the efficient surplus is not the seller’s`
    : formatNumber(margin, 4);
};

/** Where something is tightest, `value 0.8, scale 0.5`: a representative type has no scale. */
export const placeWords = (at: Readonly<Record<string, number | null | undefined>>): string =>
  Object.entries(at)
    .filter(([, x]) => x !== undefined && x !== null)
    .map(([key, x]) => `${key} ${formatNumber(x, 4)}`)
    .join(', ');

/** What becomes of the types in pools, for where these are shown; empty where there are none. */
export const poolWords = (pools: readonly PoolResult[]): string => {
  if (pools.length === 0) return '';
  const unserved = pools.filter(({ item }) => item.excluded);
  if (unserved.length === 0) return 'Types in a pool get one and the same item.';
  if (unserved.length === pools.length)
    return 'Types in a pool are treated alike: here none of them is served.';
  return `Types in a pool are treated alike: those ${spans(unserved)} are not served, the others get one and the same item.`;
};
