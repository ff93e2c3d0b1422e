import { z } from 'zod';
import { buyersSchema, entryCalls, knownBuyerFields, name, number } from './buyers-schema.ts';
import { contracts, implementations, supplyChoices } from './study.ts';

/*
 * The structure of a study file. It transforms nothing and fills nothing in, so that what passes is the data itself;
 * bounds and parameters that depend on plugins are checked where the study is built.
 */

const input = z.strictObject({
  scope: z.enum(['task', 'shared']),
  cost: number,
  max: number.optional(),
});

const model = z.strictObject({
  name,
  production: entryCalls.productionFunctions,
  inputs: z.record(z.string(), input),
});

const inputUnit = z.strictObject({
  unit: z.string().optional(),
  per: number.optional(),
  quote: number.optional(),
});

const units = z.strictObject({
  currency: z.string().optional(),
  money: number.optional(),
  period: z.string().optional(),
  inputs: z.record(z.string(), inputUnit).optional(),
});

const objective = z.strictObject({ profit: number.optional(), consumerSurplus: number.optional() });

const pricedInput = z.strictObject({
  scope: z.enum(['task', 'shared']),
  price: number,
  max: number.optional(),
});

const outside = z.strictObject({
  utility: z
    .union([number, z.string(), z.array(number), z.strictObject({ column: z.string() })], {
      error: 'expected a number, a formula, one number a type, or { column: NAME }',
    })
    .optional(),
  rival: z
    .strictObject({ production: entryCalls.productionFunctions, inputs: z.record(z.string(), pricedInput) })
    .optional(),
});

/** Read as a menu file is. */
export const keptMenu = z.looseObject({ plans: z.unknown() });

const keep = z.strictObject({
  menu: z.union([z.string(), keptMenu], {
    error: 'expected the name of a menu file, or a menu { plans: [ … ] }',
  }),
  share: number.optional(),
});

export const studySchema = z.strictObject({
  name: name.optional(),
  production: entryCalls.productionFunctions.optional(),
  inputs: z.record(z.string(), input).optional(),
  cost: entryCalls.costFunctions.optional(),
  models: z.array(model).optional(),
  buyers: buyersSchema,
  contract: z.enum(contracts).optional(),
  implementation: z.enum(implementations).optional(),
  objective: objective.optional(),
  outside: outside.optional(),
  keep: keep.optional(),
  capacity: z.record(z.string(), number).optional(),
  units: units.optional(),
  solver: z
    .strictObject({
      use: z.string().optional(),
      tolerance: number.optional(),
      supply: z.enum(supplyChoices).optional(),
      minimizer: z.string().optional(),
    })
    .optional(),
});

export type StudyData = z.infer<typeof studySchema>;
export type UnitsData = z.infer<typeof units>;

/** Fields that may stand beside an unknown one, by the path of the map they are in: for the nearest name. */
export const knownFields = (path: readonly PropertyKey[], data: unknown): readonly string[] => {
  const [first, second] = path;
  if (first === undefined) return Object.keys(studySchema.shape);
  if (first === 'models') return Object.keys(path.length > 2 ? input.shape : model.shape);
  if (first === 'inputs' && path.length === 2) return Object.keys(input.shape);
  if (first === 'units') return Object.keys(second === undefined ? units.shape : inputUnit.shape);
  if (first === 'objective') return Object.keys(objective.shape);
  if (first === 'keep') return Object.keys(keep.shape);
  if (first === 'outside') {
    if (second === undefined) return Object.keys(outside.shape);
    if (second === 'utility') return ['column'];
    return path.length > 2 ? Object.keys(pricedInput.shape) : ['production', 'inputs'];
  }
  if (first === 'solver') return ['use', 'tolerance', 'supply', 'minimizer'];
  if (first === 'buyers')
    return knownBuyerFields(second, (data as { buyers: { kind?: unknown } }).buyers.kind);
  return [];
};
