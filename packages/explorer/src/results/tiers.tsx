import {
  formatMoney,
  formatNumber,
  formatPercent,
  type MadeFrom,
  MOST_TASKS,
  menuCsv,
  moneyUnit,
  type OfferedTiers,
  quotedMoney,
  taskColumn,
  tierBuyers,
  type Units,
  withUnit,
} from '@menusmith/app/browser';
import { useEffect, useId, useState } from 'preact/hooks';
import { fileName, saveMade, saveMarked } from '../download.ts';
import type { SolvedStudy, TiersAnswer } from '../messages.ts';
import { sliderRange } from '../slider-range.ts';
import type { StudyWorker } from '../study-worker.ts';
import { FewTariffs } from './few-tariffs.tsx';
import { TierBar } from './tier-bar.tsx';

interface TiersProps {
  readonly solved: SolvedStudy;
  readonly worker: StudyWorker | undefined;
  /** 0 where no tiers are asked for. */
  readonly count: number;
  onCount(count: number): void;
}

const counts = [0, 1, 2, 3, 4, 5, 6];

/** The best menu of few tiers, and what becomes of the profit when a tier is moved. */
export const Tiers = ({ solved, worker, count, onCount }: TiersProps) => {
  const id = useId();
  const [answer, isSought] = useTiers(solved, worker, count);
  return (
    <section class="card tiers" aria-labelledby={`${id}-title`}>
      <h2 id={`${id}-title`}>A menu of few tiers</h2>
      <p class="doc">
        Price lists have three items, not a continuum. What do the best few keep of the profit?
      </p>
      <div class="choice">
        <label for={`${id}-count`}>Tiers</label>
        <select
          id={`${id}-count`}
          value={String(count)}
          onChange={({ currentTarget }) => onCount(Number(currentTarget.value))}
        >
          {counts.map((k) => (
            <option key={k} value={String(k)}>
              {k === 0 ? 'none' : k}
            </option>
          ))}
        </select>
      </div>
      {isSought && (
        <p class="status">
          <progress aria-label="Looking for tiers" /> Looking for {count === 1 ? 'a tier' : `${count} tiers`}…
        </p>
      )}
      {answer !== undefined &&
        ('complaint' in answer ? (
          <p>{answer.complaint}</p>
        ) : answer.kind === 'two-part-tariff' ? (
          <FewTariffs answer={answer} units={solved.units} />
        ) : (
          <MovableTiers
            key={JSON.stringify(answer.menu)}
            answer={answer}
            worker={worker}
            prefix={fileName(solved.result.name)}
            madeFrom={solved.madeFrom}
            units={solved.units}
          />
        ))}
    </section>
  );
};

/** Milliseconds after which one notices. */
const SLOW = 400;

/** The tiers of the study, and whether they are still being looked for; the last ones stay until newer ones are there. */
const useTiers = (
  solved: SolvedStudy,
  worker: StudyWorker | undefined,
  count: number,
): readonly [TiersAnswer | undefined, boolean] => {
  const [answer, setAnswer] = useState<TiersAnswer>();
  const [isSought, setIsSought] = useState(false);
  useEffect(() => {
    let isNewest = true;
    const timer = setTimeout(() => setIsSought(count > 0), SLOW);
    if (count === 0) setAnswer(undefined);
    worker?.tiers(count).then((found) => {
      if (!isNewest) return;
      clearTimeout(timer);
      setIsSought(false);
      if (found !== undefined) setAnswer(found);
    });
    return () => {
      isNewest = false;
      clearTimeout(timer);
    };
  }, [solved, worker, count]);
  return [answer, isSought];
};

interface MovableTiersProps {
  readonly answer: Exclude<TiersAnswer, { complaint: string }>;
  readonly worker: StudyWorker | undefined;
  /** Of the names of files. */
  readonly prefix: string;
  readonly madeFrom: MadeFrom;
  readonly units: Units | undefined;
}

