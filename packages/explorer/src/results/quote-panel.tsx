import {
  amountUnit,
  type Coordinates,
  formatMoney,
  formatNumber,
  MOST_TASKS,
  modelWords,
  moneyOf,
  quoted,
  type TypeResult,
  type Units,
} from '@menusmith/app/browser';
import { useEffect, useId, useState } from 'preact/hooks';
import type { SolvedStudy } from '../messages.ts';
import { sliderRange } from '../slider-range.ts';
import type { StudyWorker } from '../study-worker.ts';
import { words } from '../words.ts';

interface QuotePanelProps {
  readonly solved: SolvedStudy;
  readonly worker: StudyWorker | undefined;
  readonly buyer: Coordinates;
  onChoose(buyer: Coordinates): void;
}

/** Any buyer, and what the menu has for her. */
export const QuotePanel = ({ solved, worker, buyer, onChoose }: QuotePanelProps) => {
  const [index, setIndex] = useState(0);
  const quote = useQuote(solved, worker, buyer);
  const { ranges, result } = solved;
  const listed = result.types[Math.min(index, result.types.length - 1)];
  return (
    <section class="card quote" aria-labelledby="quote-title">
      <h2 id="quote-title">Ask for a quote</h2>
      <p class="doc">
        {ranges === undefined
          ? 'Choose a type, and see what the menu has for her.'
          : ranges.scale === undefined
            ? 'Choose a buyer, and see what the menu has for her.'
            : 'Point at a buyer in the first picture, or choose her here, and see what the menu has for her.'}
      </p>
      {ranges === undefined ? (
        <TypeChoice types={result.types} index={index} onChoose={setIndex} />
      ) : (
        <div class="coordinates">
          <Coordinate
            label={ranges.scale === undefined ? 'type θ' : 'value w'}
            range={ranges.value}
            value={buyer.value}
            onChange={(value) => onChoose({ ...buyer, value })}
          />
          {ranges.scale !== undefined && (
            <Coordinate
              label="scale s"
              range={ranges.scale}
              value={buyer.scale ?? ranges.scale[1]}
              onChange={(scale) => onChoose({ ...buyer, scale })}
            />
          )}
        </div>
      )}
      <Quote
        quote={quoted(ranges === undefined ? listed : quote, solved.units, moneyOf(result))}
        tasks={result.tasks ?? []}
        units={solved.units}
      />
    </section>
  );
};

/** The answer to the newest question; the last one stays until it comes. */
const useQuote = (solved: SolvedStudy, worker: StudyWorker | undefined, buyer: Coordinates) => {
  const [quote, setQuote] = useState<TypeResult>();
  const isAsked = solved.ranges !== undefined;
  useEffect(() => {
    if (!isAsked || worker === undefined) return undefined;
    let isNewest = true;
    worker.quote(buyer).then((answer) => {
      if (isNewest && answer !== undefined) setQuote(answer);
    });
    return () => {
      isNewest = false;
    };
  }, [solved, worker, isAsked, buyer]);
  return quote;
};

interface CoordinateProps {
  readonly label: string;
  readonly range: readonly [number, number];
  readonly value: number;
  onChange(value: number): void;
}

const Coordinate = ({ label, range: [min, max], value, onChange }: CoordinateProps) => {
  const id = useId();
  return (
    <div class="parameter">
      <label for={id}>{label}</label>
      <output for={id}>{formatNumber(value, 4)}</output>
      <input
        id={id}
        type="range"
        min={min}
        max={max}
        step={sliderRange({ min, max }, value).step}
        value={value}
        onInput={({ currentTarget }) => onChange(Number(currentTarget.value))}
      />
    </div>
  );
};

interface TypeChoiceProps {
  readonly types: readonly TypeResult[];
  readonly index: number;
  onChoose(index: number): void;
}

const MOST_LISTED = 500;

