import type { InputNames, Parameter, ParameterValues } from '@menusmith/core';
import { InputError } from '@menusmith/core';
import { didYouMean } from '../nearest-name.ts';
import { describeValue } from './describe-value.ts';
import { numberWithin } from './number-bounds.ts';
import type { Problems } from './problems.ts';

/** What declares parameters: any plugin entry. */
export interface Declaration {
  readonly name: string;
  readonly parameters: Readonly<Record<string, Parameter>>;
}

type ByInput = Extract<Parameter, { kind: 'by-input' }>;
type Fields = Readonly<Record<string, unknown>>;

const noInputs: InputNames = { task: [], shared: [] };

/**
 * The given fields as the entry's parameters: each declared one checked, defaults filled in.
 *
 * Complaints go to `problems`; the answer is undefined where there was one. The field `use` is the caller's.
 */
export const readParameters = (
  entry: Declaration,
  given: Fields,
  problems: Problems,
  inputs: InputNames = noInputs,
): ParameterValues | undefined => {
  const before = problems.count();
  const declared = Object.keys(entry.parameters);
  for (const key of Object.keys(given)) {
    if (key !== 'use' && !declared.includes(key)) problems.add(unknownParameter(entry.name, key, declared));
  }
  const values: Record<string, unknown> = {};
  for (const [name, parameter] of Object.entries(entry.parameters)) {
    const own = problems.within(name);
    const value = Object.hasOwn(given, name) ? given[name] : undefined;
    values[name] = own.attempt(() => readParameter(parameter, value, inputs, own));
  }
  return problems.count() === before ? values : undefined;
};

const readParameter = (
  parameter: Parameter,
  value: unknown,
  inputs: InputNames,
  problems: Problems,
): unknown => {
  if (parameter.kind === 'by-input') return readByInput(parameter, value, inputs, problems);
  if (value === undefined && parameter.default !== undefined) return parameter.default;
  if (value === undefined || value === null) throw missing(parameter);
  if (parameter.kind === 'number') return numberWithin(value, parameter);
  if (parameter.kind === 'text') {
    if (typeof value === 'string') return value;
    throw new InputError('text', `expected a text, got ${describeValue(value)}`);
  }
  if (!Array.isArray(value))
    throw new InputError('numbers', `expected a list of numbers, got ${describeValue(value)}`);
  const { minLength = 0 } = parameter;
  if (value.length < minLength) {
    throw new InputError('numbers', `expected at least ${minLength} numbers, got ${value.length}`);
  }
  return value.map((item, index) => numberWithin(item, parameter, [index]));
};

const readByInput = (parameter: ByInput, value: unknown, inputs: InputNames, problems: Problems): unknown => {
  const all = [...inputs.task, ...inputs.shared];
  const names = parameter.scope === 'any' ? all : inputs[parameter.scope];
  const given = value ?? {};
  if (value === undefined && parameter.default === undefined && names.length > 0) throw missing(parameter);
  if (typeof given !== 'object' || Array.isArray(given) || value === null) {
    throw new InputError(
      'by-input',
      `expected a number for each input, as { name: number }, got ${describeValue(value)}`,
    );
  }
  for (const name of Object.keys(given)) {
    if (!all.includes(name)) problems.within(name).add(unknownInput(name, all));
    else if (!names.includes(name)) problems.within(name).add(wrongScope(name, parameter.scope));
  }
  const numbers: Record<string, number | undefined> = {};
  for (const name of names) {
    const own = problems.within(name);
    const number = (given as Fields)[name] ?? undefined;
    numbers[name] = own.attempt(() => {
      if (number !== undefined) return numberWithin(number, parameter);
      if (parameter.default === undefined || Object.hasOwn(given, name)) throw missing(parameter);
      return parameter.default;
    });
  }
  return numbers;
};

const missing = (parameter: Parameter): InputError =>
  new InputError('missing', `missing: ${parameter.doc.replace(/\.$/, '')}`);

const unknownParameter = (entry: string, key: string, declared: readonly string[]): InputError => {
  const known = declared.length === 0 ? `${entry} has none` : `known: ${declared.join(', ')}`;
  return new InputError(
    'unknown-field',
    `${entry} has no such parameter${didYouMean(key, declared)} (${known})`,
    [key],
  );
};

const unknownInput = (name: string, known: readonly string[]): InputError =>
  new InputError(
    'unknown-input',
    `no input called "${name}"${didYouMean(name, known)} (inputs: ${known.join(', ')})`,
  );

const wrongScope = (name: string, scope: string): InputError =>
  new InputError('wrong-scope', `expected a ${scope} input, and "${name}" is not one`);
