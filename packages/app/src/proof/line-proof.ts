import { chainProblem, InputError } from '@menusmith/core';
import type { ContinuousChain } from '../problem/screening-problem.ts';
import type { ContinuousMenu } from '../solution.ts';
import type { Study } from '../study/study.ts';
import { amountsFor, type ProofAmounts } from './proof-amounts.ts';

/** What a proof holds of a continuum of types along a line. */
export interface LineProof {
  /** Ends of cells of types, ascending, from the lowest type to the highest. */
  readonly nodes: readonly number[];
  /** What all types of a cell get, one a cell; null where they get nothing. */
  readonly items: readonly (ProofAmounts | null)[];
  /** Virtual values, ascending and above 0, and amounts that serve each of them best. */
  readonly levels: readonly number[];
  readonly virtual: readonly ProofAmounts[];
  /** What serves twice the highest level best: more than this is of use to nobody. */
  readonly reach: ProofAmounts;
}

/** Cells of types who buy, and of those who do not: what a proof leaves open falls with the square of their number. */
const CELLS = { served: 3000, excluded: 100 };
/** Levels beyond the highest, a cell apart: an interval of φ may reach beyond it. */
const BEYOND = 6;

/**
 * A proof for a continuum: a menu of one item a cell, which is a menu of this continuum, and levels of φ between which S lies below its chords.
 * Throws InputError 'proof' where virtual values fall, and types are pooled.
 */
export const lineProof = (
  study: Study,
  { types }: ContinuousChain,
  { supply, virtualValue, menuAt }: ContinuousMenu,
  counts = CELLS,
): LineProof => {
  const { min, max } = types;
  const cutoff = Math.min(Math.max(menuAt(1).cutoff, min), max);
  const even = (from: number, to: number, count: number): number[] =>
    from < to ? Array.from({ length: count }, (_, k) => from + ((to - from) * k) / count) : [];
  // Where service starts, a checker that knows φ as an interval takes some types for served who are not.
  const near = cutoff - (cutoff - min) / 20;
  const nodes = [
    ...even(min, near, counts.excluded),
    ...even(near, cutoff, counts.excluded),
    ...even(cutoff, max, counts.served),
    max,
  ];
  const problem = chainProblem({ value: Float64Array.of(1), mass: Float64Array.of(1) }, supply);
  const serve = amountsFor(study, problem);
  const above = nodes.map((x) => types.survival(x));
  const cells = nodes.slice(1).map((x, k) => {
    const mass = above[k]! - above[k + 1]!;
    return { x: nodes[k]!, mass, mean: mass > 0 ? (nodes[k]! * above[k]! - x * above[k + 1]!) / mass : 0 };
  });
  const isServed = cells.map(({ x, mass }) => x >= cutoff && mass > 0);
  const falls = cells.some(
    ({ mean }, k) => isServed[k] && k > 0 && isServed[k - 1] && mean < cells[k - 1]!.mean,
  );
  if (falls)
    throw new InputError('proof', '--proof: expected virtual values that rise, got types that are pooled');
  const items = cells.map(({ mean }, k) => (isServed[k] ? serve(Float64Array.of(mean)).amounts : null));
  const levels = levelsOf(nodes.filter((x) => x >= cutoff).map(virtualValue));
  const virtual = levels.map((level) => serve(Float64Array.of(level)).amounts);
  const reach = serve(Float64Array.of(2 * levels.at(-1)!)).amounts;
  return { nodes, items, levels, virtual, reach };
};

/** Levels above 0, ascending, and some beyond the highest, as a checker's φ may be higher by some widths of a cell. */
const levelsOf = (values: readonly number[]): readonly number[] => {
  const levels: number[] = [];
  for (const value of values) if (value > (levels.at(-1) ?? 0)) levels.push(value);
  const step = Math.max(levels.at(-1)! - (levels.at(-2) ?? 0), 1e-6 * levels.at(-1)!);
  for (let k = 0; k < BEYOND; k++) levels.push(levels.at(-1)! + step);
  return levels;
};
