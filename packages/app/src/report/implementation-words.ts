import type { ImplementationResult, Result } from '../result.ts';
import type { Implementation, IndirectImplementation } from '../study/study.ts';
import type { Units } from '../study/units.ts';
import { lossPercent } from './loss.ts';
import { formatNumber } from './numbers.ts';
import { formatMoney } from './quoted.ts';

/** How a way to price the menu is called where one is chosen, and what it means. */
export const implementationChoices: Readonly<Record<Implementation, readonly [string, string]>> = {
  direct: ['A price for every item', 'Each item of the menu has its price.'],
  'two-part-tariff': [
    'Two-part tariffs',
    'A fee and prices of inputs; the page simulates which tariff buyers really choose.',
  ],
  'maximum-spend': [
    'A fee, and a cap on spending',
    'After a fee inputs are sold at cost, up to a most that a buyer can spend; the page simulates what buyers choose.',
  ],
};

type Attained = Pick<OfferedMenu, 'attainedProfit' | 'consumerSurplus'>;
type Whole = Pick<Result, 'profit' | 'objective' | 'implementation'>;

/** What the direct menu earns from the buyers to whom it is offered otherwise. */
export const directProfit = ({
  profit,
  implementation,
}: Pick<Result, 'profit' | 'implementation'>): number | null =>
  implementation?.ofGrid === undefined ? profit : implementation.ofGrid.profit;

/** What a menu makes of the objective, and what the direct menu does; null where it is not known. */
const keptOf = (
  { attainedProfit, consumerSurplus }: Attained,
  result: Whole,
): readonly [number | null, number | null] => {
  const { objective } = result;
  return consumerSurplus === undefined || consumerSurplus === null || attainedProfit === null
    ? [attainedProfit, directProfit(result)]
    : [objective.profit * attainedProfit + objective.consumerSurplus * consumerSurplus, objective.value];
};

/** The share that a menu loses of what the direct menu makes: `4.386 %`; of the objective, where that is not profit. */
export const lossOf = (menu: Attained, result: Whole): string => lossPercent(...keptOf(menu, result));

const wholeName = ({ consumerSurplus }: Attained): string =>
  consumerSurplus === undefined ? 'the profit' : 'the objective';

interface ImplementationWords {
  /** Over what it earns. */
  readonly title: string;
  /** What every buyer may take. */
  readonly offer: string;
  /** Beside the study's other words. */
  readonly study: string;
  /** What is offered first, and the best of its kind, or of those that were found. */
  readonly printed: string;
  /** The same where each type’s is made of her own item. */
  readonly byType: string;
  readonly best: string;
  /** Who takes another's offer, and what that costs; undefined where nobody does. */
  deviations(found: ImplementationResult, result: Omit<Result, 'notes'>, units: Units | undefined): string;
}

/** Relative differences of profits below are rounding. */
const ROUNDING = 1e-9;

const number = (x: number | null | undefined): string => formatNumber(x, 4);

