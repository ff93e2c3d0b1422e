import type { ConditionResult, Coordinates } from '@menusmith/app/browser';
import { Fragment } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { fileName, saveText } from '../download.ts';
import type { ShownPicture } from '../messages.ts';
import type { Solved } from '../use-solved.ts';
import { shown as written } from '../words.ts';
import { Certificate } from './certificate.tsx';
import { Conditions, isRent } from './conditions.tsx';
import { Differences } from './differences.tsx';
import { Headline } from './headline.tsx';
import { Implementation } from './implementation.tsx';
import { PictureCard } from './picture-card.tsx';
import { QuotePanel } from './quote-panel.tsx';
import { Tiers } from './tiers.tsx';

interface ResultsProps {
  readonly study: string;
  readonly shown: Solved;
  readonly other: string | undefined;
  readonly compared: Solved;
  /** What to look at in a preset. */
  readonly hint: string | undefined;
  readonly buyer: Coordinates;
  onBuyer(buyer: Coordinates): void;
  /** How many tiers are asked for. */
  readonly tiers: number;
  onTiers(count: number): void;
}

/** What follows from the study. */
export const Results = ({
  study,
  shown,
  other,
  compared,
  hint,
  buyer,
  onBuyer,
  tiers,
  onTiers,
}: ResultsProps) => {
  const { solved, failure } = shown;
  const group = { shown, compared: other === undefined ? undefined : compared, buyer, onBuyer };
  const isTypeSpace = ({ name }: ShownPicture): boolean => name === 'regions';
  const typeSpace = shown.pictures.filter(isTypeSpace);
  const curves = shown.pictures.filter((picture) => !isTypeSpace(picture));
  return (
    <main
      id="results"
      tabIndex={-1}
      class={failure === undefined ? '' : 'stale'}
      data-study={solved?.result.name ?? ''}
    >
      <div class="summary">
        <Status shown={shown} />
        {solved && <Headline result={solved.result} other={compared.solved?.result} />}
        {solved && <Certificate result={solved.result} />}
        <Announcement shown={shown} />
      </div>
      {hint !== undefined && <p class="hint">{hint}</p>}
      {other !== undefined && <Differences study={study} other={other} compared={compared} />}
      {solved && (
        <>
          {solved.result.notes.length > 0 && (
            <ul class="notes">
              {solved.result.notes.map((note) => (
                <li key={note}>{note}</li>
              ))}
            </ul>
          )}
          <div class="cards">
            <PictureGroup {...group} pictures={typeSpace} />
            <QuotePanel solved={solved} worker={shown.worker} buyer={buyer} onChoose={onBuyer} />
            <Conditions conditions={solved.result.conditions} />
            {!solved.isWhole && <p class="card">Which tariffs buyers choose is being simulated…</p>}
            {solved.result.implementation && (
              <Implementation implementation={solved.result.implementation} profit={solved.result.profit} />
            )}
            <Tiers solved={solved} worker={shown.worker} count={tiers} onCount={onTiers} />
          </div>
          <section class="cards" aria-label="Pictures">
            <PictureGroup {...group} pictures={curves} />
          </section>
          <div class="cards">
            <Tables shown={shown} />
          </div>
        </>
      )}
    </main>
  );
};

/** What is being done, or what is wrong. */
const Status = ({ shown: { failure, progress, isSolving, worker, solved } }: { readonly shown: Solved }) => {
  const isSlow = useIsSlow(isSolving);
  if (failure !== undefined) {
    return (
      <p class="status failure" role="alert">
        {failure.isOurs ? 'This is a fault of ours: ' : ''}
        {failure.field.length > 0 && <code>{failure.field.join('.')}</code>} {failure.message}
        {solved !== undefined && <small> What you see is the last study that could be solved.</small>}
      </p>
    );
  }
  if (!isSlow)
    return solved?.isStopped ? (
      <p class="status">Stopped: the best menu that was certified by then.</p>
    ) : null;
  return (
    <p class="status">
      <progress aria-label="Solving" />{' '}
      {progress === undefined ? 'Solving…' : `Step ${progress.iterations}, gap ${written(progress.gap, 2)}`}{' '}
      <button type="button" class="cancel" onClick={() => worker?.cancel()}>
        Cancel
      </button>
    </p>
  );
};

