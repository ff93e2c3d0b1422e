import { didYouMean, type FieldPath, InputError } from '@menusmith/core';
import { z } from 'zod';
import { describeValue } from '../study/describe-value.ts';
import { supplyChoices } from '../study/study.ts';

/* What programs ask for, method by method: the study, and what the command of that name takes as its options. */

const positive = z.number().positive();
const atLeastZero = z.number().min(0);
const share = z.number().min(0).max(1);
const record = z.record(z.string(), z.unknown());
const textOrMap = z.union([z.string(), record], { error: 'expected a text or a map of fields' });

const common = {
  study: textOrMap,
  set: z
    .union([z.array(z.string()), record], { error: 'expected a list of texts or a map of values' })
    .optional(),
  timeLimit: positive.optional(),
};

const pointObject = z.strictObject({
  value: z.number(),
  scale: z.number().optional(),
  labels: z.record(z.string(), z.string()).optional(),
});
const points = z.array(
  z.union([z.string(), pointObject], {
    error: 'expected { value, scale, labels } or a text, as value=0.8,scale=0.5',
  }),
);
const supply = z.enum(supplyChoices).optional();

const customers = z.array(
  z.union(
    [
      z.strictObject({ customer_id: z.string(), theta: z.number() }),
      z.strictObject({ customer_id: z.string(), value: z.number(), scale: z.number() }),
    ],
    { error: 'expected { customer_id, theta } or { customer_id, value, scale }' },
  ),
);

const schemas = {
  solve: z.strictObject({ ...common, at: points.optional(), supply }),
  quote: z.strictObject({ ...common, at: points, supply }),
  tiers: z.strictObject({
    ...common,
    count: z.union([z.number(), z.string()], {
      error: 'expected a number of tiers, as 3, or a text, as "1..8"',
    }),
    kind: z.enum(['bundle', 'two-part-tariff', 'three-part-tariff', 'commitment']).optional(),
    keep: textOrMap.optional(),
    share: share.optional(),
    round: z
      .union([positive, z.literal('ending-9')], { error: 'expected a number above 0, or ending-9' })
      .optional(),
    minShare: share.optional(),
    fee: z
      .union([atLeastZero, z.array(atLeastZero)], { error: 'expected an amount or a list of amounts' })
      .optional(),
    deterministic: z.boolean().optional(),
    scale: positive.optional(),
  }),
  evaluate: z.strictObject({
    ...common,
    menu: textOrMap,
    against: textOrMap.optional(),
    customers: customers.optional(),
    scale: positive.optional(),
  }),
  check: z.strictObject(common),
} as const;

export type RequestMethod = keyof typeof schemas;
export type RequestParams<M extends RequestMethod> = z.infer<(typeof schemas)[M]>;

export const requestMethods = Object.keys(schemas) as readonly RequestMethod[];

/** What params of a method may be called, and which of them must be there: for clients in other languages. */
export const paramNames = (method: RequestMethod): readonly string[] => Object.keys(schemas[method].shape);

/** The params of a request, checked. Throws InputError with the field. */
export const readParams = <M extends RequestMethod>(method: M, params: unknown): RequestParams<M> => {
  const { error } = schemas[method].safeParse(params);
  // What passes is the data itself: a copy would lose fields of some names.
  if (error === undefined) return params as RequestParams<M>;
  // A field that nobody knows may be one that is missing, misspelt.
  const issue = error.issues.find(({ code }) => code === 'unrecognized_keys') ?? error.issues[0]!;
  const field = issue.path as FieldPath;
  if (issue.code === 'unrecognized_keys') {
    const [key] = issue.keys as [string];
    const known = field.length === 0 ? paramNames(method) : [];
    const list = known.length === 0 ? '' : ` (known: ${known.join(', ')})`;
    throw new InputError('unknown-field', `no such field${didYouMean(key, known)}${list}`, [...field, key]);
  }
  const came = field.reduce<unknown>(
    (value, key) => (typeof value === 'object' && value !== null ? (value as Fields)[key] : undefined),
    params,
  );
  if (came === undefined) throw new InputError('missing', `missing: ${expectedOf(issue)}`, field);
  throw new InputError('wrong-type', `${expectedOf(issue)}, got ${describeValue(came)}`, field);
};

type Fields = Readonly<Record<string | number, unknown>>;

const typeNames: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  boolean: 'true or false',
  object: 'a map of fields',
  record: 'a map of fields',
  array: 'a list',
};

const expectedOf = (issue: z.core.$ZodIssue): string => {
  if (issue.code === 'invalid_union') return issue.message;
  if (issue.code === 'invalid_value') return `expected ${issue.values.map(String).join(', ')}`;
  if (issue.code === 'too_small')
    return `expected a number ${issue.inclusive ? 'of at least' : 'above'} ${issue.minimum}`;
  if (issue.code === 'too_big') return `expected a number of at most ${issue.maximum}`;
  return issue.code === 'invalid_type'
    ? `expected ${typeNames[issue.expected] ?? issue.expected}`
    : issue.message;
};
