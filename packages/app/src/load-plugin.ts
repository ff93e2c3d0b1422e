import { existsSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Plugin } from '@menusmith/core';
import { didYouMean, InputError } from '@menusmith/core';
import { importPluginModule } from './plugin-modules.ts';
import { registryKinds } from './registry.ts';

/**
 * The plugin in the module at `path`: its default export, checked to have a plugin's shape.
 *
 * The module is executed. Throws InputError where there is no file, the module fails, or the export is not a plugin.
 */
export const loadPlugin = async (path: string): Promise<Plugin> => {
  const file = resolve(path);
  if (!existsSync(file)) throw new InputError('no-such-file', `${path}: no such file`);
  if (statSync(file).isDirectory()) {
    throw new InputError('not-a-file', `${path}: expected a plugin module, got a directory`);
  }
  let loaded: { readonly default?: unknown };
  try {
    loaded = await importPluginModule(file);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new InputError('plugin-failed', `${path}: the plugin module failed to load: ${reason}`);
  }
  if (loaded.default === undefined) {
    throw new InputError('plugin-shape', `${path}: expected a plugin as the default export, got none`);
  }
  const complaint = shapeComplaint(loaded.default);
  if (complaint !== undefined) throw new InputError('plugin-shape', `${path}: ${complaint}`);
  return loaded.default as Plugin;
};

const parameterKinds = [
  'number',
  'numbers',
  'by-input',
  'fields-by-input',
  'by-name',
  'text',
  'weighted-distributions',
  'column',
];

/** What keeps a value from being a Plugin, field first; undefined where nothing does. */
const shapeComplaint = (value: unknown): string | undefined => {
  if (!isRecord(value)) return `default export: expected a plugin object, got ${typeName(value)}`;
  if (!isName(value.name)) return `name: expected a name, got ${typeName(value.name)}`;
  const known = ['name', ...registryKinds];
  for (const key of Object.keys(value)) {
    if (!known.includes(key))
      return `${key}: no such field of a plugin${didYouMean(key, known)} (known: ${known.join(', ')})`;
  }
  for (const kind of registryKinds) {
    const entries = value[kind];
    if (entries === undefined) continue;
    if (!Array.isArray(entries)) return `${kind}: expected a list of entries, got ${typeName(entries)}`;
    for (const [index, entry] of entries.entries()) {
      const complaint = entryComplaint(entry, `${kind}[${index}]`);
      if (complaint !== undefined) return complaint;
    }
  }
  return undefined;
};

const entryComplaint = (entry: unknown, at: string): string | undefined => {
  if (!isRecord(entry)) return `${at}: expected an entry object, got ${typeName(entry)}`;
  if (!isName(entry.name)) return `${at}.name: expected a name, got ${typeName(entry.name)}`;
  if (typeof entry.doc !== 'string') return `${at}.doc: expected a text, got ${typeName(entry.doc)}`;
  if (typeof entry.create !== 'function')
    return `${at}.create: expected a function, got ${typeName(entry.create)}`;
  if (!isRecord(entry.parameters))
    return `${at}.parameters: expected an object, got ${typeName(entry.parameters)}`;
  for (const [name, parameter] of Object.entries(entry.parameters)) {
    const where = `${at}.parameters.${name}`;
    if (!isRecord(parameter)) return `${where}: expected a declaration, got ${typeName(parameter)}`;
    if (!parameterKinds.includes(parameter.kind as string)) {
      return `${where}.kind: expected one of ${parameterKinds.join(', ')}, got ${typeName(parameter.kind)}`;
    }
    if (typeof parameter.doc !== 'string')
      return `${where}.doc: expected a text, got ${typeName(parameter.doc)}`;
  }
  return undefined;
};

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isName = (value: unknown): value is string => typeof value === 'string' && value !== '';

const typeName = (value: unknown): string => {
  if (value === undefined || value === null) return 'nothing';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'string') return `the text "${value}"`;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  return typeof value === 'function' ? 'a function' : 'an object';
};
