import type { MinimizerEntry } from '@menusmith/core';
import { conjugateGradient } from 'fmin';

/** Polak–Ribière conjugate gradients of fmin 0.0.2, with a Wolfe line search; stops at a gradient norm of 1e-5. */
export const fminConjugateGradient: MinimizerEntry = {
  name: 'fmin-conjugate-gradient',
  doc: 'Nonlinear conjugate gradients, from the package fmin.',
  parameters: {},
  create: () => ({
    usesGradient: true,
    propose({ objective, gradient, start }) {
      const both = (x: number[], out: number[]): number => {
        gradient(x).forEach((slope, i) => {
          out[i] = slope;
        });
        return objective(x);
      };
      return conjugateGradient(both, [...start], { maxIterations: 200 * start.length }).x;
    },
  }),
};
