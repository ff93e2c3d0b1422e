import type { Copula } from '../distributions/copula.ts';
import type { ContinuousFlow } from './continuous-flow.ts';
import type { ValueScalePopulation } from './observable-scale.ts';

/** How often the outermost cells of ranks are halved: there a copula's density may have no bound. */
const HALVINGS = 8;
/** A conditional probability is asked for no nearer to the ends of the values. */
const END = 1e-12;

/** What buyers of a cell bring along values, without what flows down. */
export interface CellBudgets {
  /** (1 − κ) f of the cell. */
  readonly own: Float64Array;
  /** What jumps bring less what they take. */
  readonly jumped: Float64Array;
  readonly isServed: (cell: number) => boolean;
}

/**
 * b within the cells of ranks, given at their edges. In the highest cell it is what it has to be so that the flow a along values is spread over scales like the buyers of its value, as far
 * as that is possible with b ≥ 0; this matters where buyers crowd in the corner of high values and scales. In the others it is straight.
 */
export const spreadDown = (
  { values, ranks, down }: ContinuousFlow,
  budgets: CellBudgets,
  { values: distribution, copula }: ValueScalePopulation,
): Pick<ContinuousFlow, 'steps' | 'down'> => {
  const [n, m] = [values.length - 1, ranks.length - 1];
  const steps = gradedSteps(ranks);
  const count = steps.length;
  const spread = new Float64Array(n * count);
  for (let e = 0, j = 0; e < count; e++) {
    while (j + 1 < m && steps[e]! > ranks[j + 1]!) j++;
    const t = ranks[j + 1]! > ranks[j]! ? (steps[e]! - ranks[j]!) / (ranks[j + 1]! - ranks[j]!) : 0;
    for (let i = 0; i < n; i++) {
      const at = i * (m + 1) + j;
      spread[i * count + e] = (1 - t) * down[at]! + t * down[at + 1]!;
    }
  }
  const first = steps.indexOf(ranks[m - 1]!);
  const top = steps.subarray(first);
  const ends = values.map((w, i) => (i === 0 ? 0 : i === n ? 1 : distribution.cdf(w)));
  const { masses, shares } = topBuyers(copula, ends, top);
  const parts = top.length - 1;
  // a through the upper edge of the cell at hand, and through its lower edge.
  let above = 0;
  for (let i = n - 1; i >= 0; i--) {
    const cell = i * m + m - 1;
    const gain = budgets.own[cell]! + budgets.jumped[cell]!;
    const through = above + gain - down[i * (m + 1) + m - 1]!;
    const whole = masses.subarray(i * parts, (i + 1) * parts).reduce((sum, f) => sum + f, 0);
    const isSpread = whole > 0 && budgets.isServed(cell);
    let passed = 0;
    for (let l = parts - 1; l >= 0; l--) {
      spread[i * count + first + l + 1] = passed;
      if (!isSpread) continue;
      const brought = (gain * masses[i * parts + l]!) / whole;
      passed = Math.max(
        0,
        passed + brought + above * shares[(i + 1) * parts + l]! - through * shares[i * parts + l]!,
      );
    }
    above = through;
  }
  return { steps, down: spread };
};

/** Ranks, with steps between them that crowd towards 0 and 1. */
const gradedSteps = (ranks: Float64Array): Float64Array => {
  const m = ranks.length - 1;
  const steps = new Set<number>(ranks);
  for (let k = 1; k <= HALVINGS; k++) {
    steps.add(ranks[1]! * 2 ** -k);
    steps.add(1 - (1 - ranks[m - 1]!) * 2 ** -k);
  }
  return Float64Array.from(steps).sort();
};

/** The buyers between steps, by cells of values; and at each edge of values the shares of buyers who are between them, among those of the whole cell. */
const topBuyers = (
  { cdf, conditional }: Copula,
  ends: Float64Array,
  steps: Float64Array,
): { readonly masses: Float64Array; readonly shares: Float64Array } => {
  const parts = steps.length - 1;
  const n = ends.length - 1;
  const masses = new Float64Array(n * parts);
  const shares = new Float64Array((n + 1) * parts);
  let lower = steps.map(() => 0);
  ends.forEach((u, i) => {
    const below = steps.map((v) => cdf(u, v));
    if (i > 0)
      for (let l = 0; l < parts; l++)
        masses[(i - 1) * parts + l] = Math.max(0, below[l + 1]! - below[l]! - lower[l + 1]! + lower[l]!);
    lower = below;
    // The other way round, which is as good where a copula is symmetric; a guess where it is not.
    const given = Math.min(1 - END, Math.max(END, u));
    const chances = steps.map((v) => conditional(v, given));
    const whole = chances[parts]! - chances[0]!;
    for (let l = 0; l < parts && whole > 0; l++)
      shares[i * parts + l] = (chances[l + 1]! - chances[l]!) / whole;
  });
  return { masses, shares };
};
