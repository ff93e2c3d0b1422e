import { type Distribution, InputError, supplyToOneTask } from '@menusmith/core';
import type { ContinuousChain, ScaleChains } from '../problem/screening-problem.ts';
import type { ContinuousMenu } from '../solution.ts';
import type { Study } from '../study/study.ts';
import { surplusWeightOf } from '../study/terms.ts';
import { type Maker, makerOf, type ProofAmounts } from './proof-amounts.ts';

/** What a proof holds of a continuum of types along a line, or of independent values and scales. */
export interface ContinuumProof {
  /** Ends of cells of values, ascending, from the lowest to the highest. */
  readonly values: readonly number[];
  /** Scales, ascending, from the lowest to the highest; absent along a line. */
  readonly scales?: readonly number[];
  /** What all types of a cell of values get, at each of the scales; null where they get nothing. */
  readonly items: readonly (readonly (ProofAmounts | null)[])[];
  /** Virtual values, ascending and above 0, and amounts that serve each of them best, at each of the scales. */
  readonly levels: readonly number[];
  readonly virtual: readonly (readonly ProofAmounts[])[];
}

/** Cells of values who buy, and of those who do not, and cells of scales: what a proof leaves open falls with the square of their number. */
interface CellCounts {
  readonly served: number;
  readonly excluded: number;
  readonly scales: number;
}

const ALONG_LINE: CellCounts = { served: 14_000, excluded: 200, scales: 0 };
const BY_SCALE: CellCounts = { served: 200, excluded: 20, scales: 40 };
/** Levels beyond the highest, a cell apart: an interval of φ may reach beyond it. */
const BEYOND = 6;
/** A supply is right to this share. */
const ROUNDING = 1e-12;
/** At scale 0, where nobody has a task, what serves as little of one as this. */
const LEAST_SCALE = 1e-9;

/**
 * A proof for a continuum: a menu of one item a cell of values, at each of some scales, which is a menu of this continuum, and levels of φ between which S
 * lies below its chords. Throws InputError 'proof' where virtual values fall, and types are pooled.
 */
export const continuumProof = (
  study: Study,
  problem: ContinuousChain | ScaleChains,
  { supply, virtualValue, menuAt }: ContinuousMenu,
  counts = problem.kind === 'scale-chains' ? BY_SCALE : ALONG_LINE,
): ContinuumProof => {
  if (study.technology.kind === 'models') throw new InputError('proof', '--proof: expected one model');
  const { technology } = study;
  const types = problem.kind === 'scale-chains' ? problem.values : problem.types;
  const scales = problem.kind === 'scale-chains' ? evenScales(problem.scales, counts.scales) : undefined;
  const cutoff = (scale: number): number => Math.min(Math.max(menuAt(scale).cutoff, types.min), types.max);
  const cutoffs = (scales ?? [1]).map((scale) => cutoff(Math.max(scale, LEAST_SCALE)));
  const lowest = Math.min(...cutoffs);
  const values = cellEnds(types, lowest, counts);
  const served = cellsServed(types, values, lowest, surplusWeightOf(study.terms));
  const levels = levelsOf(values.filter((x) => x >= lowest).map(virtualValue));
  const makers = (scales ?? [1]).map((scale): Maker => {
    const weights = Float64Array.of(Math.max(scale, LEAST_SCALE));
    return makerOf({
      technology,
      supply: supplyToOneTask(supply),
      weights,
      positions: [0.5],
      isTotal: false,
    });
  });
  return {
    values,
    ...(scales ? { scales } : {}),
    items: itemsAt(makers, served),
    levels,
    virtual: makers.map((maker) => levels.map((level) => maker.boundAt(Float64Array.of(level), level))),
  };
};

/** Amounts at each of the scales, whose quality rises with scale; where it would only do so by rounding, amounts are those at the scale before. */
const itemsAt = (
  makers: readonly Maker[],
  served: readonly (number | undefined)[],
): ContinuumProof['items'] => {
  const before = served.map(() => 0);
  const items: (ProofAmounts | null)[] = served.map(() => null);
  return makers.map((maker) => {
    served.forEach((mean, k) => {
      if (mean === undefined) return;
      const { amounts, quality } = maker.serve(Float64Array.of(mean));
      if (items[k] !== null && !(quality[0]! > before[k]! * (1 + ROUNDING))) return;
      before[k] = quality[0]!;
      items[k] = amounts;
    });
    return items.slice();
  });
};

const even = (from: number, to: number, count: number): number[] =>
  from < to ? Array.from({ length: count }, (_, k) => from + ((to - from) * k) / count) : [];

const evenScales = ({ min, max }: Distribution, count: number): readonly number[] => [
  ...even(min, max, count),
  max,
];

const cellEnds = ({ min, max }: Distribution, cutoff: number, counts: CellCounts): readonly number[] => {
  // Where service starts, a checker that knows φ as an interval takes some types for served who are not.
  const near = cutoff - (cutoff - min) / 20;
  return [
    ...even(min, near, counts.excluded),
    ...even(near, cutoff, counts.excluded),
    ...even(cutoff, max, counts.served),
    max,
  ];
};

/** The mean of φ on each cell of types who are served, undefined on others. */
const cellsServed = (
  types: Distribution,
  values: readonly number[],
  cutoff: number,
  surplusWeight: number,
): readonly (number | undefined)[] => {
  const above = values.map((x) => types.survival(x));
  const means = values.slice(1).map((x, k) => {
    const mass = above[k]! - above[k + 1]!;
    const isServed = values[k]! >= cutoff && mass > 0;
    const mean = (values[k]! * above[k]! - x * above[k + 1]!) / mass;
    // φ moves towards x, whose mean is the middle but for the square of the cell, as rent weighs more.
    return isServed ? mean + surplusWeight * ((values[k]! + x) / 2 - mean) : undefined;
  });
  const falls = means.some((mean, k) => mean !== undefined && mean < (means[k - 1] ?? mean));
  if (falls)
    throw new InputError('proof', '--proof: expected virtual values that rise, got types that are pooled');
  return means;
};

/** Levels above 0, ascending, and some beyond the highest, as a checker's φ may be higher by some widths of a cell. */
const levelsOf = (values: readonly number[]): readonly number[] => {
  const levels: number[] = [];
  for (const value of values) if (value > (levels.at(-1) ?? 0)) levels.push(value);
  const step = Math.max(levels.at(-1)! - (levels.at(-2) ?? 0), 1e-6 * levels.at(-1)!);
  for (let k = 0; k < BEYOND; k++) levels.push(levels.at(-1)! + step);
  return levels;
};
