import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { nestedDissection } from '../../../packages/core/src/linear-algebra/nested-dissection.ts';
import { anyExample, type Example, grid, square, star } from './example-cliques.ts';

const dissectionOf = ({ size, cliques, coordinates }: Example) =>
  nestedDissection(size, cliques, coordinates);

describe('nestedDissection', () => {
  test('orders every vertex once', () => {
    fc.assert(
      fc.property(anyExample, (example) => {
        expect([...dissectionOf(example).order].sort((a, b) => a - b)).toEqual([
          ...Array(example.size).keys(),
        ]);
      }),
    );
  });

  test.each([
    ['of stars', star],
    ['of squares', square],
  ])('the last separator of a grid %s is two straight lines that no clique crosses', (_, neighbours) => {
    const n = 24;
    const example = grid(n, neighbours);
    const { order } = dissectionOf(example);
    const last = order.slice(-2 * n);
    const lines = [...new Set([...last].map((v) => v % n))];
    const rows = [...new Set([...last].map((v) => Math.floor(v / n)))];
    expect(Math.min(lines.length, rows.length)).toBe(2);
    const separator = new Set(last);
    const lineOf = lines.length === 2 ? (v: number) => v % n : (v: number) => Math.floor(v / n);
    const at = lineOf(last[0]!);
    const { offsets, members } = example.cliques;
    for (let c = 0; c < example.size; c++) {
      const rest = [...members.slice(offsets[c]!, offsets[c + 1]!)].filter((v) => !separator.has(v));
      expect(new Set(rest.map((v) => lineOf(v) < at)).size).toBeLessThanOrEqual(1);
    }
  });

  test('units of the coordinates do not matter, nor does a coordinate that has nothing to do with the cliques', () => {
    const example = grid(24);
    const [x, y] = example.coordinates as [Float64Array, Float64Array];
    const noise = x.map((_, v) => Math.sin(v * v));
    const { order } = dissectionOf(example);
    const scaled = [x.map((value) => 1e9 * value), y.map((value) => 1e-9 * value - 5)];
    expect(dissectionOf({ ...example, coordinates: scaled }).order).toEqual(order);
    expect(dissectionOf({ ...example, coordinates: [noise, x, y] }).order.slice(-48)).toEqual(
      order.slice(-48),
    );
  });
});
