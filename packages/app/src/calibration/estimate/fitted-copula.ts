import type { Copula, CopulaEntry } from '@menusmith/core';

/** A copula that was tried. */
export interface FittedCopula {
  readonly use: string;
  /** The one parameter, by name; none for independence. */
  readonly parameters: Readonly<Record<string, number>>;
  readonly logLikelihood: number;
  /** Akaike's: 2 · parameters − 2 log L; less is better. */
  readonly criterion: number;
}

/** Ends of a parameter that its declaration leaves open. */
const WIDEST = 30;
/** How far from an end that does not belong to the range. */
const INSIDE = 1e-3;
const MOST_PAIRS = 4000;

/**
 * Copulas of one parameter and independence, by their likelihood at the ranks of the sample (Genest, Ghoudi and Rivest 1995), the best by Akaike's
 * criterion first.
 */
export const fittedCopulas = (
  values: Float64Array,
  scales: Float64Array,
  entries: readonly CopulaEntry[],
): readonly FittedCopula[] => {
  const [u, v] = [ranks(values), ranks(scales)];
  // Every so-manieth pair of a large sample tells the parameter as well.
  const step = Math.ceil(u.length / MOST_PAIRS);
  const likelihood = (copula: Copula): number => {
    let sum = 0;
    for (let i = 0; i < u.length; i += step) sum += Math.log(copula.density(u[i]!, v[i]!));
    return Number.isFinite(sum) ? sum * step : Number.NEGATIVE_INFINITY;
  };
  const found = entries.flatMap((entry): FittedCopula[] => {
    const [declared, ...others] = Object.entries(entry.parameters);
    if (declared === undefined)
      return [{ use: entry.name, parameters: {}, logLikelihood: likelihood(entry.create({})), criterion: 0 }];
    const [name, parameter] = declared;
    if (others.length > 0 || parameter.kind !== 'number') return [];
    const low = parameter.min ?? (parameter.above === undefined ? -WIDEST : parameter.above + INSIDE);
    const high = parameter.max ?? (parameter.below === undefined ? WIDEST : parameter.below - INSIDE);
    const at = highest((x) => likelihood(entry.create({ [name]: x })), low, high);
    const logLikelihood = likelihood(entry.create({ [name]: at }));
    return [{ use: entry.name, parameters: { [name]: at }, logLikelihood, criterion: 2 - 2 * logLikelihood }];
  });
  return found
    .filter(({ logLikelihood }) => Number.isFinite(logLikelihood))
    .sort((a, b) => a.criterion - b.criterion);
};

/** Ranks over n + 1; those of equals differ. */
const ranks = (x: Float64Array): Float64Array => {
  const order = Array.from(x.keys()).sort((a, b) => x[a]! - x[b]!);
  const found = new Float64Array(x.length);
  order.forEach((i, rank) => {
    found[i] = (rank + 1) / (x.length + 1);
  });
  return found;
};

const COARSE = 24;
const GOLDEN = (Math.sqrt(5) - 1) / 2;

/** Where f is highest: the best of an even grid, then golden section around it. */
const highest = (f: (x: number) => number, low: number, high: number): number => {
  const grid = Array.from({ length: COARSE + 1 }, (_, k) => low + ((high - low) * k) / COARSE);
  const heights = grid.map(f);
  const best = heights.indexOf(Math.max(...heights));
  let [a, b] = [grid[Math.max(0, best - 1)]!, grid[Math.min(COARSE, best + 1)]!];
  while (b - a > 1e-5 * (1 + Math.abs(a))) {
    const [left, right] = [b - GOLDEN * (b - a), a + GOLDEN * (b - a)];
    if (f(left) >= f(right)) b = right;
    else a = left;
  }
  return (a + b) / 2;
};
