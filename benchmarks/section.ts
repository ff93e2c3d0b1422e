import type { TopLevelSpec } from 'vega-lite';

/** One chapter of RESULTS.md, with its pictures and with what is wrong: a benchmark with a wrong answer has failed. */
export interface Section {
  readonly title: string;
  /** Markdown below the title. */
  readonly body: readonly string[];
  readonly pictures: readonly ResultPicture[];
  /** Answers that are wrong, in words; none where all is well. */
  readonly failures: readonly string[];
}

interface ResultPicture {
  /** File name without its ending. */
  readonly name: string;
  readonly caption: string;
  readonly specification: TopLevelSpec;
}

/** A Markdown table; columns after the first are aligned to the right. */
export const table = (head: readonly string[], rows: readonly (readonly string[])[]): string => {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map((_, i) => (i === 0 ? ':--' : '--:'))), ...rows.map(line)].join('\n');
};

/** '12.3 ms', '1.45 s', '0.8 µs'. */
export const duration = (milliseconds: number): string => {
  if (!Number.isFinite(milliseconds)) return '–';
  if (milliseconds < 0.1) return `${(1000 * milliseconds).toPrecision(2)} µs`;
  if (milliseconds < 1000) return `${milliseconds.toPrecision(3)} ms`;
  return `${(milliseconds / 1000).toPrecision(3)} s`;
};

/** A median with the quartiles around it. */
export const spread = ({
  median,
  lower,
  upper,
  runs,
}: {
  readonly median: number;
  readonly lower: number;
  readonly upper: number;
  readonly runs: number;
}): string => (runs < 2 ? duration(median) : `${duration(median)} (${duration(lower)}–${duration(upper)})`);

export const small = (value: number): string => {
  if (Number.isNaN(value)) return '–';
  if (value === 0) return '0';
  return value.toExponential(1).replace('e+0', 'e0').replace('e+', 'e');
};

/** Least-squares slope of log y against log x: the exponent of a power law. */
export const powerOf = (points: readonly { readonly x: number; readonly y: number }[]): number => {
  const logs = points.map(({ x, y }) => ({ x: Math.log(x), y: Math.log(y) }));
  const mean = (list: readonly number[]): number => list.reduce((a, b) => a + b, 0) / list.length;
  const mx = mean(logs.map(({ x }) => x));
  const my = mean(logs.map(({ y }) => y));
  const sum = (f: (p: { x: number; y: number }) => number): number => logs.reduce((a, p) => a + f(p), 0);
  return sum((p) => (p.x - mx) * (p.y - my)) / sum((p) => (p.x - mx) ** 2);
};

/** Okabe and Ito's colours, which all kinds of colour vision tell apart. */
export const colours = [
  '#0072b2',
  '#d55e00',
  '#009e73',
  '#cc79a7',
  '#e69f00',
  '#56b4e9',
  '#000000',
  '#999999',
] as const;

export const pictureConfig: NonNullable<TopLevelSpec['config']> = {
  font: 'DejaVu Sans, sans-serif',
  view: { stroke: '#999999' },
  axis: { gridColor: '#eeeeee' },
};
