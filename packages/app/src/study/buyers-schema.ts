import { z } from 'zod';

/* The structure of `buyers`, kind by kind. It transforms nothing and fills nothing in. */

export const number = z.number();

/** A name heads columns of tables and stands in lines of reports. */
export const name = z.string().regex(/^[^\t\n\r]*$/, 'expected a name in one line, without tabs');

const entryCall = () => z.looseObject({ use: z.string() });

/** A plugin entry by name, and its parameters; one a kind, so that a schema for editors can say which names there are. */
export const entryCalls = {
  productionFunctions: entryCall(),
  distributions: entryCall(),
  copulas: entryCall(),
  costFunctions: entryCall(),
};

/** Values of a profile have several forms; they are checked where they are read. */
export const profileValues = z.unknown();

const valueScale = z.strictObject({
  kind: z.literal('value-scale'),
  value: entryCalls.distributions,
  scale: entryCalls.distributions,
  dependence: entryCalls.copulas.optional(),
  grid: z.strictObject({ values: number, scales: number }).optional(),
});

const representative = z.strictObject({
  kind: z.literal('representative'),
  type: entryCalls.distributions.optional(),
  types: z.array(z.strictObject({ name: name.optional(), value: number, mass: number })).optional(),
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
      names: z.array(name).optional(),
    })
    .optional(),
  types: z.array(z.strictObject({ name: name.optional(), mass: number, values: profileValues.optional() })),
});

const goods = z.strictObject({
  kind: z.literal('goods'),
  names: z.array(name).optional(),
  values: z.array(entryCalls.distributions),
  dependence: entryCalls.copulas.optional(),
  grid: z.array(number).optional(),
});

/** Every kind of buyers that a study can have. */
const schemas = {
  'value-scale': valueScale,
  representative,
  'value-scale-grid': valueScaleGrid,
  profiles,
  goods,
  file: buyersFile,
};

export type BuyersKind = keyof typeof schemas;
export const buyersKinds = Object.keys(schemas) as readonly BuyersKind[];
export const buyersSchema = z.discriminatedUnion('kind', [
  valueScale,
  representative,
  valueScaleGrid,
  profiles,
  goods,
  buyersFile,
]);
/** Of one kind. */
export type BuyersData<K extends BuyersKind = BuyersKind> = Extract<
  z.infer<typeof buyersSchema>,
  { kind: K }
>;
export type EntryCall = z.infer<ReturnType<typeof entryCall>>;

/** Fields that may stand beside an unknown one in `buyers`, or in one of its fields, for this kind of buyers. */
export const knownBuyerFields = (field: PropertyKey | undefined, kind: unknown): readonly string[] => {
  if (field === undefined) return Object.keys(schemas[kind as BuyersKind]?.shape ?? {});
  if (field === 'types') return ['name', kind === 'profiles' ? 'values' : 'value', 'mass'];
  if (field === 'tasks') return ['nodes', 'weights', 'names'];
  if (field === 'columns') return columnRoles;
  return field === 'grid' ? ['values', 'scales'] : [];
};
