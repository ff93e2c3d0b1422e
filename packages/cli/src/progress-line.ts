import { formatNumber, formatSize, type SolveProgress } from '@menusmith/app';
import type { TextStream } from './command-context.ts';

/** Seconds of work before anything is shown, and between two versions of the line. */
const PATIENCE = 2;
const INTERVAL = 0.1;

export interface ProgressLine {
  /** What has been reached after so many seconds of work: how far a solve is, or words. */
  show(progress: SolveProgress | string, seconds: number): void;
  /** Leaves the line empty, and the cursor at its beginning. */
  clear(): void;
}

/** One line of a terminal that says how far work is, rewritten in place: nothing in the first two seconds, nor where there is no terminal. */
export const progressLine = (stream: TextStream): ProgressLine => {
  let width = 0;
  let due = PATIENCE;
  const rewrite = (text: string): void => {
    // Blanks in place of an escape code: every terminal knows them.
    stream.write('\r');
    stream.write(`${text}${' '.repeat(Math.max(0, width - text.length))}`);
    width = text.length;
  };
  return {
    show(progress, seconds) {
      if (stream.isTTY !== true || !(seconds > due)) return;
      due = seconds + INTERVAL;
      // A line that is broken in two cannot be rewritten.
      const text = typeof progress === 'string' ? progress : progressText(progress, seconds);
      rewrite(text.slice(0, (stream.columns || 80) - 1));
    },
    clear() {
      if (width === 0) return;
      rewrite('');
      stream.write('\r');
    },
  };
};

/** `iteration 23, gap 3.1e-5 (certified 4.0e-6), 12 s`; where a grid is refined, after `16 × 16: 0.1571796 to 0.1574842, gap 1.9e-3; `. */
const progressText = (
  { iterations, expectedGap, certifiedGap: given, refinement }: SolveProgress,
  seconds: number,
): string => {
  const last = refinement?.at(-1);
  if (last !== undefined) {
    const { cells, attained, upperBound } = last;
    const bracket = `${formatNumber(attained)} to ${formatNumber(upperBound)}, gap ${formatSize(given!)}`;
    const finer = `${cells.map((n) => 2 * n).join(' × ')}: iteration ${iterations}`;
    return `${cells.join(' × ')}: ${bracket}; ${finer}, ${Math.floor(seconds)} s`;
  }
  const certifiedGap = given;
  const gap = isKnown(expectedGap) ? `, gap ${formatSize(expectedGap)}` : '';
  const certified = isKnown(certifiedGap) ? ` (certified ${formatSize(certifiedGap)})` : '';
  return `iteration ${iterations}${gap}${certified}, ${Math.floor(seconds)} s`;
};

/** The first iterations may have no bound yet. */
const isKnown = (gap: number | undefined): gap is number => gap !== undefined && Number.isFinite(gap);
