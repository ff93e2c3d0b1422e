import { limits } from '@menusmith/core';
import type { menuFields, planFields } from '../plans/menu-file.ts';
import { boundedNumber } from './entry-schemas.ts';
import { DRAFT, type JsonSchema } from './json-schema.ts';

const amount = { ...boundedNumber({ min: 0 }), default: 0 };
const nameOfSomething = { type: 'string', pattern: '\\S' };
const orNull = (schema: JsonSchema): JsonSchema => ({ anyOf: [schema, { type: 'null' }] });
const byInput = (description: string): JsonSchema => ({
  description,
  type: 'object',
  additionalProperties: boundedNumber({ min: 0 }),
});

const plan = {
  type: 'object',
  properties: {
    name: { ...nameOfSomething, description: 'What the plan is called; no two have the same name.' },
    fee: { ...amount, description: 'What it costs to have the plan for a period, whatever is used.' },
    included: byInput('Free units of each input.'),
    prices: byInput(
      'Price of a unit beyond what is included, by input; an input without one cannot be bought beyond that.',
    ),
    commitment: {
      ...amount,
      description: 'The least that is spent on usage; what is not used of it is forfeited.',
    },
    taskCap: {
      ...orNull(boundedNumber({ above: 0 })),
      description: 'The most tasks that the plan is for; null for no limit.',
    },
    models: {
      ...orNull({ type: 'array', minItems: 1, items: nameOfSomething }),
      description: 'Models of the study that the plan gives access to; all where it is left out.',
    },
  } satisfies Record<(typeof planFields)[number], JsonSchema>,
  required: ['name'],
  additionalProperties: false,
};

/** A menu as it stands in a file of its own, or in a study under `keep`. */
export const menuSchema: JsonSchema = {
  type: 'object',
  properties: {
    currency: {
      ...orNull({ type: 'string' }),
      description: 'What amounts of money are in, as $ or EUR; the same as the study’s units say.',
    },
    period: { ...orNull({ type: 'string' }), description: 'What fees and usage are for, as month.' },
    plans: {
      description: 'The plans on sale.',
      type: 'array',
      minItems: 1,
      maxItems: limits.plans.most,
      items: plan,
    },
    provenance: { description: 'By what the file was made.' },
  } satisfies Record<(typeof menuFields)[number], JsonSchema>,
  required: ['plans'],
  additionalProperties: false,
};

/** The schema of a menu file, which `evaluate`, `tiers --keep` and `export` read and `tiers --menu-out` writes. */
export const menuJsonSchema = (): JsonSchema => ({
  $schema: DRAFT,
  title: 'A menu of plans',
  description: 'Plans on sale, in the units that the study declares.',
  ...menuSchema,
});
