import type { Formula } from './formula.ts';
import { programRunner } from './formula-instructions.ts';
import { formulaProgram } from './formula-program.ts';

/** Evaluates formulas at the arguments' values, writes one result for each into `out`, and returns the first. */
export type CompiledFormulas = (values: ArrayLike<number>, out: Float64Array) => number;

/**
 * Formulas made ready to be evaluated many times, at arguments in this order. What they have in common is computed once.
 *
 * A constant power is a product where it is whole, a square root where it is ½, and otherwise exp(c·log u), with 0^c = 0 and
 * NaN at u < 0; its relative error is then about |c·log u| roundings. log(1 + u) and exp(u) − 1 lose nothing where u is small.
 * Nothing is evaluated as code.
 */
export const compileFormulas = (
  formulas: readonly Formula[],
  argumentNames: readonly string[],
): CompiledFormulas => programRunner(formulaProgram(formulas, argumentNames));

/** One formula, ready to be evaluated; see `compileFormulas`. */
export const compileFormula = (
  formula: Formula,
  argumentNames: readonly string[],
): ((values: ArrayLike<number>) => number) => {
  const evaluate = compileFormulas([formula], argumentNames);
  const out = new Float64Array(1);
  return (values) => evaluate(values, out);
};
