/** A schema of JSON data (json-schema.org), plain data itself. */
export type JsonSchema = { readonly [keyword: string]: unknown };

/** The version of JSON Schema in which schemas are written: the newest that every editor's YAML support knows. */
export const DRAFT = 'http://json-schema.org/draft-07/schema#';

/** A schema that describes exactly the JSON of values of the type T: one of another type does not compile in its place. */
export interface Shape<T> {
  readonly schema: JsonSchema;
  /** Never there; it ties the schema to the type. */
  readonly of?: (value: T) => T;
}

/** A field that may be left out. */
export interface OptionalShape<T> extends Shape<T> {
  readonly isOptional: true;
}

/** A shape for each field of T and for no other; what T may leave out is an optional one. */
export type Fields<T> = {
  readonly [K in keyof T]-?: Partial<Pick<T, K>> extends Pick<T, K>
    ? OptionalShape<Exclude<T[K], undefined>>
    : Shape<T[K]>;
};

export const number: Shape<number> = { schema: { type: 'number' } };
export const text: Shape<string> = { schema: { type: 'string' } };
export const flag: Shape<boolean> = { schema: { type: 'boolean' } };

export const optional = <T>({ schema }: Shape<T>): OptionalShape<T> => ({ schema, isOptional: true });

export const nullable = <T>({ schema }: Shape<T>): Shape<T | null> => ({
  schema: { anyOf: [schema, { type: 'null' }] },
});

export const numberOrNull = nullable(number);

/** One of these texts. */
export const choice = <const Texts extends readonly string[]>(...texts: Texts): Shape<Texts[number]> => ({
  schema: { enum: texts },
});

export const either = <A, B>(a: Shape<A>, b: Shape<B>): Shape<A | B> => ({
  schema: { anyOf: [a.schema, b.schema] },
});

export const list = <T>({ schema }: Shape<T>): Shape<readonly T[]> => ({
  schema: { type: 'array', items: schema },
});

export const pair = <T>({ schema }: Shape<T>): Shape<readonly [T, T]> => ({
  schema: { type: 'array', items: [schema, schema], minItems: 2, maxItems: 2, additionalItems: false },
});

/** Under names of the user's choice. */
export const byName = <T>({ schema }: Shape<T>): Shape<Readonly<Record<string, T>>> => ({
  schema: { type: 'object', additionalProperties: schema },
});

/** A map of these fields and no other; `T` is named, so that a field which it gains does not compile until it stands here. */
export const map = <T extends object>(fields: Fields<T>): Shape<T> => {
  const all = Object.entries(fields as Readonly<Record<string, Shape<unknown> | OptionalShape<unknown>>>);
  return {
    schema: {
      type: 'object',
      properties: Object.fromEntries(all.map(([name, { schema }]) => [name, schema])),
      required: all.filter(([, shape]) => !('isOptional' in shape)).map(([name]) => name),
      additionalProperties: false,
    },
  };
};

/** A shape that stands once in a schema, under `definitions`, and is referred to by its name. */
export interface NamedShape<T> extends Shape<T> {
  readonly name: string;
  readonly definition: JsonSchema;
}

export const named = <T>(name: string, { schema }: Shape<T>): NamedShape<T> => ({
  schema: { $ref: `#/definitions/${name}` },
  name,
  definition: schema,
});

export const definitionsOf = (
  shapes: readonly Pick<NamedShape<never>, 'name' | 'definition'>[],
): JsonSchema => Object.fromEntries(shapes.map(({ name, definition }) => [name, definition]));
