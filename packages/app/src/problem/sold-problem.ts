import { InputError } from '@menusmith/core';
import type { Study, Terms } from '../study/study.ts';
import { requireHonoured } from './honoured-terms.ts';
import { oneNumberAdvice } from './one-number-advice.ts';
import {
  problemAtScale,
  type ScaleChains,
  type ScreeningProblem,
  screeningProblem,
} from './screening-problem.ts';

/** Buyers to whom one menu of few items, or of plans, can be sold. */
export type SoldProblem = Exclude<ScreeningProblem, ScaleChains>;

/** Of them, those who differ in one number. */
export type OneNumberProblem = Exclude<SoldProblem, { kind: 'space' }>;

/** The buyers of a study, or those of one scale, as a menu is sold to them. Throws InputError where nothing is sold, or a menu would have to be one of scales. */
export const soldProblem = (
  study: Study,
  {
    scale,
    honoured = [],
    who = 'tiers',
  }: {
    readonly scale?: number | undefined;
    /** The terms that whoever asks takes into account, and who that is. */
    readonly honoured?: readonly (keyof Terms)[];
    readonly who?: string;
  } = {},
): SoldProblem => {
  if (study.contract === 'efficient') {
    throw new InputError(
      'contract',
      'tiers: expected allocations or packages, got efficient, under which nothing is sold',
      ['contract'],
    );
  }
  requireHonoured(study, honoured, who);
  if (scale !== undefined) return problemAtScale(study, scale);
  const problem = screeningProblem(study);
  if (problem.kind !== 'scale-chains') return problem;
  const grid = 'buyers.grid: { values: 24, scales: 12 }';
  throw new InputError(
    'scale',
    `tiers: buyers differ in value and in scale, and a tier is for some of both; expected ${[...oneNumberAdvice(study), grid].join(', or ')}`,
    ['contract'],
  );
};
