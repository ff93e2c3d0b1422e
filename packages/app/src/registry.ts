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

/** The module that a plugin was loaded from. */
export interface PluginModule {
  /** As the user named it. */
  readonly path: string;
  /** Of the module itself; what it imports is not in it. */
  readonly sha256: string;
}

/** A plugin whose entries are registered. */
export type RegisteredPlugin = Pick<Plugin, 'name'> & { readonly module?: PluginModule };

/** Everything that plugins have registered, by kind. */
export interface Registry {
  /** In the order in which they were registered. */
  readonly plugins: readonly RegisteredPlugin[];
  readonly productionFunctions: Entries<ProductionFunctionEntry>;
  readonly distributions: Entries<DistributionEntry>;
  readonly copulas: Entries<CopulaEntry>;
  readonly costFunctions: Entries<CostFunctionEntry>;
  readonly minimizers: Entries<MinimizerEntry>;
  readonly solvers: Entries<SolverEntry>;
}

export type RegistryKind = Exclude<keyof Registry, 'plugins'>;

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
