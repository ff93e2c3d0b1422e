import { z } from 'zod';
import { contracts, implementations, supplyChoices } from './study.ts';

/*
 * The structure of a study file. It transforms nothing and fills nothing in, so that what passes is the data itself;
 * bounds and parameters that depend on plugins are checked where the study is built.
 */

const number = z.number();

/** A plugin entry by name, and its parameters. */
const entryCall = z.looseObject({ use: z.string() });

const input = z.strictObject({
  scope: z.enum(['task', 'shared']),
  cost: number,
  max: number.optional(),
});

const valueScale = z.strictObject({
  kind: z.literal('value-scale'),
  value: entryCall,
  scale: entryCall,
  dependence: entryCall.optional(),
  grid: z.strictObject({ values: number, scales: number }).optional(),
});

const representative = z.strictObject({
  kind: z.literal('representative'),
  type: entryCall.optional(),
  types: z.array(z.strictObject({ name: z.string().optional(), value: number, mass: number })).optional(),
});

const valueScaleGrid = z.strictObject({
  kind: z.literal('value-scale-grid'),
  values: z.array(number),
  scales: z.array(number),
  mass: z.array(z.array(number)),
});

/** What the columns of a file of buyers can be; any other is a task. */
export const columnRoles = ['value', 'scale', 'mass', 'name'] as const;
export type ColumnRole = (typeof columnRoles)[number];

const buyersFile = z.strictObject({
  kind: z.literal('file'),
  file: z.string(),
  weights: z.array(number).optional(),
  columns: z
    .strictObject({
      value: z.string().optional(),
      scale: z.string().optional(),
      mass: z.string().optional(),
      name: z.string().optional(),
    })
    .optional(),
});

const profiles = z.strictObject({
  kind: z.literal('profiles'),
  tasks: z
    .strictObject({
      nodes: number.optional(),
      weights: z.array(number).optional(),
      names: z.array(z.string()).optional(),
    })
    .optional(),
  // Values have several forms; they are checked where they are read.
  types: z.array(
    z.strictObject({ name: z.string().optional(), mass: number, values: z.unknown().optional() }),
  ),
});

const goods = z.strictObject({
  kind: z.literal('goods'),
  names: z.array(z.string()).optional(),
  values: z.array(entryCall),
  dependence: entryCall.optional(),
  grid: z.array(number).optional(),
});

const model = z.strictObject({
  name: z.string(),
  production: entryCall,
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
  rival: z.strictObject({ production: entryCall, inputs: z.record(z.string(), pricedInput) }).optional(),
});

const keep = z.strictObject({
  menu: z.union([z.string(), z.looseObject({ plans: z.unknown() })], {
    error: 'expected the name of a menu file, or a menu { plans: [ … ] }',
  }),
  share: number.optional(),
});

export const studySchema = z.strictObject({
  name: z.string().optional(),
  production: entryCall.optional(),
  inputs: z.record(z.string(), input).optional(),
  cost: entryCall.optional(),
  models: z.array(model).optional(),
  buyers: z.discriminatedUnion('kind', [
    valueScale,
    valueScaleGrid,
    representative,
    profiles,
    goods,
    buyersFile,
  ]),
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
export type EntryCall = z.infer<typeof entryCall>;
export type ValueScaleData = z.infer<typeof valueScale>;
export type RepresentativeData = z.infer<typeof representative>;
export type ProfilesData = z.infer<typeof profiles>;
export type GoodsData = z.infer<typeof goods>;
export type ValueScaleGridData = z.infer<typeof valueScaleGrid>;
export type BuyersFileData = z.infer<typeof buyersFile>;

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
  if (first === 'buyers' && second === undefined) {
    const kind = (data as { buyers: { kind: string } }).buyers.kind;
    if (kind === 'file') return Object.keys(buyersFile.shape);
    if (kind === 'value-scale-grid') return Object.keys(valueScaleGrid.shape);
    if (kind === 'profiles') return Object.keys(profiles.shape);
    if (kind === 'goods') return Object.keys(goods.shape);
    return Object.keys((kind === 'representative' ? representative : valueScale).shape);
  }
  if (first === 'buyers' && second === 'types') {
    const { kind } = (data as { buyers: { kind: string } }).buyers;
    return ['name', kind === 'profiles' ? 'values' : 'value', 'mass'];
  }
  if (first === 'buyers' && second === 'tasks') return ['nodes', 'weights', 'names'];
  if (first === 'buyers' && second === 'columns') return columnRoles;
  if (first === 'buyers' && second === 'grid') return ['values', 'scales'];
  return [];
};
