import { formatMoney, formatSize, quotedMoney, statusWordsOf } from '@menusmith/app/browser';
import { useEffect, useState } from 'preact/hooks';
import type { Solved } from '../use-solved.ts';

/** What is being done, or what is wrong. */
export const Status = ({
  shown: { failure, progress, isSlow, worker, solved },
}: {
  readonly shown: Solved;
}) => {
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
      {progress === undefined ? 'Solving…' : `Step ${progress.iterations}, gap ${formatSize(progress.gap)}`}{' '}
      <button type="button" class="cancel" onClick={() => worker?.cancel()}>
        Cancel
      </button>
      {solved !== undefined && <small>What you see is the study before.</small>}
    </p>
  );
};

/** For those who hear the page: the result, once it stands still. */
export const Announcement = ({ shown: { solved, failure } }: { readonly shown: Solved }) => {
  const [text, setText] = useState('');
  useEffect(() => {
    const timer = setTimeout(() => {
      if (failure !== undefined) setText('');
      else if (solved !== undefined) {
        const { profit, welfare, status, method } = solved.result;
        const money = (x: number | null): string =>
          formatMoney(x === null ? null : quotedMoney(solved.units, x), solved.units);
        const number = profit === null ? `Welfare ${money(welfare)}` : `Profit ${money(profit)}`;
        setText(`${number}, ${status === 'optimal' ? statusWordsOf({ status, method }).words : status}.`);
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
