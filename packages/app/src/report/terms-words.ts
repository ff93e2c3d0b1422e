import type { Result } from '../result.ts';
import type { Study } from '../study/study.ts';
import type { Units } from '../study/units.ts';
import { formatNumber, formatPercent } from './numbers.ts';
import { formatMoney } from './quoted.ts';

/** What is maximised, where it is not profit alone: `profit + 0.3 × consumer surplus`. */
export const objectiveName = ({ objective, method }: Pick<Result, 'objective' | 'method'>): string => {
  if (method === 'efficient') return 'welfare';
  const { profit, consumerSurplus } = objective;
  const weighted = (weight: number, what: string): string =>
    weight === 1 ? what : `${formatNumber(weight)} × ${what}`;
  const own = weighted(profit, 'profit');
  return consumerSurplus === 0 ? own : `${own} + ${weighted(consumerSurplus, 'consumer surplus')}`;
};

/** What else than buyers, technology and contract the seller's problem has, and what came of it, in sentences; amounts are quoted ones. */
export const termsWords = (
  result: Omit<Result, 'notes'>,
  { terms, units }: Pick<Study, 'terms' | 'units'>,
): readonly string[] => [
  ...objectiveWords(result, units),
  ...outsideWords(result, terms),
  ...keptWords(result, terms),
  ...lotteryWords(result, units),
];

const objectiveWords = (result: Omit<Result, 'notes'>, units: Units | undefined): string[] => {
  const { consumerSurplus, profit, value } = result.objective;
  if (result.method === 'efficient' || (consumerSurplus === 0 && profit === 1)) return [];
  return [
    `What is maximised is ${objectiveName(result)}: ${formatMoney(value, units)} here. Attained value and upper bound of the certificate are of this objective, and not of profit.`,
  ];
};

/** A share that is rounding. */
const NOBODY = 1e-9;

const outsideWords = (
  { outsideShare, method }: Omit<Result, 'notes'>,
  { outside }: Study['terms'],
): string[] => {
  if (outside === undefined || method === 'efficient') return [];
  const isRival = outside.kind === 'rival';
  const option = `their outside option${outside.kind === 'utility' ? `, worth ${outside.text}` : ''}`;
  if (!(outsideShare! > NOBODY))
    return [
      `Nobody ${isRival ? 'buys from the rival' : `takes ${option}`}: the menu leaves every buyer at least as much.`,
    ];
  return [
    `${formatPercent(outsideShare)} of the buyers ${isRival ? 'buy from the rival' : `take ${option}`}: the seller earns nothing from them. ` +
      `Consumer surplus and welfare count what they have there${isRival ? ', but not the rival’s profit' : ''}.`,
  ];
};

const keptWords = ({ keptShare }: Omit<Result, 'notes'>, { keep }: Study['terms']): string[] => {
  if (keep === undefined) return [];
  return [
    keep.share === 1
      ? `Today’s plans stay on sale, so that no buyer has less than they give her: ${formatPercent(keptShare)} of the buyers keep one of them.`
      : `No buyer has less than ${formatPercent(keep.share)} of the surplus that today’s plans give her.`,
  ];
};

const lotteryWords = (
  { lotteries, withoutLotteries, profit, objective, implementation, outsideShare }: Omit<Result, 'notes'>,
  units: Units | undefined,
): string[] => {
  if (lotteries !== true) return [];
  const isProfit = objective.consumerSurplus === 0;
  const [own, other] = isProfit
    ? [profit, withoutLotteries?.profit]
    : [objective.value, withoutLotteries?.objective];
  return [
    `Some items are lotteries: two ways to serve a buyer, each with a chance, cost less together than either alone. With them the ${isProfit ? 'profit' : 'objective'} is ${formatMoney(own, units)}` +
      (withoutLotteries === undefined
        ? '.'
        : `; that of the best menu found without lotteries is ${formatMoney(other, units)}.`) +
      (implementation !== undefined && outsideShare !== undefined
        ? ' A lottery has no prices of inputs: tariffs are made of the menu without lotteries.'
        : ''),
  ];
};
