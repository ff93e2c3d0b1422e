import type { MinimizerEntry } from '@menusmith/core';
import optimization from 'optimization-js';

/**
 * The coordinate descent that optimization-js 1.5.0 calls Powell's method; stops at partial derivatives of 1e-2.
 *
 * With three or more variables the order of the coordinates is drawn from Math.random, so that results repeat
 * only to the tolerance.
 */
export const optimizationJsPowell: MinimizerEntry = {
  name: 'optimization-js-powell',
  doc: 'Coordinate descent without gradients, from the package optimization-js.',
  parameters: {},
  create: () => ({
    usesGradient: false,
    propose: ({ objective, start }) => optimization.minimize_Powell(objective, [...start]).argument,
  }),
};
