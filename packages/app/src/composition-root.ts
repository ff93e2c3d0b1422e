import type { Plugin } from '@menusmith/core';
import { didYouMean, InputError } from '@menusmith/core';
import { Container } from 'inversify';
import type { Entries, RegisteredPlugin, Registry, RegistryKind } from './registry.ts';
import { kindNames, registryKinds } from './registry.ts';

/**
 * The registry of these plugins' entries: the one place where plugins and program are put together.
 *
 * Throws InputError 'duplicate-name' where two entries of a kind share a name.
 */
export const createRegistry = (plugins: readonly (Plugin & RegisteredPlugin)[]): Registry => {
  const container = new Container();
  const owners = new Map<RegistryKind, Map<string, string>>();
  for (const kind of registryKinds) {
    const ownerOf = new Map<string, string>();
    for (const plugin of plugins) {
      for (const entry of plugin[kind] ?? []) {
        const owner = ownerOf.get(entry.name);
        if (owner !== undefined) throw duplicateName(kind, entry.name, owner, plugin.name);
        ownerOf.set(entry.name, plugin.name);
        container.bind(kind).toConstantValue(entry).whenNamed(entry.name);
      }
    }
    owners.set(kind, ownerOf);
  }

  const entriesOf = <Kind extends RegistryKind>(kind: Kind): Registry[Kind] => {
    const names = [...owners.get(kind)!.keys()].sort();
    const entries: Entries<unknown> = {
      get(name) {
        // Inversify's own message for an unknown name says nothing that a user could act on.
        if (!names.includes(name)) throw unknownName(kind, name, names, kindsWith(name));
        return container.get(kind, { name });
      },
      list: () => names.map((name) => container.get(kind, { name })),
    };
    return entries as Registry[Kind];
  };
  const kindsWith = (name: string): RegistryKind[] =>
    registryKinds.filter((kind) => owners.get(kind)!.has(name));

  return {
    plugins: plugins.map(({ name, module }) => ({ name, ...(module && { module }) })),
    productionFunctions: entriesOf('productionFunctions'),
    distributions: entriesOf('distributions'),
    copulas: entriesOf('copulas'),
    costFunctions: entriesOf('costFunctions'),
    minimizers: entriesOf('minimizers'),
    solvers: entriesOf('solvers'),
  };
};

const duplicateName = (kind: RegistryKind, name: string, first: string, second: string): InputError => {
  const where =
    first === second ? `twice in the plugin "${first}"` : `in the plugins "${first}" and "${second}"`;
  return new InputError(
    'duplicate-name',
    `${kindNames[kind]} "${name}" is declared ${where}; names of a kind must differ`,
  );
};

const unknownName = (
  kind: RegistryKind,
  name: string,
  known: readonly string[],
  elsewhere: readonly RegistryKind[],
): InputError => {
  const hint = elsewhere[0] === undefined ? didYouMean(name, known) : `: it is a ${kindNames[elsewhere[0]]}`;
  const list = known.length === 0 ? 'none is registered' : `known: ${known.join(', ')}`;
  return new InputError('unknown-name', `no ${kindNames[kind]} called "${name}"${hint} (${list})`);
};
