import { InputError } from '../input-error.ts';
import { atMost, limits } from '../limits.ts';
import { type Formula, formulaText } from './formula.ts';
import { programRunner } from './formula-instructions.ts';
import { formulaProgram } from './formula-program.ts';

/** Evaluates formulas at the arguments' values, writes one result for each into `out`, and returns the first. */
export type CompiledFormulas = (values: ArrayLike<number>, out: Float64Array) => number;

/** How often a count of steps has begun. */
let counts = 0;

/** A solve begins: the limit of steps is one of a single solve, and formulas are kept from one to the next. */
export const countFormulaStepsAnew = (): void => {
  counts++;
};

/**
 * Formulas made ready to be evaluated many times, at arguments in this order. What they have in common is computed once.
 *
 * A constant power is a product where it is whole, a square root where it is ½, and otherwise exp(c·log u), with 0^c = 0 and
 * NaN at u < 0; its relative error is then about |c·log u| roundings. log(1 + u) and exp(u) − 1 lose nothing where u is small.
 * Nothing is evaluated as code. A long formula with many kinks is asked more often than anybody waits for: after
 * `mostSteps` since `countFormulaStepsAnew`, one for each operation, InputError 'limit' is thrown.
 */
export const compileFormulas = (
  formulas: readonly Formula[],
  argumentNames: readonly string[],
  mostSteps: number = limits.formulaSteps.most,
): CompiledFormulas => {
  const program = formulaProgram(formulas, argumentNames);
  const run = programRunner(program);
  const steps = program.codes.length;
  let [done, count] = [0, counts];
  return (values, out) => {
    if (count !== counts) [done, count] = [0, counts];
    done += steps;
    if (done > mostSteps) throw tooManySteps(formulas[0]!, mostSteps);
    return run(values, out);
  };
};

const MOST_SHOWN = 60;

const tooManySteps = (formula: Formula, most: number): InputError => {
  const text = formulaText(formula);
  const shown = text.length > MOST_SHOWN ? `${text.slice(0, MOST_SHOWN)}…` : text;
  const expected = atMost({ ...limits.formulaSteps, most });
  const message = `${expected} in one solve, got more, of ${shown}; a shorter formula, or one with fewer kinks, would do`;
  return new InputError('limit', message);
};

/** One formula, ready to be evaluated; see `compileFormulas`. */
export const compileFormula = (
  formula: Formula,
  argumentNames: readonly string[],
): ((values: ArrayLike<number>) => number) => {
  const evaluate = compileFormulas([formula], argumentNames);
  const out = new Float64Array(1);
  return (values) => evaluate(values, out);
};
