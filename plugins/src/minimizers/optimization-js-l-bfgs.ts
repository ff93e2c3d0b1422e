import type { MinimizerEntry } from '@menusmith/core';
import optimization from 'optimization-js';

/**
 * L-BFGS of optimization-js 1.5.0, without a line search; stops at a largest partial derivative of 1e-5.
 *
 * The library returns the iterate *before* the one that met its test, and its first step is uphill. The best
 * point seen, which `minimizeGuarded` keeps, is therefore better than the one proposed.
 */
export const optimizationJsLBfgs: MinimizerEntry = {
  name: 'optimization-js-l-bfgs',
  doc: 'Limited-memory BFGS, from the package optimization-js.',
  parameters: {},
  create: () => ({
    usesGradient: true,
    propose: ({ objective, gradient, start }) =>
      optimization.minimize_L_BFGS(objective, gradient, [...start]).argument,
  }),
};
