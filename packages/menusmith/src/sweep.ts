import { type Cell, openSweep, requireOptions } from '@menusmith/app/portable';
import { clock } from './run-steps.ts';
import { type Made, openedStudy, provenanceFor, type Study } from './study.ts';

/** What a sweep varies, and what its rows have. */
export interface SweepOptions {
  /** Fields by their paths, each with the values that it takes in turn: all combinations are solved, and the first field moves slowest. */
  readonly vary: Readonly<Record<string, readonly unknown[]>>;
  /** Further columns, as `--columns` of the command has them. */
  readonly columns?: string | undefined;
  /** Ends the sweep before its next row; the promise is then rejected with the signal’s reason. */
  readonly signal?: AbortSignal | undefined;
  /** Seconds after which no further combination is begun; the rows until then are the answer. */
  readonly timeLimit?: number | undefined;
  /** Hears of every row. */
  readonly onProgress?: ((progress: { readonly done: number; readonly count: number }) => void) | undefined;
}

/** A cell for each column, under its name: the varied fields, the totals of the result, its gap and status, the reason where there is none, and what was asked for. */
export type SweepRow = Readonly<Record<string, Cell>>;

/**
 * Solves a study once for every combination of what some of its fields are; the rows that `menusmith sweep --json` prints. What is wrong with one combination is its row's
 * `error`. One after the other in this thread: the command has all cores.
 *
 * Rejects with InputError where a field is not there, and with the signal's reason once that is aborted.
 */
export const sweep = async (
  study: Study,
  options: SweepOptions,
): Promise<
  Made & {
    /** One a combination, the first varied field moving slowest. */
    readonly rows: readonly SweepRow[];
  }
> => {
  const { origin } = openedStudy(study);
  requireOptions('sweep', options);
  const { vary, columns, signal, timeLimit = Number.POSITIVE_INFINITY, onProgress } = options;
  const varied = Object.entries(vary).map(([path, values]) => ({
    paths: [path],
    steps: values.map((value) => [value]),
  }));
  const { text, file, settings } = origin;
  const request = { text, file, settings, varied, ...(columns === undefined ? {} : { columns }) };
  const opened = openSweep(request, origin.registry, clock, origin);
  opened.check();
  const rows: SweepRow[] = [];
  const end = clock() + timeLimit;
  for (let combination = 0; combination < opened.count && clock() < end; combination++) {
    signal?.throwIfAborted();
    const cells = await opened.row(combination);
    rows.push(Object.fromEntries(opened.columns.map((name, k) => [name, cells[k]!])));
    onProgress?.({ done: combination + 1, count: opened.count });
    // Whoever else waits for this thread has his turn.
    await new Promise((resolve) => setTimeout(resolve));
  }
  return { rows, provenance: provenanceFor(study) };
};
