export { clayton } from './copulas/clayton.ts';
export { fgm } from './copulas/fgm.ts';
export { frank } from './copulas/frank.ts';
export { gaussian } from './copulas/gaussian.ts';
export { gumbel } from './copulas/gumbel.ts';
export { independent } from './copulas/independent.ts';
export { expressionCost } from './cost-functions/expression.ts';
export { linear } from './cost-functions/linear.ts';
export { quadratic } from './cost-functions/quadratic.ts';
export { beta } from './distributions/beta.ts';
export { empirical } from './distributions/empirical.ts';
export { exponential } from './distributions/exponential.ts';
export { kumaraswamy } from './distributions/kumaraswamy.ts';
export { lognormal } from './distributions/lognormal.ts';
export { mixture } from './distributions/mixture.ts';
export { pareto } from './distributions/pareto.ts';
export { quantilePolynomial } from './distributions/quantile-polynomial.ts';
export { truncatedNormal } from './distributions/truncated-normal.ts';
export { uniform } from './distributions/uniform.ts';
export { fminConjugateGradient } from './minimizers/fmin-conjugate-gradient.ts';
export { fminNelderMead } from './minimizers/fmin-nelder-mead.ts';
export { optimizationJsGradientDescent } from './minimizers/optimization-js-gradient-descent.ts';
export { optimizationJsLBfgs } from './minimizers/optimization-js-l-bfgs.ts';
export { optimizationJsPowell } from './minimizers/optimization-js-powell.ts';
export { ces } from './production-functions/ces.ts';
export { cobbDouglas } from './production-functions/cobb-douglas.ts';
export { expression } from './production-functions/expression.ts';
export { clarabelSolver } from './solvers/clarabel.ts';
export { highsSolver } from './solvers/highs.ts';
export { interiorPointSolver } from './solvers/interior-point.ts';
export { type Clarabel, loadClarabel } from './solvers/load-clarabel.ts';
export { oneDimensionalSolver } from './solvers/one-dimensional.ts';
export {
  incentiveRows,
  objectiveOf,
  type ScreeningProgram,
  type SparseRows,
  screeningProgram,
} from './solvers/screening-program.ts';
export { proposalOf } from './solvers/screening-proposal.ts';
export { standardPlugin } from './standard-plugin.ts';
