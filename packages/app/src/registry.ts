import type {
  CopulaEntry,
  CostFunctionEntry,
  DistributionEntry,
  MinimizerEntry,
  Plugin,
  ProductionFunctionEntry,
  SolverEntry,
} from '@menusmith/core';

/** The registered entries of one kind. */
export interface Entries<Entry> {
  /** The entry of that name; throws InputError 'unknown-name' with the nearest known name. */
  get(name: string): Entry;
  /** All entries, in the order of their names. */
  list(): readonly Entry[];
}

/** Everything that plugins have registered, by kind. */
export interface Registry {
  readonly productionFunctions: Entries<ProductionFunctionEntry>;
  readonly distributions: Entries<DistributionEntry>;
  readonly copulas: Entries<CopulaEntry>;
  readonly costFunctions: Entries<CostFunctionEntry>;
  readonly minimizers: Entries<MinimizerEntry>;
  readonly solvers: Entries<SolverEntry>;
}

export type RegistryKind = keyof Registry;

/** An entry of a kind, as plugins declare it. */
export type EntryOf<Kind extends RegistryKind> = NonNullable<Plugin[Kind]>[number];

/** What one entry of a kind is called in messages. */
export const kindNames: Readonly<Record<RegistryKind, string>> = {
  productionFunctions: 'production function',
  distributions: 'distribution',
  copulas: 'copula',
  costFunctions: 'cost function',
  minimizers: 'minimizer',
  solvers: 'solver',
};

export const registryKinds = Object.keys(kindNames) as readonly RegistryKind[];
