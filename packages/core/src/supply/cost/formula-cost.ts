import { compileFormula } from '../../formula/compile-formula.ts';
import type { Formula } from '../../formula/formula.ts';
import { derivative } from '../../formula/formula-derivative.ts';
import { formulaKinks } from '../../formula/formula-kinks.ts';
import { type ConvexCost, triedQualities } from './convex-cost.ts';

/** The cost that a formula in q gives, with symbolic derivatives; kinks are where its min, max and abs break it. */
export const formulaCost = (formula: Formula, max = Number.POSITIVE_INFINITY): ConvexCost => {
  const slope = derivative(formula, 'q');
  const [cost, marginal, curvature] = [formula, slope, derivative(slope, 'q')].map((own) => {
    const evaluate = compileFormula(own, ['q']);
    const at = new Float64Array(1);
    return (quality: number): number => {
      at[0] = quality;
      return evaluate(at);
    };
  });
  const kinks = formulaKinks(formula, 'q', [0, ...triedQualities(max)]);
  return { max, kinks, cost: cost!, slope: marginal!, curvature: curvature! };
};
