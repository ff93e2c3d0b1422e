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
  const crossings = (left: Formula, right: Formula): void => {
    const gap = compileFormula({ kind: 'operation', operator: '-', left, right }, [name]);
    const f = (at: number): number => gap([at]);
    for (let cell = 0; cell + 1 < places.length; cell++) {
      const [from, to] = [places[cell]!, places[cell + 1]!];
      if (cell > 0 && f(from) === 0) found.push(from);
      else if (f(from) * f(to) < 0) found.push(root(f, from, to));
    }
  };
  const visit = (part: Formula): void => {
    if (part.kind === 'call' && part.function === 'abs') crossings(part.of[0]!, { kind: 'number', value: 0 });
    if (part.kind === 'call' && (part.function === 'min' || part.function === 'max')) {
      part.of.forEach((left, k) => {
        for (const right of part.of.slice(k + 1)) crossings(left, right);
      });
    }
    partsOf(part).forEach(visit);
  };
  visit(formula);
  return [...new Set(found)].sort((a, b) => a - b);
};
