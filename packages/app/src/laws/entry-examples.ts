import { InputError, type InputNames, type Parameter, type ParameterValues } from '@menusmith/core';
import { type Declaration, readParameters } from '../study/parameters.ts';
import { gatherProblems } from '../study/problems.ts';

/**
 * An example as the entry's parameters: checked against the declaration, defaults filled in. Throws InputError where it breaks that.
 *
 * Distributions and columns of files are given ready-made in examples, and are taken as they are.
 */
export const exampleParameters = (
  entry: Declaration,
  given: ParameterValues,
  inputs?: InputNames,
): ParameterValues => {
  const isReadyMade = ({ kind }: Parameter): boolean =>
    kind === 'weighted-distributions' || kind === 'column';
  const declared = Object.entries(entry.parameters);
  const readyMade = declared.filter(([, parameter]) => isReadyMade(parameter)).map(([name]) => name);
  const plain = <Value>(named: readonly (readonly [string, Value])[]): Record<string, Value> =>
    Object.fromEntries(named.filter(([name]) => !readyMade.includes(name)));
  const problems = gatherProblems();
  const declaration = { name: entry.name, parameters: plain(declared) };
  const read = readParameters(declaration, plain(Object.entries(given)), problems, inputs);
  const [problem] = problems.all();
  if (problem !== undefined) {
    const at = problem.field.length === 0 ? '' : `${problem.field.join('.')}: `;
    throw new InputError(problem.code, `${at}${problem.message}`, problem.field);
  }
  return { ...read, ...Object.fromEntries(readyMade.map((name) => [name, given[name]])) };
};

/**
 * The examples that an entry declares, or the one of its defaults. Throws InputError 'no-examples' where there is neither; `shape` says what
 * one looks like.
 */
export const declaredExamples = <Example>(
  kind: string,
  { name, parameters, examples = [] }: Declaration & { readonly examples?: readonly Example[] },
  ofDefaults: Example,
  shape: string,
): readonly Example[] => {
  if (examples.length > 0) return examples;
  const required = Object.keys(parameters).filter((each) => {
    const parameter = parameters[each]!;
    return parameter.default === undefined && !(parameter.kind === 'number' && parameter.optional);
  });
  if (required.length === 0) return [ofDefaults];
  throw new InputError(
    'no-examples',
    `${kind} "${name}": expected examples: [${shape}, …], on which the laws run, got none; ` +
      `its defaults will not do, as ${required.join(', ')} must be given`,
  );
};
