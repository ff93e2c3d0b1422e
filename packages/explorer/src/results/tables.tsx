import { formatNumber } from '@menusmith/app/browser';
import { fileName, saveMade, saveMarked, saveResult } from '../download.ts';
import type { TableFormat } from '../messages.ts';
import type { Solved } from '../use-solved.ts';

/** The menu and the result, to be saved. */
export const Tables = ({ shown: { solved, worker } }: { readonly shown: Solved }) => {
  if (solved === undefined) return null;
  const name = fileName(solved.result.name);
  const save = (format: TableFormat, file: string, type: string): Promise<void> =>
    saveMade(file, async () => {
      const text = await worker?.table(format);
      if (text !== undefined) await saveMarked(file, text, type, solved.madeFrom);
    });
  return (
    <section class="card" aria-labelledby="tables-title">
      <h2 id="tables-title">Tables</h2>
      <p class="doc">The whole menu, buyer by buyer, and everything that was computed.</p>
      <p class="buttons">
        <button type="button" onClick={() => save('csv', `${name}-menu.csv`, 'text/csv')}>
          Menu as CSV
        </button>
        <button type="button" onClick={() => save('latex', `${name}.tex`, 'application/x-tex')}>
          Table for LaTeX
        </button>
        <button
          type="button"
          onClick={() => saveMade(`${name}.json`, (file) => saveResult(file, solved.result, solved.madeFrom))}
        >
          Result as JSON
        </button>
      </p>
      <p class="doc">
        {solved.result.supply === 'closed-form' ? 'Closed-form' : 'Numeric'} supply,{' '}
        {formatNumber(solved.milliseconds, 2)} ms.
      </p>
    </section>
  );
};
