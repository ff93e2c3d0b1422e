import { readFileSync, type Stats, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Plugin } from '@menusmith/core';
import { atMost, InputError, limits } from '@menusmith/core';
import { changedGlobal, noteGlobals } from './plugin/changed-globals.ts';
import { declarationFault } from './plugin/declared-plugin.ts';
import { guardedPlugin } from './plugin/guarded-entry.ts';
import { inTime, LOADING_SECONDS, NotInTime } from './plugin/guarded-promise.ts';
import { plainCopy } from './plugin/plain-copy.ts';
import { thrownText } from './plugin/plugin-fault.ts';
import { beginCall, endCall, siteNumber } from './plugin/running-call.ts';
import { noteModule } from './plugin/stray-faults.ts';
import { importPluginModule } from './plugin-modules.ts';
import { sha256 } from './provenance/provenance.ts';
import type { PluginModule } from './registry.ts';

/** A plugin, and the module that it was read from. */
export type LoadedPlugin = Plugin & { readonly module: PluginModule };

/**
 * The plugin in the module at `path`: its default export, checked to have a plugin's shape, and guarded: what its functions do wrong is a PluginFault.
 *
 * The module is executed. Throws InputError where there is no file, the module fails or does not load within `seconds`, or the export is not a plugin.
 */
export const loadPlugin = async (path: string, seconds = LOADING_SECONDS): Promise<LoadedPlugin> => {
  const file = resolve(path);
  requireModule(path, file);
  const module = { path, sha256: sha256(readFileSync(file)) };
  noteGlobals();
  noteModule(path, pathToFileURL(file).href);
  const site = siteNumber({ name: `the plugin module ${path}`, owner: '', kind: 'module' });
  let loaded: { readonly default?: unknown };
  let changed: string | undefined;
  try {
    loaded = await moduleAt(path, file, site, seconds);
  } finally {
    changed = changedGlobal();
  }
  if (changed !== undefined) {
    const message = `${path}: expected a plugin module that leaves JavaScript as it is, and it changes ${changed}`;
    throw new InputError('plugin-globals', message);
  }
  if (loaded.default === undefined) {
    throw new InputError('plugin-shape', `${path}: expected a plugin as the default export, got none`);
  }
  let plugin: unknown;
  beginCall(site);
  try {
    plugin = plainCopy(loaded.default);
  } catch (thrown) {
    const message = `${path}: the plugin's declaration cannot be read: ${thrownText(thrown)}`;
    throw new InputError('plugin-shape', message, [], { cause: thrown });
  } finally {
    endCall(0);
  }
  const fault = declarationFault(plugin);
  if (fault !== undefined) throw new InputError('plugin-shape', `${path}: ${fault}`);
  return { ...guardedPlugin(plugin as Plugin), module };
};

/**
 * Node takes anything for a module, and what it reads it cannot be kept from: a pipe without a writer holds the process, a device fills its memory, and a
 * file that is none is told of in the words that stand in it.
 */
const requireModule = (path: string, file: string): void => {
  const found = statsOf(path, file);
  const refuse = (got: string): InputError =>
    new InputError('not-a-file', `${path}: expected a plugin module, got ${got}`);
  if (found.isDirectory()) throw refuse('a directory');
  if (!found.isFile()) throw refuse('a device or a pipe');
  if (!MODULE.test(file)) throw refuse('a file whose name does not end in .js, .mjs, .ts or .mts');
  if (found.size > limits.pluginBytes.most)
    throw new InputError(
      'limit',
      `${path}: ${atMost(limits.pluginBytes)}, got ${(found.size / 1e6).toFixed(1)} MB`,
    );
};

const statsOf = (path: string, file: string): Stats => {
  try {
    return statSync(file);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR')
      throw new InputError('no-such-file', `${path}: no such file`);
    throw new InputError('unreadable', `${path}: cannot be read (${code})`);
  }
};

const MODULE = /\.(?:js|mjs|cjs|ts|mts|cts)$/i;

const moduleAt = async (
  path: string,
  file: string,
  site: number,
  seconds: number,
): Promise<{ readonly default?: unknown }> => {
  try {
    return await inTime(importPluginModule(file), site, undefined, seconds);
  } catch (thrown) {
    if (thrown instanceof NotInTime) {
      const message = `${path}: the plugin module has not loaded within ${seconds} s`;
      throw new InputError('plugin-failed', message);
    }
    const message = `${path}: the plugin module failed to load: ${thrownText(thrown)}`;
    throw new InputError('plugin-failed', message, [], { cause: thrown });
  }
};
