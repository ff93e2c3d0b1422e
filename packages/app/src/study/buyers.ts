import { type Distribution, InputError, limits, requireWithin } from '@menusmith/core';
import type { Registry } from '../registry.ts';
import type { BuyersData } from './buyers-schema.ts';
import { construct } from './construct.ts';
import { numberWithin, unrounded } from './number-bounds.ts';
import type { References } from './parameters.ts';
import type { Problems } from './problems.ts';
import type { Buyers, FiniteRepresentativeBuyers } from './study.ts';
import { readMasses } from './type-masses.ts';

/** Buyers with a value and a scale. */
export const readValueScale = (
  data: BuyersData<'value-scale'>,
  registry: Registry,
  references: References,
  problems: Problems,
): Buyers | undefined => {
  const value = construct(data.value, registry.distributions, references, problems.within('value'));
  const scale = construct(data.scale, registry.distributions, references, problems.within('scale'));
  const dependence = construct(
    data.dependence ?? { use: 'independent' },
    registry.copulas,
    references,
    problems.within('dependence'),
  );
  const values = value && problems.within('value').attempt(() => supportedFrom(value.made, 0));
  const scales = scale && problems.within('scale').attempt(() => within(scale.made, 1));
  for (const [name, count] of Object.entries(data.grid ?? {})) {
    problems.within('grid', name).attempt(() => checkCount(count));
  }
  if (data.grid !== undefined) {
    const { values: rows, scales: columns } = data.grid;
    const note = ` (${rows} × ${columns})`;
    problems.within('grid').attempt(() => requireWithin(limits.gridCells, rows * columns, [], note));
  }
  if (values === undefined || scales === undefined || dependence === undefined) return undefined;
  return {
    kind: 'value-scale',
    value: values,
    scale: scales,
    dependence: dependence.made,
    ...(data.grid === undefined ? {} : { grid: data.grid }),
    labels: { value: value!.label, scale: scale!.label, dependence: dependence.label },
    remarks: [...(values.remarks ?? []), ...(scales.remarks ?? [])],
  };
};

/** Buyers of a representative type: a distribution, or a list with masses. */
export const readRepresentative = (
  data: BuyersData<'representative'>,
  registry: Registry,
  references: References,
  problems: Problems,
): Buyers | undefined => {
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
  const types = type && problems.within('type').attempt(() => supportedFrom(type.made, 0));
  return (
    types && {
      kind: 'representative',
      type: types,
      labels: { type: type!.label },
      remarks: types.remarks ?? [],
    }
  );
};

const readTypes = (
  types: NonNullable<BuyersData<'representative'>['types']>,
  problems: Problems,
): FiniteRepresentativeBuyers | undefined => {
  const masses = readMasses(types, problems);
  const values = types.map(({ value }, index) =>
    problems.within(index, 'value').attempt(() => numberWithin(value, { min: 0 })),
  );
  return {
    kind: 'representative',
    types: types.map(({ name }, index) => ({
      ...(name === undefined ? {} : { name }),
      value: values[index]!,
      mass: masses[index]!,
    })),
  };
};

/** The distribution, on a support that ends, of numbers from `least` on. */
export const supportedFrom = (given: Distribution, least: number): Distribution =>
  within(given, Number.POSITIVE_INFINITY, least);

/** The distribution, on a support within [least, most]: ends that miss it by rounding are moved. */
const within = (given: Distribution, most: number, least = 0): Distribution => {
  const bounds = { min: least, max: most };
  const [min, max] = [unrounded(given.min, bounds), unrounded(given.max, bounds)];
  if (!(min >= least && max > min && max <= most)) {
    const expected =
      most === 1
        ? 'a support within [0, 1]'
        : least === 0
          ? 'a support of nonnegative numbers'
          : 'a support of finite numbers';
    throw new InputError('support', `expected ${expected}, got [${given.min}, ${given.max}]`);
  }
  if (max === Number.POSITIVE_INFINITY) {
    const message = `expected a support that ends, got [${given.min}, ∞]; cut its upper tail off`;
    throw new InputError('support', message);
  }
  if (min === given.min && max === given.max) return given;
  return {
    ...given,
    min,
    max,
    density: (x) => (x >= min && x <= max ? given.density(x) : 0),
    cdf: (x) => (x <= min ? 0 : x >= max ? 1 : given.cdf(x)),
    survival: (x) => (x <= min ? 1 : x >= max ? 0 : given.survival(x)),
    quantile: (u) => Math.min(max, Math.max(min, given.quantile(u))),
  };
};

const checkCount = (count: number): void => {
  if (!(Number.isInteger(count) && count >= 2)) {
    throw new InputError('grid', `expected a whole number of at least 2, got ${count}`);
  }
};
