import type { Registry } from '@menusmith/app/browser';
import type { Declarations, DeclaredKind, EntryDeclaration } from './messages.ts';

/** What the registry's entries declare, as plain data that a worker can send. */
export const declarationsOf = (registry: Registry): Declarations => {
  const of = (kind: DeclaredKind): readonly EntryDeclaration[] =>
    registry[kind].list().map(({ name, doc, parameters, examples = [] }) => ({
      name,
      doc,
      parameters,
      examples: examples.map(parametersOf).filter(isPlain),
    }));
  return {
    productionFunctions: of('productionFunctions'),
    distributions: of('distributions'),
    copulas: of('copulas'),
    costFunctions: of('costFunctions'),
  };
};

/** Examples of production functions stand beside the inputs that they are for. */
const parametersOf = (example: object): Readonly<Record<string, unknown>> =>
  'inputs' in example && 'parameters' in example
    ? (example.parameters as Record<string, unknown>)
    : (example as Record<string, unknown>);

/** Parts of a mixture are distributions already made, with functions in them. */
const isPlain = (value: unknown): boolean => {
  if (typeof value === 'function') return false;
  return typeof value !== 'object' || value === null || Object.values(value).every(isPlain);
};
