import { InputError } from '@menusmith/core';
import type { Registry } from '../registry.ts';
import { construct } from './construct.ts';
import { numberWithin } from './number-bounds.ts';
import type { References } from './parameters.ts';
import type { Problems } from './problems.ts';
import type { FiniteRepresentativeBuyers, RepresentativeBuyers, ValueScaleBuyers } from './study.ts';
import type { RepresentativeData, ValueScaleData } from './study-schema.ts';
import { readMasses } from './type-masses.ts';

/** Buyers with a value and a scale. */
export const readValueScale = (
  data: ValueScaleData,
  registry: Registry,
  references: References,
  problems: Problems,
): ValueScaleBuyers | undefined => {
  const value = construct(data.value, registry.distributions, references, problems.within('value'));
  const scale = construct(data.scale, registry.distributions, references, problems.within('scale'));
  const dependence = construct(
    data.dependence ?? { use: 'independent' },
    registry.copulas,
    references,
    problems.within('dependence'),
  );
  if (value !== undefined)
    problems.within('value').attempt(() => checkSupport(value.made, Number.POSITIVE_INFINITY));
  if (scale !== undefined) problems.within('scale').attempt(() => checkSupport(scale.made, 1));
  for (const [name, count] of Object.entries(data.grid ?? {})) {
    problems.within('grid', name).attempt(() => checkCount(count));
  }
  if (value === undefined || scale === undefined || dependence === undefined) return undefined;
  return {
    kind: 'value-scale',
    value: value.made,
    scale: scale.made,
    dependence: dependence.made,
    ...(data.grid === undefined ? {} : { grid: data.grid }),
    labels: { value: value.label, scale: scale.label, dependence: dependence.label },
  };
};

/** Buyers of a representative type: a distribution, or a list with masses. */
export const readRepresentative = (
  data: RepresentativeData,
  registry: Registry,
  references: References,
  problems: Problems,
): RepresentativeBuyers | undefined => {
  if (data.type !== undefined && data.types !== undefined) {
    problems.within('types').add(new InputError('both', 'expected either type or types, got both'));
    return undefined;
  }
  if (data.types !== undefined) return readTypes(data.types, problems.within('types'));
  if (data.type === undefined) {
    problems
      .within('type')
      .add(new InputError('missing', 'missing: expected type (a distribution) or types (a list)'));
    return undefined;
  }
  const type = construct(data.type, registry.distributions, references, problems.within('type'));
  if (type === undefined) return undefined;
  problems.within('type').attempt(() => checkSupport(type.made, Number.POSITIVE_INFINITY));
  return { kind: 'representative', type: type.made, labels: { type: type.label } };
};

const readTypes = (
  types: NonNullable<RepresentativeData['types']>,
  problems: Problems,
): FiniteRepresentativeBuyers | undefined => {
  const masses = readMasses(types, problems);
  types.forEach(({ value }, index) => {
    problems.within(index, 'value').attempt(() => numberWithin(value, { min: 0 }));
  });
  return {
    kind: 'representative',
    types: types.map(({ name, value }, index) => ({
      ...(name === undefined ? {} : { name }),
      value,
      mass: masses[index]!,
    })),
  };
};

const checkSupport = ({ min, max }: { min: number; max: number }, most: number): void => {
  if (!(min >= 0 && max > 0 && max <= most)) {
    const expected = most === 1 ? 'a support within [0, 1]' : 'a support of nonnegative numbers';
    throw new InputError('support', `expected ${expected}, got [${min}, ${max}]`);
  }
};

const checkCount = (count: number): void => {
  if (!(Number.isInteger(count) && count >= 2)) {
    throw new InputError('grid', `expected a whole number of at least 2, got ${count}`);
  }
};
