import { z } from 'zod';
import type { Registry } from '../registry.ts';
import { entryCalls, profileValues } from '../study/buyers-schema.ts';
import { keptMenu, studySchema } from '../study/study-schema.ts';
import { boundedNumber, type calledKinds, callSchema, entryDefinitions } from './entry-schemas.ts';
import { DRAFT, type JsonSchema } from './json-schema.ts';
import { menuSchema } from './menu-json-schema.ts';
import { studyFields } from './study-fields.ts';

/**
 * The JSON Schema of a study file, with the entries that are registered: an editor completes their names and parameters, and a validator refuses what is no study.
 *
 * Every study that is read fits it. Beyond it, the reader holds fields against one another: names of inputs, lengths of lists, sums of exponents.
 */
export const studyJsonSchema = (registry: Registry): JsonSchema => {
  const { $schema: _, ...structure } = z.toJSONSchema(studySchema, {
    target: 'draft-7',
    override: ({ zodSchema, jsonSchema }) => {
      const own = partSchemas.get(zodSchema);
      if (own === undefined) return;
      for (const keyword of Object.keys(jsonSchema)) delete jsonSchema[keyword];
      Object.assign(jsonSchema, own);
    },
  });
  const solvers = registry.solvers.list().map(({ name }) => name);
  const minimizers = registry.minimizers.list().map(({ name }) => name);
  return {
    $schema: DRAFT,
    title: 'A study of menusmith',
    description: 'A seller, her technology, and the buyers for whom the best menu is found.',
    ...described(structure as JsonSchema, '', {
      'solver.use': { enum: ['auto', ...solvers] },
      ...(minimizers.length === 0 ? {} : { 'solver.minimizer': { enum: minimizers } }),
    }),
    oneOf: [technology('production', 'inputs'), technology('cost'), technology('models')],
    definitions: { ...entryDefinitions(registry), menu: menuSchema },
  };
};

const technologyFields = ['production', 'inputs', 'cost', 'models'] as const;

/** These fields and none of the other ways to say how quality is made. */
const technology = (...fields: readonly (typeof technologyFields)[number][]): JsonSchema => ({
  required: fields,
  properties: Object.fromEntries(technologyFields.map((field) => [field, fields.includes(field)])),
});

const amount = boundedNumber({});
const place = boundedNumber({ min: 0, max: 1 });
const partsOf = (fields: Readonly<Record<string, JsonSchema>>): JsonSchema => ({
  type: 'array',
  minItems: 1,
  items: {
    type: 'object',
    properties: fields,
    required: Object.keys(fields),
    additionalProperties: false,
  },
});

/** What zod leaves open, as plugins or other files say it. */
const partSchemas = new Map<unknown, JsonSchema>([
  ...(Object.keys(entryCalls) as (keyof typeof calledKinds)[]).map(
    (kind) => [entryCalls[kind], callSchema(kind)] as const,
  ),
  [keptMenu, { $ref: '#/definitions/menu' }],
  [
    profileValues,
    {
      anyOf: [
        amount,
        { type: 'string' },
        { type: 'array', items: amount },
        partsOf({
          from: { description: 'Where a block of tasks begins.', ...place },
          to: { description: 'Where it ends.', ...place },
          value: { description: 'The value of every task in it.', ...amount },
        }),
        partsOf({
          at: { description: 'The task of a knot.', ...place },
          value: { description: 'Its value; straight between knots.', ...amount },
        }),
      ],
    },
  ],
]);

/** The schema with what its fields mean, and what else is known of them. Keywords beside a reference would not count, and stand around it. */
const described = (schema: JsonSchema, path: string, known: JsonSchema): JsonSchema => {
  const { doc = undefined, also = {} } = Object.hasOwn(studyFields, path) ? studyFields[path]! : {};
  const inside = { ...within(schema, path, known), ...also, ...(known[path] as JsonSchema | undefined) };
  if (doc === undefined) return inside;
  return '$ref' in inside ? { description: doc, allOf: [inside] } : { description: doc, ...inside };
};

const within = (schema: JsonSchema, path: string, known: JsonSchema): JsonSchema => {
  const { properties, additionalProperties, items, oneOf, anyOf, type, propertyNames: _, ...rest } = schema;
  const at = (own: unknown, step: string): JsonSchema =>
    described(own as JsonSchema, `${path}${step}`, known);
  const branches = (oneOf ?? anyOf) as readonly JsonSchema[] | undefined;
  const dot = path === '' ? '' : '.';
  return {
    ...(Array.isArray(type)
      ? { anyOf: type.map((each: string) => ({ type: each })) }
      : type === undefined
        ? {}
        : { type }),
    ...rest,
    ...(properties === undefined
      ? {}
      : {
          properties: Object.fromEntries(
            Object.entries(properties as JsonSchema).map(([name, own]) => [name, at(own, `${dot}${name}`)]),
          ),
        }),
    ...(additionalProperties === undefined
      ? {}
      : {
          additionalProperties:
            typeof additionalProperties === 'object'
              ? at(additionalProperties, `${dot}*`)
              : additionalProperties,
        }),
    ...(items === undefined ? {} : { items: at(items, '[]') }),
    ...(branches === undefined
      ? {}
      : { anyOf: branches.map((branch) => within(branch, `${path}${kindIn(branch)}`, known)) }),
  };
};

/** `/goods` of the branch whose field `kind` is that. */
const kindIn = ({ properties }: JsonSchema): string => {
  const kind = (properties as { readonly kind?: { readonly const?: string } } | undefined)?.kind?.const;
  return kind === undefined ? '' : `/${kind}`;
};