/** Progress is for work that one notices. */
const useIsSlow = (isSolving: boolean): boolean => {
  const [isSlow, setIsSlow] = useState(false);
  useEffect(() => {
    if (!isSolving) {
      setIsSlow(false);
      return undefined;
    }
    const timer = setTimeout(() => setIsSlow(true), 250);
    return () => clearTimeout(timer);
  }, [isSolving]);
  return isSlow;
};

/** For those who hear the page: the result, once it stands still. */
const Announcement = ({ shown: { solved, failure } }: { readonly shown: Solved }) => {
  const [text, setText] = useState('');
  useEffect(() => {
    const timer = setTimeout(() => {
      if (failure !== undefined) setText('');
      else if (solved !== undefined) {
        const { profit, welfare, status } = solved.result;
        const number = profit === null ? `Welfare ${written(welfare)}` : `Profit ${written(profit)}`;
        setText(`${number}, ${status === 'optimal' ? 'certified optimal' : status}.`);
      }
    }, 600);
    return () => clearTimeout(timer);
  }, [solved, failure]);
  return (
    <p class="heard" role="status" aria-live="polite">
      {text}
    </p>
  );
};

interface PictureGroupProps {
  readonly pictures: readonly ShownPicture[];
  readonly shown: Solved;
  readonly compared: Solved | undefined;
  readonly buyer: Coordinates;
  onBuyer(buyer: Coordinates): void;
}

/** Pictures of the study, each with the other study's beside it where two are compared. */
const PictureGroup = ({ pictures, shown, compared, buyer, onBuyer }: PictureGroupProps) => {
  const name = fileName(shown.solved?.result.name ?? 'study');
  return (
    <>
      {pictures.map((picture) => {
        const other = compared?.pictures.find((candidate) => candidate.name === picture.name);
        return (
          <Fragment key={picture.name}>
            <PictureCard
              picture={picture}
              prefix={`${name}-`}
              asked={shown.asked.pictures}
              buyer={buyer}
              failing={failingOf(shown)}
              onPoint={onBuyer}
            />
            {compared && other && (
              <PictureCard
                picture={other}
                prefix={`${fileName(compared.solved?.result.name ?? 'other')}-compared-`}
                asked={compared.asked.pictures}
                buyer={undefined}
                failing={failingOf(compared)}
                note="the study compared with"
              />
            )}
          </Fragment>
        );
      })}
    </>
  );
};

const failingOf = ({ solved }: Solved): readonly ConditionResult[] =>
  (solved?.result.conditions ?? []).filter((condition) => !condition.holds && !isRent(condition));

const Tables = ({ shown: { solved, worker } }: { readonly shown: Solved }) => {
  if (solved === undefined) return null;
  const name = fileName(solved.result.name);
  return (
    <section class="card" aria-labelledby="tables-title">
      <h2 id="tables-title">Tables</h2>
      <p class="doc">The whole menu, buyer by buyer, and everything that was computed.</p>
      <p class="buttons">
        <button
          type="button"
          onClick={async () => saveText(`${name}-menu.csv`, (await worker?.table()) ?? '', 'text/csv')}
        >
          Menu as CSV
        </button>
        <button
          type="button"
          onClick={() => saveText(`${name}.json`, JSON.stringify(solved.result, null, 2), 'application/json')}
        >
          Result as JSON
        </button>
      </p>
      <p class="doc">
        {solved.result.supply === 'closed-form' ? 'Closed-form' : 'Numeric'} supply,{' '}
        {written(solved.milliseconds, 2)} ms.
      </p>
    </section>
  );
};
