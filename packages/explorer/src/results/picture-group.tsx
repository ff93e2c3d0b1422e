import { type ConditionResult, type Coordinates, isRent } from '@menusmith/app/browser';
import { Fragment } from 'preact';
import { useMemo } from 'preact/hooks';
import { fileName } from '../download.ts';
import type { StudyWorker } from '../study-worker.ts';
import type { Pictured } from '../use-solved.ts';
import { PictureCard } from './picture-card.tsx';

interface PictureGroupProps {
  readonly pictured: Pictured;
  readonly compared: Pictured | undefined;
  readonly worker: StudyWorker | undefined;
  readonly buyer: Coordinates;
  onBuyer(buyer: Coordinates): void;
  /** The picture of all buyers, at which one points; or the others. */
  readonly isTypeSpace: boolean;
}

/** Pictures of the study, each with the other study's beside it where two are compared. */
export const PictureGroup = ({
  pictured,
  compared,
  worker,
  buyer,
  onBuyer,
  isTypeSpace,
}: PictureGroupProps) => {
  const name = fileName(pictured.result?.name ?? 'study');
  const pointed = isTypeSpace ? buyer : undefined;
  // Numbers come before their pictures: cards that have not changed are not compared.
  return useMemo(
    () => (
      <>
        {pictured.pictures
          .filter((picture) => (picture.name === 'regions') === isTypeSpace)
          .map((picture) => {
            const other = compared?.pictures.find((candidate) => candidate.name === picture.name);
            return (
              <Fragment key={picture.name}>
                <PictureCard
                  picture={picture}
                  prefix={`${name}-`}
                  madeFrom={pictured.madeFrom}
                  asked={pictured.asked}
                  buyer={pointed}
                  failing={failingOf(pictured)}
                  onPoint={onBuyer}
                  onSight={(isInSight) => worker?.sight(picture.name, isInSight)}
                />
                {compared && other && (
                  <PictureCard
                    picture={other}
                    prefix={`${fileName(compared.result?.name ?? 'other')}-compared-`}
                    madeFrom={compared.madeFrom}
                    asked={compared.asked}
                    buyer={undefined}
                    failing={failingOf(compared)}
                    note="the study compared with"
                  />
                )}
              </Fragment>
            );
          })}
      </>
    ),
    [pictured, compared, worker, pointed, onBuyer, isTypeSpace, name],
  );
};

const failingOf = ({ result }: Pictured): readonly ConditionResult[] =>
  (result?.conditions ?? []).filter((condition) => !condition.holds && !isRent(condition));
