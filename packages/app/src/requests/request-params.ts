import { z } from 'zod';
import { supplyChoices } from '../study/study.ts';
import { requireFields } from './required-fields.ts';

/* What programs ask for, method by method: the study, and what the command of that name takes as its options. */

const positive = z.number().positive();
const atLeastZero = z.number().min(0);
export const share = z.number().min(0).max(1);
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
export const points = z.array(
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

export const planKind = z.enum(['bundle', 'two-part-tariff', 'three-part-tariff', 'commitment']);
export const rounding = z.union([positive, z.literal('ending-9')], {
  error: 'expected a number above 0, or ending-9',
});
export const fees = z.union([atLeastZero, z.array(atLeastZero)], {
  error: 'expected an amount or a list of amounts',
});

const schemas = {
  solve: z.strictObject({ ...common, at: points.optional(), supply }),
  quote: z.strictObject({ ...common, at: points, supply }),
  tiers: z.strictObject({
    ...common,
    count: z.union([z.number(), z.string()], {
      error: 'expected a number of tiers, as 3, or a text, as "1..8"',
    }),
    kind: planKind.optional(),
    keep: textOrMap.optional(),
    share: share.optional(),
    round: rounding.optional(),
    minShare: share.optional(),
    fee: fees.optional(),
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
  requireFields(schemas[method], params);
  // What passes is the data itself: a copy would lose fields of some names.
  return params as RequestParams<M>;
};
