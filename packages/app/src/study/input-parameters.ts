import type { InputNames, InputScope, Parameter } from '@menusmith/core';
import { didYouMean, InputError, isFormulaName } from '@menusmith/core';
import { describeValue } from './describe-value.ts';
import { numberWithin } from './number-bounds.ts';
import type { Problems } from './problems.ts';

type ParameterOf<Kind extends Parameter['kind']> = Extract<Parameter, { kind: Kind }>;
type Fields = Readonly<Record<string, unknown>>;

/** Parameters that have something for each input, or for each of some names. */
export type NamedParameter = ParameterOf<'by-input' | 'fields-by-input' | 'by-name'>;

/** The value of a parameter that is a map of names; complaints about single names go to `problems`. */
export const readNamed = (
  parameter: NamedParameter,
  value: unknown,
  whenMissing: InputError,
  inputs: InputNames,
  problems: Problems,
): Readonly<Record<string, unknown>> => {
  if (parameter.kind === 'by-name') return readByName(parameter, value, whenMissing, problems);
  const names = inputsOf(parameter.scope, inputs);
  const isOptional = parameter.default !== undefined || names.length === 0;
  if (value === undefined && !isOptional) throw whenMissing;
  const expected =
    parameter.kind === 'by-input'
      ? 'a number for each input, as { name: number }'
      : `${shapeOf(parameter)} for each input, as { name: ${shapeOf(parameter)} }`;
  const given = value === undefined ? {} : mapOf(value, expected);
  const all = inputsOf('any', inputs);
  for (const name of Object.keys(given)) {
    if (!all.includes(name)) problems.within(name).add(unknownInput(name, all));
    else if (!names.includes(name)) problems.within(name).add(wrongScope(name, parameter.scope));
  }
  return Object.fromEntries(
    names.map((name) => {
      const at = problems.within(name);
      const read = (): unknown => {
        const item = own(given, name);
        if (item !== undefined && item !== null) return readItem(parameter, item, at);
        if (parameter.default === undefined || Object.hasOwn(given, name)) throw whenMissing;
        return parameter.default;
      };
      return [name, at.attempt(read)];
    }),
  );
};

const readItem = (
  parameter: ParameterOf<'by-input' | 'fields-by-input'>,
  item: unknown,
  problems: Problems,
): unknown => {
  if (parameter.kind === 'by-input') {
    return typeof item === 'string' && parameter.formulaNames ? item : numberWithin(item, parameter);
  }
  const given = mapOf(item, shapeOf(parameter));
  const known = Object.keys(parameter.fields);
  for (const key of Object.keys(given)) {
    if (known.includes(key)) continue;
    const message = `no such field${didYouMean(key, known)} (known: ${known.join(', ')})`;
    problems.add(new InputError('unknown-field', message, [key]));
  }
  return Object.fromEntries(
    Object.entries(parameter.fields).map(([name, field]) => {
      const read = (): number => {
        const item = own(given, name);
        if (item !== undefined) return numberWithin(item, field);
        if (field.default === undefined) throw new InputError('missing', `missing: ${field.doc}`);
        return field.default;
      };
      return [name, problems.within(name).attempt(read)];
    }),
  );
};

const readByName = (
  parameter: ParameterOf<'by-name'>,
  value: unknown,
  whenMissing: InputError,
  problems: Problems,
): Readonly<Record<string, unknown>> => {
  if (value === undefined) {
    if (parameter.default === undefined) throw whenMissing;
    return parameter.default;
  }
  const given = mapOf(value, 'numbers by name, as { name: number }');
  return Object.fromEntries(
    Object.entries(given).map(([name, item]) => {
      const at = problems.within(name);
      if (!isFormulaName(name)) {
        const message = 'expected a name that starts with a letter and has letters, digits and _';
        at.add(new InputError('parameter-name', message));
      }
      return [name, at.attempt(() => numberWithin(item, parameter))];
    }),
  );
};

/** `{ exponent, base }`. */
const shapeOf = (parameter: ParameterOf<'fields-by-input'>): string =>
  `{ ${Object.keys(parameter.fields).join(', ')} }`;

const inputsOf = (scope: InputScope | 'any', { task, shared }: InputNames): readonly string[] =>
  scope === 'any' ? [...task, ...shared] : scope === 'task' ? task : shared;

const mapOf = (value: unknown, expected: string): Fields => {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Fields;
  throw new InputError('by-input', `expected ${expected}, got ${describeValue(value)}`);
};

/** The field, where the map itself has it: `constructor` is a good name for an input. */
const own = (map: Fields, name: string): unknown => (Object.hasOwn(map, name) ? map[name] : undefined);

const unknownInput = (name: string, known: readonly string[]): InputError =>
  new InputError(
    'unknown-input',
    `no input called "${name}"${didYouMean(name, known)} (inputs: ${known.join(', ')})`,
  );

const wrongScope = (name: string, scope: string): InputError =>
  new InputError('wrong-scope', `expected a ${scope} input, and "${name}" is not one`);
