import {
  type Distribution,
  type DistributionEntry,
  InputError,
  limits,
  mixedDistribution,
  mixtureParts,
  numberWords,
  requireWithin,
} from '@menusmith/core';
import { kumaraswamy } from './kumaraswamy.ts';
import { uniform } from './uniform.ts';

interface Part {
  readonly weight: number;
  readonly of: Distribution;
}

const humped = (a: number, b: number): Distribution => kumaraswamy.create({ a, b, min: 0, max: 1 });
const part = (weight: number, of: Distribution): Part => ({ weight, of });
const uniformOn = (min: number, max: number): Distribution => uniform.create({ min, max });

/**
 * Mixture F = Σ w_i F_i of distributions, weights normalised to Σ w_i = 1.
 *
 * The supports may differ, and may leave gaps: an end of one part inside another's support is a breakpoint, and in a gap the
 * density is 0. Parts of weight 0 are left out.
 */
export const mixture: DistributionEntry = {
  name: 'mixture',
  doc: 'A weighted mean of other distributions: with the weight of a part, the type is drawn from that part.',
  parameters: {
    parts: { kind: 'weighted-distributions', doc: 'the parts, each as { weight, of }: of is a distribution' },
  },
  examples: [
    { parts: [part(0.85, humped(3, 10)), part(0.15, humped(6, 2))] },
    { parts: [part(1, uniformOn(0, 1)), part(2, uniformOn(0.25, 3))] },
    { parts: [part(1, uniformOn(0, 1)), part(1, uniformOn(2, 3))] },
    { parts: [part(0.5, humped(0.5, 0.5)), part(0, uniformOn(-5, 5)), part(0.5, uniformOn(0, 1))] },
    { parts: [part(3, humped(2, 3))] },
  ],
  create({ parts }: { parts?: readonly Part[] }) {
    const count = parts!.reduce((sum, { of }) => sum + mixtureParts(of).length, 0);
    requireWithin(limits.mixtureParts, count, ['parts']);
    const total = parts!.reduce((sum, { weight }) => sum + weight, 0);
    if (!(total > 0 && total < Number.POSITIVE_INFINITY)) {
      const message = `mixture: expected weights with a positive finite sum, got ${numberWords(total)}`;
      throw new InputError('weights', message, ['parts']);
    }
    const used = parts!
      .filter(({ weight }) => weight > 0)
      .map(({ weight, of }) => ({ weight: weight / total, of }));
    return mixedDistribution(used);
  },
};
