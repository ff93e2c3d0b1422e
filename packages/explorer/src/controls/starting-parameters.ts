import type { Parameter } from '@menusmith/core';
import type { EntryDeclaration } from '../messages.ts';
import type { InputScopes } from './inputs.ts';

/** A call of an entry with parameters from which one can go on: its defaults, and its first example for what has none. */
export const startingCall = (
  { name, parameters, examples }: EntryDeclaration,
  inputs: InputScopes = { task: [], shared: [] },
): Readonly<Record<string, unknown>> => {
  const example = examples[0] ?? {};
  const values = Object.entries(parameters).flatMap(([key, declaration]) => {
    const value = startingValue(declaration, example[key], inputs, key);
    return value === undefined ? [] : [[key, value] as const];
  });
  return { use: name, ...Object.fromEntries(values) };
};

const startingValue = (
  declaration: Parameter,
  example: unknown,
  inputs: InputScopes,
  key: string,
): unknown => {
  switch (declaration.kind) {
    case 'number':
      return declaration.default ?? example ?? (declaration.optional ? undefined : 1);
    case 'by-input': {
      if (declaration.default !== undefined) {
        // What there is of a shared input already: with none of it nothing is made until some is bought.
        return key === 'base' ? Object.fromEntries(inputs.shared.map((name) => [name, 1])) : undefined;
      }
      const names =
        declaration.scope === 'any' ? [...inputs.task, ...inputs.shared] : inputs[declaration.scope];
      // Of exponents the sum must stay below 1.
      const each = Number((0.75 / Math.max(names.length, 1)).toPrecision(2));
      return Object.fromEntries(names.map((name) => [name, each]));
    }
    case 'fields-by-input': {
      const names =
        declaration.scope === 'any' ? [...inputs.task, ...inputs.shared] : inputs[declaration.scope];
      const each = Number((0.25 / Math.max(names.length, 1)).toPrecision(2));
      return Object.fromEntries(names.map((name) => [name, { exponent: each, base: 1 }]));
    }
    case 'text':
      return key === 'formula' && inputs.task.length + inputs.shared.length > 0
        ? startingFormula(inputs)
        : (example ?? declaration.default ?? '');
    case 'weighted-distributions':
      return [
        { weight: 0.85, of: { use: 'beta', a: 4, b: 10 } },
        { weight: 0.15, of: { use: 'beta', a: 8, b: 2 } },
      ];
    case 'by-name':
      return undefined;
    default:
      return declaration.default ?? example;
  }
};

/** `input^0.25 * output^0.25 * (1 + fineTuning)^0.25`. */
const startingFormula = ({ task, shared }: InputScopes): string => {
  const each = Number((0.75 / Math.max(task.length + shared.length, 1)).toPrecision(2));
  return [...task.map((name) => `${name}^${each}`), ...shared.map((name) => `(1 + ${name})^${each}`)].join(
    ' * ',
  );
};
