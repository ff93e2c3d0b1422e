import fc from 'fast-check';
import { expect, test } from 'vitest';
import { upperEnvelope } from '../../../packages/core/src/finite/upper-envelope.ts';
import { anyNumber, anyNumbers } from './examples.ts';

const envelopeOf = (slopes: Float64Array, transfers: Float64Array): number[] => {
  const order = Int32Array.from(slopes.keys()).sort((a, b) => slopes[a]! - slopes[b]!);
  const hull = new Int32Array(slopes.length);
  return [...hull.subarray(0, upperEnvelope(order, slopes.length, slopes, transfers, hull))];
};

const anyLines = fc
  .integer({ min: 1, max: 20 })
  .chain((lines) => fc.tuple(anyNumbers(lines, 1, -0.2), anyNumbers(lines, 1, -0.2)));

test('is as high as the highest line, everywhere', () => {
  fc.assert(
    fc.property(anyLines, fc.array(anyNumber(20, -20), { minLength: 8 }), ([slopes, transfers], points) => {
      const hull = envelopeOf(slopes, transfers);
      const height = (w: number, lines: Iterable<number>): number =>
        Math.max(...Array.from(lines, (k) => w * slopes[k]! - transfers[k]!));
      // Values up to 20, slopes up to 1.
      for (const w of points)
        expect(Math.abs(height(w, hull) - height(w, slopes.keys()))).toBeLessThan(1e-13);
    }),
    { numRuns: 300, seed: 20261125 },
  );
});

test('has ascending slopes, and kinks that do not descend', () => {
  fc.assert(
    fc.property(anyLines, ([slopes, transfers]) => {
      const hull = envelopeOf(slopes, transfers);
      let last = Number.NEGATIVE_INFINITY;
      for (let h = 0; h + 1 < hull.length; h++) {
        const [a, b] = [hull[h]!, hull[h + 1]!];
        expect(slopes[b]!).toBeGreaterThan(slopes[a]!);
        const kink = (transfers[b]! - transfers[a]!) / (slopes[b]! - slopes[a]!);
        // Three lines through one point may meet it to rounding.
        expect(kink).toBeGreaterThan(last - 1e-12);
        last = kink;
      }
    }),
    { numRuns: 300, seed: 20261125 },
  );
});

test('drops what is never highest: the middle of three lines that the others pass over', () => {
  // w − 0, 2w − 2 and 3w − 2: the first and the third meet at 1, where the second is 0 and they are 1.
  expect(envelopeOf(Float64Array.of(1, 2, 3), Float64Array.of(0, 2, 2))).toEqual([0, 2]);
  expect(envelopeOf(Float64Array.of(1, 1, 1), Float64Array.of(3, 1, 2))).toEqual([1]);
});
