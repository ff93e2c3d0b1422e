import { type Distribution, iron, nonincreasingMarkup } from '@menusmith/core';
import { uniform } from '@menusmith/plugins';
import { conditions } from './bounded-rent-failures.ts';
import { largestRatio } from './polynomial-types.ts';
import type { Statement } from './statement.ts';
import { asymmetric, type CobbDouglas, exampleTechnology, numericOf, supplied } from './technology.ts';

/**
 * Constant-φ limit: φ jumps from below 0 to a constant at w_0. Then q is constant above w_0, and ∫ s q_s = (w − w_0) s q_s with
 * s q_s = (1 − σ)q/(1 − κ): Assumption 1 fails iff (w − w_0)/w > (1 − κ)/(1 − σ), Assumption 2 iff > 1 − κ.
 */
const constantLimit = (): Statement[] => {
  const of: CobbDouglas = { ...asymmetric, b: 1e-9 };
  const κ = of.α + of.β + of.γ;
  const elasticity = (s: number): number => {
    const quality = (k: number): number => supplied(numericOf(of), 0.5, k).quality;
    return (s * (quality(1.001 * s) - quality(0.999 * s))) / (0.002 * s) / quality(s);
  };
  return [
    {
      id: 'G.constant',
      kind: 'formula',
      place: conditions,
      covers: ['Assumption 1', 'Assumption 2'],
      quantity: '(w − w_0)/w from which Assumption 1 fails, φ constant',
      text: 'Constant-φ limit: s q_s/q = (1 − σ)/(1 − κ), so that Assumption 1 fails iff w_0/w < γ/(1 − σ), Assumption 2 iff w_0/w < κ.',
      setting: `${asymmetric.name}, b → 0`,
      erratum: 'G(4)',
      correctedDecimals: 5,
      cases: () => [{ corrected: (1 - κ) / (1 - of.α - of.β), numeric: 1 / elasticity(0.5) }],
    },
  ];
};

/** Generalised Pareto with (1 − F)/f = .05 + .7(w − w_l) before it is truncated to [w_l, 1]. */
const paretoFrom = (lowest: number): Distribution => {
  const [c0, c1] = [0.05, 0.7];
  const tail = (t: number): number => (1 + (c1 * t) / c0) ** (-1 / c1);
  const end = tail(1 - lowest);
  const survival = (x: number): number =>
    x <= lowest ? 1 : x >= 1 ? 0 : (tail(x - lowest) - end) / (1 - end);
  return {
    min: lowest,
    max: 1,
    breakpoints: [],
    density: (x) => (x < lowest || x > 1 ? 0 : tail(x - lowest) / (c0 + c1 * (x - lowest)) / (1 - end)),
    survival,
    cdf: (x) => 1 - survival(x),
    quantile: (u) => lowest + (c0 / c1) * ((1 - u * (1 - end)) ** -c1 - 1),
  };
};

/** The conditions are not location-invariant: the same hazard fails them where the support starts higher. */
const shiftedSupport = (): Statement[] => {
  const setting = 'generalised Pareto, 1/h = .05 + .7(w − w_l), truncated to [w_l, 1]';
  const ratio = (which: 'bounded-rent' | 'bounded-rent-tariff', σ: number, κ: number): number => {
    const of: CobbDouglas = { ...exampleTechnology, α: σ / 2, β: σ / 2, γ: κ - σ, b: 1e-9 };
    const values = paretoFrom(0.2);
    const scales = uniform.create({ min: 0.99, max: 1 });
    return largestRatio(which, { values, scales, served: iron(values), supply: numericOf(of) }, 1);
  };
  const common = { place: conditions, setting, erratum: 'G(5)' } as const;
  return [
    {
      ...common,
      id: 'G.support.holds',
      kind: 'claim',
      covers: ['Lemma 3'],
      quantity: 'least −dlog m/dlog w: m nonincreasing',
      correctedRelation: '≥',
      cases: () =>
        [0, 0.05].map((lowest) => ({
          at: `w_l = ${lowest}`,
          corrected: 0,
          numeric: nonincreasingMarkup(iron(paretoFrom(lowest))).margin,
        })),
    },
    {
      ...common,
      id: 'G.support.fails',
      kind: 'claim',
      covers: ['Lemma 3'],
      quantity: 'least −dlog m/dlog w: m rises somewhere',
      correctedRelation: '<',
      cases: () =>
        [0.1, 0.2, 0.4].map((lowest) => ({
          at: `w_l = ${lowest}`,
          corrected: 0,
          numeric: nonincreasingMarkup(iron(paretoFrom(lowest))).margin,
        })),
    },
    {
      ...common,
      id: 'G.support.a2',
      kind: 'formula',
      covers: ['Assumption 2'],
      quantity: 'ratio of Assumption 2, w_l = .2, σ = .5, κ = .75',
      correctedDecimals: 3,
      cases: () => [{ corrected: 1.049, numeric: ratio('bounded-rent-tariff', 0.5, 0.75) }],
    },
    {
      ...common,
      id: 'G.support.a1',
      kind: 'formula',
      covers: ['Assumption 1'],
      quantity: 'ratio of Assumption 1, w_l = .2, σ = .1, κ = .9',
      correctedDecimals: 3,
      cases: () => [{ corrected: 1.237, numeric: ratio('bounded-rent', 0.1, 0.9) }],
    },
  ];
};

/** ERRATA G: where φ is constant, and where the support does not start at 0. */
export const conditionLimitStatements: readonly Statement[] = [...constantLimit(), ...shiftedSupport()];
