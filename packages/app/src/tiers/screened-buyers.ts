import {
  conditionalDistribution,
  type Distribution,
  type FiniteTypes,
  InputError,
  profileIndex,
  representativeDistribution,
  representativeType,
} from '@menusmith/core';
import { degreeOf } from '../study/degree.ts';
import type { ProfileBuyers, Study, ValueScaleBuyers, ValueScaleSample } from '../study/study.ts';
import { oneNumberAdvice } from './one-number-advice.ts';
import type { TiersResult } from './tiers-result.ts';

/** The buyers of a study as tiers see them: one number each, continuous or listed, or types of any kind. */
export type ScreenedBuyers =
  | (OneNumber & { readonly kind: 'population'; readonly types: Distribution })
  | (OneNumber & { readonly kind: 'types'; readonly types: FiniteTypes })
  | { readonly kind: 'any'; readonly buyers: ProfileBuyers | ValueScaleSample | ValueScaleBuyers };

interface OneNumber {
  readonly coordinate: NonNullable<TiersResult['coordinate']>;
  /** At which supply is asked for: 1 for an index. */
  readonly scale: number;
  readonly isScaleFixed: boolean;
}

const wrongScale = (message: string): InputError => new InputError('scale', `--scale: ${message}`);

/** Reduces buyers to one number where the contract, or a fixed scale, allows it. */
export const screenedBuyers = (study: Study, scale?: number): ScreenedBuyers => {
  const { buyers, contract } = study;
  if (contract === 'efficient') {
    throw new InputError(
      'contract',
      'tiers: expected allocations or packages, got efficient, under which nothing is sold',
      ['contract'],
    );
  }
  if (buyers.kind === 'representative') {
    if (scale !== undefined) throw wrongScale('representative buyers have no scale; leave it out');
    const index = { coordinate: 'value' as const, scale: 1, isScaleFixed: false };
    return 'types' in buyers
      ? {
          kind: 'types',
          types: {
            value: Float64Array.from(buyers.types, ({ value }) => value),
            mass: Float64Array.from(buyers.types, ({ mass }) => mass),
          },
          ...index,
        }
      : { kind: 'population', types: buyers.type, ...index };
  }
  if (contract === 'packages') {
    if (scale !== undefined)
      throw wrongScale('with packages one number stands for value and scale; leave it out');
    return byIndex(study, buyers);
  }
  if (buyers.kind === 'profiles') {
    if (scale !== undefined) throw wrongScale('profiles have no scale; leave it out');
    return { kind: 'any', buyers };
  }
  if (scale !== undefined) return atScale(buyers, scale);
  if (buyers.kind === 'value-scale' && buyers.dependence.independent && buyers.grid === undefined) {
    // A grid has a menu of its own, which is sold directly.
    const isDirect = study.implementation === 'direct';
    const grid = `for bundles, buyers.grid: { values: 24, scales: 12 }${isDirect ? '' : ' with implementation: direct'}`;
    throw new InputError(
      'scale',
      `tiers: buyers differ in value and in scale, and a tier is for some of both; expected ${[...oneNumberAdvice(study), grid].join(', or ')}`,
      ['contract'],
    );
  }
  return { kind: 'any', buyers };
};

/** θ of every buyer (Lemma 2). */
const byIndex = (
  study: Study,
  buyers: ValueScaleBuyers | ValueScaleSample | ProfileBuyers,
): ScreenedBuyers => {
  const degree = degreeOf(study.technology)!;
  const index = { coordinate: 'theta' as const, scale: 1, isScaleFixed: false };
  if (buyers.kind === 'value-scale') {
    const types = representativeDistribution(buyers.value, buyers.scale, degree, buyers.dependence);
    return { kind: 'population', types, ...index };
  }
  const value =
    buyers.kind === 'profiles'
      ? Float64Array.from(buyers.types, ({ values }) => profileIndex(values, buyers.tasks.weights, degree))
      : Float64Array.from(buyers.types, (type) => representativeType(type.value, type.scale, degree));
  return { kind: 'types', types: { value, mass: massesOf(buyers) }, ...index };
};

const massesOf = (buyers: ValueScaleSample | ProfileBuyers): Float64Array =>
  Float64Array.from(buyers.types as readonly { readonly mass: number }[], ({ mass }) => mass);

/** Buyers of one scale: their values, given that scale. */
const atScale = (buyers: ValueScaleBuyers | ValueScaleSample, scale: number): ScreenedBuyers => {
  const fixed = { coordinate: 'value' as const, scale, isScaleFixed: true };
  if (buyers.kind === 'value-scale') {
    const { value, scale: scales, dependence } = buyers;
    if (!(scale > 0 && scale >= scales.min && scale <= scales.max))
      throw wrongScale(`expected a scale above 0 in [${scales.min}, ${scales.max}], got ${scale}`);
    const types = dependence.independent
      ? value
      : conditionalDistribution(value, dependence, scales.cdf(scale), scales.survival(scale));
    return { kind: 'population', types, ...fixed };
  }
  const own = buyers.types.filter((type) => type.scale === scale);
  const total = own.reduce((sum, { mass }) => sum + mass, 0);
  if (!(scale > 0 && total > 0)) {
    const listed = Array.from(buyers.scales).filter((each) => each > 0);
    const shown = listed.length > 8 ? [...listed.slice(0, 8), '…'] : listed;
    throw wrongScale(`expected one of the scales of the buyers (${shown.join(', ')}), got ${scale}`);
  }
  return {
    kind: 'types',
    types: {
      value: Float64Array.from(own, ({ value }) => value),
      mass: Float64Array.from(own, ({ mass }) => mass / total),
    },
    ...fixed,
  };
};
