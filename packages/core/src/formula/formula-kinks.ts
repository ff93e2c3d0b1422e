import { root } from '../integration/root.ts';
import { compileFormula } from './compile-formula.ts';
import { type Formula, partsOf } from './formula.ts';

const CELLS = 256;
const unitPlaces: readonly number[] = Array.from({ length: CELLS + 1 }, (_, cell) => cell / CELLS);

/**
 * Where a formula of one name has a kink: where arguments of min or max cross, or that of abs changes its sign. Ascending, between the first and the last
 * of `places`, which ascend; without them in (0, 1).
 *
 * Two kinks of the same arguments between one place and the next, of which there are 256, can be missed.
 */
export const formulaKinks = (
  formula: Formula,
  name: string,
  places: readonly number[] = unitPlaces,
): readonly number[] => {
  const found: number[] = [];
  const visit = (part: Formula): void => {
    if (part.kind === 'call') {
      const [first] = part.of;
      const minus = (of: Formula): Formula => ({ kind: 'operation', operator: '-', left: zero, right: of });
      if (part.function === 'abs') found.push(...changesOfLargest([first!, minus(first!)], name, places));
      if (part.function === 'max') found.push(...changesOfLargest(part.of, name, places));
      if (part.function === 'min') found.push(...changesOfLargest(part.of.map(minus), name, places));
    }
    partsOf(part).forEach(visit);
  };
  visit(formula);
  return [...new Set(found)].sort((a, b) => a - b);
};

const zero: Formula = { kind: 'number', value: 0 };

/** Where the largest of the formulas becomes another one, of n formulas in a time of order n. */
const changesOfLargest = (of: readonly Formula[], name: string, places: readonly number[]): number[] => {
  const compiled = of.map((each) => compileFormula(each, [name]));
  const valuesAt = (at: number): Float64Array => Float64Array.from(compiled, (value) => value([at]));
  const found: number[] = [];
  /** `first` is the largest next to `from`, `last` next to `to`, and neither at the other end. */
  const between = (from: number, to: number, first: number, last: number): void => {
    if (first === last) return;
    const gap = (at: number): number => compiled[first]!([at]) - compiled[last]!([at]);
    if (!(gap(from) > 0 && gap(to) < 0)) return;
    const at = root(gap, from, to);
    const values = valuesAt(at);
    const largest = largestOf(values, values);
    // A third one may be above both in between.
    if (at > from && at < to && values[largest]! > Math.max(values[first]!, values[last]!)) {
      between(from, at, first, largest);
      between(at, to, largest, last);
    } else found.push(at);
  };
  let [before, left] = [valuesAt(places[0]!), -1];
  for (let k = 0; k + 1 < places.length; k++) {
    const [from, to] = [places[k]!, places[k + 1]!];
    const after = valuesAt(to);
    const [first, last] = [largestOf(before, after), largestOf(after, before)];
    if (left >= 0 && left !== first) found.push(from);
    between(from, to, first, last);
    [before, left] = [after, last];
  }
  return found;
};

/** The place of the largest number; of those that are as large the one that is larger in `beside`. NaN is none. */
const largestOf = (values: Float64Array, beside: Float64Array): number => {
  let largest = 0;
  for (let k = 1; k < values.length; k++) {
    const [own, most] = [values[k]!, values[largest]!];
    if (own > most || Number.isNaN(most) || (own === most && beside[k]! > beside[largest]!)) largest = k;
  }
  return largest;
};
