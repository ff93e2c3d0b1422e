import fc from 'fast-check';
import { expect, test } from 'vitest';
import { upperEnvelope } from '../../../packages/core/src/screening/upper-envelope.ts';
import { anyNumbers } from '../finite/examples.ts';

const envelopeOf = (slopes: Float64Array, transfers: Float64Array): number[] => {
  const order = Int32Array.from(slopes.keys()).sort((a, b) => slopes[a]! - slopes[b]!);
  const hull = new Int32Array(slopes.length);
  return [...hull.subarray(0, upperEnvelope(order, slopes.length, slopes, transfers, hull))];
};

/** At random, or near the parabola w²/2, to which most lines are then tangent. */
const anyLines = fc.tuple(fc.integer({ min: 1, max: 20 }), fc.boolean()).chain(([lines, isParabola]) =>
  fc.tuple(anyNumbers(lines, 1, -0.2), anyNumbers(lines, 1, -0.2)).map(([slopes, drawn]) => {
    if (!isParabola) return [slopes, drawn] as const;
    const near = slopes.map((a, i) => a + drawn[i]! / 100);
    return [near, near.map((a, i) => (a * a) / 2 + 1e-4 * slopes[i]!)] as const;
  }),
);

test('is as high as the highest line, where lines meet and between', () => {
  fc.assert(
    fc.property(anyLines, ([slopes, transfers]) => {
      const hull = envelopeOf(slopes, transfers);
      const height = (w: number, lines: Iterable<number>): number =>
        Math.max(...Array.from(lines, (k) => w * slopes[k]! - transfers[k]!));
      const crossings = [-30, 30];
      for (const a of slopes.keys()) {
        for (const b of slopes.keys())
          if (slopes[a]! < slopes[b]!)
            crossings.push((transfers[b]! - transfers[a]!) / (slopes[b]! - slopes[a]!));
      }
      crossings.sort((a, b) => a - b);
      const points = crossings.flatMap((w, i) => [w, (w + crossings[Math.max(0, i - 1)]!) / 2]);
      // Values up to 30, slopes up to 1.
      const lost = points.map((w) => height(w, slopes.keys()) - height(w, hull));
      expect(Math.max(...lost.map(Math.abs))).toBeLessThan(1e-13);
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
