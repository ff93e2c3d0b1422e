import { describe, expect, it } from 'vitest';
import { inPixels, neededPoints } from '../../packages/app/src/pictures/simplified-line.ts';

const x = Float64Array.from({ length: 101 }, (_, i) => i / 100);

describe('the points needed of a line', () => {
  it('are the ends of a straight one', () => {
    const needed = neededPoints(
      x,
      x.map((t) => 3 * t - 1),
      1e-9,
    );
    expect(needed.flatMap((is, i) => (is ? [i] : []))).toEqual([0, 100]);
  });

  it('have its kinks among them', () => {
    const needed = neededPoints(
      x,
      x.map((t) => Math.max(0, t - 0.37)),
      1e-9,
    );
    expect(needed.flatMap((is, i) => (is ? [i] : []))).toEqual([0, 37, 100]);
  });

  it.each([1e-2, 1e-4])('draw a curve to within %f', (tolerance) => {
    const y = x.map((t) => Math.sqrt(t) * Math.sin(5 * t));
    const needed = neededPoints(x, y, tolerance);
    const kept = needed.flatMap((is, i) => (is ? [i] : []));
    expect(kept.length).toBeLessThan(x.length);
    for (let k = 0; k + 1 < kept.length; k++) {
      const [from, to] = [kept[k]!, kept[k + 1]!];
      for (let i = from; i <= to; i++) {
        const slope = (y[to]! - y[from]!) / (x[to]! - x[from]!);
        const above = y[i]! - y[from]! - slope * (x[i]! - x[from]!);
        expect(Math.abs(above) / Math.hypot(1, slope)).toBeLessThanOrEqual(tolerance * (1 + 1e-12));
      }
    }
  });

  it('are few where it is steep: what counts is how far a point is from the chord, not how far above it', () => {
    const [across, up] = [x.map((t) => 300 * t), x.map((t) => 200 * Math.sqrt(t))];
    const count = neededPoints(across, up).filter(Boolean).length;
    const vertical = up.map((y, i) => y + 0.05 * (i % 2));
    expect(count).toBeLessThan(40);
    // Twitches of half a tenth of a pixel are not seen.
    expect(neededPoints(across, vertical).filter(Boolean).length).toBeLessThan(60);
  });

  it('are found in pixels of the range of the numbers', () => {
    expect(inPixels([[2, 3], [6]], (x) => x, 200)).toEqual([Float64Array.of(0, 50), Float64Array.of(200)]);
    expect(inPixels([[5, 5]], (x) => x, 200)).toEqual([Float64Array.of(0, 0)]);
  });

  it('are all of a line of one or two points, and none of no line', () => {
    expect(neededPoints(Float64Array.of(), Float64Array.of())).toEqual([]);
    expect(neededPoints(Float64Array.of(1), Float64Array.of(2))).toEqual([true]);
    expect(neededPoints(Float64Array.of(1, 2), Float64Array.of(2, 2))).toEqual([true, true]);
  });
});
