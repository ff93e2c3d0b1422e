import { describe, expect, it } from 'vitest';
import { lazyTable } from '../../../packages/core/src/integration/lazy-table.ts';

/** How often the function is asked while one panel is looked up, and the largest error of what is answered. */
const looked = (f: (x: number) => number): { readonly calls: number; readonly error: number } => {
  let calls = 0;
  const table = lazyTable(
    (x, out) => {
      calls++;
      out[0] = f(x);
    },
    1,
    2,
  );
  const out = new Float64Array(1);
  let error = 0;
  for (let i = 0; i < 500; i++) {
    const x = i / 250;
    table(x, out);
    error = Math.max(error, Math.abs(out[0]! - f(x)));
  }
  return { calls, error };
};

/** Noise of this size, the same at the same x. */
const noise = (x: number, size: number): number => size * Math.sin(1e9 * x);

describe('a function tabulated where it is asked for', () => {
  it('is asked at the nodes of one panel where it is smooth', () => {
    const { calls, error } = looked((x) => Math.exp(-x));
    expect(calls).toBe(20);
    expect(error).toBeLessThan(1e-14);
  });

  it('is not asked again and again for noise, however loud', () => {
    const { calls, error } = looked((x) => Math.exp(-x) + noise(x, 1e-8));
    expect(calls).toBeLessThanOrEqual(7 * 20);
    expect(error).toBeLessThan(5e-8);
  });

  it.each([1e-6, 1e-3, 0.1])('nor for noise of %s, as loud as a kink', (size) => {
    const { calls, error } = looked((x) => Math.exp(-x) + noise(x, size));
    expect(calls).toBeLessThanOrEqual(7 * 20);
    expect(error).toBeLessThan(5 * size);
  });

  it('is asked itself next to a kink, and told exactly there', () => {
    const kink = (x: number): number => Math.abs(x - 0.7001);
    const { calls, error } = looked(kink);
    expect(calls).toBeGreaterThan(7 * 20);
    expect(error).toBeLessThan(1e-12);
  });

  it('is asked itself next to a jump, and told exactly there', () => {
    const { error } = looked((x) => (x < 0.7001 ? Math.exp(-x) : 2));
    expect(error).toBeLessThan(1e-12);
  });

  it('takes a slight kink for no noise', () => {
    const { error } = looked((x) => Math.exp(-x) + 1e-6 * Math.abs(x - 0.7001));
    expect(error).toBeLessThan(1e-12);
  });
});
