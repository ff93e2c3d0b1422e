import erfc from '@stdlib/math-base-special-erfc';

/**
 * ∫ over [d, d + gap] of exp((d² − t²)/2) dt, for d ≥ 0 and gap ≥ 0: normal mass relative to the density at d.
 *
 * No cancellation anywhere: over a fall of the density by less than e the integral is a quadrature, beyond
 * it is a difference of two Mills ratios of which the second is the smaller by a factor of e or more.
 */
export const normalMass = (d: number, gap: number): number => {
  const fall = gap * (d + gap / 2);
  if (fall < 1) return gaussLegendre(d, gap);
  const rest = fall < 800 ? Math.exp(-fall) * millsRatio(d + gap) : 0;
  return millsRatio(d) - rest;
};

const ROOT_HALF_PI = Math.sqrt(Math.PI / 2);

/** ∫ over [d, ∞) of exp((d² − t²)/2) dt, for d ≥ 0. */
const millsRatio = (d: number): number => {
  if (d < 4) return ROOT_HALF_PI * Math.exp((d * d) / 2) * erfc(d * Math.SQRT1_2);
  // Laplace's continued fraction 1/(d + 1/(d + 2/(d + …))): 60 terms reach rounding at d = 4.
  let tail = d;
  for (let k = 60; k > 0; k--) tail = d + k / tail;
  return 1 / tail;
};

/** Gauss–Legendre with 12 nodes, on [−1, 1]; exact to rounding where the density falls by less than e. */
const NODES = [
  0.1252334085114689, 0.3678314989981802, 0.5873179542866175, 0.7699026741943047, 0.9041172563704749,
  0.9815606342467192,
];
const WEIGHTS = [
  0.2491470458134028, 0.2334925365383548, 0.2031674267230659, 0.1600783285433462, 0.1069393259953184,
  0.04717533638651183,
];

const gaussLegendre = (d: number, gap: number): number => {
  const half = gap / 2;
  let sum = 0;
  for (let m = 0; m < 6; m++) {
    const left = half * (1 - NODES[m]!);
    const right = half * (1 + NODES[m]!);
    sum += WEIGHTS[m]! * (Math.exp(-left * (d + left / 2)) + Math.exp(-right * (d + right / 2)));
  }
  return half * sum;
};