const MovableTiers = ({
  answer: { menu, full, range, coordinate, notes, tasks = [] },
  worker,
  prefix,
  madeFrom,
  units,
}: MovableTiersProps) => {
  const money = (x: number, digits = 6): string => formatMoney(quotedMoney(units, x), units, digits);
  const [transfers, setTransfers] = useState(() => menu.tiers.map(({ transfer }) => transfer));
  const { profit, sales } = useSales(menu, transfers, worker);
  const move = (k: number, transfer: number): void =>
    setTransfers((before) => before.map((old, other) => (other === k ? transfer : old)));
  /** The price at which the type at `start` is indifferent between this tier and the one below. */
  const moveStart = (k: number, start: number): void => {
    const below =
      k === 0
        ? { quality: 0, transfer: 0 }
        : { quality: menu.tiers[k - 1]!.quality, transfer: transfers[k - 1]! };
    move(k, below.transfer + start * (menu.tiers[k]!.quality - below.quality));
  };
  const isMoved = transfers.some((transfer, k) => transfer !== menu.tiers[k]!.transfer);
  const takers = sales.map((sale) => ({
    share: sale?.share ?? 0,
    buyers: sale === null ? 'nobody' : tierBuyers(sale, coordinate),
  }));
  const takenBy = (sale: OfferedTiers['sales'][number]): string =>
    sale === null
      ? 'taken by nobody'
      : `taken by ${formatPercent(sale.share)} of the buyers: ${tierBuyers(sale, coordinate)}`;
  return (
    <>
      <p class="verdict">
        Profit <output data-tiers="profit">{money(profit)}</output>,{' '}
        {formatPercent(full.profit > 0 ? profit / full.profit : 0)} of the full menu’s
        {isMoved ? ` (the prices found earn ${money(menu.profit)})` : ''}.
      </p>
      {notes.map((note) => (
        <p key={note} class="doc">
          {note}
        </p>
      ))}
      {range === undefined ? (
        <p class="doc">
          Move a price: buyers choose freely, and the numbered dots on the tariff move with it.
        </p>
      ) : (
        <>
          <TierBar range={range} starts={sales.map((sale) => sale?.from ?? undefined)} onMove={moveStart} />
          <p class="doc">
            From the lowest type to the highest: grey buys nothing, each blue is a tier. Drag a border, or
            move a price; buyers choose freely, and the numbered dots on the tariff move with it.
          </p>
        </>
      )}
      {menu.tiers.map((tier, k) => (
        <TierPrice
          // A tier is its place in the menu.
          key={`tier ${k + 1}`}
          label={withUnit(`price of tier ${k + 1}`, moneyUnit(units))}
          value={transfers[k]!}
          best={tier.transfer}
          shownValue={money(transfers[k]!, 4)}
          doc={`${contentOf(tier, tasks)}, cost ${money(tier.cost, 4)}; ${takenBy(sales[k] ?? null)}`}
          onMove={(transfer) => move(k, transfer)}
        />
      ))}
      <p class="buttons">
        <button
          type="button"
          disabled={!isMoved}
          onClick={() => setTransfers(menu.tiers.map(({ transfer }) => transfer))}
        >
          Back to the best prices
        </button>
        <button
          type="button"
          onClick={() =>
            saveMade(`${prefix}-tiers.csv`, (file) =>
              saveMarked(file, tiersCsv(menu.tiers, transfers, takers, tasks), 'text/csv', madeFrom),
            )
          }
        >
          Tiers as CSV
        </button>
      </p>
    </>
  );
};

/** What is in a tier: its quality, of listed tasks or goods by their names. */
const contentOf = (
  { quality, profile = [] }: MovableTiersProps['answer']['menu']['tiers'][number],
  tasks: readonly string[],
): string =>
  tasks.length === 0 || tasks.length > MOST_TASKS || profile.length < tasks.length
    ? `quality ${formatNumber(quality, 4)}`
    : tasks.map((name, m) => `${formatNumber(profile[m], 4)} of ${name}`).join(', ');

/** The tiers at their prices, as they stand in the page. */
const tiersCsv = (
  tiers: MovableTiersProps['answer']['menu']['tiers'],
  transfers: readonly number[],
  takers: readonly { readonly share: number; readonly buyers: string }[],
  tasks: readonly string[],
): string => {
  const inputs = [...new Set(tiers.flatMap((tier) => Object.keys(tier.inputs)))];
  return menuCsv({
    columns: ['tier', 'transfer', 'cost', 'quality', ...tasks.map(taskColumn), ...inputs, 'share', 'buyers'],
    rows: tiers.map((tier, k) => [
      k + 1,
      transfers[k]!,
      tier.cost,
      tier.quality,
      ...tasks.map((_, m) => tier.profile?.[m] ?? null),
      ...inputs.map((name) => tier.inputs[name] ?? null),
      takers[k]?.share ?? 0,
      takers[k]?.buyers ?? '',
    ]),
  });
};

const useSales = (
  { profit, tiers }: MovableTiersProps['answer']['menu'],
  transfers: readonly number[],
  worker: StudyWorker | undefined,
): OfferedTiers => {
  const [sales, setSales] = useState<OfferedTiers>(() => ({ profit, sales: tiers }));
  useEffect(() => {
    let isNewest = true;
    worker?.sales(transfers).then((answer) => {
      if (isNewest && answer !== undefined) setSales(answer);
    });
    return () => {
      isNewest = false;
    };
  }, [transfers, worker]);
  return sales;
};

interface TierPriceProps {
  readonly label: string;
  readonly doc: string;
  readonly value: number;
  readonly shownValue: string;
  readonly best: number;
  onMove(transfer: number): void;
}

const TierPrice = ({ label, doc, value, shownValue, best, onMove }: TierPriceProps) => {
  const id = useId();
  const { to, step } = sliderRange({ min: 0 }, best);
  return (
    <div class="parameter">
      <label for={id}>{label}</label>
      <output for={id}>{shownValue}</output>
      <input
        id={id}
        type="range"
        min={0}
        max={to}
        step={step}
        value={value}
        aria-describedby={`${id}-doc`}
        onInput={({ currentTarget }) => onMove(Number(currentTarget.value))}
      />
      <p class="doc" id={`${id}-doc`}>
        {doc}
      </p>
    </div>
  );
};
