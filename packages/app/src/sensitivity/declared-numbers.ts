import type { FieldPath, InputNames, Parameter } from '@menusmith/core';
import type { Registry } from '../registry.ts';
import type { EntryCall } from '../study/buyers-schema.ts';

/** A number in a call of a plugin entry, by its path in the call. */
export interface DeclaredNumber {
  readonly path: FieldPath;
  readonly value: number;
}

type Fields = Readonly<Record<string, unknown>>;
type Found = readonly (readonly [FieldPath, unknown])[];

/** The numbers that a call of an entry gives, or leaves at their defaults, as the entry declares them; those of distributions within it too. */
export const declaredNumbers = (
  call: EntryCall,
  { parameters }: { readonly parameters: Readonly<Record<string, Parameter>> },
  registry: Registry,
  inputs: InputNames = { task: [], shared: [] },
): DeclaredNumber[] =>
  Object.entries(parameters).flatMap(([name, parameter]) =>
    numbersOf(parameter, (call as Fields)[name], registry, inputs).flatMap(([inner, value]) =>
      typeof value === 'number' ? [{ path: [name, ...inner], value }] : [],
    ),
  );

const numbersOf = (parameter: Parameter, given: unknown, registry: Registry, inputs: InputNames): Found => {
  switch (parameter.kind) {
    case 'number':
      if (!Array.isArray(given)) return [[[], given ?? parameter.default]];
      return given.map((value, k) => [[k], value] as const);
    case 'numbers':
      return ((given ?? parameter.default ?? []) as readonly unknown[]).map(
        (value, k) => [[k], value] as const,
      );
    case 'by-name':
      return Object.entries((given ?? parameter.default ?? {}) as Fields).map(
        ([key, value]) => [[key], value] as const,
      );
    case 'by-input':
      return namesIn(parameter.scope, inputs).map(
        (input) => [[input], (given as Fields | undefined)?.[input] ?? parameter.default] as const,
      );
    case 'fields-by-input':
      return namesIn(parameter.scope, inputs).flatMap((input) => {
        const own = (given as Fields | undefined)?.[input] as Fields | undefined;
        return Object.entries(parameter.fields).map(
          ([field, declared]) => [[input, field], own?.[field] ?? declared.default] as const,
        );
      });
    case 'weighted-distributions':
      return ((given ?? []) as readonly { readonly weight: number; readonly of: EntryCall }[]).flatMap(
        ({ weight, of }, k) => [
          [[k, 'weight'], weight] as const,
          ...declaredNumbers(of, registry.distributions.get(of.use), registry).map(
            ({ path, value }) => [[k, 'of', ...path], value] as const,
          ),
        ],
      );
    default:
      return [];
  }
};

const namesIn = (scope: 'any' | 'task' | 'shared', { task, shared }: InputNames): readonly string[] =>
  scope === 'any' ? [...task, ...shared] : scope === 'task' ? task : shared;
