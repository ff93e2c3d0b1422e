import type { ParameterValues } from '@menusmith/core';
import { InputError } from '@menusmith/core';
import type { Entries, Registry } from '../registry.ts';
import { numberWithin } from './number-bounds.ts';
import type { Declaration } from './parameters.ts';
import { readParameters } from './parameters.ts';
import type { Problems } from './problems.ts';
import type { FiniteRepresentativeBuyers, RepresentativeBuyers, ValueScaleBuyers } from './study.ts';
import type { EntryCall, RepresentativeData, ValueScaleData } from './study-schema.ts';

/** Buyers with a value and a scale. */
export const readValueScale = (
  data: ValueScaleData,
  registry: Registry,
  problems: Problems,
): ValueScaleBuyers | undefined => {
  const value = construct(data.value, registry.distributions, problems.within('value'));
  const scale = construct(data.scale, registry.distributions, problems.within('scale'));
  const dependence = construct(
    data.dependence ?? { use: 'independent' },
    registry.copulas,
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
  const type = construct(data.type, registry.distributions, problems.within('type'));
  if (type === undefined) return undefined;
  problems.within('type').attempt(() => checkSupport(type.made, Number.POSITIVE_INFINITY));
  return { kind: 'representative', type: type.made, labels: { type: type.label } };
};

const readTypes = (
  types: NonNullable<RepresentativeData['types']>,
  problems: Problems,
): FiniteRepresentativeBuyers | undefined => {
  const names = new Set<string>();
  let total = 0;
  for (const [index, { name, value, mass }] of types.entries()) {
    const own = problems.within(index);
    own.within('value').attempt(() => numberWithin(value, { min: 0 }));
    own.within('mass').attempt(() => numberWithin(mass, { min: 0 }));
    if (name !== undefined && names.has(name)) {
      own
        .within('name')
        .add(new InputError('duplicate-name', `expected a name of its own, got a second "${name}"`));
    }
    if (name !== undefined) names.add(name);
    total += mass;
  }
  if (types.length === 0) problems.add(new InputError('no-types', 'expected at least one type, got none'));
  else if (!(total > 0 && Number.isFinite(total))) {
    problems.add(new InputError('masses', `expected masses with a positive finite sum, got ${total}`));
  }
  return {
    kind: 'representative',
    types: types.map(({ name, value, mass }) => ({
      ...(name === undefined ? {} : { name }),
      value,
      mass: mass / total,
    })),
  };
};

interface Constructed<T> {
  readonly made: T;
  readonly label: string;
}

type Constructor<T> = Declaration & { create(parameters: ParameterValues, context: undefined): T };

const construct = <T>(
  call: EntryCall,
  entries: Entries<Constructor<T>>,
  problems: Problems,
): Constructed<T> | undefined => {
  const entry = problems.within('use').attempt(() => entries.get(call.use));
  const parameters = entry && readParameters(entry, call, problems);
  if (entry === undefined || parameters === undefined) return undefined;
  const made = problems.attempt(() => entry.create(parameters, undefined));
  return made && { made, label: label(entry.name, parameters) };
};

/** `uniform on [0, 1]`, `beta (a 2, b 3) on [0, 1]`, `independent`. */
const label = (name: string, parameters: ParameterValues): string => {
  const { min, max, ...others } = parameters;
  const rest = Object.entries(others).map(([key, value]) => `${key} ${value}`);
  const bounded = min !== undefined && max !== undefined;
  return `${name}${rest.length > 0 ? ` (${rest.join(', ')})` : ''}${bounded ? ` on [${min}, ${max}]` : ''}`;
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
