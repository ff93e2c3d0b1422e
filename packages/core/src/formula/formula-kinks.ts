import { root } from '../integration/root.ts';
import { compileFormula } from './compile-formula.ts';
import { type Formula, partsOf } from './formula.ts';

const CELLS = 256;

/**
 * Where in (0, 1) a formula of one name has a kink: where arguments of min or max cross, or that of abs changes its sign. Ascending.
 *
 * Two kinks of the same arguments within 1/256 of each other can be missed.
 */
export const formulaKinks = (formula: Formula, name: string): readonly number[] => {
  const found: number[] = [];
  const crossings = (left: Formula, right: Formula): void => {
    const gap = compileFormula({ kind: 'operation', operator: '-', left, right }, [name]);
    const f = (at: number): number => gap([at]);
    for (let cell = 0; cell < CELLS; cell++) {
      const [from, to] = [cell / CELLS, (cell + 1) / CELLS];
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
