import { didYouMean, InputError } from '@menusmith/core';
import { type EntryOf, type Registry, type RegistryKind, registryKinds } from './registry.ts';

/** An entry, and the kind that it is registered as. */
export type RegisteredEntry = {
  [Kind in RegistryKind]: { readonly kind: Kind; readonly entry: EntryOf<Kind> };
}[RegistryKind];

/** Every registered entry, kind by kind. */
export const registeredEntries = (registry: Registry): readonly RegisteredEntry[] =>
  registryKinds.flatMap((kind) => registry[kind].list().map((entry) => ({ kind, entry }) as RegisteredEntry));

/** The entries of that name; kinds can share one. Throws InputError 'unknown-name' with the nearest known name. */
export const entriesNamed = (registry: Registry, name: string): readonly RegisteredEntry[] => {
  const all = registeredEntries(registry);
  const found = all.filter(({ entry }) => entry.name === name);
  if (found.length > 0) return found;
  const known = all.map(({ entry }) => entry.name);
  throw new InputError(
    'unknown-name',
    `no entry called "${name}"${didYouMean(name, known)} (\`menusmith plugins\` lists all)`,
  );
};
