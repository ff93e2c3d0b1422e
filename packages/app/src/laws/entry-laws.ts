import {
  InputError,
  type ParameterValues,
  type PluginEntry,
  type ProductionFunctionEntry,
  type ProductionFunctionExample,
} from '@menusmith/core';
import { guardedEntry } from '../plugin/guarded-entry.ts';
import { type EntryOf, kindNames, type RegistryKind } from '../registry.ts';
import { copulaLaws } from './copula-laws.ts';
import { costFunctionLaws } from './cost-function-laws.ts';
import { distributionEntryLaws, distributionLaws } from './distribution-laws.ts';
import { declaredExamples, exampleParameters } from './entry-examples.ts';
import type { Law } from './law.ts';
import { type EntryLaws, type LawOptions, type Trial, tryLaws } from './law-results.ts';
import { LOOSEST_GRADIENT, minimizerLaws } from './minimizer-laws.ts';
import { productionFunctionLaws } from './production-function-laws.ts';
import { type ProductionSubject, productionSubject } from './production-subject.ts';
import { solverLaws } from './solver-laws.ts';

/**
 * Puts an entry through the laws of its kind, on the examples that it declares, or on its defaults.
 *
 * An exception of the entry's is a broken law. Throws InputError 'no-examples' where there is nothing to try the laws on.
 */
export const entryLaws = <Kind extends RegistryKind>(
  kind: Kind,
  entry: EntryOf<Kind>,
  options?: LawOptions,
): Promise<EntryLaws> => kinds[kind](guardedEntry(kind, entry), options);

/** The cap on shared inputs with which a production function is tried, beside none. */
const CAP = 2.5;

type Kinds = {
  readonly [Kind in RegistryKind]: (entry: EntryOf<Kind>, options?: LawOptions) => Promise<EntryLaws>;
};

const kinds: Kinds = {
  productionFunctions: (entry, options) => {
    const kind = kindNames.productionFunctions;
    return tryLaws(kind, entry.name, productionTrials(kind, entry), productionFunctionLaws, [], options);
  },
  distributions: (entry, options) => {
    const kind = kindNames.distributions;
    const trials = trialsOf(kind, entry, (parameters) => entry.create(parameters));
    const ofParameters = distributionEntryLaws.map(
      (law): Law<ParameterValues> => ({ ...law, check: (parameters) => law.check({ entry, parameters }) }),
    );
    return tryLaws(kind, entry.name, trials, distributionLaws, ofParameters, options);
  },
  copulas: (entry, options) => {
    const kind = kindNames.copulas;
    const trials = trialsOf(kind, entry, (parameters) => entry.create(parameters));
    return tryLaws(kind, entry.name, trials, copulaLaws, [], options);
  },
  costFunctions: (entry, options) => {
    const kind = kindNames.costFunctions;
    const trials = trialsOf(kind, entry, (parameters) => entry.create(parameters));
    return tryLaws(kind, entry.name, trials, costFunctionLaws, [], options);
  },
  minimizers: (entry, options) => {
    const kind = kindNames.minimizers;
    const trials = trialsOf(kind, entry, (parameters) => ({
      minimizer: entry.create(parameters),
      gradientTolerance: LOOSEST_GRADIENT,
    }));
    return tryLaws(kind, entry.name, trials, minimizerLaws, [], options);
  },
  solvers: (entry, options) => {
    const kind = kindNames.solvers;
    const trials = trialsOf(kind, entry, async (parameters) => {
      const solver = entry.create(parameters);
      await solver.prepare?.();
      return solver;
    });
    return tryLaws(kind, entry.name, trials, solverLaws, [], options);
  },
};

const trialsOf = <Subject>(
  kind: string,
  entry: PluginEntry<unknown>,
  create: (parameters: ParameterValues) => Subject | Promise<Subject>,
): readonly Trial<Subject>[] => {
  const shape = `{ ${Object.keys(entry.parameters).join(', ')} }`;
  return declaredExamples(kind, entry, {}, shape).map((given) => ({
    example: { parameters: given },
    create: () => create(exampleParameters(entry, given)),
  }));
};

/** Every example without a cap and, where it has shared inputs, with one. */
const productionTrials = (
  kind: string,
  entry: ProductionFunctionEntry,
): readonly Trial<ProductionSubject>[] => {
  const ofDefaults = { parameters: {}, inputs: { task: ['input', 'output'], shared: ['fineTuning'] } };
  const shape = `{ parameters: { ${Object.keys(entry.parameters).join(', ')} }, inputs: { task: [names], shared: [names] } }`;
  return declaredExamples<ProductionFunctionExample>(kind, entry, ofDefaults, shape).flatMap((example) => {
    // It may come from anyone.
    const { parameters = {}, inputs } = (example ?? {}) as Partial<ProductionFunctionExample>;
    const isComplete = Array.isArray(inputs?.task) && Array.isArray(inputs?.shared);
    const caps = isComplete && inputs.shared.length > 0 ? [undefined, CAP] : [undefined];
    return caps.map(
      (cap): Trial<ProductionSubject> => ({
        example: {
          parameters,
          ...(isComplete ? { inputs } : {}),
          ...(cap === undefined ? {} : { cap }),
        },
        create() {
          if (!isComplete) throw new InputError('example', `expected an example as ${shape}`);
          const complete = { ...example, parameters: exampleParameters(entry, parameters, inputs) };
          return productionSubject(entry, complete, cap);
        },
      }),
    );
  });
};
