import { integrate, piecesBetween } from '../integration/quadrature.ts';
import type { Copula } from './copula.ts';
import type { Distribution } from './distribution.ts';
import { massSplits } from './mass-splits.ts';

/** What F_θ is made of where value and scale depend on each other: integrals over the scales in [from, to], at an index t. */
export interface DependentType {
  /** f_θ(t), and the part of 1 − F_θ(t) that has scales in [from, to]. */
  upper(t: number, from: number, to: number): { readonly density: number; readonly survival: number };
  /** The part of F_θ(t) that has scales in [from, to]. */
  lower(t: number, from: number, to: number): number;
}

/** A buyer on the curve w s^{1−σ} = t, with ranks seen from both ends. */
interface Ranks {
  value: number;
  scale: number;
  valueDensity: number;
  scaleDensity: number;
  u: number;
  v: number;
  uRest: number;
  vRest: number;
}

/**
 * Under a copula the mass near the top of θ may crowd into scales, or values, that are closer to the top of their support than
 * the spacing of numbers there. So the curve w s^{1−σ} = t is followed in logarithms from both of its ends, and distances from the
 * tops are never taken as differences: next to the top the tails of value and scale are powers of the distance.
 */
export const dependentType = (
  values: Distribution,
  scales: Distribution,
  a: number,
  copula: Copula,
): DependentType => {
  const max = values.max * Math.exp(a * Math.log(scales.max));
  const valueTail = tailOf(values);
  const scaleTail = tailOf(scales);
  const ranks: Ranks = {
    value: 0,
    scale: 0,
    valueDensity: 0,
    scaleDensity: 0,
    u: 0,
    v: 0,
    uRest: 0,
    vRest: 0,
  };

  /** The integral of `term` over y = log s, y from log from to log to. `below` is log(s/max s), `above` is y − (its least value on the curve). */
  const over = (
    t: number,
    from: number,
    to: number,
    components: number,
    term: (ranks: Ranks, out: Float64Array) => void,
  ): Float64Array => {
    // On the curve w = max w at log(s/max s) = start.
    const start = (t < max / 2 ? Math.log(t / max) : Math.log1p((t - max) / max)) / a;
    const place = (s: number): number => (s === scales.max ? 0 : Math.log(s / scales.max));
    const inside = [
      ...[...values.breakpoints, ...massSplits(values)].map((w) => start + Math.log(values.max / w) / a),
      ...[...scales.breakpoints, ...massSplits(scales)].map(place),
    ];
    const low = Math.max(start, place(from));
    const high = place(to);
    const middle = low + (high - low) / 2;
    const ends = [low, ...[...inside, middle].filter((y) => y > low && y < high).sort((x, y) => x - y), high];
    const isSingular = (end: number): boolean => end === low || end === high;
    const evaluate = (below: number, above: number, out: Float64Array): void => {
      ranks.value = values.max * Math.exp(-a * above);
      ranks.scale = scales.max * Math.exp(below);
      const valueRest = -values.max * Math.expm1(-a * above);
      const scaleRest = -scales.max * Math.expm1(below);
      ranks.u = values.cdf(ranks.value);
      ranks.v = scales.cdf(ranks.scale);
      valueTail(ranks.value, valueRest);
      ranks.uRest = valueTail.survival;
      ranks.valueDensity = valueTail.density;
      scaleTail(ranks.scale, scaleRest);
      ranks.vRest = scaleTail.survival;
      ranks.scaleDensity = scaleTail.density;
      term(ranks, out);
    };
    // Next to the top t itself is rounded by so much of its distance from there: what is finer is noise.
    const tolerance = Math.max(1e-13, (2 ** -50 * max) / (max - t));
    const near = piecesBetween(
      ends.filter((y) => y <= middle),
      isSingular,
    ).map((piece) => ({ ...piece, from: piece.from - start, to: piece.to - start }));
    const far = piecesBetween(
      ends.filter((y) => y >= middle),
      isSingular,
    );
    const lower = integrate((above, out) => evaluate(start + above, above, out), components, near, tolerance);
    const upper = integrate((below, out) => evaluate(below, below - start, out), components, far, tolerance);
    return lower.values.map((sum, c) => sum + upper.values[c]!);
  };

  return {
    upper(t, from, to) {
      const [density, survival] = over(t, from, to, 2, (r, out) => {
        const mass = r.scaleDensity * r.scale;
        const isNothing = r.valueDensity === 0 || mass === 0;
        const joint = isNothing ? 0 : copula.density(r.u, r.v, r.uRest, r.vRest) * r.valueDensity * mass;
        out[0] = (joint * r.value) / t;
        out[1] = copula.conditionalSurvival(r.u, r.v, r.uRest, r.vRest) * mass;
      });
      return { density: density!, survival: survival! };
    },
    lower: (t, from, to) =>
      over(t, from, to, 1, (r, out) => {
        out[0] = copula.conditional(r.u, r.v, r.uRest, r.vRest) * r.scaleDensity * r.scale;
      })[0]!,
  };
};

interface Tail {
  (x: number, rest: number): void;
  density: number;
  survival: number;
}

/** A distance from the top, relative to it, at which x is still exact and the tail is a power of the distance to 1e-12. */
const NEAR = 2 ** -40;

/**
 * Density and survival at max − rest, x being that number rounded: from those at x, or from those NEAR the top where x is nearer,
 * by the power of the distance that the tail follows there.
 */
const tailOf = (distribution: Distribution): Tail => {
  const nearest = distribution.max - NEAR * Math.abs(distribution.max);
  const mass = distribution.survival(nearest);
  // A tail that has vanished by then is 0 whatever its power.
  const power = mass > 0 ? (distribution.density(nearest) * (distribution.max - nearest)) / mass : 1;
  const tail: Tail = Object.assign(
    (x: number, rest: number): void => {
      const from = Math.min(x, nearest);
      const ratio = rest / (distribution.max - from);
      const shift = ratio === 1 ? 1 : Math.exp(power * Math.log(ratio));
      tail.survival = distribution.survival(from) * shift;
      tail.density = (distribution.density(from) * shift) / ratio;
    },
    { density: 0, survival: 0 },
  );
  return tail;
};
