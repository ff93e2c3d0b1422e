import type { TierMenu } from '@menusmith/app/browser';
import { useEffect, useId, useState } from 'preact/hooks';
import type { SalesAnswer, SolvedStudy, TiersAnswer } from '../messages.ts';
import { sliderRange } from '../slider-range.ts';
import type { StudyWorker } from '../study-worker.ts';
import { percent, shown } from '../words.ts';
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
  const [answer, setAnswer] = useState<TiersAnswer>();
  useEffect(() => {
    let isNewest = true;
    if (count === 0) setAnswer(undefined);
    else worker?.tiers(count).then((found) => isNewest && setAnswer(found));
    return () => {
      isNewest = false;
    };
  }, [solved, worker, count]);
  return (
    <section class="card" aria-labelledby={`${id}-title`}>
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
      {answer !== undefined &&
        ('complaint' in answer ? (
          <p>{answer.complaint}</p>
        ) : (
          <MovableTiers key={JSON.stringify(answer.menu)} answer={answer} worker={worker} />
        ))}
    </section>
  );
};

interface MovableTiersProps {
  readonly answer: Exclude<TiersAnswer, { complaint: string }>;
  readonly worker: StudyWorker | undefined;
}

const MovableTiers = ({ answer: { menu, full, range }, worker }: MovableTiersProps) => {
  const [transfers, setTransfers] = useState(() => menu.tiers.map(({ transfer }) => transfer));
  const sales = useSales(menu, transfers, worker);
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
  return (
    <>
      <p class="verdict">
        Profit <output data-tiers="profit">{shown(sales.profit)}</output>,{' '}
        {percent(sales.profit / full.profit)} of the full menu’s
        {isMoved ? ` (the best prices earn ${shown(menu.profit)})` : ''}.
      </p>
      <TierBar range={range} starts={startsOf(sales)} onMove={moveStart} />
      <p class="doc">
        From the lowest type to the highest: grey buys nothing, each blue is a tier. Drag a border, or move a
        price; buyers choose freely.
      </p>
      {menu.tiers.map((tier, k) => (
        <TierPrice
          // A tier is its place in the menu.
          key={`tier ${k + 1}`}
          label={`price of tier ${k + 1}`}
          value={transfers[k]!}
          best={tier.transfer}
          doc={`quality ${shown(tier.quality, 4)}, cost ${shown(tier.cost, 4)}, ${
            sales.sales[k] ? `taken by ${percent(sales.sales[k].share)} of the buyers` : 'taken by nobody'
          }`}
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
      </p>
    </>
  );
};

/** Where each tier starts; undefined for one that nobody takes. */
const startsOf = ({ sales }: SalesAnswer): readonly (number | undefined)[] => sales.map((sale) => sale?.from);

const useSales = (
  menu: TierMenu,
  transfers: readonly number[],
  worker: StudyWorker | undefined,
): SalesAnswer => {
  const [sales, setSales] = useState<SalesAnswer>(() => ({
    profit: menu.profit,
    sales: menu.tiers.map(({ from, to, share }) => ({ from: from ?? 0, to: to ?? 0, share })),
  }));
  useEffect(() => {
    let isNewest = true;
    const offers = menu.tiers.map(({ quality, cost }, k) => ({ quality, cost, transfer: transfers[k]! }));
    worker?.sales(offers).then((answer) => {
      if (isNewest && answer !== undefined) setSales(answer);
    });
    return () => {
      isNewest = false;
    };
  }, [menu, transfers, worker]);
  return sales;
};

interface TierPriceProps {
  readonly label: string;
  readonly doc: string;
  readonly value: number;
  readonly best: number;
  onMove(transfer: number): void;
}

const TierPrice = ({ label, doc, value, best, onMove }: TierPriceProps) => {
  const id = useId();
  const { to, step } = sliderRange({ min: 0 }, best);
  return (
    <div class="parameter">
      <label for={id}>{label}</label>
      <output for={id}>{shown(value, 4)}</output>
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
