import type { FieldPath, InputNames, Parameter } from '@menusmith/core';
import type { Registry } from '../registry.ts';
import type { EntryCall } from '../study/buyers-schema.ts';
import type { StudyData } from '../study/study-schema.ts';
import type { ParameterGroup } from './sensitivity-result.ts';

/** A number of a study that can turn out otherwise. */
export interface StudyNumber {
  readonly name: string;
  readonly path: FieldPath;
  readonly group: ParameterGroup;
  readonly value: number;
}

type Declaration = { readonly parameters: Readonly<Record<string, Parameter>> };
type Fields = Readonly<Record<string, unknown>>;

/** Longer lists of types than this are moved as a whole only. */
const MOST_TYPES = 8;

/** Every number of production, costs and buyers, as plugin entries declare them, defaults included; in the order of the study's sections. */
export const studyNumbers = (data: StudyData, registry: Registry): readonly StudyNumber[] => {
  const found: StudyNumber[] = [];
  const nameOf = (path: FieldPath): string =>
    path[0] === 'models'
      ? `${data.models?.[Number(path[1])]?.name}: ${shortName(path.slice(2))}`
      : path[1] === 'values'
        ? `${shortName(path.slice(2))} of ${goodName(data, Number(path[2]))}`
        : shortName(path);
  const walk = (
    call: EntryCall,
    entry: Declaration,
    path: FieldPath,
    group: ParameterGroup,
    inputs: InputNames = { task: [], shared: [] },
  ): void => {
    const add = (inner: FieldPath, value: unknown): void => {
      if (typeof value !== 'number') return;
      const whole = [...path, ...inner];
      found.push({ name: nameOf(whole), path: whole, group, value });
    };
    for (const [name, parameter] of Object.entries(entry.parameters)) {
      const given = (call as Fields)[name];
      if (parameter.kind === 'number' && !Array.isArray(given)) add([name], given ?? parameter.default);
      else if (parameter.kind === 'number' || parameter.kind === 'numbers') {
        const list = (given ?? parameter.default ?? []) as readonly unknown[];
        list.forEach((value, k) => {
          add([name, k], value);
        });
      }
      if (parameter.kind === 'by-name') {
        for (const [key, value] of Object.entries((given ?? parameter.default ?? {}) as Fields))
          add([name, key], value);
      }
      if (parameter.kind === 'by-input' || parameter.kind === 'fields-by-input') {
        const { scope } = parameter;
        const names =
          scope === 'any'
            ? [...inputs.task, ...inputs.shared]
            : scope === 'task'
              ? inputs.task
              : inputs.shared;
        for (const input of names) {
          const own = (given as Fields | undefined)?.[input];
          if (parameter.kind === 'by-input') add([name, input], own ?? parameter.default);
          else {
            for (const [field, { default: fallback }] of Object.entries(parameter.fields))
              add([name, input, field], (own as Fields | undefined)?.[field] ?? fallback);
          }
        }
      }
      if (parameter.kind === 'weighted-distributions') {
        const parts = (given ?? []) as readonly { readonly weight: number; readonly of: EntryCall }[];
        parts.forEach(({ weight, of }, k) => {
          add([name, k, 'weight'], weight);
          walk(of, registry.distributions.get(of.use), [...path, name, k, 'of'], group);
        });
      }
    }
  };
  const walkInputs = (inputs: NonNullable<StudyData['inputs']>, path: FieldPath): void => {
    for (const [name, { cost, max }] of Object.entries(inputs)) {
      const at = [...path, name];
      found.push({ name: nameOf([...at, 'cost']), path: [...at, 'cost'], group: 'costs', value: cost });
      if (max !== undefined)
        found.push({
          name: nameOf([...at, 'max']),
          path: [...at, 'max'],
          group: 'production',
          value: max,
        });
    }
  };
  const namesOf = (inputs: NonNullable<StudyData['inputs']>): InputNames => {
    const of = (scope: string): string[] =>
      Object.entries(inputs).flatMap(([name, input]) => (input.scope === scope ? [name] : []));
    return { task: of('task'), shared: of('shared') };
  };

  const { production, inputs, cost, models, buyers } = data;
  if (production !== undefined && inputs !== undefined) {
    walk(
      production,
      registry.productionFunctions.get(production.use),
      ['production'],
      'production',
      namesOf(inputs),
    );
    walkInputs(inputs, ['inputs']);
  }
  if (cost !== undefined) walk(cost, registry.costFunctions.get(cost.use), ['cost'], 'costs');
  models?.forEach((model, k) => {
    const entry = registry.productionFunctions.get(model.production.use);
    walk(model.production, entry, ['models', k, 'production'], 'production', namesOf(model.inputs));
    walkInputs(model.inputs, ['models', k, 'inputs']);
  });
  if (buyers.kind === 'value-scale') {
    const { value, scale, dependence } = buyers;
    walk(value, registry.distributions.get(value.use), ['buyers', 'value'], 'values');
    walk(scale, registry.distributions.get(scale.use), ['buyers', 'scale'], 'scales');
    if (dependence !== undefined)
      walk(dependence, registry.copulas.get(dependence.use), ['buyers', 'dependence'], 'dependence');
  }
  if (buyers.kind === 'goods') {
    const { values, dependence } = buyers;
    values.forEach((value, k) => {
      walk(value, registry.distributions.get(value.use), ['buyers', 'values', k], 'values');
    });
    if (dependence !== undefined)
      walk(dependence, registry.copulas.get(dependence.use), ['buyers', 'dependence'], 'dependence');
  }
  if (buyers.kind === 'representative') {
    const { type, types } = buyers;
    if (type !== undefined) walk(type, registry.distributions.get(type.use), ['buyers', 'type'], 'values');
    if (types !== undefined && types.length <= MOST_TYPES) {
      types.forEach(({ name, value, mass }, k) => {
        const who = name ?? `type ${k + 1}`;
        found.push({
          name: `value of ${who}`,
          path: ['buyers', 'types', k, 'value'],
          group: 'values',
          value,
        });
        found.push({
          name: `mass of ${who}`,
          path: ['buyers', 'types', k, 'mass'],
          group: 'values',
          value: mass,
        });
      });
    }
  }
  return found;
};

const goodName = ({ buyers }: StudyData, k: number): string =>
  (buyers.kind === 'goods' && buyers.names?.[k]) || `good ${k + 1}`;

/** `production.exponents.input` → `exponents.input`, `inputs.input.cost` → `cost of input`. */
const shortName = (path: FieldPath): string => {
  const [first, ...rest] = path;
  if (first === 'inputs') return `${rest[1]} of ${rest[0]}`;
  return rest.map((key) => (typeof key === 'number' ? String(key + 1) : key)).join('.');
};

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
