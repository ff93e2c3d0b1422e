import { type DistributionEntry, InputError } from '@menusmith/core';
import erfc from '@stdlib/math-base-special-erfc';
import erfcinv from '@stdlib/math-base-special-erfcinv';
import { normalMass } from './normal-mass.ts';
import { truncatedOnSupport } from './on-support.ts';
import { requireSupport } from './support.ts';

/** A support that is not given reaches so many standard deviations from the mean: 1.2e-15 of the mass is beyond. */
const REACH = 8;
/** Mass below 0 that is too small to matter. */
const NOTHING = 1e-12;

/**
 * Normal distribution conditioned on [min, max]: f(x) ∝ exp(−(x − mean)²/(2 sd²)).
 *
 * `mean` and `sd` are those of the normal before truncation; the mean may lie far outside the support. An end that is not given is 8 sd from the
 * mean, where nothing is lost, but not below 0: where that would cut mass off, `min` must be given.
 */
export const truncatedNormal: DistributionEntry = {
  name: 'truncated-normal',
  doc: 'Normal distribution with the mean and sd given, conditioned on [min, max].',
  parameters: {
    mean: { kind: 'number', doc: 'mean before truncation' },
    sd: { kind: 'number', doc: 'standard deviation before truncation', above: 0 },
    min: { kind: 'number', doc: 'lower end of the support; if left out mean − 8 sd, or 0', optional: true },
    max: { kind: 'number', doc: 'upper end of the support; if left out mean + 8 sd', optional: true },
  },
  examples: [
    { mean: 0.5, sd: 0.2, min: 0, max: 1 },
    { mean: -5, sd: 0.5, min: 0, max: 1 },
    { mean: 7, sd: 0.5, min: 0, max: 1 },
    { mean: 0.5, sd: 1000, min: 0, max: 1 },
    { mean: 2, sd: 1, min: 1, max: 6 },
    { mean: 0.7, sd: 0.005 },
  ],
  create({ mean, sd, min = lowerEnd(mean, sd), max = Math.max(mean, min) + REACH * sd }) {
    requireSupport('truncated-normal', min, max);
    const mode = Math.min(Math.max(mean, min), max);
    // Everything is relative to the density at the mode, so that nothing underflows where there is mass.
    const relativeDensity = (x: number): number => {
      const fall = ((x - mode) / sd) * ((x - mean + (mode - mean)) / sd);
      return Math.exp(-fall / 2);
    };
    /** Mass of [from, to], over sd times the density at the mode. */
    const mass = (from: number, to: number): number => {
      if (from >= mean) return relativeDensity(from) * normalMass((from - mean) / sd, (to - from) / sd);
      if (to <= mean) return relativeDensity(to) * normalMass((mean - to) / sd, (to - from) / sd);
      return normalMass(0, (mean - from) / sd) + normalMass(0, (to - mean) / sd);
    };
    const total = mass(min, max);
    const density = (x: number): number => relativeDensity(x) / (sd * total);
    const untruncated = (x: number): number => erfc((mean - x) / (sd * Math.SQRT2)) / 2;
    const low = untruncated(min);
    const high = untruncated(max);
    return truncatedOnSupport({
      min,
      max,
      mass,
      density,
      near: (u) => mean - sd * Math.SQRT2 * erfcinv(2 * (low + u * (high - low))),
    });
  },
};

/** The lower end where none is given; throws where it would cut off mass in silence. */
const lowerEnd = (mean: number, sd: number): number => {
  const lost = erfc(mean / (sd * Math.SQRT2)) / 2;
  if (lost <= NOTHING) return Math.max(0, mean - REACH * sd);
  const share = Number((100 * lost).toPrecision(3));
  throw new InputError(
    'support',
    `truncated-normal: expected min, as ${share} % of a normal with mean ${mean} and sd ${sd} is below 0; min: 0 cuts that off`,
    ['min'],
  );
};
