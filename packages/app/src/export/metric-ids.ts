import { didYouMean, InputError } from '@menusmith/core';
import { isMap } from '../plans/menu-file.ts';
import { describeValue } from '../study/describe-value.ts';

/** Ids of metrics in a billing system, by input: `{ "input": "…" }`. Throws InputError with the field. */
export const metricIds = (data: unknown): ReadonlyMap<string, string> => {
  if (!isMap(data))
    throw new InputError(
      'metrics',
      `expected ids of metrics by input, as { "input": "…" }, got ${describeValue(data)}`,
    );
  const seen = new Map<string, string>();
  const ids = new Map<string, string>();
  for (const [input, id] of Object.entries(data)) {
    if (typeof id !== 'string' || !/^[\x21-\x7e]{1,255}$/.test(id))
      throw new InputError('metrics', `expected an id, got ${describeValue(id)}`, [input]);
    const other = seen.get(id);
    if (other !== undefined)
      throw new InputError('metrics', `expected a metric of its own, got that of ${other}`, [input]);
    seen.set(id, input);
    ids.set(input, id);
  }
  return ids;
};

/** Throws where an input that is billed by use has no id. */
export const requireIds = (ids: ReadonlyMap<string, string>, inputs: readonly string[]): void => {
  const missing = inputs.find((input) => !ids.has(input));
  if (missing === undefined) return;
  throw new InputError(
    'metrics',
    `expected an id for every input that has a price (${inputs.join(', ')}), got none for ${missing}${didYouMean(
      missing,
      [...ids.keys()].filter((input) => !inputs.includes(input)),
    )}`,
  );
};