const TypeChoice = ({ types, index, onChoose }: TypeChoiceProps) => {
  const id = useId();
  return (
    <div class="choice">
      <label for={id}>Type</label>
      <select
        id={id}
        value={String(index)}
        onChange={({ currentTarget }) => onChoose(Number(currentTarget.value))}
      >
        {types.slice(0, MOST_LISTED).map(({ name, value, scale, values = [] }, i) => (
          <option key={i} value={String(i)}>
            {name ?? (numbersOf(value, scale, values) || `type ${i + 1}`)}
          </option>
        ))}
      </select>
    </div>
  );
};

/** What a type without a name is told apart by. */
const numbersOf = (value: number | undefined, scale: number | undefined, values: readonly number[]): string =>
  [value, scale, ...values]
    .filter((x) => x !== undefined)
    .map((x) => formatNumber(x, 4))
    .join(', ');

interface QuoteProps {
  readonly quote: TypeResult | undefined;
  /** Names of tasks that are listed one by one. */
  readonly tasks: readonly string[];
  readonly units: Units | undefined;
}

const KEEPS = 'she keeps';

/** What she does, in a sentence. */
const verdictOn = ({ takes, excluded }: TypeResult): string => {
  if (takes === 'outside') return 'She takes what she has elsewhere, and buys nothing here.';
  if (takes === 'kept') return 'She keeps one of today’s plans.';
  return excluded
    ? 'The menu has nothing for her: she buys nothing.'
    : 'She buys the item that is made for her.';
};

const Quote = ({ quote, tasks, units }: QuoteProps) => {
  if (quote === undefined) return null;
  const period = units?.period === undefined ? '' : ` per ${units.period}`;
  const money = (x: number | null, digits = 5): string => formatMoney(x, units, digits);
  const amount = (name: string, x: number): string =>
    `${formatNumber(x, 5)} ${amountUnit(units, name)}`.trim();
  const perUnit = (name: string): string =>
    amountUnit(units, name) === '' ? '' : ` per ${amountUnit(units, name)}`;
  const servedBy = modelWords(quote);
  const { takes, excluded, quality, transfer, rent, virtualValue, ironedVirtualValue, inputs, tariff } =
    quote;
  const rows: readonly (readonly [string, string, string?])[] = [
    ['quality', formatNumber(quality, 5), 'in total over her tasks'],
    ...(tasks.length > MOST_TASKS ? [] : tasks).map(
      (name, m) => [`of ${name}`, formatNumber(quote.profile?.[m], 5)] as const,
    ),
    ...Object.entries(inputs).map(([name, x]) => [words(name), amount(name, x), 'in total'] as const),
    ['she pays', `${money(transfer)}${period}`],
    [KEEPS, `${money(rent)}${period}`, 'worth to her beyond the price: her rent'],
    ...(virtualValue === null
      ? []
      : [['virtual value', formatNumber(virtualValue, 5), 'what her value is to the seller'] as const]),
    ...(ironedVirtualValue === null || ironedVirtualValue === virtualValue
      ? []
      : [['ironed', formatNumber(ironedVirtualValue, 5), 'she is pooled with others'] as const]),
    ...(tariff === null
      ? []
      : [
          tariff.spendingCap === undefined
            ? ([
                'as a tariff',
                `fee ${money(tariff.upfront, 4)}, markup ${formatNumber(tariff.markup, 4)}`,
              ] as const)
            : ([
                'at cost',
                `fee ${money(tariff.upfront, 4)}, then up to ${money(tariff.spendingCap, 4)} spent`,
              ] as const),
          ...Object.entries(tariff.prices).map(
            ([name, price]) =>
              [`price of ${words(name)}`, `${money(price, 4)}${perUnit(name)}`, 'a unit'] as const,
          ),
        ]),
    ...(servedBy === undefined ? [] : [['served by', servedBy] as const]),
  ];
  // Who goes elsewhere has what that leaves her, and nothing else.
  const told = !excluded ? rows : takes === 'outside' ? rows.filter(([label]) => label === KEEPS) : [];
  return (
    <>
      <p class="verdict">{verdictOn(quote)}</p>
      {told.length > 0 && (
        <dl class="rows">
          {told.map(([label, value, hint]) => (
            <div key={label}>
              <dt title={hint}>{label}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      )}
    </>
  );
};
