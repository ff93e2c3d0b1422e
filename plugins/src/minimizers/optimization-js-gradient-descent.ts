import type { MinimizerEntry } from '@menusmith/core';
import optimization from 'optimization-js';

/**
 * Gradient descent of optimization-js 1.5.0; stops at a largest partial derivative of 1e-3, and never where
 * there is no minimum or the objective is noisy.
 */
export const optimizationJsGradientDescent: MinimizerEntry = {
  name: 'optimization-js-gradient-descent',
  doc: 'Steepest descent, from the package optimization-js.',
  parameters: {},
  create: () => ({
    usesGradient: true,
    propose: ({ objective, gradient, start }) =>
      optimization.minimize_GradientDescent(objective, gradient, [...start]).argument,
  }),
};
