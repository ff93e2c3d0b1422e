import { InputError, type Plan } from '@menusmith/core';
import { screeningProblem } from '../problem/screening-problem.ts';
import { plansOf } from '../sensitivity/fixed-menu.ts';
import { givenMenu } from '../sensitivity/given-menu.ts';
import type { Study } from '../study/study.ts';
import type { TierResult } from '../tiers/tiers-result.ts';
import { isMap, readPlans } from './menu-file.ts';
import { type OpenJson, openJson } from './open-json.ts';

/** Plans for a study that know the places of their fields. */
export interface OpenPlans extends Pick<OpenJson, 'locating'> {
  readonly plans: readonly Plan[];
}

/**
 * The plans in a menu's JSON text: a menu file, or what `tiers --json` prints, whose bundles are plans that include their tokens for a fee. Throws InputError with
 * file, line and field.
 */
export const openPlans = (text: string, file: string, study: Study): OpenPlans => {
  const { data, locating } = openJson(text, file, 'a menu of plans, or tiers as tiers --json prints them');
  const hasTiers = isMap(data) && data.plans === undefined && data.tiers !== undefined;
  const plans = hasTiers
    ? tierPlans(text, file, study)
    : locating(() => readPlans(isMap(data) ? data : {}, study.technology, study.units));
  return { plans, locating };
};

const tierPlans = (text: string, file: string, study: Study): readonly Plan[] => {
  const isOneNumber = screeningProblem(study).kind !== 'space';
  const menu = givenMenu(text, file, { study, isOneNumber });
  if (menu.kind === 'plans') return plansOf(menu);
  if (menu.kind === 'bundle') return menu.tiers.map(bundlePlan);
  throw new InputError('menu', 'expected plans, or tiers of inputs: this study’s cost is given outright');
};

const bundlePlan = ({ transfer, inputs, model }: TierResult, k: number): Plan => ({
  name: `tier ${k + 1}`,
  fee: transfer,
  included: inputs,
  prices: {},
  commitment: 0,
  taskCap: null,
  ...(model === undefined ? {} : { models: [model] }),
});
