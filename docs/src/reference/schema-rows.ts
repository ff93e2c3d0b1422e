import { code, plainText } from './markdown.ts';

/** A JSON Schema, as the declarations of the files have it. */
export type Schema = { readonly [keyword: string]: unknown };

/** Pages on which the definitions that schemas share are described. */
const pagesOf: Readonly<Record<string, string>> = {
  production: '[production function](production-functions.md)',
  distribution: '[distribution](distributions.md)',
  copula: '[copula](copulas.md)',
  cost: '[cost function](cost-functions.md)',
  menu: '[menu](menu-file.md)',
};

/** ` in (0, 1]`, or nothing where every number will do. */
const interval = ({ minimum, maximum, exclusiveMinimum, exclusiveMaximum }: Schema): string => {
  const lower =
    exclusiveMinimum !== undefined ? `(${exclusiveMinimum}` : minimum !== undefined ? `[${minimum}` : '(−∞';
  const upper =
    exclusiveMaximum !== undefined ? `${exclusiveMaximum})` : maximum !== undefined ? `${maximum}]` : '∞)';
  return lower === '(−∞' && upper === '∞)' ? '' : ` in ${lower}, ${upper}`;
};

const lengthOf = ({ minItems, maxItems }: Schema): string =>
  maxItems !== undefined
    ? ` of ${minItems ?? 0} to ${maxItems}`
    : minItems !== undefined
      ? ` of at least ${minItems}`
      : '';

/** What a value may be, in words. */
export const kindOfValue = (schema: Schema): string => {
  const { $ref, allOf, anyOf, type, items } = schema;
  if (typeof $ref === 'string') return pagesOf[$ref.slice('#/definitions/'.length)]!;
  if (allOf !== undefined) return (allOf as readonly Schema[]).map(kindOfValue).join(' ');
  if (schema.const !== undefined) return code(String(schema.const));
  if (schema.enum !== undefined)
    return (schema.enum as readonly unknown[]).map((one) => code(String(one))).join(', ');
  if (anyOf !== undefined)
    return [...new Set((anyOf as readonly Schema[]).map((one) => namesOf(one) ?? kindOfValue(one)))].join(
      '; or ',
    );
  if (type === 'number') return `number${interval(schema)}`;
  if (type === 'integer') return `whole number${interval(schema)}`;
  if (type === 'string') return 'text';
  if (type === 'boolean') return 'true or false';
  if (type === 'null') return 'null';
  if (type === 'array') return `list${lengthOf(schema)}${membersOf(items as Schema | undefined)}`;
  if (type === 'object')
    return `map${membersOf(schema.additionalProperties as Schema | boolean | undefined)}`;
  return 'any';
};

/** What the members of a list, or of a map under names of the user’s choice, may be; fields of their own have rows of their own. */
const membersOf = (own: Schema | boolean | undefined): string =>
  typeof own !== 'object' || own.properties !== undefined ? '' : `, each a ${kindOfValue(own)}`;

/** Names of the fields of a map, or of the maps in a list: they tell apart what may stand in one place. */
const namesOf = ({ type, items, properties }: Schema): string | undefined => {
  const inner = type === 'array' && items !== undefined ? namesOf(items as Schema) : undefined;
  if (inner !== undefined) return `list of ${inner}`;
  return properties === undefined ? undefined : code(`{ ${Object.keys(properties as Schema).join(', ')} }`);
};

/** Fields, from the outermost inwards: where each stands, what it may be, what it is where it is left out, and what it means. */
export const schemaRows = (schema: Schema, path = ''): readonly (readonly string[])[] => {
  const { properties, additionalProperties, items, anyOf, required = [] } = schema;
  const inside = (own: unknown, step: string): readonly (readonly string[])[] =>
    schemaRows(own as Schema, `${path}${step}`);
  const rows: (readonly string[])[] = [];
  for (const [name, own] of Object.entries(
    (properties as Readonly<Record<string, Schema>> | undefined) ?? {},
  )) {
    const step = path === '' ? name : `.${name}`;
    const isRequired = (required as readonly string[]).includes(name);
    rows.push([
      code(`${path}${step}`),
      kindOfValue(own),
      own.default !== undefined ? code(String(own.default)) : isRequired ? 'required' : '',
      plainText(String(own.description ?? '')),
    ]);
    rows.push(...inside(own, step));
  }
  if (typeof additionalProperties === 'object') rows.push(...inside(additionalProperties, '.NAME'));
  if (items !== undefined) rows.push(...inside(items, '[]'));
  for (const branch of (anyOf ?? []) as readonly Schema[]) if (path !== '') rows.push(...inside(branch, ''));
  return rows;
};

export const schemaHead = ['field', 'what', 'default', 'meaning'] as const;
