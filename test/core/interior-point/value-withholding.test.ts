import fc from 'fast-check';
import { expect, test } from 'vitest';
import { valueWithholding } from '../../../packages/core/src/interior-point/value-withholding.ts';

test('with Q a power of p, the quality left is as aimed and what is withheld times p as given, unless that is 10⁴ times away', () => {
  const share = fc.double({ min: 0.001, max: 0.999, noNaN: true });
  fc.assert(
    fc.property(share, share, share, fc.integer({ min: -12, max: 0 }), (elasticity, sold, change, digits) => {
      const p = 10 ** digits;
      const most = p ** elasticity;
      const product = change * p * (1 - sold) * most;
      const moved = valueWithholding(p, most, elasticity, sold * most, product);
      if (moved > 9e3 * p || moved < p / 9e3) return;
      const supplied = most * (moved / p) ** elasticity;
      expect(Math.abs((supplied - product / moved) / (sold * most) - 1)).toBeLessThan(1e-8 / sold);
    }),
    { numRuns: 300, seed: 20261130 },
  );
});
