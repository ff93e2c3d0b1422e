import type { FieldPath, InputNames } from '@menusmith/core';
import type { Registry } from '../registry.ts';
import type { EntryCall } from '../study/buyers-schema.ts';
import { fieldName } from '../study/field-name.ts';
import type { StudyData } from '../study/study-schema.ts';
import { declaredNumbers } from './declared-numbers.ts';
import type { ParameterGroup } from './sensitivity-result.ts';

/** A number of a study that can turn out otherwise. */
export interface StudyNumber {
  readonly name: string;
  readonly path: FieldPath;
  readonly group: ParameterGroup;
  readonly value: number;
}

/** Longer lists of types than this are moved as a whole only. */
const MOST_TYPES = 8;

/** Every number of production, costs and buyers, as plugin entries declare them, defaults included, of what is outside, and of capacity; in the order of the study's sections. */
export const studyNumbers = (data: StudyData, registry: Registry): readonly StudyNumber[] =>
  [
    ...technologyNumbers(data, registry),
    ...buyerNumbers(data, registry),
    ...outsideNumbers(data, registry),
    ...capacityNumbers(data),
  ].map((number) => ({
    name: fieldName(data, number.path),
    ...number,
  }));

type Unnamed = Omit<StudyNumber, 'name'>;

const numbersOfCall = (
  call: EntryCall | undefined,
  entryOf: (use: string) => Parameters<typeof declaredNumbers>[1],
  registry: Registry,
  at: FieldPath,
  group: ParameterGroup,
  inputs?: InputNames,
): Unnamed[] =>
  call === undefined
    ? []
    : declaredNumbers(call, entryOf(call.use), registry, inputs).map(({ path, value }) => ({
        path: [...at, ...path],
        group,
        value,
      }));

type Inputs = NonNullable<StudyData['inputs']>;

const technologyNumbers = (
  { production, inputs, cost, models }: StudyData,
  registry: Registry,
): Unnamed[] => {
  const { productionFunctions, costFunctions } = registry;
  const ofProduction = (call: EntryCall, own: Inputs, at: FieldPath): Unnamed[] => [
    ...numbersOfCall(
      call,
      (use) => productionFunctions.get(use),
      registry,
      [...at, 'production'],
      'production',
      inputNames(own),
    ),
    ...inputNumbers(own, [...at, 'inputs']),
  ];
  return [
    ...(production !== undefined && inputs !== undefined ? ofProduction(production, inputs, []) : []),
    ...numbersOfCall(cost, (use) => costFunctions.get(use), registry, ['cost'], 'costs'),
    ...(models ?? []).flatMap((model, k) => ofProduction(model.production, model.inputs, ['models', k])),
  ];
};

const inputNumbers = (inputs: Inputs, at: FieldPath): Unnamed[] =>
  Object.entries(inputs).flatMap(([name, { cost, max }]) => [
    { path: [...at, name, 'cost'], group: 'costs', value: cost },
    ...(max === undefined ? [] : [{ path: [...at, name, 'max'], group: 'production' as const, value: max }]),
  ]);

const inputNames = (inputs: Readonly<Record<string, { readonly scope: string }>>): InputNames => {
  const of = (scope: string): string[] =>
    Object.entries(inputs).flatMap(([name, input]) => (input.scope === scope ? [name] : []));
  return { task: of('task'), shared: of('shared') };
};

const buyerNumbers = ({ buyers }: StudyData, registry: Registry): Unnamed[] => {
  const distribution = (
    call: EntryCall | undefined,
    at: FieldPath,
    group: ParameterGroup = 'values',
  ): Unnamed[] =>
    numbersOfCall(call, (use) => registry.distributions.get(use), registry, ['buyers', ...at], group);
  const copula = (call: EntryCall | undefined): Unnamed[] =>
    numbersOfCall(call, (use) => registry.copulas.get(use), registry, ['buyers', 'dependence'], 'dependence');
  switch (buyers.kind) {
    case 'value-scale':
      return [
        ...distribution(buyers.value, ['value']),
        ...distribution(buyers.scale, ['scale'], 'scales'),
        ...copula(buyers.dependence),
      ];
    case 'goods':
      return [
        ...buyers.values.flatMap((value, k) => distribution(value, ['values', k])),
        ...copula(buyers.dependence),
      ];
    case 'representative': {
      const { type, types = [] } = buyers;
      if (types.length > MOST_TYPES) return distribution(type, ['type']);
      const ofTypes = types.flatMap(({ value, mass }, k) =>
        Object.entries({ value, mass }).map(
          ([field, number]): Unnamed => ({
            path: ['buyers', 'types', k, field],
            group: 'values',
            value: number,
          }),
        ),
      );
      return [...distribution(type, ['type']), ...ofTypes];
    }
    default:
      return [];
  }
};

/** A utility that is a number, a short list of them, or what a rival has: his production and his prices. */
const outsideNumbers = ({ outside }: StudyData, registry: Registry): Unnamed[] => {
  if (outside === undefined) return [];
  const { utility, rival } = outside;
  const number = (value: number, ...path: FieldPath): Unnamed => ({
    path: ['outside', ...path],
    group: 'outside',
    value,
  });
  if (typeof utility === 'number') return [number(utility, 'utility')];
  if (Array.isArray(utility) && utility.length <= MOST_TYPES)
    return utility.map((value, n) => number(value, 'utility', n));
  if (rival === undefined) return [];
  const { production, inputs } = rival;
  return [
    ...numbersOfCall(
      production,
      (use) => registry.productionFunctions.get(use),
      registry,
      ['outside', 'rival', 'production'],
      'outside',
      inputNames(inputs),
    ),
    ...Object.entries(inputs).flatMap(([name, { price, max }]) => [
      number(price, 'rival', 'inputs', name, 'price'),
      ...(max === undefined ? [] : [number(max, 'rival', 'inputs', name, 'max')]),
    ]),
  ];
};

const capacityNumbers = ({ capacity = {} }: StudyData): Unnamed[] =>
  Object.entries(capacity).map(([name, value]) => ({ path: ['capacity', name], group: 'capacity', value }));

/** The data with another number at the path; what is missing on the way is made. */
export const withNumber = (data: StudyData, path: FieldPath, value: number): StudyData => {
  const copy = structuredClone(data) as Record<string | number, unknown>;
  let at = copy;
  for (const key of path.slice(0, -1)) {
    at[key] ??= {};
    at = at[key] as Record<string | number, unknown>;
  }
  at[path[path.length - 1]!] = value;
  return copy as StudyData;
};
