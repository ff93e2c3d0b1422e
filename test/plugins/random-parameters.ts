import { InputError, type Parameter, type ParameterValues, type PluginEntry } from '@menusmith/core';
import fc from 'fast-check';

/** Random numbers in the declared range; where a side is open, up to a moderate distance. */
const numberIn = (parameter: Parameter & { kind: 'number' }): fc.Arbitrary<number> => {
  const low = parameter.min ?? (parameter.above === undefined ? -3 : parameter.above + 0.2);
  const high =
    parameter.max ?? (parameter.below === undefined ? Math.max(low, 0) + 15 : parameter.below - 0.05);
  return fc.integer({ min: 0, max: 1000 }).map((share) => low + ((high - low) * share) / 1000);
};

/** Random parameters of an entry whose parameters are numbers, from nothing but its declaration. */
export const randomParameters = (entry: PluginEntry<unknown>): fc.Arbitrary<ParameterValues> =>
  fc.record(
    Object.fromEntries(
      Object.entries(entry.parameters).flatMap(([name, parameter]) =>
        parameter.kind === 'number' ? [[name, numberIn(parameter)]] : [],
      ),
    ),
  );

/** What the entry creates; a set of parameters that it refuses is no case for the property. */
export const createdOrSkipped = <T>(entry: PluginEntry<T>, parameters: ParameterValues): T => {
  try {
    return entry.create(parameters);
  } catch (thrown) {
    fc.pre(!(thrown instanceof InputError));
    throw thrown;
  }
};
