import {
  InputError,
  numberWords,
  pointWithInputs,
  profileIndex,
  representativeType,
  supplyPoint,
} from '@menusmith/core';
import type { ListedBuyer } from '../../problem/finite-buyers.ts';
import { buyerCoordinates } from '../../problem/plan-buyers.ts';
import { degreeOf } from '../../study/degree.ts';
import type { ProfileTasks, Study } from '../../study/study.ts';
import { profileSupplyOf } from '../supply/profile-supply-of.ts';
import { studySupply } from '../supply/supply-of.ts';
import { requireOneIndex } from './outside-worth.ts';

type Buyer = Pick<ListedBuyer, 'value' | 'scale' | 'values'>;

/**
 * What each of several buyers has outside, who are the study's types or other customers, known by value and scale, by values on tasks, or by one number; undefined where nobody has anything. Money.
 * Throws InputError where that is not said of these buyers.
 */
export const outsideOfBuyers = (
  study: Study,
  buyers: readonly Buyer[],
  tasks?: ProfileTasks,
): Float64Array | undefined => {
  const { outside } = study.terms;
  if (outside === undefined) return undefined;
  if (outside.kind === 'listed') {
    if (buyers.length === outside.utilities.length && 'mass' in (buyers[0] ?? {})) return outside.utilities;
    throw new InputError(
      'outside',
      'a column has what the study’s own types have outside, and not what other customers have; expected a number, a formula or a rival',
      ['outside', 'utility'],
    );
  }
  if (outside.kind === 'rival')
    return ofRival({ ...study, technology: outside.technology }, study, buyers, tasks);
  const { at, names, text } = outside;
  const degree = degreeOf(study.technology);
  return Float64Array.from(buyers, (buyer) => {
    const known: Readonly<Record<string, number | undefined>> = {
      value: buyer.scale === undefined ? undefined : buyer.value,
      scale: buyer.scale,
      theta: indexOf(buyer, degree, tasks),
    };
    const missing = names.find((name) => known[name] === undefined);
    if (missing !== undefined)
      throw new InputError('outside', `"${text}" names ${missing}, which is not known of these buyers`, [
        ...['outside', 'utility'],
      ]);
    const worth = at(names.map((name) => known[name]!));
    if (Number.isFinite(worth)) return worth;
    throw new InputError(
      'outside',
      `expected a finite number for every buyer, got "${text}", which is ${numberWords(worth)}`,
      [...['outside', 'utility']],
    );
  });
};

const indexOf = (
  { value = 0, scale, values }: Buyer,
  degree: number | undefined,
  tasks: ProfileTasks | undefined,
): number | undefined => {
  if (values === undefined && scale === undefined) return value;
  if (degree === undefined) return undefined;
  return values === undefined
    ? representativeType(value, scale!, degree)
    : profileIndex(values, tasks!.weights, degree);
};

const ofRival = (
  rival: Study,
  study: Study,
  buyers: readonly Buyer[],
  tasks: ProfileTasks | undefined,
): Float64Array => {
  if (tasks !== undefined) {
    const { supply } = profileSupplyOf(rival, tasks);
    const point = pointWithInputs(supply);
    return Float64Array.from(buyers, ({ values }) => {
      supply.supply(values!, tasks.weights, tasks.weights.length, point);
      return point.surplus;
    });
  }
  const { supply } = studySupply(rival);
  const point = supplyPoint(supply.inputs.length);
  return Float64Array.from(buyers, ({ value = 0, scale }) => {
    if (scale === undefined && buyerCoordinates(study).isThetaAnIndex) requireRivalIndex(study);
    supply.supply(value, scale ?? 1, point);
    return point.surplus;
  });
};

const requireRivalIndex = (study: Study): void => {
  const { outside } = study.terms;
  if (outside?.kind === 'rival') requireOneIndex(study, outside);
};
