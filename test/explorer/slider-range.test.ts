import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sliderRange } from '../../packages/explorer/src/slider-range.ts';

const finite = { noNaN: true, noDefaultInfinity: true };

describe('the range of a slider', () => {
  it('goes from bound to bound, a step away from those that are not attained', () => {
    expect(sliderRange({ min: 0, max: 1 }, 0.3)).toEqual({ from: 0, to: 1, step: 0.005 });
    expect(sliderRange({ above: -1, below: 1 }, 0.5)).toEqual({ from: -0.99, to: 0.99, step: 0.01 });
  });

  it('reaches a round number of at least twice the value where there is no bound', () => {
    expect(sliderRange({ above: 0 }, 0.125).to).toBe(1);
    expect(sliderRange({ above: 0 }, 6).to).toBe(20);
    expect(sliderRange({}, -3)).toMatchObject({ from: -10, to: 10 });
    expect(sliderRange({ below: 1 }, -3)).toMatchObject({ from: -9, to: 0.95 });
  });

  it('holds the value, and takes at most 250 steps', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-3, max: 1e6, ...finite }), fc.boolean(), (value, isOpen) => {
        const { from, to, step } = sliderRange(isOpen ? { above: 0 } : { min: 0 }, value);
        expect(from).toBeLessThanOrEqual(Math.max(value, step));
        expect(to).toBeGreaterThanOrEqual(value);
        expect((to - from) / step).toBeLessThanOrEqual(250);
      }),
    );
  });
});
