import { type EfficientSupply, root, supplyPoint } from '@menusmith/core';
import { degreeOf } from '../../study/degree.ts';
import type { Study } from '../../study/study.ts';
import { studySupply } from './supply-of.ts';

/** Indices are looked for between this and its inverse. */
const LEAST = 1e-30;
const STEP = 16;

/**
 * θ̂ (eq. (11)): types are given a shared input, efficiently, if and only if θ > θ̂; of several shared inputs the first to be used. 0 where every
 * type is (a base of 0), null where none is; undefined where there is nothing to fine-tune, no θ, or a choice of models.
 */
const fineTuningThreshold = (study: Study): number | null | undefined => {
  if (study.technology.kind !== 'production' || degreeOf(study.technology) === undefined) return undefined;
  const { supply } = studySupply(study);
  return supply.inputs.some(({ scope }) => scope === 'shared') ? thresholdOf(supply) : undefined;
};

const thresholdOf = (supply: EfficientSupply): number | null => {
  const point = supplyPoint(supply.inputs.length);
  const isFineTuned = (theta: number): boolean => {
    supply.supply(theta, 1, point);
    return supply.inputs.some(({ scope }, i) => scope === 'shared' && point.inputs[i]! > 0);
  };
  let high = 1;
  while (!isFineTuned(high)) {
    high *= STEP;
    if (high > 1 / LEAST) return null;
  }
  let low = high / STEP;
  while (isFineTuned(low)) {
    high = low;
    low /= STEP;
    if (low < LEAST) return 0;
  }
  // Supply says where its kinks are to the last bit; what it does not say is found by bisection.
  const kink = supply
    .kinks(1, STEP * high)
    .find((theta) => isFineTuned(theta * (1 + 1e-9)) && !isFineTuned(theta * (1 - 1e-9)));
  return kink ?? root((theta) => (isFineTuned(theta) ? 1 : -1), low, high);
};

/** θ̂ as a field of a type's index, found when it is first asked for; nothing but under `contract: efficient`. */
export const indexThreshold = (study: Study): (() => { readonly thetaHat?: number | null }) => {
  let found: { readonly thetaHat?: number | null } | undefined;
  return () => {
    if (found === undefined) {
      const thetaHat = study.contract === 'efficient' ? fineTuningThreshold(study) : undefined;
      found = thetaHat === undefined ? {} : { thetaHat };
    }
    return found;
  };
};
