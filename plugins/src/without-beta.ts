import type { Plugin } from '@menusmith/core';
import { clayton } from './copulas/clayton.ts';
import { fgm } from './copulas/fgm.ts';
import { frank } from './copulas/frank.ts';
import { gaussian } from './copulas/gaussian.ts';
import { gumbel } from './copulas/gumbel.ts';
import { independent } from './copulas/independent.ts';
import { expressionCost } from './cost-functions/expression.ts';
import { linear } from './cost-functions/linear.ts';
import { quadratic } from './cost-functions/quadratic.ts';
import { empirical } from './distributions/empirical.ts';
import { exponential } from './distributions/exponential.ts';
import { kumaraswamy } from './distributions/kumaraswamy.ts';
import { lognormal } from './distributions/lognormal.ts';
import { mixture } from './distributions/mixture.ts';
import { pareto } from './distributions/pareto.ts';
import { quantilePolynomial } from './distributions/quantile-polynomial.ts';
import { truncatedNormal } from './distributions/truncated-normal.ts';
import { uniform } from './distributions/uniform.ts';
import { fminConjugateGradient } from './minimizers/fmin-conjugate-gradient.ts';
import { fminNelderMead } from './minimizers/fmin-nelder-mead.ts';
import { optimizationJsGradientDescent } from './minimizers/optimization-js-gradient-descent.ts';
import { optimizationJsLBfgs } from './minimizers/optimization-js-l-bfgs.ts';
import { optimizationJsPowell } from './minimizers/optimization-js-powell.ts';
import { ces } from './production-functions/ces.ts';
import { cobbDouglas } from './production-functions/cobb-douglas.ts';
import { expression } from './production-functions/expression.ts';
import { clarabelSolver } from './solvers/clarabel.ts';
import { highsSolver } from './solvers/highs.ts';
import { interiorPointSolver } from './solvers/interior-point.ts';
import { oneDimensionalSolver } from './solvers/one-dimensional.ts';

/** All that Menusmith brings along but the beta distribution, whose special functions weigh as much as everything else here together. */
export const withoutBeta: Plugin = {
  name: 'standard',
  productionFunctions: [cobbDouglas, ces, expression],
  distributions: [
    uniform,
    truncatedNormal,
    kumaraswamy,
    exponential,
    lognormal,
    pareto,
    quantilePolynomial,
    mixture,
    empirical,
  ],
  copulas: [independent, gaussian, fgm, clayton, frank, gumbel],
  costFunctions: [quadratic, linear, expressionCost],
  minimizers: [
    fminNelderMead,
    fminConjugateGradient,
    optimizationJsLBfgs,
    optimizationJsGradientDescent,
    optimizationJsPowell,
  ],
  solvers: [oneDimensionalSolver, interiorPointSolver, highsSolver, clarabelSolver],
};
