import { InputError } from '@menusmith/core';
import { z } from 'zod';
import { fees, planKind, points, rounding, share } from './request-params.ts';
import { requireFields } from './required-fields.ts';

/* What the functions of the package take beside a study: programs that are not type-checked give them anything. */

const callable = z.custom((value) => typeof value === 'function', 'expected a function');
const data = z.custom((value) => typeof value === 'object' && value !== null, 'expected a map of fields');
const positive = z.number().positive();

const running = {
  signal: z.custom((value) => value instanceof AbortSignal, 'expected an AbortSignal').optional(),
  onProgress: callable.optional(),
  timeLimit: z
    .custom((value) => typeof value === 'number' && value >= 0, 'expected a number of seconds of at least 0')
    .optional(),
};

const customer = { id: z.string() };

const schemas = {
  solve: z.strictObject({ ...running, at: points.optional() }),
  check: z.strictObject(running),
  tiers: z.strictObject({
    ...running,
    count: z.union([z.number(), z.array(z.number())], {
      error: 'expected a number of tiers, as 3, or a list of numbers',
    }),
    kind: planKind.optional(),
    keep: z.strictObject({ menu: data, share: share.optional() }).optional(),
    round: rounding.optional(),
    fee: fees.optional(),
    minShare: share.optional(),
    scale: positive.optional(),
    deterministic: z.boolean().optional(),
  }),
  evaluate: z.strictObject({
    ...running,
    menu: data,
    against: data.optional(),
    customers: z
      .array(
        z.union(
          [
            z.looseObject({ ...customer, theta: z.number() }),
            z.looseObject({ ...customer, value: z.number(), scale: z.number() }),
          ],
          { error: 'expected { id, theta } or { id, value, scale }' },
        ),
      )
      .optional(),
    scale: positive.optional(),
  }),
  sweep: z.strictObject({
    ...running,
    vary: z.record(z.string(), z.array(z.unknown())),
    columns: z.string().optional(),
  }),
  quote: z.looseObject({ value: z.number(), scale: z.number().optional() }),
} as const;

/** Throws InputError, which names the function and the field, where the options of a call are not what it takes. */
export const requireOptions = (call: keyof typeof schemas, options: unknown = {}): void => {
  try {
    requireFields(schemas[call], options);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    throw new InputError(error.code, [call, ...error.field, error.message].join(': '), error.field);
  }
};
