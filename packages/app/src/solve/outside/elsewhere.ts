import { type ChainParticipation, integrateTypes, representativeType } from '@menusmith/core';
import type { ContinuousChain } from '../../problem/screening-problem.ts';
import { degreeOf } from '../../study/degree.ts';
import type { Study } from '../../study/study.ts';
import type { Elsewhere } from '../solved.ts';

/** Of listed types, who have `worth`. */
export const listedElsewhere = (mass: Float64Array, worth: Float64Array): Elsewhere => ({
  mean: mass.reduce((sum, f, n) => (f > 0 ? sum + f * worth[n]! : sum), 0),
  types: worth,
  at: () => Number.NaN,
});

/** Of types along a line, who have u(θ). */
export const elsewhereAlong = (
  study: Study,
  { types, coordinate }: ContinuousChain,
  { utility, breakpoints }: ChainParticipation,
): Elsewhere => {
  const ends = [types.min, ...breakpoints, types.max];
  const pieces = ends.slice(1).map((to, i) => ({ from: ends[i]!, to, singular: 'none' as const }));
  const { values } = integrateTypes(
    types,
    (type, mass, _length, out) => {
      out[0] = mass * utility(type);
    },
    1,
    pieces,
  );
  return {
    mean: values[0]!,
    types: new Float64Array(0),
    at: ({ value, scale }) =>
      utility(
        coordinate === 'value' || scale === undefined
          ? value
          : representativeType(value, scale, degreeOf(study.technology)!),
      ),
  };
};
