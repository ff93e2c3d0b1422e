import {
  didYouMean,
  firstUnprintable,
  type NumberBounds,
  type Parameter,
  type Plugin,
} from '@menusmith/core';
import { registryKinds } from '../registry.ts';
import { isPromise, kindOfValue } from './plugin-fault.ts';

/** What keeps a value from being a plugin, field first: `distributions[0].create: expected a function, got nothing`. Undefined where nothing does. */
export const declarationFault = (value: unknown): string | undefined => {
  try {
    checkPlugin(value);
    return undefined;
  } catch (error) {
    if (error instanceof Undeclared) return error.message;
    throw error;
  }
};

class Undeclared extends Error {}

const refuse = (at: string, expected: string, value: unknown): never => {
  throw new Undeclared(`${at}: expected ${expected}, got ${kindOfValue(value)}`);
};

type Fields = Record<string, unknown>;

const fieldsOf = (value: unknown, at: string, expected: string): Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !isPromise(value)
    ? (value as Fields)
    : refuse(at, expected, value);

const listOf = (value: unknown, at: string, expected: string): readonly unknown[] =>
  Array.isArray(value) ? value : refuse(at, expected, value);

const checkName = (value: unknown, at: string): void => {
  if (typeof value !== 'string' || value === '' || firstUnprintable(value) !== undefined)
    refuse(at, 'a name', value);
};

const checkText = (value: unknown, at: string): void => {
  if (typeof value !== 'string') refuse(at, 'a text', value);
};

const checkPlugin = (value: unknown): void => {
  const plugin = fieldsOf(value, 'default export', 'a plugin object');
  checkName(plugin.name, 'name');
  const known: readonly string[] = ['name', ...registryKinds] satisfies (keyof Plugin)[];
  for (const key of Object.keys(plugin)) {
    if (!known.includes(key)) {
      const names = known.join(', ');
      throw new Undeclared(`${key}: no such field of a plugin${didYouMean(key, known)} (known: ${names})`);
    }
  }
  for (const kind of registryKinds) {
    if (plugin[kind] === undefined) continue;
    const entries = listOf(plugin[kind], kind, 'a list of entries');
    entries.forEach((entry, index) => {
      checkEntry(entry, `${kind}[${index}]`);
    });
  }
};

const checkEntry = (value: unknown, at: string): void => {
  const entry = fieldsOf(value, at, 'an entry object');
  checkName(entry.name, `${at}.name`);
  checkText(entry.doc, `${at}.doc`);
  if (typeof entry.create !== 'function') refuse(`${at}.create`, 'a function', entry.create);
  const parameters = fieldsOf(entry.parameters, `${at}.parameters`, 'an object');
  for (const [name, parameter] of Object.entries(parameters))
    checkParameter(parameter, `${at}.parameters.${name}`);
  if (entry.examples === undefined) return;
  listOf(entry.examples, `${at}.examples`, 'a list of examples').forEach((example, e) => {
    fieldsOf(example, `${at}.examples[${e}]`, 'an object');
  });
};

const isNumber = (value: unknown): boolean => typeof value === 'number' && !Number.isNaN(value);
const isNumbers = (value: unknown): boolean => Array.isArray(value) && value.every(isNumber);
const isText = (value: unknown): boolean => typeof value === 'string';

/** By kind what a default may be, and what it is called. */
const defaults: Readonly<Record<Parameter['kind'], readonly [string, (value: unknown) => boolean]>> = {
  number: ['a number', isNumber],
  numbers: ['a list of numbers', isNumbers],
  'by-input': ['a number', isNumber],
  'fields-by-input': ['nothing', () => false],
  'by-name': [
    'numbers by name',
    (value) => typeof value === 'object' && value !== null && isNumbers(Object.values(value)),
  ],
  text: ['a text', isText],
  'weighted-distributions': ['nothing', () => false],
  column: ['nothing', () => false],
};

const parameterKinds = Object.keys(defaults);

const checkParameter = (value: unknown, at: string): void => {
  const parameter = fieldsOf(value, at, 'a declaration');
  const kind = parameter.kind as Parameter['kind'];
  if (!parameterKinds.includes(kind))
    refuse(`${at}.kind`, `one of ${parameterKinds.join(', ')}`, parameter.kind);
  checkText(parameter.doc, `${at}.doc`);
  const [expected, isDefault] = defaults[kind];
  if (parameter.default !== undefined && !isDefault(parameter.default))
    refuse(`${at}.default`, expected, parameter.default);
  for (const bound of ['min', 'max', 'above', 'below'] satisfies (keyof NumberBounds)[]) {
    if (parameter[bound] !== undefined && !isNumber(parameter[bound]))
      refuse(`${at}.${bound}`, 'a number', parameter[bound]);
  }
  if (kind === 'by-input' || kind === 'fields-by-input') {
    if (!['task', 'shared', 'any'].includes(parameter.scope as string))
      refuse(`${at}.scope`, 'one of task, shared, any', parameter.scope);
  }
  if (parameter.formulaNames !== undefined) {
    const names = listOf(parameter.formulaNames, `${at}.formulaNames`, 'a list of names');
    names.forEach((name, i) => {
      checkName(name, `${at}.formulaNames[${i}]`);
    });
  }
  if (kind === 'column') checkName(parameter.file, `${at}.file`);
  if (kind !== 'fields-by-input') return;
  const fields = fieldsOf(parameter.fields, `${at}.fields`, 'an object');
  for (const [name, field] of Object.entries(fields)) checkParameter(field, `${at}.fields.${name}`);
};
