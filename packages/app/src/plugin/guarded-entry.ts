import type { ParameterValues, Plugin } from '@menusmith/core';
import { type EntryOf, kindNames, type RegistryKind, registryKinds } from '../registry.ts';
import { changedGlobal } from './changed-globals.ts';
import { createdKinds } from './entry-kinds.ts';
import { guardedFunction } from './guarded-value.ts';
import { plainCopy } from './plain-copy.ts';

const guarded = new WeakSet<object>();

/**
 * The entry with a `create` that cannot harm whoever calls it: what it and the functions of what it creates throw, or answer with that is not of the kind
 * expected, is a PluginFault, and their calls are noted. Nothing is said of whether an answer is right.
 */
export const guardedEntry = <Kind extends RegistryKind>(
  kind: Kind,
  entry: EntryOf<Kind>,
  plugin?: string,
): EntryOf<Kind> => {
  if (guarded.has(entry)) return entry;
  const owner = ` of the ${kindNames[kind]} "${entry.name}"${plugin === undefined ? '' : ` of the plugin "${plugin}"`}`;
  const create = guardedFunction(
    entry.create,
    entry,
    { name: 'create', owner },
    {
      answer: createdKinds[kind],
      after: () => {
        const changed = changedGlobal();
        return changed && `changed ${changed}, on which the program rests`;
      },
      // The study goes on with its own.
      before: (given) => plainCopy(given) as readonly unknown[],
    },
  );
  const { name, doc, parameters, examples } = entry;
  const own = {
    name,
    doc,
    parameters,
    ...(examples && { examples }),
    create: (given: ParameterValues, ...context: unknown[]) => create(given, ...context),
  };
  guarded.add(own);
  return own as EntryOf<Kind>;
};

/** A plugin of guarded entries. */
export const guardedPlugin = (plugin: Plugin): Plugin => ({
  name: plugin.name,
  ...Object.fromEntries(
    registryKinds.flatMap((kind) => {
      const entries = plugin[kind];
      return entries === undefined
        ? []
        : [[kind, entries.map((entry) => guardedEntry(kind, entry as EntryOf<typeof kind>, plugin.name))]];
    }),
  ),
});