/** What is said of each way to sell a menu, in a command, a report and a page. */
export const implementationWords: Readonly<Record<IndirectImplementation, ImplementationWords>> = {
  'two-part-tariff': {
    title: 'Sold as two-part tariffs',
    offer:
      'Every buyer may take any tariff of the menu: a fee, and prices of inputs at a common markup over cost.',
    study: 'The menu is also offered as two-part tariffs.',
    printed: 'two-part tariffs as the propositions have them',
    byType: 'two-part tariffs made of each type’s item',
    best: 'the best menu of two-part tariffs',
    deviations(found, result, units) {
      const { best, maximumSpend } = found;
      const others =
        (best ? ` ${bestFound('two-part tariffs', best)} loses ${lossOf(best, result)}.` : '') +
        (maximumSpend ? ` ${spendingOffer(maximumSpend, result)}` : '');
      if (found.isByType)
        return (
          'No proposition has two-part tariffs for types without an order. Made of each type’s item they are on the tasks that it serves, at the markup at ' +
          `which her own choice costs what the item costs, and she pays its price in all. ${takersOf(found, result, units)}${others}`
        );
      const { deviatingShare, worst } = found;
      const { conditions, finite } = result;
      const isRising = conditions.some(({ name, holds }) => name === 'nonincreasing-markup' && !holds);
      const reason = isRising
        ? ', as the markup rises somewhere'
        : result.outsideShare !== undefined
          ? ', as the markups that keep buyers from what they have outside need not fall'
          : finite
            ? ', as a buyer picks her own amounts under the tariff of the next lower type'
            : '';
      const taker = worst ? `; type ${typeName(worst)} gains ${formatMoney(worst.gain, units, 4)}` : '';
      return (
        `The printed two-part tariffs are not incentive compatible${reason}: ${number(100 * (deviatingShare ?? 0))} % of the ` +
        `buyers take another tariff${orOutside(result)}${taker}, and the seller loses ${lossOf(found, result)} of ${wholeName(found)}.${others}`
      );
    },
  },
  'maximum-spend': {
    title: 'Sold with a cap on spending',
    offer:
      'Every buyer may take any item of the menu: a fee, then inputs at cost, up to a most that she can spend.',
    study: 'The menu is also offered as maximum-spend items: a fee, then inputs at cost up to a cap.',
    printed: 'the menu as maximum-spend items',
    byType: 'maximum-spend items made of each type’s item',
    best: 'the best menu of maximum-spend items',
    deviations(found, result, units) {
      const { deviatingShare, worst, best } = found;
      if (found.isByType)
        return (
          'No proposition has maximum-spend items for types without an order. Made of each type’s item they are on the tasks that it serves, up to what it costs. ' +
          takersOf(found, result, units) +
          (best ? ` ${bestFound('maximum-spend items', best)} loses ${lossOf(best, result)}.` : '')
        );
      const taker = worst ? `; type ${typeName(worst)} gains ${formatMoney(worst.gain, units, 4)}` : '';
      const reason =
        result.outsideShare === undefined || worst?.scale !== undefined
          ? 'across scales: a buyer may spend on her own tasks what is meant for more of them. '
          : 'here: what others have outside makes items larger than a buyer would want at cost, and she leaves some of what she may spend. ';
      return (
        `The maximum-spend items are not incentive compatible ${reason}` +
        `${number(100 * (deviatingShare ?? 0))} % of the buyers take another item${orOutside(result)}${taker}, and the seller loses ` +
        `${lossOf(found, result)} of ${wholeName(found)}.`
      );
    },
  },
};

const bestFound = (what: string, { isBest }: NonNullable<ImplementationResult['best']>): string =>
  `The best menu of ${what}${isBest ? '' : ' that a search finds'}`;

const orOutside = ({ outsideShare }: Pick<Result, 'outsideShare'>): string =>
  outsideShare === undefined ? '' : ', or what they have outside';

/** Who takes what was made for another. */
const takersOf = (
  found: ImplementationResult,
  result: Omit<Result, 'notes'>,
  units: Units | undefined,
): string => {
  const { deviatingShare, worst } = found;
  const whose = result.implementation?.ofGrid ? 'grid’s types' : 'buyers';
  return (
    `${number(100 * (deviatingShare ?? 0))} % of the ${whose} take another’s${orOutside(result)}` +
    (worst ? `; type ${typeName(worst)} gains ${formatMoney(worst.gain, units, 4)}` : '') +
    `, and the seller loses ${lossOf(found, result)} of ${wholeName(found)}.`
  );
};

/** By her coordinates, or by her name where she has none. */
export const typeName = ({ name, value, scale }: NonNullable<ImplementationResult['worst']>): string =>
  name ?? `${number(value)}${scale === undefined ? '' : ` of scale ${number(scale)}`}`;

/** What caps on spending would do where two-part tariffs fail. */
const spendingOffer = (found: Attained, result: Whole): string => {
  const [kept, whole] = keptOf(found, result);
  return (
    'Maximum-spend items (inputs at cost up to a cap on spending, after a fee: implementation: maximum-spend) would ' +
    ((kept ?? 0) < (whole ?? 0) * (1 - ROUNDING) ? `lose ${lossOf(found, result)}.` : 'earn all of it.')
  );
};

/** A menu that is offered otherwise, and what it earns from buyers who choose freely. */
export interface OfferedMenu {
  readonly label: string;
  readonly attainedProfit: number | null;
  readonly consumerSurplus?: number | null;
  readonly maxDeviationGain: number | null;
}

/** All that a result knows of other ways to offer its menu. */
export const offeredMenus = (found: ImplementationResult): readonly OfferedMenu[] => {
  const { kind, best, maximumSpend } = found;
  const words = implementationWords[kind];
  return [
    { ...found, label: found.isByType ? words.byType : words.printed },
    ...(best ? [{ label: `${words.best}${best.isBest ? '' : ' that was found'}`, ...best }] : []),
    ...(maximumSpend
      ? [
          {
            label: implementationWords['maximum-spend'][found.isByType ? 'byType' : 'printed'],
            ...maximumSpend,
          },
        ]
      : []),
  ];
};
