import type { Plugin } from '@menusmith/core';
import { independent } from './copulas/independent.ts';
import { linear } from './cost-functions/linear.ts';
import { quadratic } from './cost-functions/quadratic.ts';
import { beta } from './distributions/beta.ts';
import { truncatedNormal } from './distributions/truncated-normal.ts';
import { uniform } from './distributions/uniform.ts';
import { fminConjugateGradient } from './minimizers/fmin-conjugate-gradient.ts';
import { fminNelderMead } from './minimizers/fmin-nelder-mead.ts';
import { optimizationJsGradientDescent } from './minimizers/optimization-js-gradient-descent.ts';
import { optimizationJsLBfgs } from './minimizers/optimization-js-l-bfgs.ts';
import { optimizationJsPowell } from './minimizers/optimization-js-powell.ts';
import { cobbDouglas } from './production-functions/cobb-douglas.ts';

/** All that Menusmith brings along. */
export const standardPlugin: Plugin = {
  name: 'standard',
  productionFunctions: [cobbDouglas],
  distributions: [uniform, beta, truncatedNormal],
  copulas: [independent],
  costFunctions: [quadratic, linear],
  minimizers: [
    fminNelderMead,
    fminConjugateGradient,
    optimizationJsLBfgs,
    optimizationJsGradientDescent,
    optimizationJsPowell,
  ],
};

export {
  beta,
  cobbDouglas,
  fminConjugateGradient,
  fminNelderMead,
  independent,
  linear,
  optimizationJsGradientDescent,
  optimizationJsLBfgs,
  optimizationJsPowell,
  quadratic,
  truncatedNormal,
  uniform,
};
