import type { InputScope, NumberBounds, Parameter } from '@menusmith/core';
import { limits } from '@menusmith/core';
import type { EntryOf, Registry } from '../registry.ts';
import type { JsonSchema } from './json-schema.ts';

/** Kinds of which a study calls entries with parameters, and what a call is named among the definitions. */
export const calledKinds = {
  productionFunctions: 'production',
  distributions: 'distribution',
  copulas: 'copula',
  costFunctions: 'cost',
} as const satisfies Partial<Record<keyof Registry, string>>;

/**
 * Names that start with a letter and have letters, digits and _; names of inputs also - and spaces. Beyond ASCII any character will do: not every validator knows which of them are letters.
 */
const FORMULA_NAME = '^[^\\x00-@\\[-`{-\\x7f][^\\x00-/:-@\\[-^`{-\\x7f]*$';
export const INPUT_NAME = '^[^\\x00-@\\[-`{-\\x7f][^\\x00-\\x1f!-,./:-@\\[-^`{-\\x7f]*$';

type CalledKind = keyof typeof calledKinds;

export const callSchema = (kind: CalledKind): JsonSchema => ({
  $ref: `#/definitions/${calledKinds[kind]}`,
});

/** For every kind what a call of its entries may say: one of the registered names, and beside it that entry's parameters. */
export const entryDefinitions = (registry: Registry): JsonSchema =>
  Object.fromEntries(
    (Object.keys(calledKinds) as CalledKind[]).map((kind) => [
      calledKinds[kind],
      callOf(registry[kind].list()),
    ]),
  );

/** All names stand there once more: an editor proposes those of the entries that fit best so far, and where nothing is written yet that are the ones without parameters. */
const callOf = (entries: readonly EntryOf<CalledKind>[]): JsonSchema => ({
  type: 'object',
  properties: { use: { enum: entries.map(({ name }) => name) } },
  required: ['use'],
  anyOf: entries.map(entrySchema),
});

const entrySchema = ({ name, doc, parameters }: EntryOf<CalledKind>): JsonSchema => {
  const declared = Object.entries(parameters);
  return {
    title: name,
    type: 'object',
    properties: {
      use: { const: name, description: doc },
      ...Object.fromEntries(declared.map(([own, parameter]) => [own, parameterSchema(parameter)])),
    },
    required: ['use', ...declared.filter(([, parameter]) => isRequired(parameter)).map(([own]) => own)],
    additionalProperties: false,
  };
};

/** Of an input's scope a study may have none, so that there is nothing to give. */
const isRequired = (parameter: Parameter): boolean => {
  if (parameter.default !== undefined) return false;
  if (parameter.kind === 'number') return parameter.optional !== true;
  return parameter.kind === 'by-input' || parameter.kind === 'fields-by-input'
    ? parameter.scope === 'any'
    : true;
};

const parameterSchema = (parameter: Parameter): JsonSchema => ({
  description: parameter.doc,
  ...valueSchema(parameter),
  ...(parameter.default === undefined || isPerInput(parameter) ? {} : { default: parameter.default }),
});

/** The default is then that of each input. */
const isPerInput = ({ kind }: Parameter): boolean => kind === 'by-input' || kind === 'fields-by-input';

const valueSchema = (parameter: Parameter): JsonSchema => {
  switch (parameter.kind) {
    case 'number':
      return parameter.perTask ? oneOrPerTask(boundedNumber(parameter)) : boundedNumber(parameter);
    case 'text':
      return parameter.perTask ? oneOrPerTask({ type: 'string' }) : { type: 'string' };
    case 'column':
      return { type: 'string' };
    case 'numbers':
      return {
        type: 'array',
        items: boundedNumber(parameter),
        minItems: parameter.minLength ?? 0,
        maxItems: limits.parameterNumbers.most,
      };
    case 'by-name':
      return {
        type: 'object',
        propertyNames: { pattern: FORMULA_NAME },
        additionalProperties: boundedNumber(parameter),
      };
    case 'by-input':
      return forEach(
        parameter.scope,
        parameter.formulaNames
          ? { anyOf: [boundedNumber(parameter), { type: 'string' }] }
          : boundedNumber(parameter),
        parameter.default,
      );
    case 'fields-by-input':
      return forEach(parameter.scope, fieldsSchema(parameter.fields));
    case 'weighted-distributions':
      return {
        type: 'array',
        minItems: 1,
        items: {
          type: 'object',
          properties: { weight: { type: 'number', minimum: 0 }, of: callSchema('distributions') },
          required: ['weight', 'of'],
          additionalProperties: false,
        },
      };
  }
};

const fieldsSchema = (fields: Extract<Parameter, { kind: 'fields-by-input' }>['fields']): JsonSchema => ({
  type: 'object',
  properties: Object.fromEntries(
    Object.entries(fields).map(([name, field]) => [name, parameterSchema(field)]),
  ),
  required: Object.entries(fields)
    .filter(([, { default: value }]) => value === undefined)
    .map(([name]) => name),
  additionalProperties: false,
});

/** Names of inputs are the study's own. An input that may be left out may not be null. */
const forEach = (scope: InputScope | 'any', item: JsonSchema, value?: number): JsonSchema => ({
  type: 'object',
  additionalProperties: value === undefined ? item : { ...item, default: value },
  ...(scope === 'any' && value === undefined ? { minProperties: 1 } : {}),
});

const oneOrPerTask = (one: JsonSchema): JsonSchema => ({
  anyOf: [one, { type: 'array', items: one, minItems: 1 }],
});

/** An end that is infinite bounds nothing. */
export const boundedNumber = ({ min, max, above, below }: NumberBounds): JsonSchema => {
  const bounds = { minimum: min, maximum: max, exclusiveMinimum: above, exclusiveMaximum: below };
  return {
    type: 'number',
    ...Object.fromEntries(Object.entries(bounds).filter(([, bound]) => Number.isFinite(bound))),
  };
};
