import type { Distribution } from './distribution.ts';

/**
 * Virtual value φ(x) = x − (1 − F(x))/f(x) (eq. (19); Myerson 1981).
 *
 * At the top, where no types are left above, φ(max) = max. Where the density is 0 it is −∞.
 */
export const virtualValue = (distribution: Distribution, x: number): number => {
  const survival = distribution.survival(x);
  if (survival <= 0) return x;
  const density = distribution.density(x);
  return density === Number.POSITIVE_INFINITY ? x : x - survival / density;
};

/** φ at sampled types, and what is needed for revenue curves there. */
export interface VirtualValueSample {
  readonly x: Float64Array;
  readonly survival: Float64Array;
  readonly phi: Float64Array;
}

const COARSE = 192;
const MASS_STEP = 1 / 96;
const MOST = 6000;

/**
 * φ sampled finely enough to see where it falls: evenly in x between breakpoints, halved until no step holds
 * more than 1/96 of the types. Both sides of a breakpoint are sampled, since φ may jump there.
 */
export const sampleVirtualValue = (distribution: Distribution): VirtualValueSample => {
  const { min, max, breakpoints } = distribution;
  const ends = [min, ...breakpoints, max];
  const xs: number[] = [];
  const step = (max - min) / COARSE;
  const nudge = (max - min) * 1e-13;
  let survivalAtLast = 1;
  const refine = (from: number, sFrom: number, to: number, sTo: number): void => {
    if (sFrom - sTo > MASS_STEP && to - from > 1e-12 * (max - min) && xs.length < MOST) {
      const middle = from + (to - from) / 2;
      const s = distribution.survival(middle);
      refine(from, sFrom, middle, s);
      xs.push(middle);
      refine(middle, s, to, sTo);
    }
  };
  for (let e = 0; e + 1 < ends.length; e++) {
    const from = e === 0 ? min : ends[e]! + nudge;
    const to = e + 2 === ends.length ? max : ends[e + 1]! - nudge;
    const count = Math.max(2, Math.ceil((to - from) / step));
    survivalAtLast = distribution.survival(from);
    xs.push(from);
    let last = from;
    for (let i = 1; i <= count; i++) {
      const x = i === count ? to : from + ((to - from) * i) / count;
      const s = distribution.survival(x);
      refine(last, survivalAtLast, x, s);
      xs.push(x);
      last = x;
      survivalAtLast = s;
    }
  }
  const x = Float64Array.from(xs);
  const phi = x.map((type) => virtualValue(distribution, type));
  return { x, survival: x.map((type) => distribution.survival(type)), phi };
};
