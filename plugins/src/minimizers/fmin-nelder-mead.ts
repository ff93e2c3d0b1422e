import type { MinimizerEntry } from '@menusmith/core';
import { nelderMead } from 'fmin';

/**
 * Nelder–Mead simplex of fmin 0.0.2. Uses no gradient; stops when the simplex and its values have shrunk to
 * 1e-12, which leaves a gradient of about 1e-6 on smooth problems.
 */
export const fminNelderMead: MinimizerEntry = {
  name: 'fmin-nelder-mead',
  doc: 'Downhill simplex without gradients, from the package fmin.',
  parameters: {},
  create: () => ({
    usesGradient: false,
    propose: ({ objective, start }) =>
      nelderMead(objective, [...start], { maxIterations: 2000 * start.length, minErrorDelta: 1e-12 }).x,
  }),
};
