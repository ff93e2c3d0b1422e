import {
  formatNumber,
  formatPercent,
  moneyUnit,
  priceUnit,
  type Result,
  sharedInputWords,
  type Units,
} from '@menusmith/app/browser';
import { words } from '../words.ts';

interface Measure {
  readonly key: string;
  readonly label: string;
  /** In place of a label that is too long for a narrow screen. */
  readonly short?: string;
  readonly hint: string;
  readonly isShare?: boolean;
  /** In the place of the unit of money. */
  readonly unit?: string;
  /** Left out where the study has no such number. */
  readonly isOptional?: boolean;
  read(result: Result): number | null;
}

/** The numbers at the top. */
const measures: readonly Measure[] = [
  {
    key: 'profit',
    label: 'Profit',
    hint: 'what buyers pay less what serving them costs, per buyer',
    read: ({ profit }) => profit,
  },
  { key: 'revenue', label: 'Revenue', hint: 'what buyers pay, per buyer', read: ({ revenue }) => revenue },
  { key: 'cost', label: 'Cost', hint: 'of all that is sold, per buyer', read: ({ cost }) => cost },
  {
    key: 'consumerSurplus',
    label: 'Consumer surplus',
    short: 'Surplus',
    hint: 'what quality is worth to buyers beyond what they pay',
    read: ({ consumerSurplus }) => consumerSurplus,
  },
  { key: 'welfare', label: 'Welfare', hint: 'profit and consumer surplus', read: ({ welfare }) => welfare },
  {
    key: 'efficientWelfare',
    label: 'First best',
    hint: 'welfare if nothing were hidden',
    read: ({ efficientWelfare }) => efficientWelfare,
  },
  {
    key: 'outsideShare',
    label: 'Elsewhere',
    hint: 'share of buyers who take what they have outside',
    isShare: true,
    isOptional: true,
    read: ({ outsideShare }) => outsideShare ?? null,
  },
  {
    key: 'keptShare',
    label: 'Keep a plan',
    hint: 'share of buyers who take one of today’s plans',
    isShare: true,
    isOptional: true,
    read: ({ keptShare }) => keptShare ?? null,
  },
  {
    key: 'excludedShare',
    label: 'Not served',
    hint: 'share of buyers for whom the menu has nothing',
    isShare: true,
    read: ({ excludedShare }) => excludedShare,
  },
];

/** Of a study with inputs that serve all tasks of a buyer at once. */
const withShared = (names: readonly string[]): readonly Measure[] =>
  names.length === 0
    ? []
    : [
        {
          key: 'fineTunedShare',
          label: `With ${sharedInputWords(names.map(words))}`,
          hint: `share of buyers who get ${names.map(words).join(' or ')}`,
          isShare: true,
          read: ({ fineTunedShare }) => fineTunedShare,
        },
      ];

/** What one more unit of each input with a capacity would be worth. */
const shadowPricesOf = ({ shadowPrices = {} }: Result, units: Units | undefined): readonly Measure[] =>
  Object.keys(shadowPrices).map((name) => ({
    key: `shadowPrices.${name}`,
    label: `Shadow price of ${words(name)}`,
    hint: 'what one more unit of its capacity would be worth',
    unit: priceUnit(units, name),
    read: (result) => result.shadowPrices?.[name] ?? null,
  }));

interface HeadlineProps {
  readonly result: Result;
  readonly units: Units | undefined;
  readonly shared: readonly string[];
  readonly other: Result | undefined;
}

/** The headline numbers; beside another study's, with the differences. */
export const Headline = ({ result, units, shared, other }: HeadlineProps) => (
  <dl class="headline">
    {[...measures, ...withShared(shared), ...shadowPricesOf(result, units)]
      .filter(({ isOptional, read }) => isOptional !== true || read(result) !== null)
      .map(({ key, label, short, hint, isShare = false, unit = moneyUnit(units), read }) => {
        const write = isShare ? formatPercent : formatNumber;
        const [mine, theirs] = [read(result), other && read(other)];
        return (
          <div key={key} class={key} title={hint}>
            {short === undefined ? (
              <dt>{label}</dt>
            ) : (
              <dt>
                <span class="long">{label}</span>
                <span class="short">{short}</span>
              </dt>
            )}
            <dd data-measure={key} data-exact={mine ?? ''}>
              {write(mine)}
              {!isShare && mine !== null && unit !== '' && <span class="unit"> {unit}</span>}
              {other !== undefined && (
                <small>
                  {write(theirs)} <Difference of={mine} from={theirs} isShare={isShare} />
                </small>
              )}
            </dd>
          </div>
        );
      })}
  </dl>
);

interface DifferenceProps {
  readonly of: number | null;
  readonly from: number | null | undefined;
  readonly isShare: boolean;
}

const Difference = ({ of, from, isShare }: DifferenceProps) => {
  if (of === null || from === null || from === undefined) return null;
  const change = of - from;
  // Rounding is no difference.
  const isSame = Math.abs(change) < 1e-9 * Math.max(1, Math.abs(of));
  const sign = change > 0 ? '+' : '';
  const text = isSame
    ? 'same'
    : isShare
      ? `${sign}${formatPercent(change)}`
      : `${sign}${formatNumber(change, 3)}`;
  return <span class="difference">({text})</span>;
};
