import { describe, expect, it } from 'vitest';
import { neededPoints } from '../../packages/app/src/pictures/simplified-line.ts';

const x = Array.from({ length: 101 }, (_, i) => i / 100);

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
    const kept = x.flatMap((_, i) => (needed[i] ? [i] : []));
    expect(kept.length).toBeLessThan(x.length);
    for (let k = 0; k + 1 < kept.length; k++) {
      const [from, to] = [kept[k]!, kept[k + 1]!];
      for (let i = from; i <= to; i++) {
        const chord = y[from]! + ((y[to]! - y[from]!) * (x[i]! - x[from]!)) / (x[to]! - x[from]!);
        expect(Math.abs(y[i]! - chord)).toBeLessThanOrEqual(tolerance * (1 + 1e-12));
      }
    }
  });

  it('are all of a line of one or two points, and none of no line', () => {
    expect(neededPoints([], [], 1)).toEqual([]);
    expect(neededPoints([1], [2], 1)).toEqual([true]);
    expect(neededPoints([1, 2], [2, 2], 1)).toEqual([true, true]);
  });
});
