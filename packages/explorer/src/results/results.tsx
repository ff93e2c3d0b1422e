import { type Coordinates, quotedResult, type Result } from '@menusmith/app/browser';
import { useMemo } from 'preact/hooks';
import type { SolvedStudy } from '../messages.ts';
import { useLasting } from '../use-lasting.ts';
import type { Solved } from '../use-solved.ts';
import { Certificate } from './certificate.tsx';
import { Conditions } from './conditions.tsx';
import { Differences } from './differences.tsx';
import { Headline } from './headline.tsx';
import { Implementation } from './implementation.tsx';
import { Introduction } from './introduction.tsx';
import { Items } from './items.tsx';
import { PictureGroup } from './picture-group.tsx';
import { QuotePanel } from './quote-panel.tsx';
import { Announcement, Status } from './status.tsx';
import { Tables } from './tables.tsx';
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

/** Milliseconds after which one sees that the pictures are still of the study before: numbers come first where pictures take long. */
const BEHIND = 500;

/** A result as people read it. */
const useQuoted = (solved: SolvedStudy | undefined): Result | undefined =>
  useMemo(() => solved && quotedResult(solved.result, solved.units), [solved]);

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
  const { solved, failure, isSlow } = shown;
  const result = useQuoted(solved);
  const otherResult = useQuoted(compared.solved);
  const units = solved?.units;
  const isBehind = useLasting(shown.pictured.asked !== shown.asked, BEHIND);
  const group = {
    pictured: shown.pictured,
    compared: other === undefined ? undefined : compared.pictured,
    worker: shown.worker,
    buyer,
    onBuyer,
  };
  return (
    <main
      id="results"
      tabIndex={-1}
      class={`${failure === undefined && !isSlow ? '' : 'stale'} ${isBehind ? 'behind' : ''}`}
      data-study={solved?.result.name ?? ''}
    >
      <div class="summary">
        <Status shown={shown} />
        {result && (
          <Headline result={result} units={units} shared={solved?.shared ?? []} other={otherResult} />
        )}
        {result && <Certificate result={result} units={units} />}
        <Announcement shown={shown} />
      </div>
      <Introduction />
      {hint !== undefined && <p class="hint">{hint}</p>}
      {other !== undefined && <Differences study={study} other={other} compared={compared} />}
      {solved && result && (
        <>
          {solved.result.notes.length > 0 && (
            <ul class="notes">
              {solved.result.notes.map((note) => (
                <li key={note}>{note}</li>
              ))}
            </ul>
          )}
          <div class="cards">
            <PictureGroup {...group} isTypeSpace />
            <Items result={result} units={units} />
            <QuotePanel solved={solved} worker={shown.worker} buyer={buyer} onChoose={onBuyer} />
            <Conditions result={result} />
            {!solved.isWhole && <p class="card">Which tariffs buyers choose is being simulated…</p>}
            {result.implementation && (
              <Implementation implementation={result.implementation} result={result} units={units} />
            )}
            <Tiers solved={solved} worker={shown.worker} count={tiers} onCount={onTiers} />
          </div>
          <section class="cards" aria-label="Pictures">
            <PictureGroup {...group} isTypeSpace={false} />
          </section>
          <div class="cards">
            <Tables shown={shown} />
          </div>
        </>
      )}
    </main>
  );
};
